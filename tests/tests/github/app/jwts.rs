//! The token of an app.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, UNIX_EPOCH};

use github_apps::app::{App, AppKey, SignFuture, Signer};
use github_apps::apps::endpoints::{ListInstallationRepositories, ListInstallations};
use serde_json::json;

use super::hub::Hub;
use super::{ISSUER, START, app, builder, keys};

#[tokio::test]
async fn it_says_who_signed_it_and_for_how_long() {
    let hub = Hub::start().await;
    for key in [keys::pkcs1(), keys::pkcs8()] {
        let key = AppKey::from_pem(key).unwrap();
        let app = App::builder(ISSUER, key).base_url(hub.url()).clock(hub.clock.clone()).build().unwrap();
        assert!(app.client().send(ListInstallations::new()).await.unwrap().is_empty());
        let jwt = hub.jwts().pop().unwrap();
        assert_eq!(jwt.header, json!({"alg": "RS256", "typ": "JWT"}));
        assert_eq!(jwt.claims, json!({"iat": START - 60, "exp": START + 540, "iss": ISSUER}));
    }
}

#[tokio::test]
async fn an_app_id_will_do_as_well() {
    let hub = Hub::start().await;
    let key = || AppKey::from_pem(keys::pkcs8()).unwrap();
    for (app, issuer) in [
        (App::builder(12345_i64, key()), "12345"),
        (App::builder(12345_u64, key()), "12345"),
        (App::builder(12345, key()), "12345"),
        (App::builder(" 12345\n", key()), "12345"),
        (App::builder(String::from("Iv1.8a61f9b3a7aba766"), key()), "Iv1.8a61f9b3a7aba766"),
    ] {
        let app = app.base_url(hub.url()).build().unwrap();
        assert!(app.client().send(ListInstallations::new()).await.is_err(), "the server knows another one");
        assert_eq!(hub.jwts().pop().unwrap().claims["iss"], issuer);
    }
    let error = App::new("", key()).unwrap_err();
    assert_eq!(error.to_string(), "the id of the app is empty: pass its client id or its app id");
    let error = App::builder(1, key()).base_url("ftp://github.example.com").build().unwrap_err();
    assert!(error.to_string().contains("neither http nor https"), "{error}");
}

/// A key that is elsewhere, and takes its time.
struct Elsewhere {
    key: AppKey,
    asked: Arc<AtomicUsize>,
    failures: AtomicUsize,
}

impl Signer for Elsewhere {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async {
            self.asked.fetch_add(1, Ordering::SeqCst);
            tokio::time::sleep(Duration::from_millis(20)).await;
            if self.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
                return Err("the vault is shut".into());
            }
            self.key.sign(message).await
        })
    }
}

fn elsewhere(failures: usize) -> (Elsewhere, Arc<AtomicUsize>) {
    let (key, asked) = (AppKey::from_pem(keys::pkcs8()).unwrap(), Arc::new(AtomicUsize::new(0)));
    (Elsewhere { key, asked: Arc::clone(&asked), failures: AtomicUsize::new(failures) }, asked)
}

#[tokio::test]
async fn it_is_signed_once_in_eight_minutes_however_many_ask() {
    let hub = Hub::start().await;
    let (signer, asked) = elsewhere(0);
    let app = App::builder(ISSUER, signer).base_url(hub.url()).clock(hub.clock.clone()).build().unwrap();
    let asking = |count: usize| {
        let tasks: Vec<_> =
            (0..count).map(|_| app.clone()).map(|app| tokio::spawn(async move { app.jwt().await })).collect();
        async move {
            for task in tasks {
                task.await.unwrap().unwrap();
            }
        }
    };
    asking(100).await;
    hub.clock.forward(479);
    asking(1).await;
    app.client().send(ListInstallations::new()).await.unwrap();
    assert!(app.jwt().await.unwrap().expose().ends_with(&hub.signatures()[0]));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    hub.clock.forward(1);
    asking(100).await;
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    let first = app.jwt().await.unwrap();
    assert_eq!(first, app.jwt().await.unwrap());
}

#[tokio::test]
async fn a_signer_that_fails_is_asked_again() {
    let hub = Hub::start().await;
    let (signer, asked) = elsewhere(1);
    let app = App::builder(ISSUER, signer).base_url(hub.url()).clock(hub.clock.clone()).build().unwrap();
    let error = app.client().send(ListInstallations::new()).await.unwrap_err();
    assert!(error.is_credential(), "{error}");
    let why = "list-installations: there is no credential to send it with: the token of the app could not be signed: the \
        vault is shut";
    assert!(format!("{error:?}").starts_with(why), "{error:?}");
    assert!(app.client().send(ListInstallations::new()).await.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

/// Signs nothing while it panics.
struct Panicking(AtomicUsize);

impl Signer for Panicking {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            let left = self.0.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
            assert!(left.is_err(), "the vault has fallen over");
            AppKey::from_pem(keys::pkcs8()).unwrap().sign(message).await
        })
    }
}

