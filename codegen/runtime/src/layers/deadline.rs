//! A deadline for all attempts of an operation, the waits between them and the bodies of their responses.

use std::fmt;
use std::future::Future;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Extensions, Request, Response};
use tokio::time::{Instant, timeout_at};
use tower::{Layer, Service};

use super::attempt::Attempt;
use super::{Asked, Inner, Next};
use crate::client::body::Body;
use crate::client::call::Call;
use crate::client::transport::{Answer, BoxError, TransportError};

/// When all attempts have to be done, as an extension of a request that no [`Call`] comes with, or whose call has to be done
/// later by what another layer says.
#[derive(Clone, Copy, Debug)]
struct Until(Instant);

/// Whether a wait ends before what is left of the deadline.
pub(super) fn has_time(extensions: &Extensions, call: Option<&Call>, wait: Duration) -> bool {
    let told = extensions.get::<Until>().map(|Until(until)| *until);
    let until = told.or_else(|| call?.until());
    until.is_none_or(|until| until.saturating_duration_since(Instant::now()) > wait)
}

/// Ends an operation when its time has passed, however many attempts it is at. See [`super::Resilience::deadline`].
#[derive(Clone, Copy, Debug)]
pub struct DeadlineLayer(Duration);

impl DeadlineLayer {
    /// As long as this, from the first request of an operation on; its redirects count.
    #[must_use]
    pub fn new(all: Duration) -> Self {
        Self(all)
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
    all: Duration,
}

impl<S> Deadline<S> {
    fn new(all: Duration, inner: S) -> Self {
        Self { inner, all }
    }
}

// The body is to arrive in time as well.
serves!(Deadline, |this| Deadline::new(this.all, Attempt(this.inner.clone())));

impl<N: Next> Next for Deadline<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let Some(due) = begin(asked, self.all) else { return self.inner.send(asked).await };
        let ended = timeout_at(due.until, self.inner.send(asked)).await;
        ended.unwrap_or_else(|_| Err(due.passed()))
    }
}

/// The same without a timer of its own, where whatever waits within does so [`in_time`].
#[derive(Clone, Debug)]
pub(super) struct Within<N> {
    pub(super) inner: N,
    pub(super) all: Option<Duration>,
}

impl<N: Next> Next for Within<N> {
    fn send(&self, asked: &mut Asked) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send {
        asked.due = self.all.and_then(|all| begin(asked, all));
        self.inner.send(asked)
    }
}

/// Says with the request when it has to be done.
fn begin(asked: &mut Asked, all: Duration) -> Option<Due> {
    let until = asked.call().map_or(asked.now, |call| call.began(asked.now)).checked_add(all)?;
    if asked.call().is_none_or(|call| call.ends(until) > until) {
        asked.message.extensions.insert(Until(until));
    }
    Some(Due { until, all, limit: Limit::All })
}

/// When something has to be done, and what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Due {
    until: Instant,
    all: Duration,
    limit: Limit,
}

#[derive(Clone, Copy, Debug)]
enum Limit {
    Attempt,
    All,
}

impl Due {
    /// An attempt that begins now.
    pub(super) fn of_attempt(timeout: Duration, now: Instant) -> Option<Self> {
        Some(Self { until: now.checked_add(timeout)?, all: timeout, limit: Limit::Attempt })
    }

    pub(super) fn first(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        [one, other].into_iter().flatten().min_by_key(|due| due.until)
    }

    pub(super) fn until(&self) -> Instant {
        self.until
    }

    /// Whether there is no time behind it.
    pub(super) fn is_last(&self) -> bool {
        matches!(self.limit, Limit::All)
    }

    /// The error where it isn't done by then.
    pub(super) fn passed(&self) -> BoxError {
        TransportError::timeout(Passed(*self)).into()
    }
}

/// Waits for something as long as there is time.
pub(super) async fn in_time<T>(due: Option<Due>, work: impl Future<Output = T>) -> Result<T, BoxError> {
    match due {
        Some(due) => timeout_at(due.until, work).await.map_err(|_| due.passed()),
        None => Ok(work.await),
    }
}

#[derive(Debug)]
struct Passed(Due);

impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Due { all, limit, .. } = self.0;
        match limit {
            Limit::Attempt => write!(f, "the timeout of {all:?} has passed"),
            Limit::All => write!(f, "the deadline of {all:?} for all attempts has passed"),
        }
    }
}

impl std::error::Error for Passed {}
