//! An app whose client has layers.

use std::sync::atomic::Ordering;
use std::time::Duration;

use github_apps::app::App;
use github_apps::apps::endpoints::ListInstallationRepositories;
use github_apps::client::{Resilience, github};

use super::builder;
use super::hub::Hub;

fn layered(hub: &Hub, resilience: Resilience) -> App {
    let client = github().base_url(hub.url()).layer(resilience).build().unwrap();
    builder(hub).client(client).build().unwrap()
}

async fn ask(app: &App, installation: i64) -> Result<(), String> {
    let asked = app.installation(installation).send(ListInstallationRepositories::new()).await;
    asked.map(drop).map_err(|error| format!("{error:?}"))
}

/// The time between writes of an app does not delay the tokens of its installations.
#[tokio::test]
async fn tokens_are_asked_for_without_a_space_between() {
    let hub = Hub::start().await;
    let app = layered(&hub, Resilience::new().write_interval(Duration::from_secs(3600)));
    for installation in 1..=5 {
        ask(&app, installation).await.unwrap();
    }
    assert_eq!((hub.minted(), hub.served()), (5, 5));
}

/// No other `POST` is sent again. A second token does no harm if the first one was not received.
#[tokio::test]
async fn a_token_is_asked_for_again_where_it_fails() {
    for (failures, minted, is_fine) in [(0, 1, true), (2, 3, true), (4, 4, false)] {
        let hub = Hub::start().await;
        hub.failures.store(failures, Ordering::SeqCst);
        let app = layered(&hub, Resilience::new().back_off(Duration::from_millis(5), Duration::from_millis(10)));
        assert_eq!(ask(&app, 1).await.is_ok(), is_fine, "{failures} failures");
        assert_eq!(hub.minted(), minted, "{failures} failures");
    }
}
