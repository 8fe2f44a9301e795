//! Results that are no JSON: redirects, streams, other media types, headers.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body as Served;
use axum::http::header::{ACCEPT, LOCATION};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use bytes::Bytes;
use octogen_runtime::client::{Body, Client};
use octogen_runtime::{Operation, Text, Timestamp, WithMediaType};
use tests::emitted::media::endpoints::{Anywhere, Archive, Commit, Probe, Raw};
use tokio::sync::mpsc;

use super::sockets::serve;
use super::{Recorder, answer};

fn client(recorder: &Recorder) -> Client {
    Client::builder().base_url("https://api.example.com/v1").build_over(recorder.clone()).unwrap()
}

#[tokio::test]
async fn a_redirect_is_the_result_and_is_not_followed() {
    let other = serve(Router::new().fallback(|| async { StatusCode::IM_A_TEAPOT })).await;
    let to = format!("{other}/a.zip?sig=s3cret#part");
    let target = to.clone();
    let found = move || async move { (StatusCode::FOUND, [(LOCATION, target)], "see there") };
    let base = serve(Router::new().route("/archive", get(found))).await;
    let client = Client::builder().base_url(base).build().unwrap();
    let full = client.send_full(Archive::new()).await.unwrap();
    assert_eq!((full.status, full.body.as_str()), (StatusCode::FOUND, to.as_str()));
    let printed = format!("{} {:?} {full:?}", full.body, full.body);
    assert!(printed.contains("/a.zip?…") && !full.body.to_string().contains("s3cret"), "{printed}");
    assert!(!format!("{:?}", full.body).contains("s3cret"), "{printed}");
}

