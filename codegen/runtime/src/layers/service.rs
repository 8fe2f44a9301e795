//! Requests on their way through layers, and services of tower.

use std::future::Future;
use std::sync::Arc;

use http::{Request, Response};
use tokio::time::Instant;
use tower::Service;

use super::time_limit::TimeLimit;
use crate::client::{Call, Message, ResponseFuture, fail};
use crate::http::{Body, BoxError};

/// Implements tower's `Service` for the type that a layer returns. It is always ready: each request waits for a clone of the
/// inner service.
macro_rules! impl_service {
    ($name:ident, |$this:ident| $handler:expr) => {
        impl<S: $crate::layers::service::InnerService>
            tower::Service<http::Request<$crate::http::Body>> for $name<S>
        {
            type Response = http::Response<$crate::http::Body>;
            type Error = $crate::http::BoxError;
            type Future = $crate::client::ResponseFuture;

            fn poll_ready(
                &mut self,
                _context: &mut std::task::Context<'_>,
            ) -> std::task::Poll<Result<(), $crate::http::BoxError>> {
                std::task::Poll::Ready(Ok(()))
            }

            fn call(
                &mut self,
                request: http::Request<$crate::http::Body>,
            ) -> $crate::client::ResponseFuture {
                let $this = &*self;
                $crate::layers::service::handle_request($handler, request)
            }
        }
    };
}
pub(super) use impl_service;

/// A trait of tower services that a layer of this package can wrap, such as a [`Channel`](crate::client::Channel). All
/// fitting services implement it.
pub trait InnerService:
    Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send + 'static>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> InnerService for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// A request on its way through the layers. They lend it to one another.
pub(super) struct LayeredRequest {
    pub(super) message: Message,
    /// The time. It is read once for all layers, and again after a layer has waited.
    pub(super) now: Instant,
    /// The time limit that each layer keeps when it waits.
    pub(super) limit: Option<TimeLimit>,
    /// Whether the request may be sent again, so that a copy of the body is sent.
    pub(super) may_repeat: bool,
}

impl LayeredRequest {
    pub(super) fn call(&self) -> Option<&Call> {
        self.message.call.as_ref()
    }
}

/// The next layer, or the service that the layers wrap. The future of a layer contains that of the next one without a box.
pub(super) trait Handler: Send + Sync {
    fn send(
        &self,
        request: &mut LayeredRequest,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;
}

impl<H: Handler> Handler for Arc<H> {
    fn send(
        &self,
        request: &mut LayeredRequest,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send {
        (**self).send(request)
    }
}

/// Sends a request to a service of tower through a layer.
pub(super) fn handle_request(
    handler: impl Handler + 'static,
    request: Request<Body>,
) -> ResponseFuture {
    match Message::from_request(request) {
        Ok(message) => handle_message(handler, message),
        Err(error) => fail(error),
    }
}

/// Sends a message through a layer. The request has a box of its own: one allocation for it and the future would be too
/// large for the fast path of allocators.
pub(super) fn handle_message(handler: impl Handler + 'static, message: Message) -> ResponseFuture {
    let mut request = Box::new(LayeredRequest {
        message,
        now: Instant::now(),
        limit: None,
        may_repeat: false,
    });
    Box::pin(async move { handler.send(&mut request).await })
}
