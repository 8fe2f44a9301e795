//! To whom new tokens go, and when.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use github_apps::apps::endpoints::ListUserInstallations;
use github_apps::runtime::{decode, encode};
use github_apps::user::{StoreFuture, UserError, UserTokenStore, UserTokens};

use super::hub::Hub;
use super::world::{Drawer, ask, sign_in, user};

#[tokio::test]
async fn nothing_is_sent_with_a_pair_that_is_not_kept() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    drawer.failures.store(2, Ordering::SeqCst);
    hub.clock.forward(28_800);
    for _ in 0..2 {
        let error = user.send(ListUserInstallations::new()).await.unwrap_err();
        assert!(error.is_credential());
        let why: &UserError = std::error::Error::source(&error).unwrap().downcast_ref().unwrap();
        assert!(why.is_store() && !why.needs_sign_in());
        let printed = "the store could not save the new tokens of the user: the drawer is stuck";
        assert_eq!(format!("{why:?}"), printed);
    }
    assert_eq!((hub.served(), hub.refreshes(), drawer.count()), (0, 1, 0));
    // It is handed over again, and not refreshed again.
    ask(&user).await.unwrap();
    assert_eq!((hub.served(), hub.refreshes(), drawer.count()), (1, 1, 1));
    let kept = drawer.kept.lock().unwrap()[0].clone();
    assert_eq!(kept.refresh_token().unwrap().expose(), "ghr_s3cret2");
}

/// As long as it is unknown what the store has, the refresh token is not used.
#[tokio::test]
async fn an_owner_who_cannot_say_what_it_keeps() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    drawer.is_shut.store(1, Ordering::SeqCst);
    hub.clock.forward(28_600);
    ask(&user).await.unwrap();
    hub.clock.forward(200);
    assert!(user.tokens().await.unwrap_err().is_store());
    assert_eq!(hub.refreshes(), 0);
    drawer.is_shut.store(0, Ordering::SeqCst);
    ask(&user).await.unwrap();
    assert_eq!(hub.refreshes(), 1);
}

#[tokio::test]
async fn what_another_process_has_refreshed_is_taken_over() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let (one, other) = (user(&hub, &drawer), user(&hub, &drawer));
    hub.clock.forward(28_800);
    ask(&one).await.unwrap();
    *drawer.others.lock().unwrap() = drawer.kept.lock().unwrap().last().cloned();
    ask(&other).await.unwrap();
    assert_eq!((hub.refreshes(), hub.refused(), drawer.count()), (1, 0, 1));
    // An older pair of the store is ignored.
    hub.clock.forward(28_800);
    ask(&other).await.unwrap();
    assert_eq!(hub.refreshes(), 2);
    hub.clock.forward(28_800);
    ask(&other).await.unwrap();
    assert_eq!((hub.refreshes(), hub.refused()), (3, 0));
}

/// Tokens from parts that were stored: the time of the request is unknown.
#[tokio::test]
async fn what_is_older_is_not_taken_over() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    let ended = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    let old = UserTokens::new("ghu_s3cret0").with_expiry(ended).with_refresh_token("ghr_s3cret0", None);
    *drawer.others.lock().unwrap() = Some(old);
    hub.clock.forward(28_800);
    ask(&user).await.unwrap();
    assert_eq!((hub.refreshes(), hub.refused()), (1, 0));
}

/// Two processes refresh at once. The later one finds the tokens that the other one has saved.
#[tokio::test]
async fn who_is_late_finds_what_the_other_one_kept() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    hub.clock.forward(28_800);
    let (access, refresh) = hub.give();
    hub.answer(200, r#"{"error":"bad_refresh_token"}"#);
    let late =
        Late { drawer, tokens: UserTokens::new(access).with_refresh_token(refresh, None), asked: Arc::default() };
    let user = sign_in(&hub).user(hub.pair(), late);
    ask(&user).await.unwrap();
    assert_eq!((hub.refreshes(), hub.refused()), (1, 0));
}

/// A store that returns no newer tokens to its first call.
struct Late {
    drawer: Drawer,
    tokens: UserTokens,
    asked: Arc<Mutex<usize>>,
}

impl UserTokenStore for Late {
    fn save<'a>(&'a self, tokens: &'a UserTokens) -> StoreFuture<'a, ()> {
        self.drawer.save(tokens)
    }

    fn load(&self) -> StoreFuture<'_, Option<UserTokens>> {
        Box::pin(async {
            let mut asked = self.asked.lock().unwrap();
            *asked += 1;
            Ok((*asked > 1).then(|| self.tokens.clone()))
        })
    }
}

#[tokio::test]
async fn a_closure_is_an_owner() {
    let hub = Hub::start().await;
    let kept = Arc::new(Mutex::new(Vec::new()));
    let drawer = Arc::clone(&kept);
    let owner = move |tokens: UserTokens| {
        let drawer = Arc::clone(&drawer);
        async move {
            drawer.lock().unwrap().push(encode(&tokens));
            Ok(())
        }
    };
    let user = sign_in(&hub).user(hub.pair(), owner);
    hub.clock.forward(28_800);
    ask(&user).await.unwrap();
    // The saved tokens work in another process.
    let kept = kept.lock().unwrap().remove(0);
    assert!(kept.contains("ghu_s3cret2") && kept.contains("ghr_s3cret2"));
    let tokens: UserTokens = decode(kept.as_bytes()).unwrap();
    assert_eq!(encode(&tokens), kept);
    let user = sign_in(&hub).user(tokens, Drawer::default());
    ask(&user).await.unwrap();
    assert_eq!(hub.refreshes(), 1);
}

/// All waiting tasks get the error, and the next task saves the tokens.
#[tokio::test]
async fn an_owner_who_panics_leaves_nobody_waiting() {
    #[derive(Clone, Default)]
    struct Panicking(Arc<AtomicUsize>);

    impl UserTokenStore for Panicking {
        fn save<'a>(&'a self, _tokens: &'a UserTokens) -> StoreFuture<'a, ()> {
            Box::pin(async {
                assert!(self.0.fetch_add(1, Ordering::SeqCst) > 0, "the drawer has fallen over");
                Ok(())
            })
        }
    }

    let hub = Hub::start().await;
    let user = sign_in(&hub).user(hub.pair(), Panicking::default());
    hub.clock.forward(28_800);
    let tasks: Vec<_> =
        (0..10).map(|_| user.clone()).map(|user| tokio::spawn(async move { user.tokens().await })).collect();
    for task in tasks {
        let error = tokio::time::timeout(Duration::from_secs(10), task).await.unwrap().unwrap().unwrap_err();
        assert_eq!((error.to_string().as_str(), error.is_store()), ("the store of the user's tokens panicked", true));
    }
    ask(&user).await.unwrap();
    assert_eq!(hub.refreshes(), 1);
}
