//! A value that ends, and is made anew by one task, however many wait for it.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use futures_util::FutureExt;
use futures_util::future::{Shared, WeakShared};

use super::AppError;

/// How good a value still is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// As good as new.
    Fresh,
    /// Good, but soon to be replaced: one task does that, the others go on with it.
    Aging,
    /// Of no use.
    Gone,
}

/// A value that is being made.
pub(super) type Making<T> = Pin<Box<dyn Future<Output = Result<T, AppError>> + Send>>;

/// Held weakly, so that what nobody waits for any more is given up and begun again by the next one.
type Flight<T> = WeakShared<Making<T>>;

/// The locks are held for moments and never while anything is waited for.
pub(super) struct Slot<T: Clone> {
    held: RwLock<Option<T>>,
    flight: Mutex<Option<Flight<T>>>,
    /// Until when an aging value is left alone, since no other could be made.
    rests_until: AtomicI64,
}

/// For how many seconds that is.
const REST: i64 = 15;

/// What a task finds.
enum Joined<T: Clone> {
    Fresh(T),
    Leads(Shared<Making<T>>),
    Follows(Shared<Making<T>>),
}

impl<T: Clone> Default for Slot<T> {
    fn default() -> Self {
        Self { held: RwLock::new(None), flight: Mutex::new(None), rests_until: AtomicI64::new(i64::MIN) }
    }
}

impl<T: Clone + Send + Sync + 'static> Slot<T> {
    /// The value, made anew where it is too old by now, in seconds. One that is aging stays good where no other can be
    /// made.
    pub(super) async fn get(
        self: &Arc<Self>,
        now: i64,
        age: impl Fn(&T) -> Age,
        make: impl FnOnce() -> Making<T>,
    ) -> Result<T, AppError> {
        let held = match self.held() {
            Some(held) if age(&held) == Age::Fresh => return Ok(held),
            Some(held) if age(&held) == Age::Aging => {
                if now < self.rests_until.load(Ordering::Relaxed) {
                    return Ok(held);
                }
                Some(held)
            }
            _ => None,
        };
        match (self.join(age, make), held) {
            (Joined::Fresh(value), _) => Ok(value),
            (Joined::Follows(_), Some(held)) => Ok(held),
            (Joined::Leads(flight), Some(held)) => Ok(flight.await.unwrap_or_else(|_| {
                self.rests_until.store(now.saturating_add(REST), Ordering::Relaxed);
                held
            })),
            (Joined::Leads(flight) | Joined::Follows(flight), None) => flight.await,
        }
    }

    /// Gives up a value of which is known that it is of no use.
    pub(super) fn give_up(&self, is_useless: impl FnOnce(&T) -> bool) {
        let mut held = self.held.write().unwrap_or_else(PoisonError::into_inner);
        if held.as_ref().is_some_and(is_useless) {
            *held = None;
        }
    }

    fn held(&self) -> Option<T> {
        self.held.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn join(self: &Arc<Self>, age: impl Fn(&T) -> Age, make: impl FnOnce() -> Making<T>) -> Joined<T> {
        let mut flight = self.flight.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(running) = flight.as_ref().and_then(WeakShared::upgrade).filter(|flight| flight.peek().is_none()) {
            return Joined::Follows(running);
        }
        // Somebody may have made it since this task looked. Only now, since what is being made is kept before it is done: a
        // task that looks here first may find nothing, and then no flight any more.
        if let Some(held) = self.held().filter(|held| age(held) == Age::Fresh) {
            return Joined::Fresh(held);
        }
        let (slot, making) = (Arc::clone(self), make());
        let keeping: Making<T> = Box::pin(async move {
            // A panic that went on from here would leave all who wait without an answer, and the place without a value.
            let made = AssertUnwindSafe(making).catch_unwind().await.unwrap_or_else(|_| Err(AppError::panicked()))?;
            *slot.held.write().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
            Ok(made)
        });
        let started = keeping.shared();
        *flight = started.downgrade();
        Joined::Leads(started)
    }
}
