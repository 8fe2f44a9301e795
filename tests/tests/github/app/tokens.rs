//! Installation tokens: the number and time of requests, and refused tokens.

use std::sync::atomic::Ordering;
use std::time::Duration;

use github_apps::app::{App, AppError, InstallationClient};
use github_apps::apps::endpoints::{ListInstallationRepositories, ListUserInstallations};
use github_apps::integrations::endpoints::ListDeployments;
use github_apps::integrations::security::InstallationToken;
use github_apps::runtime::Operation;
use serde_json::{Value, json};

use super::hub::Hub;
use super::{app, builder};

async fn ask(installation: &InstallationClient) -> Result<(), String> {
    installation.send(ListInstallationRepositories::new()).await.map(drop).map_err(|error| format!("{error:?}"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_thousand_tasks_wait_for_one_request() {
    let hub = Hub::start().await;
    *hub.delay.lock().unwrap() = Duration::from_millis(100);
    let app = app(&hub);
    for (round, minted) in [(0, 1), (1, 2)] {
        let tasks: Vec<_> = (0..1_000)
            .map(|_| app.clone())
            .map(|app| tokio::spawn(async move { app.installation(7).token(Duration::ZERO).await }))
            .collect();
        for task in tasks {
            let token = task.await.unwrap().unwrap();
            assert_eq!(token.expose(), format!("ghs_s3cret{minted}"));
        }
        assert_eq!((hub.minted(), hub.jwts().len()), (minted, minted), "round {round}");
        hub.clock.forward(3600);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_that_are_refused_at_once_renew_it_once() {
    let hub = Hub::start().await;
    let app = app(&hub);
    ask(&app.installation(7)).await.unwrap();
    hub.revoke_all();
    let tasks: Vec<_> = (0..100)
        .map(|_| app.installation(7))
        .map(|installation| tokio::spawn(async move { ask(&installation).await }))
        .collect();
    for task in tasks {
        task.await.unwrap().unwrap();
    }
    assert_eq!((hub.minted(), hub.served()), (2, 101));
}

#[tokio::test]
async fn a_refusal_renews_it_once_and_then_it_is_an_error() {
    let hub = Hub::start().await;
    let installation = app(&hub).installation(7);
    ask(&installation).await.unwrap();
    hub.revoke_all();
    ask(&installation).await.unwrap();
    assert_eq!((hub.minted(), hub.refused()), (2, 1));
    // A server that refuses each token that it has given.
    hub.life.store(0, Ordering::SeqCst);
    hub.revoke_all();
    let error = installation.send(ListInstallationRepositories::new()).await.map(drop).unwrap_err();
    assert_eq!(
        error.to_string(),
        "list-installation-repositories: the server answered 401 Unauthorized: Bad credentials"
    );
    assert_eq!((hub.minted(), hub.refused()), (3, 3));
}

/// Asking more often would bring the same.
#[tokio::test]
async fn a_server_that_gives_the_same_again_is_asked_once() {
    let hub = Hub::start().await;
    *hub.token.lock().unwrap() = Some(String::from("ghs_s3cret"));
    let installation = app(&hub).installation(7);
    ask(&installation).await.unwrap();
    hub.life.store(0, Ordering::SeqCst);
    hub.revoke_all();
    ask(&installation).await.unwrap_err();
    assert_eq!((hub.minted(), hub.refused()), (2, 2));
}

/// Five minutes before its end it is replaced; a quarter of its life for one that doesn't live for long.
#[tokio::test]
async fn it_is_replaced_before_it_ends() {
    for (life, fresh) in [(3600, 3299), (400, 299), (7200, 6899), (8, 5)] {
        let hub = Hub::start().await;
        hub.life.store(life, Ordering::SeqCst);
        let installation = app(&hub).installation(7);
        ask(&installation).await.unwrap();
        hub.clock.forward(fresh);
        ask(&installation).await.unwrap();
        assert_eq!(hub.minted(), 1, "a life of {life}");
        hub.clock.forward(1);
        ask(&installation).await.unwrap();
        assert_eq!((hub.minted(), hub.refused()), (2, 0), "a life of {life}");
    }
}

#[tokio::test]
async fn the_old_one_is_used_while_no_other_can_be_had() {
    let hub = Hub::start().await;
    let installation = app(&hub).installation(7);
    ask(&installation).await.unwrap();
    hub.clock.forward(3400);
    hub.failures.store(2, Ordering::SeqCst);
    // The first failure is followed by a rest, so that not each request waits for another one.
    for (wait, minted) in [(0, 2), (14, 2), (1, 3), (14, 3), (1, 4), (60, 4)] {
        hub.clock.forward(wait);
        ask(&installation).await.unwrap();
        assert_eq!(hub.minted(), minted);
    }
    assert_eq!((hub.refused(), hub.served()), (0, 7));
}

#[tokio::test]
async fn a_failure_is_that_of_all_who_wait_and_not_of_those_who_come_later() {
    let hub = Hub::start().await;
    *hub.delay.lock().unwrap() = Duration::from_millis(100);
    hub.failures.store(2, Ordering::SeqCst);
    let app = app(&hub);
    for minted in 1..=3 {
        let tasks: Vec<_> = (0..50)
            .map(|_| app.installation(7))
            .map(|installation| tokio::spawn(async move { installation.token(Duration::ZERO).await }))
            .collect();
        for task in tasks {
            let got = task.await.unwrap();
            assert_eq!(got.is_ok(), minted == 3, "{got:?}");
            if let Err(error) = got {
                assert_eq!(error.to_string(), "the server gave no token for installation 7");
                assert_eq!(error.request().unwrap().status().unwrap(), 502);
            }
        }
        assert_eq!(hub.minted(), minted);
    }
}

/// The task that sent the request may be cancelled. The others still get the token.
#[tokio::test]
async fn a_task_that_gives_up_takes_nobody_along() {
    let hub = Hub::start().await;
    *hub.delay.lock().unwrap() = Duration::from_millis(100);
    let installation = app(&hub).installation(7);
    let asking = || {
        let installation = installation.clone();
        tokio::spawn(async move { installation.token(Duration::ZERO).await })
    };
    let (first, second) = (asking(), asking());
    tokio::time::sleep(Duration::from_millis(50)).await;
    first.abort();
    second.await.unwrap().unwrap();
    assert_eq!(hub.minted(), 1);
    // If all waiting tasks are cancelled, the request starts again.
    hub.clock.forward(3600);
    *hub.delay.lock().unwrap() = Duration::from_secs(5);
    let alone = asking();
    tokio::time::sleep(Duration::from_millis(50)).await;
    alone.abort();
    assert!(alone.await.unwrap_err().is_cancelled());
    *hub.delay.lock().unwrap() = Duration::ZERO;
    asking().await.unwrap().unwrap();
    assert_eq!(hub.minted(), 3);
}

#[tokio::test]
async fn all_handles_share_what_means_the_same() {
    let hub = Hub::start().await;
    let app = app(&hub);
    let handles = [
        (app.installation(7), Value::Null),
        (app.installation(8), Value::Null),
        (app.installation(7).repositories(["b", "a"]), json!({"repositories": ["a", "b"]})),
        (app.installation(7).repositories(["a"]), json!({"repositories": ["a"]})),
        (app.installation(7).repository_ids([2, 1]), json!({"repository_ids": [1, 2]})),
        (
            app.installation(7).permissions([("issues", "read"), ("contents", "read")]),
            json!({"permissions":
            {"contents": "read", "issues": "read"}}),
        ),
        (
            app.installation(7).permissions([("issues", "write"), ("contents", "read")]),
            json!({"permissions":
            {"contents": "read", "issues": "write"}}),
        ),
        (app.installation(7).permissions([("of_tomorrow", "some")]), json!({"permissions": {"of_tomorrow": "some"}})),
    ];
    let same = [
        app.installation(7),
        app.clone().installation(8),
        app.installation(7).repositories(["a", "b", "a"]),
        app.installation(7).repositories(vec![String::from("a")]),
        app.installation(7).repository_ids([1, 2]),
        app.installation(7).permissions([("contents", "read"), ("issues", "read")]),
        app.installation(7).permissions([("contents", "read"), ("issues", "write")]),
        app.installation(7).permissions([("of_tomorrow", "some")]),
    ];
    for (handle, _) in &handles {
        ask(handle).await.unwrap();
    }
    let asked = hub.asked();
    for (handle, (_, body)) in same.iter().zip(&handles) {
        ask(handle).await.unwrap();
        assert!(asked.contains(&(handle.id(), body.clone())), "{body}: {asked:?}");
    }
    assert_eq!(hub.minted(), handles.len());
}

#[tokio::test]
async fn an_empty_list_is_not_taken_for_everything() {
    let hub = Hub::start().await;
    let app = app(&hub);
    for (installation, what) in [
        (app.installation(7).repositories(Vec::<String>::new()), "repositories"),
        (app.installation(7).repository_ids([]), "repositories"),
        (app.installation(7).permissions(github_apps::client::Grants::none()), "permissions"),
    ] {
        let error = installation.token(Duration::ZERO).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("the list of {what} is empty, and GitHub would not restrict the token: name at least one")
        );
    }
    assert_eq!(hub.minted(), 0);
}

#[tokio::test]
async fn a_token_for_git_lives_as_long_as_it_is_needed() {
    let hub = Hub::start().await;
    let installation = app(&hub).installation(7);
    let token = |seconds: u64| {
        let installation = installation.clone();
        async move { installation.token(Duration::from_secs(seconds)).await }
    };
    assert_eq!(token(0).await.unwrap().expose(), "ghs_s3cret1");
    assert_eq!(token(3600).await.unwrap().expose(), "ghs_s3cret1");
    hub.clock.forward(1);
    assert_eq!(token(3599).await.unwrap().expose(), "ghs_s3cret1");
    assert_eq!(token(3600).await.unwrap().expose(), "ghs_s3cret2");
    assert_eq!(token(60).await.unwrap().expose(), "ghs_s3cret2");
    let error = token(3601).await.unwrap_err();
    assert_eq!(error.to_string(), "a new token is valid for 3600 seconds, and 3601 are needed");
    assert_eq!(hub.minted(), 3);
}

/// Some servers give a token that has expired already, such as the one of a documented example.
#[tokio::test]
async fn when_it_ends_may_be_written_in_any_way() {
    let hub = Hub::start().await;
    let asked = u64::MAX >> 1;
    for (text, seconds) in [
        ("2027-01-15T09:00:00Z", 1_800_003_600),
        ("2027-01-15T10:30:00.5+02:00", 1_800_001_800),
        ("2027-01-15T01:00:00-08:00", 1_800_003_600),
        ("2028-02-29T23:59:59.000Z", 1_835_481_599),
        ("2100-03-01t00:00:00z", 4_107_542_400),
        ("2000-02-29 12:00:00Z", 951_825_600),
        ("2016-07-11T22:14:10Z", 1_468_275_250),
        ("1969-12-31T23:59:59Z", -1),
        ("2027-01-15T09:00:00+0200", 1_799_996_400),
    ] {
        *hub.expires_at.lock().unwrap() = Some(text.to_owned());
        let error = app(&hub).installation(7).token(Duration::from_secs(asked)).await.unwrap_err();
        let left = seconds - super::START;
        let why = format!("a new token is valid for {left} seconds, and {asked} are needed");
        assert_eq!(error.to_string(), why, "{text}");
        // The tasks that waited for it get it, and no later one.
        let token = app(&hub).installation(7).token(Duration::ZERO).await.unwrap();
        assert_eq!(token.expires_at().as_str(), text);
    }
    for text in [
        "tomorrow",
        "",
        "2027-01-15",
        "2027-02-29T00:00:00Z",
        "2027-01-15T24:00:00Z",
        "2027-01-15T09:00:00",
        "2027-13-15T09:00:00Z",
        "2027-01-15T09:00:00.Z",
        "ä027-01-15T09:00:00Z",
    ] {
        *hub.expires_at.lock().unwrap() = Some(text.to_owned());
        let error: AppError = app(&hub).installation(7).token(Duration::ZERO).await.unwrap_err();
        assert!(error.to_string().contains("`expires_at`") && error.request().is_none(), "{text}: {error}");
    }
}

#[tokio::test]
async fn what_is_granted_to_it_is_checked_before_anything_is_sent() {
    let hub = Hub::start().await;
    let installation = app(&hub).installation(7);
    let error = installation.client_for::<InstallationToken>().send(ListDeployments::new(1)).await.unwrap_err();
    assert!(error.is_permission() && error.status().is_none(), "{error:?}");
    assert_eq!(error.to_string(), "list-deployments: the permission `deployments: write` is missing");
    // More was granted; the token knows of it once it is another one.
    *hub.permissions.lock().unwrap() = json!({"deployments": "write"});
    installation.forget();
    let error = installation.client_for::<InstallationToken>().send(ListDeployments::new(1)).await.unwrap_err();
    assert!(!error.is_permission() && error.status().unwrap() == 404, "{error:?}");
    assert_eq!(hub.minted(), 2);
    let token = installation.token(Duration::ZERO).await.unwrap();
    assert!(token.permissions().unwrap().include("deployments", "read"));
    *hub.permissions.lock().unwrap() = Value::Null;
}

#[tokio::test]
async fn a_list_of_operations_says_what_a_token_needs() {
    let hub = Hub::start().await;
    let needs = App::permissions_for([&ListUserInstallations::INFO, &ListDeployments::INFO]);
    app(&hub).installation(7).permissions(needs.grants).token(Duration::ZERO).await.unwrap();
    assert_eq!(hub.asked(), [(7, json!({"permissions": {"deployments": "write"}}))]);
}

#[tokio::test]
async fn an_account_without_the_app_is_an_error() {
    let hub = Hub::start().await;
    let installation = app(&hub).installation(404);
    let error = installation.token(Duration::ZERO).await.unwrap_err();
    assert!(error.is_not_installed(), "{error:?}");
    let error = installation.send(ListInstallationRepositories::new()).await.unwrap_err();
    assert!(error.is_credential(), "{error:?}");
    let why = "list-installation-repositories: there is no credential to send it with: the server gave no token for installation 404: \
        create-installation-token: the server answered 404 Not Found: Not Found";
    assert!(format!("{error:?}").starts_with(why), "{error:?}");
    let why: &AppError = std::error::Error::source(&error).unwrap().downcast_ref().unwrap();
    assert!(why.is_not_installed());
}

/// The clock of this machine is behind, so that a token seems to live longer than it does.
#[tokio::test]
async fn tokens_end_by_the_clock_of_the_server() {
    for ahead in [300, -300] {
        let hub = Hub::start().await;
        hub.ahead.store(ahead, Ordering::SeqCst);
        let installation = app(&hub).installation(7);
        ask(&installation).await.unwrap();
        let minted = hub.minted();
        hub.clock.forward(3299);
        ask(&installation).await.unwrap();
        assert_eq!(hub.minted(), minted, "ahead by {ahead}");
        hub.clock.forward(2);
        ask(&installation).await.unwrap();
        assert_eq!(hub.minted(), minted + 1, "ahead by {ahead}");
    }
}

#[tokio::test]
async fn memory_is_bounded() {
    let hub = Hub::start().await;
    let app = builder(&hub).capacity(10).build().unwrap();
    for id in 1..=100 {
        app.installation(id).token(Duration::ZERO).await.unwrap();
    }
    assert_eq!(hub.minted(), 100);
    // The token that was used last is kept, and the one that was used first is dropped.
    app.installation(100).token(Duration::ZERO).await.unwrap();
    assert_eq!(hub.minted(), 100);
    app.installation(1).token(Duration::ZERO).await.unwrap();
    assert_eq!(hub.minted(), 101);
}
