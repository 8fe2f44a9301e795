//! Which deliveries were let in, as far back as memory goes.

use std::time::Duration;

use moka::sync::Cache;

/// For as long GitHub redelivers what it has delivered.
const KEPT: Duration = Duration::from_secs(3 * 24 * 60 * 60);

#[derive(Clone)]
pub(super) struct Seen(Cache<String, ()>);

impl Seen {
    pub(super) fn new(deliveries: u64) -> Self {
        Self(
            Cache::builder()
                .max_capacity(deliveries)
                .time_to_live(KEPT)
                .eviction_policy(moka::policy::EvictionPolicy::lru())
                .build(),
        )
    }

    /// Whether the id was there before; from now on it is. Of several that come at once, one is the first.
    pub(super) fn again(&self, id: &str) -> bool {
        !self.0.entry_by_ref(id).or_insert(()).is_fresh()
    }

    pub(super) fn forget(&self, id: &str) {
        self.0.invalidate(id);
    }
}
