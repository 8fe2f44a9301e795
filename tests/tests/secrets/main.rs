//! No log record, no `Debug` output and no error contains a secret.
//!
//! These tests have a process of their own, because they install the global subscriber before anything is logged.

mod app;
mod layers;
mod log;
mod user;
