//! One attempt: what is really sent, and the body of its response, so that one that breaks off can be asked for again.

use std::any::Any;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::{Extensions, Response};
use tokio::time::sleep_until;

use super::call::Call;
use super::deadline::Due;
use super::{Asked, Inner, Next};
use crate::client::body::{Body, End};
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError, Channel, TransportErrorKind, failed, kind};

/// Of a response whose body broke off: what it was, as far as a transport tells.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken(pub(super) Option<TransportErrorKind>);

/// The service that a layer goes around.
#[derive(Clone, Debug)]
pub(super) struct Through<S>(pub(super) S);

impl<S: Inner> Next for Through<S> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let timeout = asked.message.timeout;
        answer(&self.0, asked, timeout).await
    }
}

/// The service that all of the layers go around. It receives whole bodies up to the client's limit and within the client's timeout;
/// what is streamed is passed on as it comes, unless it is an error.
#[derive(Clone, Debug)]
pub(super) struct Attempt<S>(pub(super) S);

impl<S: Inner> Next for Attempt<S> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let limit = asked.call().map(Call::body_limit);
        let is_streamed = asked.call().is_none_or(Call::is_streamed);
        // How long a stream takes, only the transport can know. For all else, one timer is cheaper than several.
        let (ours, theirs) = if is_streamed { (None, asked.message.timeout) } else { (asked.message.timeout, None) };
        let due = Due::first(ours.and_then(Due::after), asked.due);
        let mut timer = pin!(due.map(|due| sleep_until(due.until())));
        let mut late = |context: &mut Context<'_>| match (timer.as_mut().as_pin_mut(), due) {
            (Some(timer), Some(due)) => timer.poll(context).map(|()| due.passed()),
            _ => Poll::Pending,
        };
        let mut answer = answer(&self.0, asked, theirs);
        let response = poll_fn(|context| match answer.as_mut().poll(context) {
            Poll::Pending => late(context).map(Err),
            answered => answered,
        });
        let mut response = response.await?;
        if let Some(limit) = limit.filter(|_| !is_streamed || response.status().is_client_error()) {
            let came = response.body_mut().gather(limit, late).await;
            put_back(&mut response, came);
        }
        Ok(response)
    }
}

/// Sends a message. What may have to be sent again stays, and a copy of it is sent.
fn answer<S: Inner>(inner: &S, asked: &mut Asked, timeout: Option<Duration>) -> Answer {
    let channel = channel(inner);
    let is_seen = channel.is_none_or(|Channel(transport)| transport.sees_extensions());
    let message = if asked.again { copied(&asked.message, is_seen) } else { taken(&mut asked.message) };
    if let Some(Channel(transport)) = channel {
        // A transport of somebody else finds the timeout where it is documented to be.
        return transport.send(if is_seen { message } else { Message { timeout, ..message } });
    }
    let request = match message.into_request() {
        Ok(request) => request,
        Err(error) => return failed(error),
    };
    let mut inner = inner.clone();
    Box::pin(async move {
        poll_fn(|context| inner.poll_ready(context)).await?;
        inner.call(request).await
    })
}

/// The client's transport, if that is what the layers go around.
fn channel<S: 'static>(inner: &S) -> Option<&Channel> {
    let any: &dyn Any = inner;
    any.downcast_ref()
}

/// The same message for one attempt of several.
fn copied(message: &Message, is_seen: bool) -> Message {
    Message {
        method: message.method.clone(),
        url: message.url.clone(),
        version: message.version,
        headers: message.headers.clone(),
        body: message.body.try_clone().unwrap_or_else(Body::empty),
        timeout: message.timeout,
        call: message.call.clone().filter(|_| is_seen),
        extensions: if is_seen { message.extensions.clone() } else { Extensions::new() },
    }
}

/// The message for the only attempt. What layers go by stays.
fn taken(message: &mut Message) -> Message {
    Message {
        method: message.method.clone(),
        url: message.url.clone(),
        version: message.version,
        headers: std::mem::take(&mut message.headers),
        body: std::mem::replace(&mut message.body, Body::empty()),
        timeout: message.timeout,
        call: message.call.clone(),
        extensions: message.extensions.clone(),
    }
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
