//! `cargo xtask bench`: compares the cost of octogen and of its output with that of other generators.

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

/// Options of `cargo xtask bench`.
#[derive(Args, Debug)]
pub struct Bench {
    #[arg(default_value = "all")]
    what: What,
    /// The number of runs of each measurement; the report shows medians.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// The time limit, in seconds, for compiling the output of another generator.
    #[arg(long, default_value_t = 600)]
    limit: u64,
    /// Leave out sonic-rs and simd-json, each of which takes ten minutes to compile.
    #[arg(long)]
    without_simd: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum What {
    /// Generate from GitHub's OpenAPI document, and from documents of increasing size.
    Generate,
    /// Check and build the generated crates.
    Check,
    /// Decode and encode GitHub's payloads.
    Decode,
    /// Build `github-apps` from scratch.
    FirstBuild,
    /// Compare five tasks, decoding and round trips with octocrab; update `generated/OCTOCRAB.md`.
    Octocrab,
    /// Count requests per second on loopback, compared with bare reqwest.
    Requests,
    /// Run all of these benchmarks.
    All,
}

/// Runs the selected benchmarks and writes the results into `codegen/docs/benchmarks.md`.
///
/// # Errors
///
/// If a package of the corpus is missing, or a measured command can't be run.
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

/// Returns the folder that contains all files of the benchmarks.
fn work(root: &Path) -> PathBuf {
    root.join("target/bench")
}

/// Returns the path of GitHub's OpenAPI document.
fn spec(root: &Path) -> Result<PathBuf, String> {
    let file = root.join("target/corpus/openapi/generated/api.github.com.json");
    if file.exists() {
        return Ok(file);
    }
    Err(format!("`{}` is missing; `cargo xtask corpus fetch` downloads it", file.display()))
}

/// Builds octogen in release mode, as its users do, and returns the path of the binary.
fn binary(root: &Path) -> Result<PathBuf, String> {
    let target = work(root).join("octogen");
    let mut command = Command::new("cargo");
    command.args(["build", "--release", "--package", "octogen", "--target-dir"]).arg(&target).current_dir(root);
    finished(&mut command, &work(root).join("octogen.log"), Duration::from_secs(3600))?;
    Ok(target.join("release/octogen"))
}

/// Runs a command that must succeed, and returns its cost.
fn finished(command: &mut Command, log: &Path, limit: Duration) -> Result<Cost, String> {
    match child::run(command, log, limit)? {
        (End::Done, cost) => Ok(cost),
        _ => Err(format!("`{}` failed; see `{}`", command.get_program().to_string_lossy(), log.display())),
    }
}
