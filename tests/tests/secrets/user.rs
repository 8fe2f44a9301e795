//! No secret of a user is in a `trace` log, in `Debug` output or in an error.

#[expect(dead_code, reason = "another test asks for more")]
#[path = "../github/user/hub.rs"]
mod hub;
#[expect(dead_code, reason = "another test asks for more")]
#[path = "../github/user/world.rs"]
mod world;

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use github_apps::apps::endpoints::ListUserInstallations;
use github_apps::runtime::encode;
use github_apps::user::{SignIn, parse_callback};

use tests::output::show;

use crate::log::empty_log;
use hub::{Hub, error};
use world::{Drawer, builder, sign_in};

/// Runs calls that succeed and fail, and returns everything that is printed about them, and the secrets.
async fn everything(hub: &Hub) -> (String, Vec<String>) {
    let (mut out, mut secrets) =
        (String::new(), vec![String::from("s3cret"), String::from("c0de"), String::from("d3vice")]);
    let builder = builder(hub);
    write!(out, "{builder:?}").unwrap();
    let (password, key) = ("https://octocat:s3cret@github.example.com", "https://github.example.com/?key=s3cret");
    write!(out, "{:?}", SignIn::builder("Iv23li").base_url(password).api_url(key)).unwrap();
    let sign_in = builder.build().unwrap();
    let authorization = sign_in.authorization().redirect_uri("https://app.example/back");
    write!(out, "{sign_in:?} {authorization:?}").unwrap();
    let (url, pending) = authorization.begin().unwrap();
    secrets.extend(encode(&pending).split('"').filter(|part| part.len() == 43).map(str::to_owned));
    let returned = hub.visit(&url).await;
    let read = parse_callback(returned.split_once('?').unwrap().1).unwrap();
    write!(out, "{pending:?} {pending:#?} {read:?}").unwrap();
    show(
        &mut out,
        &sign_in.finish(pending.clone(), &parse_callback("code=c0de0&state=s3cret").unwrap()).await.unwrap_err(),
    );
    let tokens = sign_in.finish(pending.clone(), &read).await.unwrap();
    show(&mut out, &sign_in.finish(pending, &read).await.unwrap_err());
    write!(out, "{tokens:?} {tokens:#?}").unwrap();

    let mut device = sign_in.device().await.unwrap();
    write!(out, "{device:?} {device:#?}").unwrap();
    hub.answer(200, error("access_denied"));
    show(&mut out, &device.wait().await.unwrap_err());

    let drawer = Drawer::default();
    let user = sign_in.user(tokens.clone(), drawer.clone()).known_as("octocat");
    write!(out, "{user:?} {:?} {:?}", user.client(), user.source().provide().await.unwrap()).unwrap();
    user.send(ListUserInstallations::new()).await.unwrap();
    hub.revoke();
    user.send(ListUserInstallations::new()).await.unwrap();
    for (status, body) in [
        (502, "<html>ghu_s3cret</html>"),
        (200, "access_token=ghu_s3cret"),
        (200, r#"{"access_token":["ghu_s3cret"]}"#),
        (200, r#"{"access_token":"ghu_s3cret","token_type":7}"#),
        (200, r#"{"s3cret":"ghu_s3cret"}"#),
    ] {
        hub.answer(status, body);
        hub.revoke();
        show(&mut out, &user.send(ListUserInstallations::new()).await.unwrap_err());
    }
    drawer.failures.store(1, Ordering::SeqCst);
    show(&mut out, &user.send(ListUserInstallations::new()).await.unwrap_err());
    user.send(ListUserInstallations::new()).await.unwrap();
    hub.give();
    show(&mut out, &user.send(ListUserInstallations::new()).await.unwrap_err());
    write!(out, "{:?}", sign_in.check_token(&hub.pair()).await).unwrap();
    show(&mut out, &sign_in.reset_token(&tokens).await.unwrap_err());
    (out, secrets)
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let log = empty_log().await;
    let hub = Hub::start().await;
    let (printed, secrets) = everything(&hub).await;
    assert!(sign_in(&hub).refresh(&hub.pair()).await.is_err());
    let log = log.text();
    for (text, expected) in [
        (&log, &["refreshed the tokens", "could not refresh", "refused the token", "could not save"][..]),
        (&printed, &["SignIn(", "bad_verification_code", "WDJB-MJHT", "access_denied", "***", "octocat", "502"]),
    ] {
        for word in expected {
            assert!(text.contains(word), "`{word}` is not in\n{text}");
        }
    }
    assert_eq!(secrets.len(), 5);
    let both = format!("{log}{printed}");
    for secret in secrets {
        assert!(!both.contains(&secret), "`{secret}` is printed:\n{both}");
    }
}
