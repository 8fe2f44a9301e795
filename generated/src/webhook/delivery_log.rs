//! The ids of recent deliveries.

use std::time::Duration;

use moka::ops::compute::{CompResult, Op};
use moka::sync::Cache;

/// GitHub can redeliver a delivery for this time.
const LIFETIME: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// A log of the ids of recent webhook deliveries, up to a number and an age. Clones share it.
#[derive(Clone)]
pub(super) struct DeliveryLog(Cache<String, ()>);

impl DeliveryLog {
    pub(super) fn new(capacity: u64) -> Self {
        Self(
            Cache::builder()
                .max_capacity(capacity)
                .time_to_live(LIFETIME)
                .eviction_policy(moka::policy::EvictionPolicy::lru())
                .build(),
        )
    }

    /// Adds the id of a webhook delivery to this log. Returns whether it was there before. If several threads add the
    /// same id at once, one of them gets `false`.
    pub(super) fn record(&self, id: &str) -> bool {
        // Calls for the same id run one after another. With `or_insert`, two threads can both be the first.
        let entry =
            self.0.entry_by_ref(id).and_compute_with(|entry| if entry.is_some() { Op::Nop } else { Op::Put(()) });
        !matches!(entry, CompResult::Inserted(_))
    }

    pub(super) fn forget(&self, id: &str) {
        self.0.invalidate(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_known_until_it_is_forgotten() {
        let log = DeliveryLog::new(10);
        assert!(!log.record("a") && !log.record("b") && log.clone().record("a"));
        log.forget("a");
        assert!(!log.record("a") && log.record("b"));
    }
}
