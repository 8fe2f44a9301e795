//! What time it is for the server.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

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
    /// The `Date` that came last: all responses of a second say the same.
    heard: Mutex<Vec<u8>>,
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
        let Some(date) = headers.get(DATE).filter(|date| self.is_news(date.as_bytes(), headers)) else { return };
        let date = date.to_str().ok().and_then(|date| httpdate::parse_http_date(date).ok());
        let Some(date) = date.map(seconds) else { return };
        let ahead = date.saturating_sub(self.local());
        let known = self.ahead.load(Ordering::Relaxed);
        if ahead.abs_diff(known) > TOLERANCE.unsigned_abs() {
            self.ahead.store(ahead, Ordering::Relaxed);
            tracing::warn!(seconds = ahead, "the clock of the server is ahead by this, or behind where negative");
        }
    }

    fn is_news(&self, date: &[u8], headers: &HeaderMap) -> bool {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        // A cache on the way tells what time it was.
        let is_news = *heard != date && !headers.contains_key(AGE);
        if is_news {
            heard.clear();
            heard.extend_from_slice(date);
        }
        is_news
    }

    fn local(&self) -> i64 {
        seconds(self.clock.now())
    }
}
