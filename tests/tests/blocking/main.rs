//! The client and the app for programs without async, against servers on loopback.

#[expect(dead_code, reason = "another test asks for more")]
#[path = "../app/hub.rs"]
mod hub;
#[expect(dead_code, reason = "another test asks for more")]
#[path = "../app/keys.rs"]
mod keys;
#[expect(dead_code, reason = "another test asks for more")]
#[path = "../app/world.rs"]
mod world;

mod apps;
mod bodies;
mod places;
mod requests;
mod server;
