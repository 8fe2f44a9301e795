//! Large tools for maintainers: corpus runs, benchmarks, the events of GitHub, the soak test.
//!
//! They are a package of their own, so that `cargo xtask codegen` does not build them. `cargo xtask` forwards to them.

pub mod bench;
pub mod corpus;
pub mod events;
pub mod soak;
