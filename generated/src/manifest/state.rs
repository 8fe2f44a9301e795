//! States: what shows that who comes back is who was sent.

use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::rand;

use super::RegisterError;
use crate::runtime::Secret;

/// How many are kept; of more, the oldest go first.
const CAPACITY: usize = 1_000;

/// The states that were given out and didn't come back.
pub(super) struct States {
    life: Duration,
    waiting: Mutex<VecDeque<(Secret, Instant)>>,
}

impl States {
    pub(super) fn new(life: Duration) -> Self {
        Self { life, waiting: Mutex::default() }
    }

    /// A new state: 256 bits by chance, in hexadecimal digits.
    pub(super) fn issue(&self) -> Result<Secret, RegisterError> {
        let mut bytes = [0; 32];
        rand::fill(&mut bytes).map_err(|_| RegisterError::Chance)?;
        let mut text = String::with_capacity(64);
        for byte in bytes {
            // Writing into a text can't fail.
            let _ = write!(text, "{byte:02x}");
        }
        let state = Secret::from(text);
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() == CAPACITY {
            waiting.pop_front();
        }
        waiting.push_back((state.clone(), Instant::now()));
        Ok(state)
    }

    /// Takes a state back. All of them are compared, in constant time each, and what was taken is gone.
    pub(super) fn take(&self, given: &str) -> Result<(), RegisterError> {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        let is_given = |state: &Secret| verify_slices_are_equal(state.expose().as_bytes(), given.as_bytes()).is_ok();
        let place = waiting.iter().enumerate().fold(None, |found, (place, (state, _))| match is_given(state) {
            true => Some(place),
            false => found,
        });
        let (_, since) = place.and_then(|place| waiting.remove(place)).ok_or(RegisterError::UnknownState)?;
        if since.elapsed() < self.life { Ok(()) } else { Err(RegisterError::StateEnded) }
    }
}
