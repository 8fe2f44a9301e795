//! `cargo xtask corpus`: real descriptions and recorded payloads, fetched and never committed.

mod fetch;
mod github;
mod packages;
mod run;
mod sample;

pub(crate) use fetch::bring;
pub(crate) use github::payloads;
pub use run::{as_rustc, moved};

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use sha2::{Digest, Sha256};

/// The commands of the corpus.
#[derive(Debug, Subcommand)]
pub enum Corpus {
    /// Bring the packages with npm and check that they are those that were pinned.
    Fetch,
    /// Generate from GitHub's description and say what became of its payloads.
    Github(github::Github),
    /// Generate from many documents, each in a process of its own, and write a report of the results.
    Run(run::Run),
    /// Run a few of the documents with their tests, where they can be had; `.ci/run` does.
    Sample,
    /// Generate from one document and print its row; `run` starts it.
    #[command(hide = true)]
    One(run::One),
    /// Run a program within limits; `run --test` starts it.
    #[command(hide = true)]
    Guard(run::Guard),
}

/// Does what was asked for.
///
/// # Errors
///
/// If it can't be done, or something that should hold does not.
pub fn command(root: &Path, asked: &Corpus) -> Result<(), String> {
    match asked {
        Corpus::Fetch => fetch::fetch(root),
        Corpus::Github(github) => github::run(root, github),
        Corpus::Run(run) => run::run(root, run),
        Corpus::Sample => sample::run(root),
        Corpus::One(one) => run::one(one),
        Corpus::Guard(guard) => run::guard(guard),
    }
}

/// Returns the folder of the packages.
pub(crate) fn folder(root: &Path) -> PathBuf {
    root.join("target/corpus")
}

/// The digest of a file or of an archive, as it is pinned and as finished work is known again.
fn sha256(bytes: &[u8]) -> String {
    let mut text = String::new();
    for byte in Sha256::digest(bytes) {
        let _ = write!(text, "{byte:02x}");
    }
    text
}
