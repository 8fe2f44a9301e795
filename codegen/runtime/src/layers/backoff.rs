//! How long to wait before another attempt, where the server doesn't say.

use std::time::Duration;

use tower::util::rng::{HasherRng, Rng};

/// Waits that double from `first` to `longest`, each by chance between a half of it and all of it, so that clients that
/// failed together don't come back together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Backoff {
    pub(super) first: Duration,
    pub(super) longest: Duration,
}

impl Backoff {
    /// The wait after so many failed attempts, of which there was one at least.
    pub(super) fn after(&self, failed: u32, random: &mut HasherRng) -> Duration {
        let doubled = 2_u32.saturating_pow(failed.saturating_sub(1));
        let whole = self.first.saturating_mul(doubled).min(self.longest);
        whole.mul_f64(0.5 + random.next_f64() / 2.0)
    }

    /// The wait that the server asks for, and a little more.
    pub(super) fn asked(&self, wait: Duration, random: &mut HasherRng) -> Duration {
        wait.saturating_add(self.first.mul_f64(random.next_f64()))
    }
}
