//! No secret of an app is in a `trace` log, in `Debug` output or in an error.

#[expect(dead_code, reason = "another test asks for more")]
#[path = "../github/app/hub.rs"]
mod hub;
#[path = "../github/app/keys.rs"]
mod keys;
#[expect(dead_code, reason = "another test asks for more")]
#[path = "../github/app/world.rs"]
mod world;

use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::time::Duration;

use github_apps::app::{App, AppKey, RedisStore, SignFuture, Signer};
use github_apps::apps::endpoints::{ListInstallationRepositories, ListInstallations};
use github_apps::integrations::{endpoints::ListDeployments, security::InstallationToken};

use tests::output::show;

use crate::log::empty_log;
use hub::Hub;
use world::{ISSUER, builder};

struct Broken;

impl Signer for Broken {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Err("the vault is shut".into()) })
    }
}

/// Runs calls that succeed and fail, and returns everything that is printed about them.
async fn everything(hub: &Hub) -> String {
    let mut out = String::new();
    let key = AppKey::from_pem(keys::pkcs8()).unwrap();
    let store = RedisStore::open("redis://:s3cret@127.0.0.1:1/").unwrap();
    write!(out, "{key:?} {key:#?} {store:?}").unwrap();
    let builder = builder(hub).store(store);
    write!(out, "{builder:?}").unwrap();
    let app = builder.build().unwrap();
    let installation = app.installation(7).repositories(["hello-world"]);
    let client = installation.client_for::<InstallationToken>();
    write!(out, "{app:?} {:?} {installation:?} {client:?} {:?}", app.client(), installation.client()).unwrap();

    app.client().send(ListInstallations::new()).await.unwrap();
    installation.send(ListInstallationRepositories::new()).await.unwrap();
    let token = installation.token(Duration::ZERO).await.unwrap();
    let provided = installation.source().provide().await.unwrap();
    write!(out, "{token:?} {token:#?} {provided:?} {:?}", app.jwt().await.unwrap()).unwrap();
    show(&mut out, &client.send(ListDeployments::new(1)).await.unwrap_err());
    show(&mut out, &installation.token(Duration::MAX).await.unwrap_err());

    // A revoked token, a server that refuses each token that it gives, and one that gives none.
    hub.revoke_all();
    installation.send(ListInstallationRepositories::new()).await.unwrap();
    hub.revoke_all();
    hub.life.store(0, Ordering::SeqCst);
    show(&mut out, &installation.send(ListInstallationRepositories::new()).await.unwrap_err());
    hub.failures.store(1, Ordering::SeqCst);
    show(&mut out, &installation.send(ListInstallationRepositories::new()).await.unwrap_err());
    show(&mut out, &app.installation(404).token(Duration::ZERO).await.unwrap_err());
    *hub.expires_at.lock().unwrap() = Some(String::from("tomorrow"));
    show(&mut out, &installation.token(Duration::ZERO).await.unwrap_err());
    // A wrong clock, an unknown app, a signer that fails, a text that is not a key.
    hub.ahead.store(-700, Ordering::SeqCst);
    app.client().send(ListInstallations::new()).await.unwrap();
    let stranger = App::builder("another one", key).base_url(hub.url()).build().unwrap();
    show(&mut out, &stranger.client().send(ListInstallations::new()).await.unwrap_err());
    let silent = App::builder(ISSUER, Broken).base_url(hub.url()).build().unwrap();
    show(&mut out, &silent.client().send(ListInstallations::new()).await.unwrap_err());
    show(&mut out, &AppKey::from_pem(keys::pkcs8().replace("PRIVATE", "PUBLIC")).unwrap_err());
    show(&mut out, &AppKey::from_pem(keys::pkcs8().replace("\nM", "\n%M")).unwrap_err());
    show(&mut out, &AppKey::from_pem(keys::pkcs8().replace("-----END", "")).unwrap_err());
    out
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let log = empty_log().await;
    let hub = Hub::start().await;
    let printed = everything(&hub).await;
    let log = log.text();
    for (text, expected) in [
        (&log, &["got a token", "got no token", "signed a token", "refused a token", "clock", "could not read"][..]),
        (
            &printed,
            &[
                "AppKey(***)",
                "Token(***, until 2027",
                "is missing",
                "RedisStore(",
                "is a public key",
                "502",
                "`Result::unwrap()`",
            ],
        ),
    ] {
        for word in expected {
            assert!(text.contains(word), "`{word}` is not in\n{text}");
        }
    }
    let both = format!("{log}{printed}");
    let der = keys::der();
    let bytes = |bytes: &[u8]| bytes.iter().map(u8::to_string).collect::<Vec<_>>().join(", ");
    let mut secrets = vec![String::from("s3cret"), bytes(&der[40..48])];
    secrets.extend(
        keys::pkcs8().lines().filter(|line| !line.starts_with('-') && line.len() > 8).map(|line| line[..8].to_owned()),
    );
    secrets.extend(
        keys::pkcs1().lines().filter(|line| !line.starts_with('-') && line.len() > 8).map(|line| line[..8].to_owned()),
    );
    // Only the signature of the app's tokens is secret. The part before it only names the app.
    let signatures = hub.signatures();
    assert!(signatures.len() > 4);
    secrets.extend(signatures.iter().map(|signature| signature[..8].to_owned()));
    for secret in secrets {
        assert!(!both.contains(&secret), "`{secret}` is printed:\n{both}");
    }
}
