//! A queue for what changes something: GitHub wants a second between two requests of this kind.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::Method;
use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};
use tracing::{debug, warn};

use super::Asked;
use super::deadline::{has_time, in_time};
use crate::client::rate_limits::{Limited, Why};
use crate::client::transport::{BoxError, TransportError};

/// How far apart the writes of a credential are at least, as an extension of a client's requests for these alone; zero lets
/// them go without a wait. For all of them it is [`Resilience::between_writes`](super::Resilience::between_writes).
///
/// ```
/// use std::time::Duration;
///
/// use octogen_runtime::client::{BetweenWrites, Client, Resilience};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().between_writes(Duration::from_secs(1));
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// // For what changes nothing, although it is a `POST`:
/// let asking = client.with_extension(BetweenWrites(Duration::ZERO));
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BetweenWrites(pub Duration);

/// Longer than anybody waits, and short enough to be added up.
const LONGEST: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// How far a request has to be from the write before it; `None` where it need not wait.
pub(super) fn gap(asked: &Asked, unless_said: BetweenWrites) -> Option<Duration> {
    if matches!(asked.message.method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE) {
        return None;
    }
    let BetweenWrites(gap) = asked.message.extensions.get().copied().unwrap_or(unless_said);
    (!gap.is_zero()).then_some(gap.min(LONGEST))
}

/// The writes of one credential at one server, in the order in which they came.
#[derive(Default)]
pub(super) struct Writes {
    /// When the last one was sent. Whoever holds it is next, and the lock is the queue.
    last: Mutex<Option<Instant>>,
    /// How long those take that wait for the lock, in milliseconds.
    queued: AtomicU64,
}

/// The head of the queue: when the last one was sent. The next one waits until this is gone.
type Head<'a> = MutexGuard<'a, Option<Instant>>;

impl Writes {
    /// Waits until it is time, and gives what is to be told when the request is sent.
    pub(super) async fn head(&self, gap: Duration, asked: &mut Asked) -> Result<Head<'_>, BoxError> {
        let head = match self.last.try_lock() {
            Ok(head) => head,
            Err(_) => self.queue(gap, asked).await?,
        };
        let Some(next) = head.and_then(|last| last.checked_add(gap)).filter(|next| *next > asked.now) else {
            return Ok(head);
        };
        let wait = next.saturating_duration_since(asked.now);
        ensure_time(asked, wait)?;
        debug!(wait_ms = millis(wait), "waits for the write before it");
        in_time(asked.due, sleep_until(next)).await?;
        asked.now = Instant::now();
        Ok(head)
    }

    async fn queue(&self, gap: Duration, asked: &mut Asked) -> Result<Head<'_>, BoxError> {
        let place = Place::behind(&self.queued, gap);
        // One of them is the head, which may be sent just now.
        let least = place.before.saturating_add(gap);
        ensure_time(asked, least)?;
        let head = in_time(asked.due, self.last.lock()).await.map_err(|_| late(least))?;
        asked.now = Instant::now();
        Ok(head)
    }
}

/// A wait that ends behind the deadline isn't begun.
fn ensure_time(asked: &Asked, wait: Duration) -> Result<(), BoxError> {
    if has_time(&asked.message.extensions, asked.call(), wait) { Ok(()) } else { Err(late(wait)) }
}

fn late(wait: Duration) -> BoxError {
    warn!(wait_s = wait.as_secs(), "not sent: the writes before it take longer than there is time");
    TransportError::limited(Limited { why: Why::Writes, wait }).into()
}

/// A place in the queue.
struct Place<'a> {
    queued: &'a AtomicU64,
    own: u64,
    /// How long those before it take.
    before: Duration,
}

impl<'a> Place<'a> {
    fn behind(queued: &'a AtomicU64, gap: Duration) -> Self {
        let own = millis(gap);
        Self { queued, own, before: Duration::from_millis(queued.fetch_add(own, Ordering::Relaxed)) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.queued.fetch_sub(self.own, Ordering::Relaxed);
    }
}

fn millis(wait: Duration) -> u64 {
    u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
}
