//! The app of the tests, and its clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use github_apps::app::{App, AppBuilder, AppKey, Clock};

use super::hub::Hub;
use super::keys;

pub const ISSUER: &str = "Iv23liTests";

/// The start of the tests' time. It does not depend on the clock of the machine.
pub const START: i64 = 1_800_000_000;

/// A clock that stands until it is moved.
#[derive(Clone)]
pub struct Stopped(Arc<AtomicI64>);

impl Stopped {
    pub fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    pub fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.seconds().unsigned_abs())
    }
}

pub fn builder(hub: &Hub) -> AppBuilder {
    App::builder(ISSUER, AppKey::from_pem(keys::pkcs8()).unwrap()).base_url(hub.url()).clock(hub.clock.clone())
}
