//! The clock of this machine.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A trait for sources of the current time, which decides when tokens are renewed. The default is [`SystemClock`]. A
/// closure is a clock too, which is useful in tests.
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
    /// Returns the current time of this clock.
    fn now(&self) -> SystemTime;
}

/// The system clock of this machine as a [`Clock`]: the default source of the current time for apps and sign-ins.
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

/// Converts a time to seconds since 1970, negative before it.
pub(crate) fn seconds(time: SystemTime) -> i64 {
    let seconds = |difference: Duration| i64::try_from(difference.as_secs()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -seconds(before.duration()), seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_seconds_since_1970() {
        assert_eq!(seconds(UNIX_EPOCH), 0);
        assert_eq!(seconds(UNIX_EPOCH + Duration::from_millis(1_999)), 1);
        assert_eq!(seconds(UNIX_EPOCH - Duration::from_secs(5)), -5);
    }
}
