//! What time it is for the server.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::HeaderMap;
use http::header::{AGE, DATE};

use crate::clock::{Clock, seconds};

/// What the way of a response and a `Date` without parts of a second may differ by.
const TOLERANCE: i64 = 10;

/// The time of the server, by which its tokens end: that of this machine, set right by what its responses say.
pub(super) struct ServerClock {
    clock: Arc<dyn Clock>,
    /// By how many seconds the server is ahead.
    ahead: AtomicI64,
}

impl ServerClock {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, ahead: AtomicI64::new(0) }
    }

    /// Seconds since 1970.
    pub(super) fn now(&self) -> i64 {
        self.local().saturating_add(self.ahead.load(Ordering::Relaxed))
    }

    /// Learns what time it is for the server.
    pub(super) fn learn(&self, headers: &HeaderMap) {
        let date = headers.get(DATE).and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        let Some(date) = date.map(seconds) else { return };
        // A cache on the way tells what time it was.
        if headers.contains_key(AGE) {
            return;
        }
        let ahead = date.saturating_sub(self.local());
        let known = self.ahead.load(Ordering::Relaxed);
        if ahead.abs_diff(known) > TOLERANCE.unsigned_abs() {
            self.ahead.store(ahead, Ordering::Relaxed);
            tracing::warn!(seconds = ahead, "the clock of the server is ahead by this, or behind where negative");
        }
    }

    fn local(&self) -> i64 {
        seconds(self.clock.now())
    }
}
