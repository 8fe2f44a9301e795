//! `cargo xtask soak`: a client and a server with faults by chance, for as long as it is asked for.

use std::path::Path;
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::Args;

/// The duration of a soak run, and the seed of its faults.
#[derive(Args, Debug)]
pub struct Soak {
    /// How many seconds it runs.
    #[arg(long, default_value_t = 600)]
    seconds: u64,
    /// The seed of the faults; by default another one in each run.
    #[arg(long)]
    seed: Option<u64>,
}

/// Runs the soak test of the package `tests`, optimised.
///
/// # Errors
///
/// If a request was lost or done twice, memory grew, or cargo can't be run.
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
        Err(format!("it failed; `cargo xtask soak --seed {seed}` has the same faults"))
    }
}
