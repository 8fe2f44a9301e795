//! States: they prove that a browser that comes back was sent from here.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::RegisterError;
use crate::random::random_secret;
use crate::runtime::Secret;

/// The largest number of issued states. If there are more, the oldest are dropped.
const CAPACITY: usize = 1_000;

/// The states of registration forms that were issued and not used yet.
pub(super) struct States {
    lifetime: Duration,
    issued: Mutex<VecDeque<(Secret, Instant)>>,
}

impl States {
    pub(super) fn new(lifetime: Duration) -> Self {
        Self { lifetime, issued: Mutex::default() }
    }

    /// Issues a new random state for a registration form.
    pub(super) fn issue(&self) -> Result<Secret, RegisterError> {
        let state = random_secret().map_err(|_| RegisterError::Random)?;
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        if issued.len() == CAPACITY {
            issued.pop_front();
        }
        issued.push_back((state.clone(), Instant::now()));
        Ok(state)
    }

    /// Accepts the state of a registration callback, once. All issued states are compared, each in constant time.
    pub(super) fn take(&self, given: &str) -> Result<(), RegisterError> {
        let mut issued = self.issued.lock().unwrap_or_else(PoisonError::into_inner);
        let is_equal = |state: &Secret| verify_slices_are_equal(state.expose().as_bytes(), given.as_bytes()).is_ok();
        let found = issued.iter().enumerate().fold(None, |found, (index, (state, _))| match is_equal(state) {
            true => Some(index),
            false => found,
        });
        let (_, since) = found.and_then(|index| issued.remove(index)).ok_or(RegisterError::UnknownState)?;
        if since.elapsed() < self.lifetime { Ok(()) } else { Err(RegisterError::StateExpired) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_is_accepted_once() {
        let states = States::new(Duration::from_secs(60));
        let [first, second] = [states.issue().unwrap(), states.issue().unwrap()];
        assert!(states.take(second.expose()).is_ok());
        for wrong in [second.expose(), "", "another", &first.expose()[1..]] {
            assert!(matches!(states.take(wrong), Err(RegisterError::UnknownState)), "{wrong}");
        }
        assert!(states.take(first.expose()).is_ok());
    }

    #[test]
    fn a_state_expires() {
        let states = States::new(Duration::ZERO);
        let state = states.issue().unwrap();
        assert!(matches!(states.take(state.expose()), Err(RegisterError::StateExpired)));
        assert!(matches!(states.take(state.expose()), Err(RegisterError::UnknownState)));
    }

    #[test]
    fn the_oldest_states_are_dropped() {
        let states = States::new(Duration::from_secs(60));
        let issued: Vec<Secret> = (0..=CAPACITY).map(|_| states.issue().unwrap()).collect();
        assert!(states.take(issued[0].expose()).is_err());
        assert!(states.take(issued[1].expose()).is_ok() && states.take(issued[CAPACITY].expose()).is_ok());
    }
}
