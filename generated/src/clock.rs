//! What time it is for this machine.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time. [`SystemClock`] does unless an app is given another one, which may be a closure.
///
/// ```
/// use std::time::{Duration, UNIX_EPOCH};
/// # #[cfg(feature = "app")] {
/// use github_apps::app::Clock;
///
/// let stopped = || UNIX_EPOCH + Duration::from_secs(1_500_000_000);
/// assert_eq!(stopped.now(), stopped.now());
/// # }
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

/// Seconds since 1970.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let seconds = |difference: Duration| i64::try_from(difference.as_secs()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -seconds(before.duration()), seconds)
}
