//! The client: the requests that it sends or refuses, and the responses that it decodes.

mod credentials;
mod demo;
mod downloads;
mod echoes;
mod failures;
mod operations;
mod pages;
mod permissions;
mod servers;
mod sockets;
mod sources;
mod tls;
mod uploads;

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use github_apps::apps::security::AppJwt;
use http::{HeaderMap, Request, Response, Uri};
use octogen_runtime::client::{Body, Credential};

const JWT: &str = "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl";

/// Returns the credential of the app as a `Credential`, so that the compiler does not check which operations take it.
fn app() -> Credential {
    AppJwt::new(JWT).into()
}

/// A request as the transport got it.
#[derive(Clone, Debug)]
struct Sent {
    method: String,
    uri: Uri,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// A transport that records requests and answers from a list, and then with `{}`.
#[derive(Clone, Default)]
struct Recorder {
    sent: Arc<Mutex<Vec<Sent>>>,
    answers: Arc<Mutex<Vec<Response<Body>>>>,
}

impl Recorder {
    fn answering(answers: impl IntoIterator<Item = Response<Body>>) -> Self {
        let mut answers: Vec<_> = answers.into_iter().collect();
        answers.reverse();
        Self { answers: Arc::new(Mutex::new(answers)), ..Self::default() }
    }

    fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }
}

impl tower::Service<Request<Body>> for Recorder {
    type Response = Response<Body>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Body>, Infallible>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let (parts, body) = request.into_parts();
        self.sent.lock().unwrap().push(Sent {
            method: parts.method.to_string(),
            uri: parts.uri,
            headers: parts.headers,
            body: bytes_of(body),
        });
        ready(Ok(self.answers.lock().unwrap().pop().unwrap_or_else(|| Response::new(Body::from("{}")))))
    }
}

/// Returns the bytes of a complete body.
fn bytes_of(mut body: Body) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut context = Context::from_waker(std::task::Waker::noop());
    while let Poll::Ready(Some(Ok(frame))) = http_body::Body::poll_frame(std::pin::Pin::new(&mut body), &mut context) {
        bytes.extend(frame.into_data().unwrap_or_default());
    }
    bytes
}

fn answer(status: u16, headers: &[(&str, &str)], body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(body.into()).unwrap()
}
