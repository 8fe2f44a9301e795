//! Transports: any service of tower can send requests.

use std::any::Any;
use std::error::Error as StdError;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};
use tower::Service;

use super::message::Message;
use crate::http::{Body, BoxError};

/// An error of a transport or a layer, with its kind: no connection, a timeout, or a rate limit.
///
/// A service may fail with any error. If it wraps the error in this type, the client's error has the right kind, such as
/// [`Error::is_timeout`](super::Error::is_timeout).
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    source: BoxError,
}

/// The kind of a transport's error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TransportErrorKind {
    Connect,
    Timeout,
    Limited,
}

impl TransportError {
    /// Creates a transport error of the kind "no connection, so nothing was sent" from an error of a custom transport.
    pub fn connect(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Connect,
            source: source.into(),
        }
    }

    /// Creates a transport error of the kind "a timeout passed" from an error of a custom transport or layer.
    pub fn timeout(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Timeout,
            source: source.into(),
        }
    }

    /// Creates a transport error of the kind "not sent, since the wait for a rate limit is too long" from an error of a
    /// layer that limits the rate of requests.
    pub fn limited(source: impl Into<BoxError>) -> Self {
        Self {
            kind: TransportErrorKind::Limited,
            source: source.into(),
        }
    }

    pub(crate) fn into_source(self) -> BoxError {
        self.source
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            TransportErrorKind::Connect => "there is no connection",
            TransportErrorKind::Timeout => "the timeout passed",
            TransportErrorKind::Limited => "the wait for a rate limit is too long",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

/// Returns the kind of an error, if an error in its chain has one.
pub(crate) fn error_kind(error: &BoxError) -> Option<TransportErrorKind> {
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

/// The type alias of the future that transports and layers return for an HTTP request: it yields the HTTP response, or
/// the error of the transport.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

/// A transport without a type parameter, so that the client is compiled once and not once per service.
pub(crate) trait Transport: Send + Sync {
    fn send(&self, message: Message) -> ResponseFuture;

    /// Returns whether a service of the user takes part. It finds the timeout and the call among the extensions.
    #[cfg(feature = "resilience")]
    fn is_foreign(&self) -> bool {
        true
    }
}

/// The HTTP transport of a client as a tower service. The client passes it to its layers, which wrap it.
#[derive(Clone)]
pub struct Channel(pub(crate) Arc<dyn Transport>);

impl Service<Request<Body>> for Channel {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = ResponseFuture;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Each request waits for its own clone of the service.
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> ResponseFuture {
        match Message::from_request(request) {
            Ok(message) => self.0.send(message),
            Err(error) => fail(error),
        }
    }
}

impl fmt::Debug for Channel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Channel(…)")
    }
}

/// Converts a service to a transport.
pub(crate) fn to_transport<S: 'static>(service: S) -> Arc<dyn Transport>
where
    ServiceTransport<S>: Transport,
{
    // A channel is a transport already. Its requests need no conversion to `http::Request`.
    if let Some(Channel(transport)) = (&service as &dyn Any).downcast_ref() {
        return Arc::clone(transport);
    }
    Arc::new(ServiceTransport(service))
}

/// A service of tower as a transport.
pub(crate) struct ServiceTransport<S>(pub(crate) S);

impl<S, B> Transport for ServiceTransport<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + Sync + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, message: Message) -> ResponseFuture {
        let request = match message.into_request() {
            Ok(request) => request,
            Err(error) => return fail(error),
        };
        let mut service = self.0.clone();
        // Most services are always ready, and a layer of this package returns a `ResponseFuture`, which needs no second box.
        if let Poll::Ready(Ok(())) = service.poll_ready(&mut Context::from_waker(Waker::noop())) {
            let mut response = Some(service.call(request));
            let own = (&mut response as &mut dyn Any)
                .downcast_mut::<Option<ResponseFuture>>()
                .and_then(Option::take);
            return own.unwrap_or_else(|| Box::pin(convert_response(response)));
        }
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(Into::into)?;
            convert_response(Some(service.call(request))).await
        })
    }
}

/// Creates the future of an error.
pub(crate) fn fail(error: BoxError) -> ResponseFuture {
    Box::pin(std::future::ready(Err(error)))
}

/// Converts the body and the error of a service's response.
async fn convert_response<F, B, E>(response: Option<F>) -> Result<Response<Body>, BoxError>
where
    F: Future<Output = Result<Response<B>, E>>,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
    E: Into<BoxError>,
{
    let Some(response) = response else {
        return Err("a response was taken twice".into());
    };
    response
        .await
        .map(|response| response.map(Body::new))
        .map_err(Into::into)
}
