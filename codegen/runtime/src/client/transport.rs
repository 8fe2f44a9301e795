//! What carries requests: any service of tower.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tower::Service;

use super::body::Body;
use super::message::Message;

/// Whatever a transport fails with.
pub type BoxError = Box<dyn StdError + Send + Sync>;

/// How long an exchange may take, from the first byte sent to the last one received.
///
/// It is an extension of each request; the transport keeps it, since only that knows the clock of its runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// An error of a transport that tells which kind it is.
///
/// A service of your own may fail with anything. What it wraps in this, the client's error can tell apart.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TransportErrorKind {
    Connect,
    Timeout,
    Limited,
}

impl TransportError {
    /// There was no connection, so that nothing was sent.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Connect, source: source.into() }
    }

    /// It took too long.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Timeout, source: source.into() }
    }

    /// A layer didn't send it, since a limit on the rate of requests leaves no time for it.
    pub fn limited(source: impl Into<BoxError>) -> Self {
        Self { kind: TransportErrorKind::Limited, source: source.into() }
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "there is no connection",
            TransportErrorKind::Timeout => "it took too long",
            TransportErrorKind::Limited => "its turn comes too late",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Which kind of error it is, where anything in its chain tells.
pub(crate) fn kind(error: &BoxError) -> Option<TransportErrorKind> {
    let mut next: Option<&(dyn StdError + 'static)> = Some(error.as_ref());
    while let Some(error) = next {
        if let Some(known) = error.downcast_ref::<TransportError>() {
            return Some(known.kind);
        }
        if let Some(io) = error.downcast_ref::<std::io::Error>() {
            match io.kind() {
                std::io::ErrorKind::TimedOut => return Some(TransportErrorKind::Timeout),
                std::io::ErrorKind::ConnectionRefused => return Some(TransportErrorKind::Connect),
                _ => {}
            }
        }
        next = error.source();
    }
    None
}

/// What a layer of the client gives: a response to come.
pub type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

/// A transport behind a pointer: what the client does with it is compiled once, not once per service.
pub(crate) trait Transport: Send + Sync {
    fn send(&self, message: Message) -> Answer;

    /// Whether somebody else has a part in it, who finds the timeout among the extensions and keeps it.
    #[cfg(feature = "resilience")]
    fn is_foreign(&self) -> bool {
        true
    }
}

/// The transport of a client as a service, for layers to go around.
#[derive(Clone)]
pub struct Channel(pub(crate) Arc<dyn Transport>);

impl Service<Request<Body>> for Channel {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Answer;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Each request has a clone of what is within, which is waited for then.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answer {
        match Message::of(request) {
            Ok(message) => self.0.send(message),
            Err(error) => failed(error),
        }
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Channel(…)")
    }
}

/// A service as a transport.
pub(crate) fn over<S: 'static>(service: S) -> Arc<dyn Transport>
where
    Over<S>: Transport,
{
    #[cfg(feature = "resilience")]
    if let Some(resilient) = (&service as &dyn Any).downcast_ref::<crate::layers::Resilient<Channel>>() {
        // It needs no request of HTTP between the client and the transport.
        return Arc::new(resilient.clone());
    }
    Arc::new(Over(service))
}

pub(crate) struct Over<S>(pub(crate) S);

impl<S, B> Transport for Over<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, message: Message) -> Answer {
        let request = match message.into_request() {
            Ok(request) => request,
            Err(error) => return failed(error),
        };
        let mut service = self.0.clone();
        // Most services are ready always, and what they give is a response of ours behind a pointer: it needs no other one.
        if let Poll::Ready(Ok(())) = service.poll_ready(&mut Context::from_waker(Waker::noop())) {
            let mut answer = Some(service.call(request));
            let own = (&mut answer as &mut dyn Any).downcast_mut::<Option<Answer>>().and_then(Option::take);
            return own.unwrap_or_else(|| Box::pin(answered(answer)));
        }
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context)).await.map_err(Into::into)?;
            answered(Some(service.call(request))).await
        })
    }
}

pub(crate) fn failed(error: BoxError) -> Answer {
    Box::pin(std::future::ready(Err(error)))
}

/// What a service answers, as layers have it.
async fn answered<F, B, E>(answer: Option<F>) -> Result<Response<Body>, BoxError>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
    E: Into<BoxError>,
{
    let Some(answer) = answer else { return Err("an answer was taken twice".into()) };
    answer.await.map(|response| response.map(Body::new)).map_err(Into::into)
}
