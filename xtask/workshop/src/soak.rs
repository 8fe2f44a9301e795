//! `cargo xtask soak`: a long run of a client against a server with random faults.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

/// The options of `cargo xtask soak`.
#[derive(Args, Debug)]
pub struct Soak {
    /// The duration in seconds.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// The seed of the random faults; without it, each run has another seed.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs the soak test of the package `tests` in release mode.
///
/// # Errors
///
/// If a request is lost or handled twice, memory grows, or cargo can't be run.
pub fn soak(root: &Path, soak: &Soak) -> Result<(), String> {
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
    let seed = soak.seed.unwrap_or_else(now);
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(["test", "--quiet", "--release", "--package", "tests", "--test", "soak", "--", "--nocapture"])
        .env("SOAK_SECONDS", soak.seconds.to_string())
        .env("SOAK_SEED", seed.to_string())
        .current_dir(root)
        .status()
        .map_err(|error| format!("cargo can't be run: {error}"))?;
    if done.success() {
        Ok(())
    } else {
        Err(format!("the soak test failed; `cargo xtask soak --seed {seed}` repeats its faults"))
    }
}
