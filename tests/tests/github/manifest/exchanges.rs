//! The exchange of the code for credentials: the request, the result, and that no secret is printed.

use std::error::Error;
use std::fmt::Write;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use github_apps::apps::endpoints::CreateAppFromManifestFailure;
use github_apps::apps::security::AppJwt;
use github_apps::client::github;
use github_apps::manifest::{Credentials, ManifestCode, RegisterError, Registrar};
use octogen_runtime::encode;
use tokio::net::TcpListener;

use super::{ANSWER, credentials, manifest, registrar, state};

const INVALID: &str =
    r#"{"message":"Validation Failed","documentation_url":"https://docs.github.com","errors":["Code is expired"]}"#;

/// A server that answers each code with a status and a body, and records the requests.
async fn server(status: u16, body: &'static str) -> (String, Arc<Mutex<Vec<String>>>) {
    let asked = Arc::new(Mutex::new(Vec::new()));
    let notes = asked.clone();
    let answer = async move |request: Request| {
        let credential = request.headers().contains_key("authorization");
        notes.lock().unwrap().push(format!("{} {} {credential}", request.method(), request.uri()));
        let json = [("content-type", "application/json")];
        (StatusCode::from_u16(status).unwrap(), json, body).into_response()
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    (url, asked)
}

async fn exchanged(status: u16, body: &'static str, code: &str) -> Result<Credentials, RegisterError> {
    let (url, _) = server(status, body).await;
    Registrar::at(&url).unwrap().exchange(&ManifestCode::new(code).unwrap()).await
}

#[tokio::test]
async fn a_code_is_good_for_the_credentials() {
    let (url, asked) = server(201, ANSWER).await;
    let app = Registrar::at(&url).unwrap().exchange(&ManifestCode::new("s3cret.a-b_c~d").unwrap()).await.unwrap();
    let mut expected = credentials();
    expected.api_url = format!("{url}/api/v3");
    assert_eq!(app, expected);
    assert_eq!(*asked.lock().unwrap(), ["POST /api/v3/app-manifests/s3cret.a-b_c~d/conversions false"]);

    // They make an app for the server that gave them, and a receiver of its webhook.
    let app = app.app().unwrap().build().unwrap();
    assert_eq!(format!("{app:?}"), format!("App(Iv1.8a61f9b3a7aba766, {url}/api/v3)"));
    assert_eq!(app.jwt().await.unwrap().expose().split('.').count(), 3);
    assert!(credentials().receiver().is_some());
    let mut unsigned = credentials();
    unsigned.webhook_secret = Some("".into());
    assert!(unsigned.receiver().is_none());
}

/// The operation takes no credential, so that a client that has one doesn't show it.
#[tokio::test]
async fn the_client_may_be_another_one() {
    let (url, asked) = server(201, ANSWER).await;
    let client = github().base_url(format!("{url}/elsewhere")).credential(AppJwt::new("a.b.c")).build().unwrap();
    let app = registrar().client(client).exchange(&ManifestCode::new("s3cret").unwrap()).await.unwrap();
    assert_eq!(app.api_url, format!("{url}/elsewhere"));
    assert_eq!(*asked.lock().unwrap(), ["POST /elsewhere/app-manifests/s3cret/conversions false"]);

    let clear = github().base_url("http://github.example.com").build().unwrap();
    let error = registrar().client(clear).exchange(&ManifestCode::new("s3cret").unwrap()).await.unwrap_err();
    assert!(matches!(error, RegisterError::Address(_)), "{error}");
}

#[tokio::test]
async fn a_refusal_has_its_type() {
    let error = exchanged(404, r#"{"message":"Not Found"}"#, "s3cret").await.unwrap_err();
    assert!(error.is_code_expired() && error.status() == 502 && !error.is_state());
    assert_eq!(error.to_string(), "GitHub does not accept the code: it was used before, or is older than an hour");
    let failure = error.request().unwrap().failure().unwrap();
    assert!(
        matches!(failure, CreateAppFromManifestFailure::NotFound(body) if body.message.as_deref() == Some("Not Found"))
    );

    let error = exchanged(422, INVALID, "s3cret").await.unwrap_err();
    assert!(!error.is_code_expired());
    let failure = error.request().unwrap().failure().unwrap();
    let errors = match failure {
        CreateAppFromManifestFailure::UnprocessableContent(body) => body.errors.clone().unwrap(),
        other => panic!("{other:?}"),
    };
    assert_eq!(errors, ["Code is expired"]);
    assert_eq!(
        error.source().unwrap().to_string(),
        "create-app-from-manifest: the server answered 422 Unprocessable Entity: Validation Failed"
    );

    for (status, body) in [(500, "oops"), (201, "{}"), (201, ""), (302, ""), (200, "null")] {
        let error = exchanged(status, body, "s3cret").await.unwrap_err();
        assert!(matches!(&error, RegisterError::Exchange(_)), "{status} {body}: {error}");
        assert_eq!(error.to_string(), "GitHub gave no credentials for the code");
    }
}

/// Everything that people might print of an error.
fn show(out: &mut String, error: &(dyn Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(out, "{error} {error:?} {error:#?}").unwrap();
        next = error.source();
    }
}

#[tokio::test]
async fn nothing_secret_is_printed() {
    let registrar = registrar();
    let form = registrar.form(&manifest()).unwrap();
    let state = state(&form);
    let code = ManifestCode::new("s3cret").unwrap();
    let app = credentials();
    let mut out = format!("{registrar:?} {registrar:#?} {form:?} {form:#?} {code:?} {code:#?} {app:?} {app:#?}");
    show(&mut out, &registrar.accept(&format!("code=s3cret&state={state}&state={state}")).unwrap_err());
    show(&mut out, &registrar.accept(&format!("code=s3cret/{state}&state={state}")).unwrap_err());
    show(&mut out, &registrar.accept("code=s3cret&state=s3cret").unwrap_err());
    for (status, body) in [(404, "{}"), (422, INVALID), (500, "s3cret"), (201, ANSWER), (302, "")] {
        // The documented answer, but for the key of one member: all secrets are in the body of the error.
        let body = if status == 201 { Box::leak(ANSWER.replace("\"pem\"", "\"key\"").into_boxed_str()) } else { body };
        show(&mut out, &exchanged(status, body, "s3cret").await.unwrap_err());
    }
    let unreachable = Registrar::at("http://127.0.0.1:1").unwrap().exchange(&code).await.unwrap_err();
    assert!(unreachable.request().unwrap().is_connect());
    show(&mut out, &unreachable);

    assert!(out.contains("/app-manifests/***/conversions") && out.contains("client_secret: ***"), "{out}");
    let json = encode(&app);
    let own = [&app.client_secret, app.webhook_secret.as_ref().unwrap(), &app.pem].map(|secret| secret.expose());
    assert!(json.contains(own[0]) && json.contains(own[1]));
    let secrets = ["s3cret", &state].into_iter().chain(own.iter().flat_map(|secret| secret.lines()));
    for secret in secrets {
        assert!(!out.contains(secret), "`{secret}` is printed:\n{out}");
    }
}
