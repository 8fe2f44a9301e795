//! Single flight: one task makes a value, and all tasks that need it meanwhile wait for the same result.

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};

use futures_util::FutureExt;
use futures_util::future::Shared;
#[cfg(any(feature = "app", test))]
use futures_util::future::WeakShared;

/// An alias of the boxed future that makes a value for several tasks. If other tasks look for the value elsewhere, the
/// future stores the value before it ends.
pub(crate) type Making<T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send>>;

/// An alias of the shared future of a value that is being made. Any number of tasks can wait for it; whichever of them
/// is polled drives it.
pub(crate) type Flight<T, E> = Shared<Making<T, E>>;

/// The error of all tasks that wait for a flight that panicked.
pub(crate) struct Panicked;

/// A group of tasks that need the same value: at most one flight makes it at a time.
pub(crate) struct SingleFlight<T, E>
where
    Result<T, E>: Clone,
{
    hold: Hold,
    current: Mutex<Option<Current<T, E>>>,
}

/// The choice between ending and keeping a flight when all tasks that wait for it are cancelled.
#[derive(Clone, Copy)]
pub(crate) enum Hold {
    /// The flight is cancelled too, and the next task starts another one.
    #[cfg(any(feature = "app", test))]
    Weak,
    /// The flight stays, and the next task continues it.
    #[cfg(any(feature = "user", test))]
    Strong,
}

enum Current<T, E>
where
    Result<T, E>: Clone,
{
    #[cfg(any(feature = "app", test))]
    Weak(WeakShared<Making<T, E>>),
    #[cfg(any(feature = "user", test))]
    Strong(Flight<T, E>),
}

/// The result of [`SingleFlight::join`]: the value itself, or the flight to wait for.
pub(crate) enum Joined<T, E>
where
    Result<T, E>: Clone,
{
    /// The value is there already.
    Ready(T),
    /// This task has started the flight.
    Leader(Flight<T, E>),
    /// Another task has started the flight.
    Follower(Flight<T, E>),
}

impl<T, E> SingleFlight<T, E>
where
    T: Clone + Send + 'static,
    E: Clone + From<Panicked> + Send + 'static,
{
    pub(crate) const fn new(hold: Hold) -> Self {
        Self { hold, current: Mutex::new(None) }
    }

    /// Joins the flight that is under way, or else starts one with `make`.
    ///
    /// If there is no flight, `ready` is asked first, since another task may have made the value after this task looked
    /// for it. It runs under the lock, and must not call `join`.
    pub(crate) fn join(&self, ready: impl FnOnce() -> Option<T>, make: impl FnOnce() -> Making<T, E>) -> Joined<T, E> {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        let running = current.as_ref().and_then(Current::flight).filter(|flight| flight.peek().is_none());
        if let Some(running) = running {
            return Joined::Follower(running);
        }
        // Flights store their value before they end. So `ready` comes after the search for a flight: in the other order,
        // a flight that ends in between would be missed twice.
        if let Some(value) = ready() {
            return Joined::Ready(value);
        }
        let making = make();
        let caught: Making<T, E> = Box::pin(async move {
            AssertUnwindSafe(making).catch_unwind().await.unwrap_or_else(|_| Err(E::from(Panicked)))
        });
        let flight = caught.shared();
        *current = self.hold(&flight);
        Joined::Leader(flight)
    }

    fn hold(&self, flight: &Flight<T, E>) -> Option<Current<T, E>> {
        match self.hold {
            #[cfg(any(feature = "app", test))]
            Hold::Weak => flight.downgrade().map(Current::Weak),
            #[cfg(any(feature = "user", test))]
            Hold::Strong => Some(Current::Strong(flight.clone())),
        }
    }
}

