//! `cargo xtask bench requests`: requests per second on loopback, compared with bare reqwest.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::report::{self, table};
use super::{finished, work};

const LIMIT: Duration = Duration::from_secs(3600);

/// Runs the benchmark, and reports the client's requests per second as a share of reqwest's.
pub(super) fn requests(root: &Path) -> Result<(), String> {
    let target = work(root).join("requests");
    let log = target.join("run.log");
    let mut bench = Command::new("cargo");
    bench.arg("bench").current_dir(root.join("tests/benches/requests"));
    bench.env("CARGO_TARGET_DIR", target.join("build")).env("CRITERION_HOME", target.join("criterion"));
    finished(&mut bench, &log, LIMIT)?;
    let printed = fs::read_to_string(&log).map_err(|error| error.to_string())?;
    let rows: Vec<Vec<String>> = printed
        .lines()
        .filter_map(|line| line.strip_prefix("in turn\t"))
        .map(|line| line.split('\t').map(str::to_owned).collect())
        .collect();
    if rows.is_empty() {
        return Err(format!("the benchmark printed no figures; see `{}`", log.display()));
    }
    let columns = ["", "", "per request", "requests per second, ratio to reqwest"];
    let body = format!(
        "`cargo xtask bench requests` sends `GET /app` with a JWT to a server in another thread. The response has 1.5 kB of \
         JSON and is decoded into the same type.\nThe clients take turns, in 60 rounds of 320 requests; the figure is that \
         of the fastest quarter of the rounds.\n\n\
         - `reqwest` sends the same headers without octogen's client.\n\
         - The cache asks whether its response is still valid, and the server answers 304.\n\
         - The client of an app asks its credential source for the JWT with each request.\n\n{}",
        table(&columns, &rows)
    );
    report::section(root, report::REQUESTS, &body)
}
