//! The package `github-apps` and its client, against transports in memory and servers on loopback.

mod app;
mod blocking;
mod client;
mod events;
mod manifest;
mod redeliver;
mod resilience;
mod routes;
mod user;
mod webhook;
