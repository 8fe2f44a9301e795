//! The wait before another attempt. tower's `ExponentialBackoff` returns a running timer, and a wait must be compared
//! with the deadline before it begins.

use std::time::Duration;

use tower::util::rng::{HasherRng, Rng};

/// Waits that double from `first` to `longest`. Each is shortened by a random part of up to a half, so that clients
/// that failed together do not return together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Backoff {
    pub(super) first: Duration,
    pub(super) longest: Duration,
}

impl Backoff {
    /// Returns the wait after a number of failed attempts, which is at least 1.
    pub(super) fn after(&self, failed: u32, random: &mut HasherRng) -> Duration {
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        let whole = self.first.saturating_mul(doubled).min(self.longest);
        whole.mul_f64(0.5 + random.next_f64() / 2.0)
    }

    /// Returns the wait that the server asks for, plus a random part of the first wait.
    pub(super) fn at_least(&self, wait: Duration, random: &mut HasherRng) -> Duration {
        wait.saturating_add(self.first.mul_f64(random.next_f64()))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tower::util::rng::HasherRng;

    use super::Backoff;

    #[test]
    fn waits_double_up_to_the_longest() {
        let backoff = Backoff {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(10),
        };
        let mut random = HasherRng::default();
        for (failed, whole) in [
            (0, 1),
            (1, 1),
            (2, 2),
            (3, 4),
            (4, 8),
            (5, 10),
            (40, 10),
            (u32::MAX, 10),
        ] {
            for _ in 0..50 {
                let (wait, whole) = (
                    backoff.after(failed, &mut random),
                    Duration::from_secs(whole),
                );
                assert!(
                    wait >= whole / 2 && wait <= whole,
                    "{wait:?} after {failed}"
                );
            }
        }
    }

    #[test]
    fn the_wait_of_the_server_is_kept() {
        let backoff = Backoff {
            first: Duration::from_secs(1),
            longest: Duration::from_secs(10),
        };
        let mut random = HasherRng::default();
        let wait = backoff.at_least(Duration::from_secs(60), &mut random);
        assert!(wait >= Duration::from_secs(60) && wait < Duration::from_secs(61));
        assert_eq!(backoff.at_least(Duration::MAX, &mut random), Duration::MAX);
    }
}
