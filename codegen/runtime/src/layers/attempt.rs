//! One attempt: what is really sent, and the body of its response, so that one that breaks off can be asked for again.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::Response;
use tokio::task::unconstrained;
use tokio::time::sleep_until;

use super::deadline::Due;
use super::{Asked, Inner, Next};
use crate::client::body::{Body, End};
use crate::client::call::Call;
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError, Channel, Over, Transport, TransportErrorKind, kind};

/// Of a response whose body broke off: what it was, as far as a transport tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken(pub(super) Option<TransportErrorKind>);

/// The service that one layer goes around.
#[derive(Clone, Debug)]
pub(super) struct Through<S>(pub(super) S);

impl<S: Inner> Next for Through<S> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let message = asked.message.lent(asked.again, true);
        answer(&self.0, message).await
    }
}

/// The service that all of the layers go around. It receives whole bodies up to the client's limit; what is streamed is passed
/// on as it comes, unless it is an error.
#[derive(Clone, Debug)]
pub(super) struct Attempt<S>(pub(super) S);

impl<S: Inner> Next for Attempt<S> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let limit = asked.call().map(Call::body_limit);
        let is_streamed = asked.call().is_none_or(Call::is_streamed);
        let (mut answer, due) = begun(&self.0, asked, is_streamed);
        let mut timer = pin!(due.map(|due| unconstrained(sleep_until(due.until()))));
        let mut is_late = false;
        let mut late = |context: &mut Context<'_>| match (timer.as_mut().as_pin_mut(), due) {
            (Some(timer), Some(due)) => timer.poll(context).map(|()| {
                is_late = true;
                due.passed()
            }),
            _ => Poll::Pending,
        };
        let response = poll_fn(|context| match answer.as_mut().poll(context) {
            Poll::Pending => late(context).map(Err),
            answered => answered,
        });
        let mut response = response.await?;
        if let Some(limit) = limit.filter(|_| !is_streamed || response.status().is_client_error()) {
            let came = response.body_mut().gather(limit, late).await;
            if let Some(due) = due.filter(|due| is_late && due.is_last()) {
                // Nothing else is begun for what is half an answer.
                return Err(due.passed());
            }
            put_back(&mut response, came);
        }
        Ok(response)
    }
}

/// An attempt, and when it has to be done. A function of its own, since a future keeps room for all that it has borrowed.
fn begun<S: Inner>(inner: &S, asked: &mut Asked, is_streamed: bool) -> (Answer, Option<Due>) {
    let is_foreign = channel(inner).is_none_or(|Channel(transport)| transport.is_foreign());
    let mut message = asked.message.lent(asked.again, is_foreign);
    // One timer for both is cheaper. Of a stream the transport alone knows the end, and of somebody else's waits nothing is
    // known.
    let timeout = if is_streamed || is_foreign { None } else { message.timeout.take() };
    let due = Due::first(timeout.and_then(|timeout| Due::of_attempt(timeout, asked.now)), asked.due);
    (answer(inner, message), due)
}

fn answer<S: Inner>(inner: &S, message: Message) -> Answer {
    match channel(inner) {
        Some(Channel(transport)) => transport.send(message),
        None => Over(inner.clone()).send(message),
    }
}

/// The client's transport, if that is what a layer goes around.
fn channel<S: 'static>(inner: &S) -> Option<&Channel> {
    let any: &dyn Any = inner;
    any.downcast_ref()
}

/// Makes what came of a response its body, in one piece. Where that isn't all, it is followed by what is still to come: the
/// rest above the limit, or the error.
fn put_back(response: &mut Response<Body>, (came, end): (Bytes, End)) {
    let body = std::mem::replace(response.body_mut(), Body::from(came));
    let rest = match end {
        End::Whole => return,
        End::Limit => body,
        End::Broken(error) => {
            response.extensions_mut().insert(Broken(kind(&error)));
            Body::new(Failing(Some(error)))
        }
    };
    let came = std::mem::replace(response.body_mut(), Body::empty());
    *response.body_mut() = Body::of_parts(vec![came, rest]);
}

/// A body that is an error and nothing else.
struct Failing(Option<BoxError>);

impl http_body::Body for Failing {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, BoxError>>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
