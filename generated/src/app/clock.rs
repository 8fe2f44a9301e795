//! What time it is, for this machine and for the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use http::HeaderMap;
use http::header::{AGE, DATE};

/// Tells the time. [`SystemClock`] does unless an app is given another one, which may be a closure.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// use github_apps::app::Clock;
///
/// let stopped = || UNIX_EPOCH + Duration::from_secs(1_500_000_000);
/// assert_eq!(stopped.now(), stopped.now());
/// ```
pub trait Clock: Send + Sync + 'static {
    /// The time of this machine.
    fn now(&self) -> SystemTime;
}

/// The clock of this machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }
}

impl<F: Fn() -> SystemTime + Send + Sync + 'static> Clock for F {
    fn now(&self) -> SystemTime {
        self()
    }
}

/// What the way of a response and a `Date` without parts of a second may differ by.
const TOLERANCE: i64 = 10;

/// The time of the server, by which its tokens end: that of this machine, set right by what its responses say.
pub(super) struct ServerClock {
    clock: Arc<dyn Clock>,
    /// By how many seconds the server is ahead.
    ahead: AtomicI64,
}

impl ServerClock {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: AtomicI64::new(0) }
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.local().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Learns what time it is for the server.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let Some(date) = date.map(seconds) else { return };
        // A cache on the way tells what time it was.
        if headers.contains_key(AGE) {
            return;
        }
        let ahead = date.saturating_sub(self.local());
        let known = self.ahead.load(Ordering::Relaxed);
        if ahead.abs_diff(known) > TOLERANCE.unsigned_abs() {
            self.ahead.store(ahead, Ordering::Relaxed);
            tracing::warn!(seconds = ahead, "the clock of the server is ahead by this, or behind where negative");
        }
    }

    fn local(&self) -> i64 {
        seconds(self.clock.now())
    }
}

fn seconds(time: SystemTime) -> i64 {
    let seconds = |difference: std::time::Duration| i64::try_from(difference.as_secs()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -seconds(before.duration()), seconds)
}
