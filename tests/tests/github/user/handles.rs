//! Checking, replacing and revoking tokens of users.

use github_apps::user::{SignIn, UserTokens};
use serde_json::json;

use super::hub::{CLIENT_ID, Hub};
use super::world::sign_in;

#[tokio::test]
async fn it_is_checked_replaced_and_ended() {
    let hub = Hub::start().await;
    let (sign_in, tokens) = (sign_in(&hub), hub.pair());
    let checked = sign_in.check_token(&tokens).await.unwrap().unwrap();
    assert_eq!(checked.app.client_id, CLIENT_ID);
    assert!(sign_in.check_token(&UserTokens::new("of nobody")).await.unwrap().is_none());
    assert_eq!(sign_in.reset_token(&tokens).await.unwrap().token.expose(), "ghu_s3cretNew");
    let error = sign_in.reset_token(&UserTokens::new("of nobody")).await.unwrap_err();
    assert_eq!(error.request().unwrap().status().unwrap(), 404);
    sign_in.revoke_token(&tokens).await.unwrap();
    sign_in.revoke_authorization(&tokens).await.unwrap();
    let path = format!("/api/v3/applications/{CLIENT_ID}");
    let (mine, other) = (json!({"access_token": "ghu_s3cret1"}), json!({"access_token": "of nobody"}));
    let expected = [
        (format!("POST {path}/token"), mine.clone()),
        (format!("POST {path}/token"), other.clone()),
        (format!("PATCH {path}/token"), mine.clone()),
        (format!("PATCH {path}/token"), other),
        (format!("DELETE {path}/token"), mine.clone()),
        (format!("DELETE {path}/grant"), mine),
    ];
    assert_eq!(hub.handled(), expected);
}

#[tokio::test]
async fn it_takes_the_secret_of_the_app() {
    let hub = Hub::start().await;
    let sign_in = SignIn::builder(CLIENT_ID).base_url(hub.url()).build().unwrap();
    let error = sign_in.check_token(&hub.pair()).await.unwrap_err();
    assert_eq!(error.to_string(), "this needs the client secret of the app: set it with `client_secret`");
    assert!(sign_in.revoke_token(&hub.pair()).await.is_err() && hub.handled().is_empty());
}
