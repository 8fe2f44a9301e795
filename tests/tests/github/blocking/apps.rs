//! An app whose tokens are waited for.

use std::time::Duration;

use github_apps::apps::endpoints::{ListInstallationRepositories, ListInstallations};
use github_apps::integrations::{endpoints::ListDeployments, security::InstallationToken};

use super::server::hub;
use super::world::builder;

#[test]
fn threads_wait_for_one_token() {
    let hub = hub();
    *hub.delay.lock().unwrap() = Duration::from_millis(50);
    let app = builder(&hub).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for _ in 0..16 {
            scope.spawn(|| assert_eq!(app.installation(7).token(Duration::ZERO).unwrap().expose(), "ghs_s3cret1"));
        }
    });
    assert_eq!((hub.minted(), hub.jwts().len()), (1, 1));
    assert!(app.client().send(ListInstallations::new()).unwrap().is_empty());
    assert_eq!(app.jwt().unwrap().expose().split('.').count(), 3);
}

#[test]
fn a_refusal_renews_it_once() {
    let hub = hub();
    let app = builder(&hub).build_blocking().unwrap();
    let installation = app.installation(7).repositories(["a"]).permissions([("contents", "read")]);
    let ask = || installation.send(ListInstallationRepositories::new()).map(drop);
    ask().unwrap();
    hub.revoke_all();
    ask().unwrap();
    assert_eq!((hub.minted(), hub.refused(), installation.id()), (2, 1, 7));
    assert_eq!(installation.pages(ListInstallationRepositories::new()).count(), 2);
    hub.life.store(0, std::sync::atomic::Ordering::SeqCst);
    hub.revoke_all();
    let error = ask().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(401));
}

#[test]
fn what_has_no_token_says_why() {
    let hub = hub();
    let app = builder(&hub).build_blocking().unwrap();
    let error = app.installation(404).token(Duration::ZERO).unwrap_err();
    assert!(error.is_not_installed(), "{error:?}");
    let installation = app.installation(7);
    let error = installation.client_for::<InstallationToken>().send(ListDeployments::new(1)).unwrap_err();
    assert!(error.is_permission(), "{error:?}");
    installation.forget();
    installation.token(Duration::from_secs(3600)).unwrap();
    assert_eq!(hub.minted(), 3);
    let printed = format!("{app:?} {installation:?} {:?}", app.client());
    assert!(!printed.contains("s3cret"), "{printed}");
}
