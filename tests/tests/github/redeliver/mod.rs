//! Failed deliveries and their redelivery, against a server on loopback.

mod demo;
mod hub;
mod resumed;
mod runs;

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use github_apps::app::{App, SignFuture, Signer};
use hub::Hub;

/// The hour from which on the tests look; deliveries have the hour in which they were.
const SINCE: i64 = 10;

fn hour(hour: i64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(hub::START + hour.unsigned_abs() * 3600)
}

fn app(hub: &Hub) -> App {
    App::builder("Iv23liTests", Unsigned).base_url(hub.url()).build().unwrap()
}

struct Unsigned;

impl Signer for Unsigned {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Ok(vec![0; 32]) })
    }
}
