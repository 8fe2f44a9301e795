//! Helpers of the tests, and the modules that octogen generates from the fixtures.

pub mod agreement;
pub mod cargo;
pub mod json {
    //! The comparison of JSON texts, which stand-alone crates contain as well.
    include!("../../codegen/assets/json.rs");
}
pub mod output;
pub mod round_trip;

#[allow(clippy::type_complexity, reason = "an open tuple lists the types of all elements, as in a stand-alone crate")]
pub mod emitted;

/// The programs of the repository's README. They are compiled as doc tests.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;

/// The programs of the README of `github-apps`.
#[cfg(doctest)]
#[doc = include_str!("../../generated/README.md")]
pub struct GithubAppsReadme;
