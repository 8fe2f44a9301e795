//! Refreshed tokens: the number and time of refreshes, and tokens that can't be refreshed.

use std::sync::atomic::Ordering;
use std::time::Duration;

use github_apps::apps::endpoints::ListUserInstallations;
use github_apps::oauth::models::SignInErrorCode;
use github_apps::user::{UserError, UserTokens};

use super::hub::{CLIENT_SECRET, Hub, error};
use super::world::{Drawer, ask, sign_in, user};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_wait_for_one_refresh() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    *hub.delay.lock().unwrap() = Duration::from_millis(100);
    let user = user(&hub, &drawer);
    for round in 1..=2_usize {
        hub.clock.forward(28_800);
        let tasks: Vec<_> =
            (0..1_000).map(|_| user.clone()).map(|user| tokio::spawn(async move { user.tokens().await })).collect();
        for task in tasks {
            let tokens = task.await.unwrap().unwrap();
            assert_eq!(tokens.access_token().expose(), format!("ghu_s3cret{}", round + 1));
        }
        // Each pair is of the one before, and each was handed over.
        assert_eq!((hub.refreshes(), drawer.count()), (round, round));
        assert_eq!(hub.asked()[round - 1].1["refresh_token"], format!("ghr_s3cret{round}"));
        assert_eq!(hub.asked()[round - 1].1["client_secret"], CLIENT_SECRET);
    }
    ask(&user).await.unwrap();
    assert_eq!((hub.served(), hub.refused()), (1, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_that_are_refused_at_once_refresh_it_once() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    ask(&user).await.unwrap();
    hub.revoke();
    let tasks: Vec<_> =
        (0..100).map(|_| user.clone()).map(|user| tokio::spawn(async move { ask(&user).await })).collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((hub.refreshes(), hub.served()), (1, 101));
}

/// Five minutes before its end; a quarter of its life for one that doesn't live for long.
#[tokio::test]
async fn it_is_refreshed_before_it_ends() {
    for (life, fresh) in [(28_800, 28_499), (400, 299), (8, 5)] {
        let (hub, drawer) = (Hub::start().await, Drawer::default());
        hub.life.store(life, Ordering::SeqCst);
        let first = sign_in(&hub).refresh(&hub.pair()).await.unwrap();
        let user = sign_in(&hub).user(first, drawer);
        hub.clock.forward(fresh);
        ask(&user).await.unwrap();
        assert_eq!(hub.refreshes(), 1, "a life of {life}");
        hub.clock.forward(1);
        ask(&user).await.unwrap();
        assert_eq!((hub.refreshes(), hub.refused()), (2, 0), "a life of {life}");
    }
}

#[tokio::test]
async fn the_old_one_is_used_while_no_other_can_be_had() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    hub.clock.forward(28_600);
    (0..2).for_each(|_| hub.answer(502, "<html>"));
    // The first failure is followed by a rest, so that not each request waits for another one.
    for (wait, refreshes) in [(0, 1), (14, 1), (1, 2), (14, 2), (1, 3), (60, 3)] {
        hub.clock.forward(wait);
        ask(&user).await.unwrap();
        assert_eq!(hub.refreshes(), refreshes);
    }
    assert_eq!((hub.refused(), hub.served(), drawer.count()), (0, 6, 1));
    // Once it has ended there is nothing left to use.
    hub.clock.forward(28_800);
    hub.answer(502, "<html>");
    let error = user.tokens().await.unwrap_err();
    assert_eq!(error.request().unwrap().status().unwrap(), 502);
    assert!(!error.needs_sign_in());
    ask(&user).await.unwrap();
}

#[tokio::test]
async fn a_refresh_token_that_is_refused_is_not_sent_again() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    hub.give();
    hub.clock.forward(28_800);
    for _ in 0..3 {
        let error = user.tokens().await.unwrap_err();
        assert_eq!(error.code(), Some(&SignInErrorCode::BadRefreshToken));
        assert!(error.needs_sign_in());
    }
    assert_eq!((hub.refreshes(), drawer.count()), (1, 0));
    let error = user.send(ListUserInstallations::new()).await.unwrap_err();
    assert!(error.is_credential());
    let why: &UserError = std::error::Error::source(&error).unwrap().downcast_ref().unwrap();
    assert!(why.needs_sign_in());
    // The user has signed in again elsewhere.
    let (access, refresh) = hub.give();
    *drawer.others.lock().unwrap() = Some(UserTokens::new(access).with_refresh_token(refresh, None));
    ask(&user).await.unwrap();
    assert_eq!(hub.refreshes(), 1);
}

#[tokio::test]
async fn without_a_refresh_token_a_refusal_is_the_end() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = sign_in(&hub).user(UserTokens::new("ghu_s3cret1"), drawer);
    hub.clock.forward(1_000_000_000);
    ask(&user).await.unwrap();
    hub.revoke();
    let error = user.send(ListUserInstallations::new()).await.unwrap_err();
    let why = "list-user-installations: there is no credential to send it with: \
        the token of the user has expired, and there is no refresh token";
    assert!(format!("{error:?}").starts_with(why), "{error:?}");
    let ended = UserTokens::new("a").with_refresh_token("b", Some(std::time::UNIX_EPOCH));
    let error = sign_in(&hub).refresh(&ended).await.unwrap_err();
    assert_eq!(error.to_string(), "the refresh token of the user has expired");
    assert!(error.needs_sign_in());
    assert_eq!(hub.asked().len(), 0);
}

#[tokio::test]
async fn a_server_that_refuses_whatever_it_gives_is_asked_once() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    let user = user(&hub, &drawer);
    let given = r#"{"access_token":"ghu_s3cretOther","token_type":"bearer","refresh_token":"ghr_s3cretOther"}"#;
    hub.revoke();
    hub.answer(200, given);
    let error = user.send(ListUserInstallations::new()).await.unwrap_err();
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!((hub.refreshes(), hub.refused()), (1, 2));
}

/// The task that sent the request may be cancelled. The new tokens are still kept and returned to the others.
#[tokio::test]
async fn nobody_who_gives_up_loses_the_pair() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    *hub.delay.lock().unwrap() = Duration::from_millis(200);
    let user = user(&hub, &drawer);
    hub.clock.forward(28_800);
    assert!(tokio::time::timeout(Duration::from_millis(50), user.tokens()).await.is_err());
    for _ in 0..500 {
        if drawer.count() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
    assert_eq!(drawer.count(), 1);
    assert_eq!(user.tokens().await.unwrap().access_token().expose(), "ghu_s3cret2");
    assert_eq!((hub.refreshes(), drawer.count()), (1, 1));
}

/// All waiting tasks get the same error.
#[tokio::test]
async fn a_refusal_is_that_of_all_who_wait() {
    let (hub, drawer) = (Hub::start().await, Drawer::default());
    *hub.delay.lock().unwrap() = Duration::from_millis(100);
    hub.answer(200, error("incorrect_client_credentials"));
    let user = user(&hub, &drawer);
    hub.clock.forward(28_800);
    let tasks: Vec<_> =
        (0..50).map(|_| user.clone()).map(|user| tokio::spawn(async move { user.tokens().await })).collect();
    for task in tasks {
        let error = task.await.unwrap().unwrap_err();
        assert_eq!(error.code(), Some(&SignInErrorCode::IncorrectClientCredentials));
    }
    assert_eq!(hub.refreshes(), 1);
    // It was no fault of the token.
    ask(&user).await.unwrap();
    assert_eq!(hub.refreshes(), 2);
}
