//! What time it is for the server.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use http::header::{AGE, DATE};
use http::{HeaderMap, HeaderValue};

use crate::clock::{Clock, seconds};

/// What the way of a response and a `Date` without parts of a second may differ by.
const TOLERANCE: i64 = 10;

/// The time of the server, by which its tokens end: that of this machine, set right by what its responses say.
pub(super) struct ServerClock {
    clock: Arc<dyn Clock>,
    /// By how many seconds the server is ahead.
    ahead: AtomicI64,
    /// The `Date` that came last and what it means: all responses of a second say the same.
    heard: Mutex<(Vec<u8>, Option<i64>)>,
}

impl ServerClock {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: AtomicI64::new(0), heard: Mutex::default() }
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.local().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Learns what time it is for the server.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        // A cache on the way tells what time it was.
        let date = headers.get(DATE).filter(|_| !headers.contains_key(AGE));
        let Some(date) = date.and_then(|date| self.meaning(date)) else { return };
        let ahead = date.saturating_sub(self.local());
        let known = self.ahead.load(Ordering::Relaxed);
        if ahead.abs_diff(known) > TOLERANCE.unsigned_abs() {
            self.ahead.store(ahead, Ordering::Relaxed);
            tracing::warn!(seconds = ahead, "the clock of the server is ahead by this, or behind where negative");
        }
    }

    fn meaning(&self, date: &HeaderValue) -> Option<i64> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let (text, meaning) = &mut *heard;
        if text != date.as_bytes() {
            *meaning = date.to_str().ok().and_then(|date| httpdate::parse_http_date(date).ok()).map(seconds);
            text.clear();
            text.extend_from_slice(date.as_bytes());
        }
        *meaning
    }

    fn local(&self) -> i64 {
        seconds(self.clock.now())
    }
}
