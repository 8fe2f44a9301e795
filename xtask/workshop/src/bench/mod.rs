//! `cargo xtask bench`: what the generator and its output cost, beside other generators, in one run.

mod chart;
mod check;
mod child;
mod decode;
mod first_build;
mod generate;
mod octocrab;
mod peers;
mod report;
mod requests;
mod subjects;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use clap::{Args, ValueEnum};

use self::child::{Cost, End};

/// The subject of a measurement.
#[derive(Args, Debug)]
pub struct Bench {
    #[arg(default_value = "all")]
    what: What,
    /// How often each is run; the figures are medians.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// How many seconds a check of what another generator wrote may take.
    #[arg(long, default_value_t = 600)]
    limit: u64,
    /// Leave out sonic-rs and simd-json, which take a compiler ten minutes each.
    #[arg(long)]
    without_simd: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Generating from GitHub's description, and from documents of any size.
    Generate,
    /// Checking and building what was generated.
    Check,
    /// Decoding and encoding GitHub's payloads.
    Decode,
    /// A first build of this workspace's crate.
    FirstBuild,
    /// Five tasks, decoding and round trips beside octocrab; writes `generated/OCTOCRAB.md`.
    Octocrab,
    /// Requests per second against loopback, beside bare reqwest.
    Requests,
    /// All of them.
    All,
}

/// Measures and writes the results into `codegen/docs/benchmarks.md`.
///
/// # Errors
///
/// If the packages of the corpus are not there, or something that is to be measured can't be run.
pub fn bench(root: &Path, bench: &Bench) -> Result<(), String> {
    let rounds = bench.rounds.max(1);
    let limit = Duration::from_secs(bench.limit);
    match bench.what {
        What::Generate => generate::generate(root, rounds),
        What::Check => check::check(root, rounds, limit),
        What::Decode => decode::decode(root, !bench.without_simd),
        What::FirstBuild => first_build::first_build(root),
        What::Octocrab => octocrab::octocrab(root),
        What::Requests => requests::requests(root),
        What::All => {
            generate::generate(root, rounds)?;
            check::check(root, rounds, limit)?;
            decode::decode(root, !bench.without_simd)?;
            first_build::first_build(root)?;
            requests::requests(root)?;
            octocrab::octocrab(root)
        }
    }
}

/// Returns the folder for all files of the benchmarks.
fn work(root: &Path) -> PathBuf {
    root.join("target/bench")
}

/// GitHub's description.
fn spec(root: &Path) -> Result<PathBuf, String> {
    let file = root.join("target/corpus/openapi/generated/api.github.com.json");
    if file.exists() {
        return Ok(file);
    }
    Err(format!("`{}` is not there; `cargo xtask corpus fetch` brings it", file.display()))
}

/// The generator as its users build it.
fn binary(root: &Path) -> Result<PathBuf, String> {
    let target = work(root).join("octogen");
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--package", "octogen", "--target-dir"]).arg(&target).current_dir(root);
    finished(&mut command, &work(root).join("octogen.log"), Duration::from_secs(3600))?;
    Ok(target.join("release/octogen"))
}

/// Runs what has to succeed.
fn finished(command: &mut Command, log: &Path, limit: Duration) -> Result<Cost, String> {
    match child::run(command, log, limit)? {
        (End::Done, cost) => Ok(cost),
        _ => Err(format!("`{}` failed; `{}` says why", command.get_program().to_string_lossy(), log.display())),
    }
}
