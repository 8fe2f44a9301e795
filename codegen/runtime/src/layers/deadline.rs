//! The deadline of an operation: of all its attempts, the waits between them, and their bodies.

use std::future::Future;
use std::time::Duration;

use http::Response;
use tokio::time::timeout_at;
use tower::Layer;

use super::attempt::Attempt;
use super::service::{Handler, LayeredRequest, impl_service};
use super::time_limit::TimeLimit;
use crate::http::{Body, BoxError};

/// A tower layer that ends an operation at its deadline, with all its attempts. [`super::Resilience`] contains it
/// ([`super::Resilience::deadline`]).
#[derive(Clone, Copy, Debug)]
pub struct DeadlineLayer(Duration);

impl DeadlineLayer {
    /// Creates a deadline layer with the time that an operation may take. The time begins with the operation's first
    /// request and includes its redirects.
    #[must_use]
    pub fn new(duration: Duration) -> Self {
        Self(duration)
    }
}

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadline<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Deadline::new(self.0, inner)
    }
}

/// The tower service that [`DeadlineLayer`] creates: it fails with a timeout at the deadline of the operation.
#[derive(Clone, Debug)]
pub struct Deadline<S> {
    inner: S,
    duration: Duration,
}

impl<S> Deadline<S> {
    fn new(duration: Duration, inner: S) -> Self {
        Self { inner, duration }
    }
}

// The body must arrive before the deadline, so the attempt receives it.
impl_service!(Deadline, |this| Deadline::new(
    this.duration,
    Attempt(this.inner.clone())
));

impl<H: Handler> Handler for Deadline<H> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let Some(limit) = TimeLimit::of_message(&mut request.message, self.duration, request.now)
        else {
            return self.inner.send(request).await;
        };
        let result = timeout_at(limit.end(), self.inner.send(request)).await;
        result.unwrap_or_else(|_| Err(limit.error()))
    }
}

/// The same as [`Deadline`] without a timer. The layers inside keep the time limit when they wait.
#[derive(Clone, Debug)]
pub(super) struct WithinDeadline<H> {
    pub(super) inner: H,
    pub(super) duration: Option<Duration>,
}

impl<H: Handler> Handler for WithinDeadline<H> {
    fn send(
        &self,
        request: &mut LayeredRequest,
    ) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send {
        request.limit = self.duration.and_then(|duration| {
            TimeLimit::of_message(&mut request.message, duration, request.now)
        });
        self.inner.send(request)
    }
}
