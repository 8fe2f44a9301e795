//! What the tests share, and the modules that the generator makes of the fixtures.

pub mod agreement;
pub mod cargo;
#[path = "../../codegen/assets/json.rs"]
pub mod json;
pub mod round_trip;
pub mod shown;

#[rustfmt::skip]
pub mod emitted;

/// The programs of the README, so that they compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
