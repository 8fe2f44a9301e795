//! One attempt: sends a request to the wrapped service and receives the body, so that the layers above can repeat it.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;
use tokio::task::unconstrained;
use tokio::time::sleep_until;

use super::service::{Handler, InnerService, LayeredRequest};
use super::time_limit::TimeLimit;
use crate::client::{
    Call, Channel, Message, ResponseFuture, ServiceTransport, Transport, TransportErrorKind,
    error_kind,
};
use crate::http::{Body, BoxError, End};

/// An extension of a response whose body broke off, with the kind of the error, if it has one.
#[derive(Clone, Copy, Debug)]
pub(super) struct BrokenBody(pub(super) Option<TransportErrorKind>);

/// The service that a single layer wraps. It leaves the body to the caller.
#[derive(Clone, Debug)]
pub(super) struct PassThrough<S>(pub(super) S);

impl<S: InnerService> Handler for PassThrough<S> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let message = request.message.for_attempt(request.may_repeat, true);
        send_to(&self.0, message).await
    }
}

/// The service that the layers wrap. It receives bodies up to the client's limit. A body that the caller streams is
/// passed on before it arrives, unless it is that of an error.
#[derive(Clone, Debug)]
pub(super) struct Attempt<S>(pub(super) S);

impl<S: InnerService> Handler for Attempt<S> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let limit = request.call().map(Call::body_limit);
        let is_streamed = request.call().is_none_or(Call::is_streamed);
        let (mut response, time_limit) = begin(&self.0, request, is_streamed);
        let mut timer = pin!(time_limit.map(|limit| unconstrained(sleep_until(limit.end()))));
        let mut is_late = false;
        let mut late = |context: &mut Context<'_>| match (timer.as_mut().as_pin_mut(), time_limit) {
            (Some(timer), Some(limit)) => timer.poll(context).map(|()| {
                is_late = true;
                limit.error()
            }),
            _ => Poll::Pending,
        };
        let response = poll_fn(|context| match response.as_mut().poll(context) {
            Poll::Pending => late(context).map(Err),
            ready => ready,
        });
        let mut response = response.await?;
        if let Some(limit) = limit.filter(|_| !is_streamed || response.status().is_client_error()) {
            let read = response.body_mut().read(limit, late).await;
            if let Some(limit) = time_limit.filter(|limit| is_late && limit.is_deadline()) {
                // There is no time for another attempt, and half a response is no result.
                return Err(limit.error());
            }
            restore_body(&mut response, read);
        }
        Ok(response)
    }
}

/// Begins an attempt, and returns its time limit. This is a function, since an async block would store all its
/// variables in the future.
fn begin<S: InnerService>(
    inner: &S,
    request: &mut LayeredRequest,
    is_streamed: bool,
) -> (ResponseFuture, Option<TimeLimit>) {
    let is_foreign = channel(inner).is_none_or(|Channel(transport)| transport.is_foreign());
    let mut message = request.message.for_attempt(request.may_repeat, is_foreign);
    // One timer for timeout and deadline is cheaper. The transport must keep the timeout of a stream, since only it sees the
    // end. A service of the user must keep it as well, since it may wait in other ways.
    let timeout = if is_streamed || is_foreign {
        None
    } else {
        message.timeout.take()
    };
    let timeout = timeout.and_then(|timeout| TimeLimit::of_attempt(timeout, request.now));
    (
        send_to(inner, message),
        TimeLimit::first(timeout, request.limit),
    )
}

/// Sends a message to a service.
fn send_to<S: InnerService>(inner: &S, message: Message) -> ResponseFuture {
    match channel(inner) {
        Some(Channel(transport)) => transport.send(message),
        None => ServiceTransport(inner.clone()).send(message),
    }
}

/// Returns the transport of the client, if the service is one.
fn channel<S: 'static>(inner: &S) -> Option<&Channel> {
    let any: &dyn Any = inner;
    any.downcast_ref()
}

/// Makes the bytes that were read the body of the response again. If they are not all, the rest or the error follows.
fn restore_body(response: &mut Response<Body>, (read, end): (Bytes, End)) {
    let body = std::mem::replace(response.body_mut(), Body::from(read));
    let rest = match end {
        End::Whole => return,
        End::Limit => body,
        End::Broken(error) => {
            response
                .extensions_mut()
                .insert(BrokenBody(error_kind(&error)));
            Body::new(FailingBody(Some(error)))
        }
    };
    let read = std::mem::replace(response.body_mut(), Body::empty());
    *response.body_mut() = Body::from_parts(vec![read, rest]);
}

/// A body that is only an error.
struct FailingBody(Option<BoxError>);

impl http_body::Body for FailingBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
