//! A value that expires. One task renews it for all.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

use super::AppError;
use crate::single_flight::{Hold, Joined, Making, SingleFlight};

/// For how many seconds a stale value is used without a new attempt, after an attempt to renew it has failed.
const RETRY_AFTER: i64 = 15;

/// An enum that says whether a cached value, such as a token, can be used as it is, is to be renewed soon, or can't be
/// used.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Freshness {
    /// The value can be used as it is.
    Fresh,
    /// The value can be used, and one task renews it. The other tasks do not wait for that.
    Stale,
    /// The value can't be used.
    Expired,
}

/// A cached value, such as a token, that expires and is renewed by one task for all. The locks are never held across an
/// `await`.
pub(super) struct Cached<T: Clone> {
    value: RwLock<Option<T>>,
    flight: SingleFlight<T, AppError>,
    /// A stale value is not renewed before this time, in seconds since 1970.
    retry_at: AtomicI64,
}

impl<T: Clone + Send + 'static> Default for Cached<T> {
    fn default() -> Self {
        Self {
            value: RwLock::new(None),
            // A request that nobody waits for any more may be dropped: nothing is lost.
            flight: SingleFlight::new(Hold::Weak),
            retry_at: AtomicI64::new(i64::MIN),
        }
    }
}

impl<T: Clone + Send + Sync + 'static> Cached<T> {
    /// Returns the cached value, renewed if it is too old at `now`, in seconds since 1970. If a stale value can't be
    /// renewed, it is returned as it is.
    pub(super) async fn get(
        self: &Arc<Self>,
        now: i64,
        freshness: impl Fn(&T) -> Freshness,
        make: impl FnOnce() -> Making<T, AppError>,
    ) -> Result<T, AppError> {
        let stale = match self.value() {
            Some(value) if freshness(&value) == Freshness::Fresh => return Ok(value),
            Some(value) if freshness(&value) == Freshness::Stale => {
                if now < self.retry_at.load(Ordering::Relaxed) {
                    return Ok(value);
                }
                Some(value)
            }
            _ => None,
        };
        let ready = || self.value().filter(|value| freshness(value) == Freshness::Fresh);
        match (self.flight.join(ready, || self.storing(make())), stale) {
            (Joined::Ready(value), _) => Ok(value),
            (Joined::Follower(_), Some(stale)) => Ok(stale),
            (Joined::Leader(flight), Some(stale)) => Ok(flight.await.unwrap_or_else(|_| {
                self.retry_at.store(now.saturating_add(RETRY_AFTER), Ordering::Relaxed);
                stale
            })),
            (Joined::Leader(flight) | Joined::Follower(flight), None) => flight.await,
        }
    }

    /// Removes the cached value if `is_useless` returns true for it, so that the next task makes another one.
    pub(super) fn discard(&self, is_useless: impl FnOnce(&T) -> bool) {
        let mut value = self.value.write().unwrap_or_else(PoisonError::into_inner);
        if value.as_ref().is_some_and(is_useless) {
            *value = None;
        }
    }

    fn value(&self) -> Option<T> {
        self.value.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn storing(self: &Arc<Self>, making: Making<T, AppError>) -> Making<T, AppError> {
        let cached = Arc::clone(self);
        Box::pin(async move {
            let made = making.await?;
            *cached.value.write().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
            Ok(made)
        })
    }
}
