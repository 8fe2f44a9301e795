//! A deadline for all attempts of an operation, the waits between them and the bodies of their responses.

use std::fmt;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::time::{Instant, timeout_at};
use tower::{Layer, Service};

use super::call::Call;
use super::{Asked, Inner, Next, Through};
use crate::client::body::Body;
use crate::client::transport::{Answer, BoxError, TransportError};

/// When all attempts have to be done, as an extension of a request that no [`Call`] comes with, or whose call has to be done
/// later by what another layer says.
#[derive(Clone, Copy, Debug)]
struct Until(Instant);

/// Whether a wait ends before what is left of the deadline.
pub(super) fn has_time(request: &Request<Body>, wait: Duration) -> bool {
    let told = request.extensions().get::<Until>().map(|Until(until)| *until);
    let until = told.or_else(|| request.extensions().get::<Call>()?.until());
    until.is_none_or(|until| until.saturating_duration_since(Instant::now()) > wait)
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
        Deadline::new(self.0, inner)
    }
}

/// What [`DeadlineLayer`] makes.
#[derive(Clone, Debug)]
pub struct Deadline<S> {
    inner: S,
    all: Option<Duration>,
}

impl<S> Deadline<S> {
    pub(super) fn new(all: Option<Duration>, inner: S) -> Self {
        Self { inner, all }
    }
}

serves!(Deadline, |this, request| Deadline::new(this.all, Through(this.inner.clone())).send(Box::new(request)));

impl<N: Next> Next for Deadline<N> {
    async fn send(self, mut request: Asked) -> Result<Response<Body>, BoxError> {
        let Self { inner, all } = self;
        let began = request.extensions().get::<Call>().map_or_else(Instant::now, Call::began);
        let until = all.and_then(|all| began.checked_add(all));
        let (Some(until), Some(all)) = (until, all) else { return inner.send(request).await };
        if request.extensions().get::<Call>().is_none_or(|call| call.ends(until) > until) {
            request.extensions_mut().insert(Until(until));
        }
        let ended = timeout_at(until, inner.send(request)).await;
        ended.unwrap_or_else(|_| Err(TransportError::timeout(Passed(all)).into()))
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
