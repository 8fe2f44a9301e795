//! A server that says the credential again, wherever it can.

use std::error::Error as _;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use github_apps::client::{Body, Client, Credential, Error};
use http::Response;
use octogen_runtime::{DecodeError, Method, Operation, OperationInfo, Request, SchemeKind, ServiceConventions, Value};

use super::{Recorder, answer};

/// Takes any credential.
struct Get;

impl Operation for Get {
    type Output = Vec<i64>;
    type Failure = Value;

    const INFO: OperationInfo = {
        const fn of(scheme: &'static str, kind: SchemeKind) -> octogen_runtime::SecurityScheme {
            octogen_runtime::SecurityScheme::new(scheme, kind)
        }
        let mut info = OperationInfo::new("get", Method::Get, "/things");
        info.credentials = &[
            &[of("token", SchemeKind::Bearer)],
            &[of("basic", SchemeKind::Basic)],
            &[of("key", SchemeKind::Query("key"))],
            &[of("header", SchemeKind::Header("x-key"))],
        ];
        const SERVICE: ServiceConventions =
            ServiceConventions::new().accepted_permissions_header("x-accepted-github-permissions");
        info.service = &SERVICE;
        info
    };

    fn write(&self, _request: &mut Request) {}
}

async fn failing(credential: Credential, response: Response<Body>) -> Error<Value> {
    let builder = Client::builder().base_url("https://api.example.com").credentials([credential]);
    builder.build_over(Recorder::answering([response])).unwrap().send(Get).await.unwrap_err()
}

fn printed(error: &Error<Value>) -> String {
    let mut printed = format!("{error} {error:?} {error:#?} {:?}", error.missing_permissions());
    let mut next = error.source();
    while let Some(error) = next {
        printed += &format!(" {error} {error:?}");
        next = error.source();
    }
    printed
}

#[tokio::test]
async fn what_a_server_says_again_is_not_printed() {
    let secret = "gh+s3cret/16C7e42F292c";
    let (base64, percent) = (&*BASE64_STANDARD.encode(format!("octo:{secret}")), "gh%2Bs3cret%2F16C7e42F292c");
    let long = format!("{}{secret}", "x".repeat(190));
    let credentials = [
        (Credential::bearer(secret), secret),
        (Credential::basic("octo", secret), base64),
        (Credential::query("key", secret), percent),
        (Credential::header("x-key", secret), secret),
    ];
    for (credential, written) in credentials {
        let json = |text: &str| octogen_runtime::encode(&Value::String(text.to_owned()));
        let message = |text: &str| format!("{{\"message\":{}}}", json(text));
        let answers = [
            answer(401, &[], message(&format!("Bad credentials: {secret}, which came as {written}"))),
            answer(401, &[], message(&long)),
            answer(422, &[], format!("{{\"error\":{}}}", json(written))),
            answer(403, &[("x-github-request-id", written), ("x-accepted-github-permissions", written)], "{}"),
            answer(403, &[("x-accepted-github-permissions", &format!("issues={written}"))], "{}"),
            answer(200, &[("content-type", &format!("text/{percent}"))], "<"),
            answer(200, &[], format!("[{}]", json(secret))),
            answer(302, &[("location", &format!("https://evil.example/?again={written}"))], ""),
        ];
        for response in answers {
            let error = failing(credential.clone(), response).await;
            let printed = printed(&error);
            for part in ["s3cret", "16C7", &base64[..8]] {
                assert!(!printed.contains(part), "{credential:?}: {printed}");
            }
        }
    }
    let elsewhere = answer(302, &[("location", "https://ghs_16C7e42F292c.evil.example/")], "");
    let error = failing(Credential::bearer("ghs_16C7e42F292c"), elsewhere).await;
    assert!(error.is_redirect() && printed(&error).contains("https://***.evil.example"), "{error:?}");
    // The rest of the body stays, and `Error::body` is unchanged.
    let error =
        failing(Credential::bearer(secret), answer(401, &[], format!("{{\"message\":\"no {secret}!\"}}"))).await;
    assert_eq!(error.to_string(), "get: the server answered 401 Unauthorized: no ***!");
    assert!(String::from_utf8_lossy(error.body()).contains(secret));
    assert_eq!(error.failure().and_then(|body| body.get("message")?.as_str()), Some(&*format!("no {secret}!")));
    assert!(error.decode_error().map(DecodeError::path).is_none());
}

/// An empty secret stands everywhere, and a very short one nearly.
#[tokio::test]
async fn what_is_no_secret_masks_nothing() {
    for secret in ["", "a", "the"] {
        let error = failing(Credential::bearer(secret), answer(404, &[], "{\"message\":\"Not the one\"}")).await;
        assert_eq!(error.to_string(), "get: the server answered 404 Not Found: Not the one");
    }
}
