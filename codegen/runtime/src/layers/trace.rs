//! Spans and events of `tracing`: one span for an operation, and one in it for each attempt.
//!
//! They contain no secret: the path is the documented one with its parameters in braces, an error is only its kind, and
//! there is no query, no header and no body.

use http::Response;
use tokio::time::Instant;
use tower::Layer;
use tracing::field::Empty;
use tracing::{Instrument, Span, debug, debug_span, info_span};

use super::attempt::PassThrough;
use super::service::{Handler, LayeredRequest, impl_service};
use crate::client::{Call, TransportErrorKind, error_kind};
use crate::http::{Body, BoxError};

/// The subject of a span.
#[derive(Clone, Copy, Debug)]
pub(super) enum SpanKind {
    Call,
    Attempt,
}

/// A tower layer that opens a span of `tracing` around each HTTP request. As the outermost layer, it opens the span of
/// an operation. [`super::Resilience`] contains it.
#[derive(Clone, Copy, Debug)]
pub struct TraceLayer(pub(super) SpanKind);

impl TraceLayer {
    /// Creates a tracing layer whose span is named `request`, for an operation with all its attempts. Add it as the
    /// outermost layer.
    #[must_use]
    pub fn new() -> Self {
        Self(SpanKind::Call)
    }

    /// Creates a tracing layer whose span is named `attempt`, for each attempt of a request. Add it as the innermost
    /// layer.
    #[must_use]
    pub fn attempts() -> Self {
        Self(SpanKind::Attempt)
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

/// The tower service that [`TraceLayer`] creates: it sends each HTTP request within a span of `tracing`.
#[derive(Clone, Debug)]
pub struct Trace<S> {
    inner: S,
    kind: SpanKind,
}

impl<S> Trace<S> {
    pub(super) fn new(layer: TraceLayer, inner: S) -> Self {
        Self {
            inner,
            kind: layer.0,
        }
    }
}

impl_service!(Trace, |this| Trace {
    inner: PassThrough(this.inner.clone()),
    kind: this.kind
});

impl<H: Handler> Handler for Trace<H> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let span = Some(span(self.kind, request)).filter(|span| !span.is_disabled());
        let Some(span) = span else {
            return self.inner.send(request).await;
        };
        let start = Instant::now();
        let traced = async move {
            let result = self.inner.send(request).await;
            record(&result, start);
            result
        };
        // In a box, so that the future of a request without a span is small.
        Box::pin(traced.instrument(span)).await
    }
}

/// Creates the span of a request.
fn span(kind: SpanKind, request: &LayeredRequest) -> Span {
    let (message, info) = (&request.message, request.call().map(Call::info));
    match kind {
        SpanKind::Call => info_span!(
            "request",
            operation = info.map_or("", |info| info.id),
            http.request.method = %message.method,
            url.template = info.map_or("", |info| info.path),
            server.address = message.url.host_str().unwrap_or_default(),
            http.response.status_code = Empty,
            error.type = Empty,
        ),
        SpanKind::Attempt => {
            debug_span!("attempt", http.response.status_code = Empty, error.type = Empty)
        }
    }
}

/// Adds the result of a request to its span.
fn record(result: &Result<Response<Body>, BoxError>, start: Instant) {
    let (span, elapsed_ms) = (
        Span::current(),
        u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    );
    match result {
        Ok(response) => {
            let status = response.status().as_u16();
            span.record("http.response.status_code", status);
            debug!(status, elapsed_ms, "answered");
        }
        Err(error) => {
            let kind = match error_kind(error) {
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
