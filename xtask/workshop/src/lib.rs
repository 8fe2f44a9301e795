//! The maintainer commands of `cargo xtask`: corpus runs, benchmarks, the exam, GitHub's events, and the soak test.
//!
//! This is a separate package, so that `cargo xtask codegen` does not compile it. `cargo xtask` forwards to it.

pub mod bench;
pub mod corpus;
pub mod events;
#[cfg(feature = "exam")]
pub mod exam;
pub mod soak;
