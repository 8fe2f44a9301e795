//! Request and response bodies in chunks.

use std::io::Read;
use std::pin::Pin;
use std::sync::mpsc;
use std::task::{Context, Poll};

use axum::Router;
use axum::routing::get;
use github_apps::blocking;
use github_apps::client::{Body, Client};
use octogen_runtime::{Blob, Method, Operation, OperationInfo, Request, Value};

use super::server::{client, serve};

#[test]
fn a_body_is_read_as_it_comes() {
    let text: &'static str = Box::leak("0123456789".repeat(100_000).into_boxed_str());
    let base = serve(Router::new().route("/app", get(move || async move { text })));
    let client = client(&base).build_blocking().unwrap();
    let mut body = client.stream(github_apps::apps::endpoints::GetApp::new()).unwrap().body;
    let mut first = [0; 7];
    body.read_exact(&mut first).unwrap();
    assert_eq!(&first, b"0123456");
    assert!(body.chunk().unwrap().unwrap().starts_with(b"789"));
    let mut rest = String::new();
    body.read_to_string(&mut rest).unwrap();
    assert!(text.ends_with(&rest) && body.chunk().unwrap().is_none());
}

struct Upload(Blob);

impl Operation for Upload {
    type Output = Value;
    type Failure = Value;

    const INFO: OperationInfo = OperationInfo::new("upload", Method::Put, "/upload");

    fn write(&self, request: &mut Request) {
        request.blob("application/octet-stream", &self.0);
    }
}

struct Calling(Option<blocking::Client>, mpsc::Sender<String>);

impl futures_core::Stream for Calling {
    type Item = Result<bytes::Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(|client| {
            let error = client.send(Upload(Blob::new("{}"))).unwrap_err();
            assert!(error.is_transport());
            self.1.send(format!("{error:?}")).unwrap();
            Ok(bytes::Bytes::from_static(b"{}"))
        }))
    }
}

/// The thread that sends a stream is the one that would have to answer it.
#[test]
fn a_call_from_the_driver_is_an_error() {
    let base = serve(Router::new().fallback(|body: String| async { body }));
    let client = Client::builder().base_url(base).build_blocking().unwrap();
    let (sender, receiver) = mpsc::channel();
    let stream = Body::from_stream(Calling(Some(client.clone()), sender), None);
    let sent = client.send(Upload(Blob::from(stream))).unwrap();
    assert_eq!(octogen_runtime::encode(&sent), "{}");
    let error = receiver.recv().unwrap();
    assert!(error.contains("a blocking client was used on the thread of a driver"), "{error}");
}
