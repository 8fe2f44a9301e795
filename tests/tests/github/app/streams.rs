//! Results of several pages, whose token ends before the last one.

use std::time::Duration;

use github_apps::apps::endpoints::ListInstallationRepositories;

use super::app;
use super::hub::Hub;

/// An expired token is replaced before the next page is requested. A revoked one is replaced after the refusal.
#[tokio::test]
async fn a_token_that_ends_between_two_pages_is_replaced() {
    for (what, refused) in [("it ends", 0), ("it is taken back", 1)] {
        let hub = Hub::start().await;
        let installation = app(&hub).installation(7);
        let mut pages = installation.pages(ListInstallationRepositories::new());
        assert!(pages.try_next().await.unwrap().is_some());
        assert_eq!((hub.minted(), hub.served()), (1, 1), "{what}");
        if refused == 0 {
            hub.clock.forward(3601);
        } else {
            hub.revoke_all();
        }
        assert!(pages.try_next().await.unwrap().is_some());
        assert!(pages.try_next().await.unwrap().is_none());
        assert_eq!((hub.minted(), hub.served(), hub.refused()), (2, 2, refused), "{what}");
    }
}

/// The cache uses the name, rate limits use the budget. Neither contains a secret.
#[tokio::test]
async fn tokens_of_one_installation_have_one_budget_and_names_of_their_own() {
    let hub = Hub::start().await;
    let app = app(&hub);
    let hash_of = |installation: github_apps::app::InstallationClient| {
        let source = installation.source();
        (source.name().unwrap(), source.budget().unwrap())
    };
    let (wide, narrow) = (hash_of(app.installation(7)), hash_of(app.installation(7).repositories(["a"])));
    let other = hash_of(app.installation(8));
    assert!(wide.0 != narrow.0 && wide.1 == narrow.1, "{wide:?} {narrow:?}");
    assert!(wide.0 != other.0 && wide.1 != other.1, "{wide:?} {other:?}");
    assert_eq!(hash_of(app.clone().installation(7)), wide);
    let token = app.installation(7).token(Duration::ZERO).await.unwrap();
    assert!(![wide.0, wide.1, narrow.0].iter().any(|text| text.contains(token.expose())));
}
