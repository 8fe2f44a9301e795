//! Apps with a key: their own token, and those of their installations, against a server on loopback.

mod demo;
pub(crate) mod hub;
mod jwts;
mod key_files;
mod keys;
mod layers;
mod races;
mod stores;
mod streams;
mod tokens;
pub(crate) mod world;

use github_apps::app::App;
use hub::Hub;
use world::{ISSUER, START, builder};

/// An app whose clock is that of the server.
fn app(hub: &Hub) -> App {
    builder(hub).build().unwrap()
}
