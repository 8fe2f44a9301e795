//! `cargo xtask bench first-build`: the cost of a user's first build with the crate as a dependency.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use octogen::files::write;

use super::chart::{self, Bar};
use super::child::Cost;
use super::generate::emptied;
use super::report::{self, megabytes, ratio, table};
use super::{finished, work};

const LIMIT: Duration = Duration::from_secs(3600);

/// The dependency on octocrab, the crate to compare with.
const OTHER: (&str, &str) = ("octocrab 0.54.9", "octocrab = \"=0.54.9\"");

pub(super) fn first_build(root: &Path) -> Result<(), String> {
    let path = root.join("generated").display().to_string();
    let ours = format!("github-apps = {{ path = {path:?} }}");
    let mut rows = Vec::new();
    for (name, dependency) in [("github-apps", ours.as_str()), OTHER] {
        println!("{name}");
        let (count, cost) = built(root, dependency)?;
        rows.push((name, count, cost));
    }
    let first = rows.first().map_or(f64::NAN, |(.., cost)| cost.cpu);
    let text: Vec<Vec<String>> = rows
        .iter()
        .map(|(name, count, cost)| {
            let figures = [count.to_string(), format!("{:.1}", cost.cpu), megabytes(cost.peak), ratio(first, cost.cpu)];
            [(*name).to_owned()].into_iter().chain(figures).collect()
        })
        .collect();
    let bar = |(name, count, cost): &(&str, usize, Cost)| Bar {
        label: (*name).to_owned(),
        value: cost.cpu,
        text: format!("{:.0} s, {count} crates", cost.cpu),
        is_ours: *name == "github-apps",
    };
    let title = "CPU-seconds of a first debug build";
    let bars: Vec<Bar> = rows.iter().map(bar).collect();
    let chart = report::chart(root, "first-build", title, &chart::bars(title, &bars))?;
    let columns = ["", "crates built", "CPU-s", "peak MB", "ratio to github-apps"];
    let body = format!(
        "`cargo xtask bench first-build` runs the first `cargo build` of a package whose only dependency is the crate with \
         its default features.\nAll crates are downloaded before. octocrab is not generated and has other operations; \
         github-apps has the operations of GitHub Apps.\n\n{}\n{chart}",
        table(&columns, &text)
    );
    report::section(root, report::FIRST_BUILD, &body)
}

/// Builds a package with one dependency, and returns the number of compiled crates and the cost.
fn built(root: &Path, dependency: &str) -> Result<(usize, Cost), String> {
    let folder = work(root).join("first-build");
    emptied(&folder)?;
    let manifest = format!(
        "[package]\nname = \"program\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[workspace]\n\n[dependencies]\n{dependency}\n"
    );
    write(&folder.join("Cargo.toml"), &manifest).map_err(|error| error.to_string())?;
    write(&folder.join("src/lib.rs"), "").map_err(|error| error.to_string())?;
    let log = work(root).join("first-build.log");
    let cargo = |argument: &str| {
        let mut command = Command::new("cargo");
        command.arg(argument).current_dir(&folder);
        command.env("CARGO_INCREMENTAL", "0").env_remove("CARGO_TARGET_DIR").env_remove("RUSTFLAGS");
        command
    };
    finished(&mut cargo("fetch"), &log, LIMIT)?;
    let cost = finished(cargo("build").arg("--target-dir").arg(folder.join("target")), &log, LIMIT)?;
    let printed = fs::read_to_string(&log).map_err(|error| error.to_string())?;
    let compiled = printed.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count();
    Ok((compiled.saturating_sub(1), cost))
}
