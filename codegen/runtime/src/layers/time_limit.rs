//! Time limits of attempts and operations.

use std::fmt;
use std::future::Future;
use std::time::Duration;

use http::Extensions;
use tokio::time::{Instant, timeout_at};

use crate::client::{Call, Message, TransportError};
use crate::http::BoxError;

/// The deadline of all attempts, as an extension of the request. It is used if the request has no [`Call`], or if
/// another layer has set a later deadline in the call.
#[derive(Clone, Copy, Debug)]
struct RequestDeadline(Instant);

/// Returns whether a wait ends before the deadline.
pub(super) fn has_time(extensions: &Extensions, call: Option<&Call>, wait: Duration) -> bool {
    let own = extensions
        .get::<RequestDeadline>()
        .map(|RequestDeadline(deadline)| *deadline);
    let deadline = own.or_else(|| call?.deadline());
    deadline.is_none_or(|deadline| deadline.saturating_duration_since(Instant::now()) > wait)
}

/// The time at which an attempt or an operation must end.
#[derive(Clone, Copy, Debug)]
pub(super) struct TimeLimit {
    end: Instant,
    duration: Duration,
    kind: LimitKind,
}

#[derive(Clone, Copy, Debug)]
enum LimitKind {
    /// The timeout of one attempt.
    Attempt,
    /// The deadline of all attempts.
    Deadline,
}

impl TimeLimit {
    /// Creates the deadline of a request, and stores it with the request.
    pub(super) fn of_message(
        message: &mut Message,
        duration: Duration,
        now: Instant,
    ) -> Option<Self> {
        let call = message.call.as_ref();
        let end = call
            .map_or(now, |call| call.start(now))
            .checked_add(duration)?;
        if call.is_none_or(|call| call.set_deadline(end) > end) {
            message.extensions.insert(RequestDeadline(end));
        }
        Some(Self {
            end,
            duration,
            kind: LimitKind::Deadline,
        })
    }

    /// Creates the timeout of an attempt that begins now.
    pub(super) fn of_attempt(timeout: Duration, now: Instant) -> Option<Self> {
        Some(Self {
            end: now.checked_add(timeout)?,
            duration: timeout,
            kind: LimitKind::Attempt,
        })
    }

    /// Returns the limit that ends first.
    pub(super) fn first(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        [one, other]
            .into_iter()
            .flatten()
            .min_by_key(|limit| limit.end)
    }

    pub(super) fn end(&self) -> Instant {
        self.end
    }

    /// Returns whether this is the deadline, after which there is no other attempt.
    pub(super) fn is_deadline(&self) -> bool {
        matches!(self.kind, LimitKind::Deadline)
    }

    /// Creates the error that the time limit passed.
    pub(super) fn error(&self) -> BoxError {
        TransportError::timeout(TimeLimitPassed(*self)).into()
    }
}

/// Waits for a future, up to the time limit.
pub(super) async fn within_limit<T>(
    limit: Option<TimeLimit>,
    work: impl Future<Output = T>,
) -> Result<T, BoxError> {
    match limit {
        Some(limit) => timeout_at(limit.end, work).await.map_err(|_| limit.error()),
        None => Ok(work.await),
    }
}

#[derive(Debug)]
struct TimeLimitPassed(TimeLimit);

impl fmt::Display for TimeLimitPassed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let TimeLimit { duration, kind, .. } = self.0;
        match kind {
            LimitKind::Attempt => write!(f, "the timeout of {duration:?} has passed"),
            LimitKind::Deadline => write!(
                f,
                "the deadline of {duration:?} for all attempts has passed"
            ),
        }
    }
}

impl std::error::Error for TimeLimitPassed {}
