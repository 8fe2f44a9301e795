//! Apps with a key: their own token, and those of their installations, against a server on loopback.

mod demo;
mod hub;
mod jwts;
mod key_files;
mod keys;
mod stores;
mod tokens;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use github_apps::app::{App, AppBuilder, AppKey, Clock};
use hub::Hub;

const ISSUER: &str = "Iv23liTests";

/// Where the tests begin to count, so that no clock of a machine matters.
const START: i64 = 1_800_000_000;

/// A clock that stands until it is moved.
#[derive(Clone)]
struct Stopped(Arc<AtomicI64>);

impl Stopped {
    fn at(seconds: i64) -> Self {
        Self(Arc::new(AtomicI64::new(seconds)))
    }

    fn forward(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::SeqCst);
    }

    fn seconds(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

impl Clock for Stopped {
    fn now(&self) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(self.seconds().unsigned_abs())
    }
}

fn builder(hub: &Hub) -> AppBuilder {
    App::builder(ISSUER, AppKey::from_pem(keys::pkcs8()).unwrap()).base_url(hub.url()).clock(hub.clock.clone())
}

/// An app whose clock is that of the server.
fn app(hub: &Hub) -> App {
    builder(hub).build().unwrap()
}
