//! A deadline for all attempts of an operation, the waits between them and the bodies of their responses.

use std::fmt;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::time::{Instant, timeout_at};
use tower::{Layer, Service};

use super::call::Call;
use super::{Inner, ready};
use crate::client::body::Body;
use crate::client::transport::{Answer, BoxError, TransportError};

/// When all attempts have to be done, as an extension of the request for the layers within.
#[derive(Clone, Copy, Debug)]
pub(super) struct Until(pub(super) Instant);

/// Whether a wait ends before what is left of the deadline.
pub(super) fn has_time(request: &Request<Body>, wait: Duration) -> bool {
    let until = request.extensions().get::<Until>();
    until.is_none_or(|Until(until)| until.saturating_duration_since(Instant::now()) > wait)
}

/// Ends an operation when its time has passed, however many attempts it is at. See [`super::Resilience::deadline`].
#[derive(Clone, Copy, Debug)]
pub struct DeadlineLayer(pub(super) Option<Duration>);

impl DeadlineLayer {
    /// As long as this, from the first request of an operation on; its redirects count.
    #[must_use]
    pub fn new(all: Duration) -> Self {
        Self(Some(all))
    }
}

impl<S> Layer<S> for DeadlineLayer {
    type Service = Deadline<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Deadline { inner, all: self.0 }
    }
}

/// What [`DeadlineLayer`] makes.
#[derive(Clone, Debug)]
pub struct Deadline<S> {
    inner: S,
    all: Option<Duration>,
}

impl<S: Inner> Service<Request<Body>> for Deadline<S> {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Answer;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Answer {
        let began = request.extensions().get::<Call>().map_or_else(Instant::now, Call::began);
        let mut inner = ready(&mut self.inner);
        let until = self.all.and_then(|all| began.checked_add(all));
        let (Some(until), Some(all)) = (until, self.all) else { return Box::pin(inner.call(request)) };
        request.extensions_mut().insert(Until(until));
        Box::pin(async move {
            match timeout_at(until, inner.call(request)).await {
                Ok(answer) => answer,
                Err(_) => Err(TransportError::timeout(Passed(all)).into()),
            }
        })
    }
}

/// The deadline has passed.
#[derive(Debug)]
struct Passed(Duration);

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the deadline of {:?} for all attempts has passed", self.0)
    }
}

impl std::error::Error for Passed {}
