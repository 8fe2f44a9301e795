//! The time of the server.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{AGE, DATE};
use http::{HeaderMap, HeaderValue};

use crate::clock::{Clock, seconds};

/// The largest difference, in seconds, that the transfer of a response and a `Date` in whole seconds explain.
const TOLERANCE: i64 = 10;

/// A clock with the time of the server, which decides when tokens expire. It is the time of this machine, corrected by
/// the header `Date` of responses.
pub(super) struct ServerClock {
    clock: Arc<dyn Clock>,
    /// The number of seconds that the server is ahead of this machine.
    ahead: AtomicI64,
    /// The last `Date` as text and parsed: all responses of one second have the same one.
    last_date: Mutex<(Vec<u8>, Option<i64>)>,
}

impl ServerClock {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: AtomicI64::new(0), last_date: Mutex::default() }
    }

    /// Returns the time of the server in seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.local().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Corrects this clock by the header `Date` of a response of the server.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        // A response from a cache, which has an `Age`, says the time of the past.
        let date = headers.get(DATE).filter(|_| !headers.contains_key(AGE));
        let Some(date) = date.and_then(|date| self.parse(date)) else { return };
        let ahead = date.saturating_sub(self.local());
        let known = self.ahead.load(Ordering::Relaxed);
        if ahead.abs_diff(known) > TOLERANCE.unsigned_abs() {
            self.ahead.store(ahead, Ordering::Relaxed);
            tracing::warn!(
                seconds = ahead,
                "the clock of this machine differs from the server's; positive: the server is ahead"
            );
        }
    }

    fn parse(&self, date: &HeaderValue) -> Option<i64> {
        let mut last = self.last_date.lock().unwrap_or_else(PoisonError::into_inner);
        let (text, seconds_since_1970) = &mut *last;
        if text != date.as_bytes() {
            *seconds_since_1970 = date.to_str().ok().and_then(|date| httpdate::parse_http_date(date).ok()).map(seconds);
            text.clear();
            text.extend_from_slice(date.as_bytes());
        }
        *seconds_since_1970
    }

    fn local(&self) -> i64 {
        seconds(self.clock.now())
    }
}
