//! Unusual responses of a server, and redirects.

use github_apps::user::SignIn;

use super::hub::Hub;
use super::world::sign_in;

#[tokio::test]
async fn what_is_neither_a_token_nor_an_error() {
    let hub = Hub::start().await;
    let (sign_in, pair) = (sign_in(&hub), hub.pair());
    for (status, body, expected) in [
        (200, "{}", "the response is neither a token nor an error"),
        (200, "[]", "the response is neither a token nor an error"),
        (200, "null", "the response is neither a token nor an error"),
        (200, r#"{"token_type":"bearer"}"#, "the response is neither a token nor an error"),
        (
            200,
            r#"{"access_token":"","token_type":"bearer","refresh_token":"ghr_s3cret"}"#,
            "the response is neither a token nor an error",
        ),
        (200, "<html>ghu_s3cret</html>", "the request for a token failed"),
        (200, "", "the request for a token failed"),
        (200, r#"{"access_token":7,"token_type":"bearer"}"#, "the request for a token failed"),
        (200, "access_token=ghu_s3cret&token_type=bearer", "the request for a token failed"),
        (500, "<html>", "the request for a token failed"),
        (503, r#"{"error":"bad_refresh_token"}"#, "the request for a token failed"),
        (404, r#"{"error":"Not Found"}"#, "GitHub reported `Not Found`"),
        (200, r#"{"error":"bad_refresh_token","error_description":7}"#, "the request for a token failed"),
        (307, "", "the request for a token failed"),
    ] {
        hub.answer(status, body);
        let error = sign_in.refresh(&pair).await.unwrap_err();
        assert_eq!(error.to_string(), expected, "{status} {body}");
        assert!(!error.needs_sign_in());
        assert!(!format!("{error:?}").contains("s3cret"), "{error:?}");
    }
}

/// Nothing is assumed of the form or the length of a token.
#[tokio::test]
async fn tokens_have_any_form() {
    let hub = Hub::start().await;
    let long = "ü€".repeat(2_000);
    for token in ["x", "ghu_1", "a.b.c", "v1.0", long.as_str()] {
        let body = serde_json::json!({
            "access_token": token, "token_type": "bearer", "refresh_token": token,
            "expires_in": null, "refresh_token_expires_in": "never", "of_tomorrow": 1,
        });
        hub.answer(200, body);
        let tokens = sign_in(&hub).refresh(&hub.pair()).await.unwrap();
        assert_eq!((tokens.access_token().expose(), tokens.refresh_token().unwrap().expose()), (token, token));
        assert_eq!((tokens.expires_at(), tokens.refresh_token_expires_at()), (None, None));
    }
}

/// The refresh token and the client secret are in the body, so no redirect is followed.
#[tokio::test]
async fn no_redirect_takes_them_elsewhere() {
    let elsewhere = Hub::start().await;
    let target = format!("{}/login/oauth/access_token", elsewhere.url());
    for status in [301, 302, 303, 307, 308] {
        let target = target.clone();
        let router = axum::Router::new()
            .fallback(async move || (axum::http::StatusCode::from_u16(status).unwrap(), [("location", target)], ""));
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let sign_in = SignIn::builder("Iv23li").client_secret("s3cret").base_url(url).build().unwrap();
        let error = sign_in.refresh(&elsewhere.pair()).await.unwrap_err();
        assert!(error.request().unwrap().is_redirect(), "{error:?}");
    }
    assert_eq!(elsewhere.asked().len(), 0);
}