#[tokio::test]
async fn a_redirect_that_is_the_result_may_be_relative_or_missing() {
    let cases = [
        (302, Some("/a?b"), Ok("https://api.example.com/a?b")),
        (307, Some("b"), Ok("https://api.example.com/v1/b")),
        (302, Some("http://["), Ok("http://[")),
        (
            302,
            None,
            Err(
                "archive: the body of the response (302 Found) is not as documented: at $ (byte 0): the redirect has no `location` header",
            ),
        ),
        (
            301,
            Some("https://other.example.com/"),
            Err(
                "archive: the server answered 301 Moved Permanently and redirects from https://api.example.com to https://other.example.com, which isn't followed",
            ),
        ),
        (410, None, Err("archive: the server answered 410 Gone: gone")),
    ];
    for (status, location, wanted) in cases {
        let headers: Vec<(&str, &str)> = location.into_iter().map(|location| ("location", location)).collect();
        let recorder = Recorder::answering([answer(status, &headers, r#"{"message":"gone"}"#)]);
        let made = client(&recorder).send(Archive::new()).await;
        if status == 410 {
            let failure = made.as_ref().unwrap_err().failure();
            assert_eq!(failure.map(|problem| problem.message.as_str()), Some("gone"));
        }
        let made = made.map(|location| location.as_str().to_owned()).map_err(|error| error.to_string());
        assert_eq!(made, wanted.map(str::to_owned).map_err(str::to_owned), "{status}");
    }
    let recorder = Recorder::answering([answer(308, &[("location", "/x")], "")]);
    assert_eq!(client(&recorder).send(Anywhere::new()).await.unwrap().as_str(), "https://api.example.com/x");
}

/// The body arrives as long as it is read, without a limit of its size.
#[tokio::test]
async fn a_stream_comes_piece_by_piece() {
    let (sender, pieces) = mpsc::channel::<&'static str>(1);
    struct Pieces(mpsc::Receiver<&'static str>);

    impl futures_core::Stream for Pieces {
        type Item = Result<Bytes, std::io::Error>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            self.0.poll_recv(context).map(|piece| piece.map(|piece| Ok(Bytes::from(piece))))
        }
    }

    let pieces = Arc::new(Mutex::new(Some(pieces)));
    let raw = move || async move {
        let pieces = pieces.lock().unwrap().take().unwrap();
        Served::new(Body::from_stream(Pieces(pieces), None)).into_response()
    };
    let base = serve(Router::new().route("/raw", get(raw))).await;
    let client = Client::builder().base_url(base).body_limit(4).timeout(Duration::from_secs(10)).build().unwrap();
    let mut full = client.stream(Raw::new()).await.unwrap();
    assert_eq!(full.status, StatusCode::OK);
    // Each piece is sent once the one before it has arrived.
    for piece in ["first", "second, which is longer than the limit"] {
        sender.send(piece).await.unwrap();
        assert_eq!(full.body.chunk().await.unwrap().unwrap(), piece);
    }
    drop(sender);
    assert!(full.body.chunk().await.unwrap().is_none());
}

#[tokio::test]
async fn a_stream_of_an_error_is_read() {
    let recorder = Recorder::answering([answer(410, &[], r#"{"message":"no"}"#), answer(410, &[], "x".repeat(99))]);
    let error = client(&recorder).stream(Archive::new()).await.unwrap_err();
    assert_eq!(error.failure().map(|problem| problem.message.as_str()), Some("no"));
    let small = Client::builder().base_url("https://a.example").body_limit(9).build_over(recorder).unwrap();
    assert!(small.stream(Archive::new()).await.unwrap_err().is_too_large());
}

#[tokio::test]
async fn another_media_type_is_asked_for() {
    async fn commit(headers: HeaderMap) -> String {
        match headers[ACCEPT].to_str().unwrap() {
            "application/json" => r#"{"sha":"a"}"#.to_owned(),
            "application/vnd.zoo.full+json" => r#"[{"sha":"a"},{"sha":"b"}]"#.to_owned(),
            other => other.to_owned(),
        }
    }

    let base = serve(Router::new().route("/commit", get(commit))).await;
    let client = Client::builder().base_url(base).build().unwrap();
    assert_eq!(client.send(Commit::new()).await.unwrap().sha, "a");
    assert_eq!(client.send(Commit::new().as_vnd_zoo_full_json()).await.unwrap().len(), 2);
    assert_eq!(client.send(Commit::new().as_vnd_zoo_diff()).await.unwrap(), b"application/vnd.zoo.diff");
    assert_eq!(client.send(Commit::new().as_text_x_patch()).await.unwrap(), "text/x-patch");
    let undocumented: WithMediaType<_, Text> = WithMediaType::new(Commit::new(), "text/html");
    assert_eq!(format!("{undocumented:?}"), "Commit as text/html");
    assert_eq!(client.send(undocumented.clone()).await.unwrap(), "text/html");
    let accept = undocumented.request().unwrap().headers;
    assert_eq!(accept, [("accept".to_owned(), "text/html".to_owned())]);
    client.send(Probe::new()).await.unwrap();
}

#[tokio::test]
async fn a_header_is_read_as_its_type() {
    let headers = [
        ("x-left", "41"),
        ("etag", "W/\"a, b\""),
        ("x-list", "1, 2"),
        ("x-list", "3"),
        ("x-names", "a,b"),
        ("x-flag", "true"),
        ("x-at", "2020-01-01T00:00:00Z"),
    ];
    let recorder = Recorder::answering([answer(200, &headers, r#"{"sha":"a"}"#)]);
    let full = client(&recorder).send_full(Commit::new()).await.unwrap();
    assert_eq!(full.get(Commit::HEADER_X_LEFT), Ok(Some(41)));
    assert_eq!(full.header::<i64>("X-Left"), Ok(Some(41)));
    assert_eq!(full.header::<String>("x-left"), Ok(Some("41".to_owned())));
    assert_eq!(full.header::<String>("etag"), Ok(Some("W/\"a, b\"".to_owned())));
    assert_eq!(full.header::<Vec<i64>>("x-list"), Ok(Some(vec![1, 2, 3])));
    assert_eq!(full.header::<Vec<String>>("x-names"), Ok(Some(vec!["a".to_owned(), "b".to_owned()])));
    assert_eq!(full.header::<bool>("x-flag"), Ok(Some(true)));
    assert_eq!(full.header::<Timestamp>("x-at").unwrap().unwrap().to_string(), "2020-01-01T00:00:00Z");
    assert_eq!(full.header::<i64>("x-none"), Ok(None));
    assert!(full.header::<i64>("x-flag").is_err());
}