/// All waiting tasks get the error, and later ones do not.
#[tokio::test]
async fn a_signer_that_panics_leaves_nobody_waiting() {
    let hub = Hub::start().await;
    let app = App::builder(ISSUER, Panicking(AtomicUsize::new(1))).base_url(hub.url()).build().unwrap();
    let tasks: Vec<_> = (0..10).map(|_| app.clone()).map(|app| tokio::spawn(async move { app.jwt().await })).collect();
    for task in tasks {
        let outcome = tokio::time::timeout(Duration::from_secs(10), task).await.unwrap().unwrap();
        assert_eq!(outcome.unwrap_err().to_string(), "the signer or the store of the app panicked");
    }
    app.jwt().await.unwrap();
}

/// A clock that is too slow gives a token that has ended, one that is too fast one of the future.
#[tokio::test]
async fn a_clock_five_minutes_off_is_set_right_by_the_server() {
    for (ahead, refused) in [(300, 0), (-300, 1), (700, 1), (-86_400, 1), (5, 0)] {
        let hub = Hub::start().await;
        hub.ahead.store(ahead, Ordering::SeqCst);
        let app = app(&hub);
        app.client().send(ListInstallations::new()).await.unwrap();
        assert_eq!(hub.refused(), refused, "ahead by {ahead}");
        // From now on it is known.
        app.client().send(ListInstallations::new()).await.unwrap();
        hub.clock.forward(3600);
        app.client().send(ListInstallations::new()).await.unwrap();
        assert_eq!(hub.refused(), refused, "ahead by {ahead}");
        let known = if ahead == 5 { 0 } else { ahead };
        assert_eq!(hub.jwts().pop().unwrap().claims["iat"], START + 3600 + known - 60);
    }
}

/// The clock is corrected within a second whose `Date` was seen before.
#[tokio::test]
async fn a_clock_may_leap_while_that_of_the_server_stands() {
    let hub = Hub::start().await;
    let app = app(&hub);
    for leap in [0, -300, 300, -3600, 86_400, 301, -86_400 * 400] {
        hub.clock.forward(leap);
        hub.ahead.fetch_sub(leap, Ordering::SeqCst);
        app.client().send(ListInstallations::new()).await.unwrap();
        app.installation(7).send(ListInstallationRepositories::new()).await.unwrap();
    }
}

/// There is no time that a clock may not tell.
#[tokio::test]
async fn a_clock_may_tell_any_time() {
    for seconds in [0, 59, u64::MAX >> 1] {
        for is_before in [false, true] {
            let span = Duration::from_secs(seconds);
            let time = if is_before { UNIX_EPOCH.checked_sub(span) } else { UNIX_EPOCH.checked_add(span) };
            let Some(time) = time else { continue };
            let key = AppKey::from_pem(keys::pkcs8()).unwrap();
            App::builder(ISSUER, key).clock(move || time).build().unwrap().jwt().await.unwrap();
        }
    }
}

/// A cached `Date` is the time of an earlier response; the same `Date` from the server itself is the current time.
#[tokio::test]
async fn a_cache_on_the_way_sets_no_clock_right() {
    let hub = Hub::start().await;
    hub.ahead.store(-300, Ordering::SeqCst);
    hub.is_cached.store(true, Ordering::SeqCst);
    let app = app(&hub);
    assert!(app.client().send(ListInstallations::new()).await.is_err());
    hub.is_cached.store(false, Ordering::SeqCst);
    app.client().send(ListInstallations::new()).await.unwrap();
    assert_eq!(hub.refused(), 3);
}

/// Each `Date` is read correctly, also on leap days and at the ends of years.
#[tokio::test]
async fn dates_are_read_as_they_are_meant() {
    let hub = Hub::start().await;
    let app = app(&hub);
    for step in 0..120 {
        hub.ahead.store(-START + step * 86_400 * 217 + step * 4_567, Ordering::SeqCst);
        let _ = app.client().send(ListInstallations::new()).await;
        app.client().send(ListInstallations::new()).await.unwrap();
        let issued = hub.jwts().pop().unwrap().claims["iat"].as_i64().unwrap();
        assert_eq!(issued + 60, START + hub.ahead.load(Ordering::SeqCst), "step {step}");
    }
}

/// A 401 that another token doesn't help against is one request more, and then an error.
#[tokio::test]
async fn it_is_renewed_once() {
    let hub = Hub::start().await;
    let key = AppKey::from_pem(keys::pkcs8()).unwrap();
    let app = App::builder("another one", key).base_url(hub.url()).clock(hub.clock.clone()).build().unwrap();
    let error = app.client().send(ListInstallations::new()).await.unwrap_err();
    assert_eq!(error.to_string(), "list-installations: the server answered 401 Unauthorized: Integration not found");
    assert_eq!(hub.refused(), 2);
}

#[tokio::test]
async fn an_app_prints_nothing_secret() {
    let hub = Hub::start().await;
    let builder = builder(&hub);
    let printed = format!("{builder:?}");
    assert_eq!(printed, format!("AppBuilder({ISSUER}, base URL: {:?}, client: None)", Some(hub.url())));
    for url in ["https://octocat:s3cret@github.example.com", "https://github.example.com/?key=s3cret", "s3cret:@"] {
        let refused = self::builder(&hub).base_url(url);
        let printed = format!("{refused:?}");
        assert!(!format!("{printed} {:?}", refused.build().unwrap_err()).contains("s3cret"), "{url}");
    }
    let app = builder.build().unwrap();
    assert_eq!(format!("{app:?} {:?}", app.jwt().await.unwrap()), format!("App({ISSUER}, {}) ***", hub.url()));
}
