//! Undocumented responses and failures of the transport.

use std::time::Duration;

use github_apps::apps::endpoints::{
    CreateAppFromManifest, CreateAppFromManifestFailure, GetApp, GetInstallation, ListInstallations,
};
use github_apps::client::{Client, Timeout, TransportError, github};
use http::{Request, Response};
use octogen_runtime::client::Body;
use octogen_runtime::{DecodeError, Method, Operation, OperationInfo};

use super::{Recorder, answer, app};

fn answering(answers: impl IntoIterator<Item = Response<Body>>) -> (Recorder, Client) {
    let recorder = Recorder::answering(answers);
    (recorder.clone(), github().credential(app()).build_over(recorder).unwrap())
}

#[tokio::test]
async fn a_documented_error_is_typed() {
    let body = r#"{"message":"Not\nFound","documentation_url":"https://docs.github.com"}"#;
    let headers = [("x-github-request-id", "AB:12"), ("content-type", "application/json; charset=utf-8")];
    let (_, client) = answering([answer(404, &headers, body), answer(404, &headers, body)]);
    let error = client.send(GetInstallation::new(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "get-installation: the server answered 404 Not Found: Not Found");
    assert_eq!(error.failure().and_then(|failure| failure.message.as_deref()), Some("Not\nFound"));
    assert_eq!((error.is_status(), error.status().map(|status| status.as_u16())), (true, Some(404)));
    assert_eq!((error.request_id(), error.operation()), (Some("AB:12"), Some("get-installation")));
    assert_eq!((error.body(), error.headers().len()), (body.as_bytes(), 2));
    assert_eq!(error.url(), Some("https://api.github.com/app/installations/1"));
    assert_eq!(
        format!("{error:?}"),
        "get-installation: the server answered 404 Not Found: Not Found \
         (https://api.github.com/app/installations/1, request id \"AB:12\")"
    );
    assert!(error.decode_error().is_none());
    let failure = client.send(CreateAppFromManifest::new("a")).await.unwrap_err().into_failure();
    assert!(matches!(failure, Some(CreateAppFromManifestFailure::NotFound(_))), "{failure:?}");
}

#[tokio::test]
async fn an_undocumented_error_is_raw() {
    let (_, client) = answering([answer(502, &[("content-type", "text/html")], "<h1>Bad"), answer(500, &[], "{}")]);
    let error = client.send(GetInstallation::new(1)).await.unwrap_err();
    assert_eq!(error.to_string(), "get-installation: the server answered 502 Bad Gateway");
    assert!(error.is_status() && !error.is_decode() && error.failure().is_none());
    assert_eq!((error.body(), error.decode_error().is_some()), (b"<h1>Bad".as_slice(), true));
    let error = client.send(CreateAppFromManifest::new("a")).await.unwrap_err();
    assert!(error.failure().is_none() && error.is_status());
    let untyped: github_apps::client::Error = error.untyped();
    assert_eq!(untyped.status().map(|status| status.as_u16()), Some(500));
}

#[tokio::test]
async fn success_that_is_not_as_documented() {
    let json = [("content-type", "application/json")];
    let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
    let cases = [
        (
            answer(200, &[("content-type", "text/html; charset=utf-8")], "<!DOCTYPE html><title>Sign in</title>"),
            "list-installations: the server answered 200 OK with text/html instead of application/json",
            "$",
        ),
        (answer(200, &json, r#"[{"id":1,"account":{"login":"octo"#), "the text ends inside a string", "$[0].account"),
        (answer(200, &json, r#"[{"id":"1"}]"#), "expected an integer, found a string", "$[0].id"),
        (answer(200, &json, deep), "expected an object, found an array", "$[0]"),
        (answer(200, &json, ""), "200 OK", "$"),
        (answer(204, &[], ""), "204 No Content", "$"),
    ];
    for (response, message, path) in cases {
        let (_, client) = answering([response]);
        let error = client.send(ListInstallations::new()).await.unwrap_err();
        assert!(error.is_decode() && !error.is_status(), "{error}");
        assert!(error.to_string().contains(message), "{error}");
        assert_eq!(error.decode_error().map(DecodeError::path).as_deref(), Some(path), "{error}");
    }
    let deep = format!("{}{}", r#"{"owner":"#.repeat(10_000), "}".repeat(10_000));
    let (_, client) = answering([answer(200, &json, deep.clone())]);
    let error = client.send(GetApp::new()).await.unwrap_err();
    assert!(error.is_decode(), "{error}");
    assert_eq!(error.body(), &deep.as_bytes()[..64 * 1024]);
    let (_, client) = answering([answer(404, &json, "[".repeat(100_000))]);
    assert!(client.send(GetInstallation::new(1)).await.unwrap_err().is_status());
}

#[tokio::test]
async fn a_value_comes_with_its_response() {
    let (_, client) = answering([answer(200, &[("etag", "\"a\"")], "[]")]);
    let full = client.send_full(ListInstallations::new()).await.unwrap();
    assert_eq!((full.status.as_u16(), full.headers["etag"].as_bytes(), full.body.len()), (200, b"\"a\"".as_slice(), 0));
}

#[tokio::test]
async fn redirects_stay_within_the_origin() {
    let to = |location: &str| answer(302, &[("location", location)], "moved");
    let (recorder, client) = answering([
        answer(301, &[("location", "/repositories/1#part")], ""),
        answer(307, &[("location", "https://user:pw@api.github.com/b?c=d")], ""),
        answer(200, &[], "[]"),
    ]);
    client.send(ListInstallations::new().page(2)).await.unwrap();
    let sent: Vec<String> = recorder.sent().iter().map(|sent| sent.uri.to_string()).collect();
    assert_eq!(sent[1..], ["https://api.github.com/repositories/1", "https://api.github.com/b?c=d"]);
    assert!(recorder.sent().iter().all(|sent| sent.headers.contains_key("authorization")));

    for elsewhere in [
        "https://evil.example/",
        "//evil.example",
        "http://api.github.com/",
        "https://api.github.com:8443/",
        "https://api.github.com@evil.example/",
        "https://api.github.com.evil.example/",
        "\\\\evil.example",
        "data:text/plain,a",
        "https://[",
    ] {
        let (recorder, client) = answering([to(elsewhere)]);
        let error = client.send(ListInstallations::new()).await.unwrap_err();
        assert!(error.is_redirect(), "{elsewhere}: {error}");
        assert_eq!((recorder.sent().len(), error.body()), (1, b"moved".as_slice()));
    }
    let (_, client) = answering([to("https://evil.example/?a=b")]);
    assert_eq!(
        client.send(ListInstallations::new()).await.unwrap_err().to_string(),
        "list-installations: the server answered 302 Found and redirects from https://api.github.com to \
         https://evil.example, which isn't followed"
    );
    let (recorder, client) = answering((0..20).map(|_| to("/again")));
    let error = client.send(ListInstallations::new()).await.unwrap_err();
    assert!(error.is_redirect() && error.to_string().ends_with("more than 10 times"), "{error}");
    assert_eq!(recorder.sent().len(), 11);
    let (recorder, client) = answering([answer(307, &[("location", "/b")], "")]);
    let error = client.send(CreateAppFromManifest::new("a")).await.unwrap_err();
    assert!(error.to_string().ends_with("a POST isn't sent a second time"), "{error}");
    assert_eq!(recorder.sent().len(), 1);
    let (_, client) = answering([answer(304, &[], ""), answer(302, &[], "")]);
    assert!(client.send(ListInstallations::new()).await.unwrap_err().is_status());
    assert!(client.send(ListInstallations::new()).await.unwrap_err().is_status());
}

/// An operation whose documented result is a redirect.
struct Download;

impl Operation for Download {
    type Output = String;
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::new("download", Method::Get, "/archive").redirecting(&[302]);

    fn write(&self, _request: &mut octogen_runtime::Request) {}

    fn read(response: &octogen_runtime::Response<'_>) -> Result<String, DecodeError> {
        response.text()
    }

    fn read_failure(_response: &octogen_runtime::Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

#[tokio::test]
async fn a_documented_redirect_is_the_result() {
    let (recorder, client) = answering([answer(302, &[("location", "https://files.example/a")], "there")]);
    let full = client.send_full(Download).await.unwrap();
    assert_eq!((full.body.as_str(), &full.headers["location"]), ("there", &"https://files.example/a".parse().unwrap()));
    assert_eq!(recorder.sent().len(), 1);
}

#[tokio::test]
async fn a_transport_names_the_kind_of_its_error() {
    #[derive(Clone, Copy)]
    enum Fails {
        Connect,
        Timeout,
        Other,
    }
    for fails in [Fails::Connect, Fails::Timeout, Fails::Other] {
        let service = tower::service_fn(move |request: Request<Body>| {
            assert_eq!(request.extensions().get(), Some(&Timeout(Duration::from_secs(5))));
            let error: octogen_runtime::client::BoxError = match fails {
                Fails::Connect => Box::new(std::io::Error::from(std::io::ErrorKind::ConnectionRefused)),
                Fails::Timeout => Box::new(TransportError::timeout("late")),
                Fails::Other => "reset".into(),
            };
            async { Err::<Response<Body>, _>(error) }
        });
        let builder = github().credential(app()).timeout(Duration::from_secs(5));
        let error = builder.build_over(service).unwrap().send(GetApp::new()).await.unwrap_err();
        let kinds = (error.is_connect(), error.is_timeout(), error.is_transport());
        let wanted = match fails {
            Fails::Connect => (true, false, false),
            Fails::Timeout => (false, true, false),
            Fails::Other => (false, false, true),
        };
        assert_eq!(kinds, wanted, "{error:?}");
        assert!(std::error::Error::source(&error).is_some() && error.status().is_none());
    }
}

#[test]
fn a_client_that_can_not_be() {
    let build = |builder: github_apps::client::ClientBuilder| {
        let error = builder.build_over(Recorder::default()).unwrap_err();
        assert!(error.is_build());
        error.to_string()
    };
    assert_eq!(build(Client::builder()), "the client can't be built: it has no base URL");
    for wrong in ["api.github.com", "ftp://a", "https://u:p@a", "https://a/?b", "https://a/#b", "https://"] {
        assert!(build(github().base_url(wrong)).contains("base URL"), "{wrong}");
    }
    for wrong in ["api.github.com", "/api/v3", "localhost:8080", "api.github.com:443/v3"] {
        assert!(build(github().base_url(wrong)).contains("no scheme"), "{wrong}");
    }
    let wrong = build(github().base_url("https://a").allow_plain_http(["http://billing"]));
    assert!(wrong.contains("`http://billing` is not the name of a host"), "{wrong}");
    for secret in ["https://octocat:s3cret@a", "https://a/?key=s3cret", "https://a/#s3cret", "https://s3cret@a:b"] {
        let builder = github().base_url(secret);
        assert!(!format!("{builder:?} {}", build(builder.clone())).contains("s3cret"), "{secret}");
    }
    for (name, value) in [("a b", "c"), ("a", "b\nc: d"), ("", ""), ("Authorization", "Bearer a"), ("cookie", "a=b")] {
        assert!(build(github().header(name, value)).contains("header"), "{name}");
    }
}

#[tokio::test]
async fn a_base_url_may_have_a_path() {
    for base in ["https://github.example.com/api/v3", "https://github.example.com/api/v3/"] {
        let recorder = Recorder::default();
        let client = github().base_url(base).credential(app()).build_over(recorder.clone()).unwrap();
        let _ = client.send(GetApp::new()).await;
        assert_eq!(recorder.sent()[0].uri, "https://github.example.com/api/v3/app");
    }
}
