//! The queue of a credential's writes, for servers that want an interval between them.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Method;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, warn};

use super::service::LayeredRequest;
use super::time_limit::{has_time, within_limit};
use crate::client::TransportError;
use crate::client::rate_limits::{WaitReason, WaitTooLong};
use crate::http::BoxError;

/// The minimum time between a write of a credential and the one before it, as an extension of HTTP requests. Zero:
/// these requests do not wait. [`Resilience::write_interval`](super::Resilience::write_interval) sets it for all
/// requests.
///
/// ```
/// use std::time::Duration;
///
/// use octogen_runtime::client::Client;
/// use octogen_runtime::layers::{Resilience, WriteInterval};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().write_interval(Duration::from_secs(1));
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// // For a `POST` that changes nothing:
/// let searching = client.with_extension(WriteInterval(Duration::ZERO));
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WriteInterval(pub Duration);

/// The maximum interval. It is short enough that a sum of many does not overflow.
const MAX_INTERVAL: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// Returns the minimum time between a request and the write before it, or `None` if it need not wait.
pub(super) fn write_interval(request: &LayeredRequest, default: WriteInterval) -> Option<Duration> {
    if matches!(
        request.message.method,
        Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE
    ) {
        return None;
    }
    let WriteInterval(interval) = request.message.extensions.get().copied().unwrap_or(default);
    (!interval.is_zero()).then_some(interval.min(MAX_INTERVAL))
}

/// The writes of one credential at one server, in their order.
#[derive(Default)]
pub(super) struct WriteQueue {
    /// The time of the last write. The lock is the queue: its holder is next.
    last: Mutex<Option<Instant>>,
    /// The sum of the intervals of all writes that wait for the lock, in milliseconds.
    queued: AtomicU64,
}

/// The head of the queue, with the time of the last write. The next write waits until it is dropped.
type QueueHead<'a> = MutexGuard<'a, Option<Instant>>;

impl WriteQueue {
    /// Waits until the write may be sent. The caller sets the time of the write in the head of the queue.
    pub(super) async fn wait(
        &self,
        interval: Duration,
        request: &mut LayeredRequest,
    ) -> Result<QueueHead<'_>, BoxError> {
        let head = match self.last.try_lock() {
            Ok(head) => head,
            Err(_) => self.queue(interval, request).await?,
        };
        let Some(next) = head
            .and_then(|last| last.checked_add(interval))
            .filter(|next| *next > request.now)
        else {
            return Ok(head);
        };
        let wait = next.saturating_duration_since(request.now);
        ensure_time(request, wait)?;
        debug!(
            wait_ms = millis(wait),
            "waits for the interval after the last write"
        );
        within_limit(request.limit, sleep_until(next)).await?;
        request.now = Instant::now();
        Ok(head)
    }

    /// Waits for the lock.
    async fn queue(
        &self,
        interval: Duration,
        request: &mut LayeredRequest,
    ) -> Result<QueueHead<'_>, BoxError> {
        let position = QueuePosition::at_end(&self.queued, interval);
        // The head of the queue is not counted, since it may be sent now.
        let least = position.before.saturating_add(interval);
        ensure_time(request, least)?;
        let head = within_limit(request.limit, self.last.lock())
            .await
            .map_err(|_| too_long(least))?;
        request.now = Instant::now();
        Ok(head)
    }
}

/// Returns an error if a wait would end after the deadline.
fn ensure_time(request: &LayeredRequest, wait: Duration) -> Result<(), BoxError> {
    if has_time(&request.message.extensions, request.call(), wait) {
        Ok(())
    } else {
        Err(too_long(wait))
    }
}

/// Creates the error of a wait that is too long.
fn too_long(wait: Duration) -> BoxError {
    warn!(
        wait_s = wait.as_secs(),
        "not sent: the earlier writes take longer than the deadline"
    );
    TransportError::limited(WaitTooLong {
        reason: WaitReason::Writes,
        wait,
    })
    .into()
}

/// The position of a write in the queue.
struct QueuePosition<'a> {
    queued: &'a AtomicU64,
    own: u64,
    /// The time that the writes before it take.
    before: Duration,
}

impl<'a> QueuePosition<'a> {
    fn at_end(queued: &'a AtomicU64, interval: Duration) -> Self {
        let own = millis(interval);
        Self {
            queued,
            own,
            before: Duration::from_millis(queued.fetch_add(own, Ordering::Relaxed)),
        }
    }
}

impl Drop for QueuePosition<'_> {
    fn drop(&mut self) {
        self.queued.fetch_sub(self.own, Ordering::Relaxed);
    }
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