impl<T, E> Current<T, E>
where
    Result<T, E>: Clone,
{
    fn flight(&self) -> Option<Flight<T, E>> {
        match self {
            #[cfg(any(feature = "app", test))]
            Self::Weak(flight) => flight.upgrade(),
            #[cfg(any(feature = "user", test))]
            Self::Strong(flight) => Some(flight.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[derive(Clone, Debug, PartialEq)]
    struct Failed;

    impl From<Panicked> for Failed {
        fn from(_: Panicked) -> Self {
            Self
        }
    }

    type Group = SingleFlight<usize, Failed>;

    /// Makes the number of the flight, after other tasks had their turn.
    fn numbered(flights: &Arc<AtomicUsize>) -> Making<usize, Failed> {
        let flights = Arc::clone(flights);
        Box::pin(async move {
            let number = flights.fetch_add(1, Ordering::SeqCst) + 1;
            tokio::task::yield_now().await;
            tokio::task::yield_now().await;
            Ok(number)
        })
    }

    fn flight(joined: Joined<usize, Failed>) -> Flight<usize, Failed> {
        match joined {
            Joined::Ready(_) => panic!("there is no value yet"),
            Joined::Leader(flight) | Joined::Follower(flight) => flight,
        }
    }

    #[tokio::test]
    async fn many_tasks_wait_for_one_maker() {
        for hold in [Hold::Weak, Hold::Strong] {
            let (group, flights) = (Group::new(hold), Arc::default());
            let joined: Vec<_> = (0..100).map(|_| group.join(|| None, || numbered(&flights))).collect();
            let leaders = joined.iter().filter(|joined| matches!(joined, Joined::Leader(_))).count();
            assert_eq!(leaders, 1);
            let tasks: Vec<_> = joined.into_iter().map(|joined| tokio::spawn(flight(joined))).collect();
            for task in tasks {
                assert_eq!(task.await.unwrap(), Ok(1));
            }
            assert_eq!(flight(group.join(|| None, || numbered(&flights))).await, Ok(2));
        }
    }

    #[tokio::test]
    async fn a_value_that_is_there_starts_no_flight() {
        let group = Group::new(Hold::Weak);
        let joined = group.join(|| Some(7), || panic!("nothing is to be made"));
        assert!(matches!(joined, Joined::Ready(7)));
    }

    #[tokio::test]
    async fn a_cancelled_waiter_cancels_no_other() {
        for hold in [Hold::Weak, Hold::Strong] {
            let (group, flights) = (Group::new(hold), Arc::default());
            let leader = flight(group.join(|| None, || numbered(&flights)));
            let follower = group.join(|| None, || numbered(&flights));
            assert!(matches!(&follower, Joined::Follower(_)));
            let leading = tokio::spawn(leader);
            tokio::task::yield_now().await;
            leading.abort();
            assert_eq!((flight(follower).await, flights.load(Ordering::SeqCst)), (Ok(1), 1));
        }
    }

    #[tokio::test]
    async fn a_weak_flight_ends_with_its_last_waiter_and_a_strong_one_stays() {
        for (hold, expected) in [(Hold::Weak, 2), (Hold::Strong, 1)] {
            let (group, flights) = (Group::new(hold), Arc::default());
            let leading = tokio::spawn(flight(group.join(|| None, || numbered(&flights))));
            tokio::task::yield_now().await;
            leading.abort();
            assert!(leading.await.unwrap_err().is_cancelled());
            assert_eq!(flight(group.join(|| None, || numbered(&flights))).await, Ok(expected));
        }
    }

    #[tokio::test]
    async fn a_panic_is_an_error_of_all_who_wait_and_the_next_flight_is_a_new_one() {
        for hold in [Hold::Weak, Hold::Strong] {
            let (group, flights) = (Group::new(hold), Arc::default());
            let making = || -> Making<usize, Failed> { Box::pin(async { panic!("a maker failed") }) };
            let leader = flight(group.join(|| None, making));
            let follower = flight(group.join(|| None, making));
            assert_eq!((leader.await, follower.await), (Err(Failed), Err(Failed)));
            assert_eq!(flight(group.join(|| None, || numbered(&flights))).await, Ok(1));
        }
    }
}
