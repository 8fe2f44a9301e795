//! What happens, as spans and events of `tracing`: one span for an operation, and one within it for each attempt.
//!
//! Neither holds a secret: the path is the documented one with its parameters in braces, there is no query, no header and
//! no body, and of an error only its kind.

use std::task::{Context, Poll};

use http::{Request, Response};
use tokio::time::Instant;
use tower::{Layer, Service};
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, debug_span, info_span};

use super::attempt::Through;
use super::{Asked, Inner, Next};
use crate::client::body::Body;
use crate::client::call::Call;
use crate::client::transport::{Answer, BoxError, TransportErrorKind, kind};

/// What a span is for.
#[derive(Clone, Copy, Debug)]
pub(super) enum Of {
    Call,
    Attempt,
}

/// A span around each request that comes by. Outside of all others it is that of the operation.
#[derive(Clone, Copy, Debug)]
pub struct TraceLayer(pub(super) Of);

impl TraceLayer {
    /// A span named `request`, for an operation with all its attempts.
    #[must_use]
    pub fn new() -> Self {
        Self(Of::Call)
    }

    /// A span named `attempt`, for one that is really sent.
    #[must_use]
    pub fn attempts() -> Self {
        Self(Of::Attempt)
    }
}

impl Default for TraceLayer {
    fn default() -> Self {
        Self::new()
    }
}

impl<S> Layer<S> for TraceLayer {
    type Service = Trace<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Trace::new(*self, inner)
    }
}

/// What [`TraceLayer`] makes.
#[derive(Clone, Debug)]
pub struct Trace<S> {
    inner: S,
    of: Of,
}

impl<S> Trace<S> {
    pub(super) fn new(layer: TraceLayer, inner: S) -> Self {
        Self { inner, of: layer.0 }
    }
}

serves!(Trace, |this| Trace { inner: Through(this.inner.clone()), of: this.of });

impl<N: Next> Next for Trace<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let span = Some(span(self.of, asked)).filter(|span| !span.is_disabled());
        let Some(span) = span else { return self.inner.send(asked).await };
        let began = Instant::now();
        let told = async move {
            let answer = self.inner.send(asked).await;
            tell(&answer, began);
            answer
        };
        // Behind a pointer, so that a request without a span needs no room for it.
        Box::pin(told.instrument(span)).await
    }
}

fn span(of: Of, asked: &Asked) -> Span {
    let (message, about) = (&asked.message, asked.call().map(Call::about));
    match of {
        Of::Call => info_span!(
            "request",
            operation = about.map_or("", |about| about.id),
            http.request.method = %message.method,
            url.template = about.map_or("", |about| about.path),
            server.address = message.url.host_str().unwrap_or_default(),
            http.response.status_code = Empty,
            error.type = Empty,
        ),
        Of::Attempt => debug_span!("attempt", http.response.status_code = Empty, error.type = Empty),
    }
}

fn tell(answer: &Result<Response<Body>, BoxError>, began: Instant) {
    let (span, elapsed_ms) = (Span::current(), u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX));
    match answer {
        Ok(response) => {
            let status = response.status().as_u16();
            span.record("http.response.status_code", status);
            debug!(status, elapsed_ms, "answered");
        }
        Err(error) => {
            let kind = match kind(error) {
                Some(TransportErrorKind::Connect) => "connect",
                Some(TransportErrorKind::Timeout) => "timeout",
                Some(TransportErrorKind::Limited) => "limited",
                None => "broken",
            };
            span.record("error.type", kind);
            debug!(kind, elapsed_ms, "failed");
        }
    }
}
