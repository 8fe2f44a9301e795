//! `cargo xtask corpus`: published documents and recorded payloads. They are fetched and never committed.

mod fetch;
mod github;
mod packages;
pub(crate) mod run;
mod sample;

pub(crate) use fetch::bring;
pub(crate) use github::payloads;
pub use run::{as_rustc, moved};
pub use sample::sample_documents;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use sha2::{Digest, Sha256};

/// The subcommands of `cargo xtask corpus`.
#[derive(Debug, Subcommand)]
pub enum Corpus {
    /// Fetch the pinned packages with npm and check their digests.
    Fetch,
    /// Generate from GitHub's OpenAPI document and count the payloads that the types fit.
    Github(github::Github),
    /// Generate from many documents, each in a separate process, and write a report of the results.
    Run(run::Run),
    /// Generate, compile and test a small sample of the documents; `.ci/run` uses it.
    Sample,
    /// Generate from one document and print its result as JSON; `run` starts it.
    #[command(hide = true)]
    One(run::One),
    /// Run a program with limits on time and memory; `run --test` starts it.
    #[command(hide = true)]
    Guard(run::Guard),
}

/// Runs a subcommand of `cargo xtask corpus`.
///
/// # Errors
///
/// If the subcommand fails, or a check of its results fails.
pub fn command(root: &Path, asked: &Corpus) -> Result<(), String> {
    match asked {
        Corpus::Fetch => fetch::fetch(root),
        Corpus::Github(github) => github::run(root, github),
        Corpus::Run(asked) => run::run(root, asked),
        Corpus::Sample => sample::run(root),
        Corpus::One(one) => run::one(one),
        Corpus::Guard(guard) => run::guard(guard),
    }
}

/// Returns the folder that contains the fetched packages.
pub(crate) fn folder(root: &Path) -> PathBuf {
    root.join("target/corpus")
}

/// Returns the SHA-256 digest of bytes. It identifies a pinned archive, and work that an earlier run finished.
fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
