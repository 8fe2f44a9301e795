//! The client and the app for programs without async, against servers on loopback.

mod apps;
mod bodies;
mod places;
mod requests;
mod server;

use super::app::{hub, world};
