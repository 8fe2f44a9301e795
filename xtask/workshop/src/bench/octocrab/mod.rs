//! `cargo xtask bench octocrab`: compares github-apps with octocrab in five tasks, and in decoding GitHub's payloads.

mod page;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::child::Cost;
use super::generate::emptied;
use super::{finished, spec, work};
use crate::corpus;

const FOLDER: &str = "tests/benches/octocrab";
const LIMIT: Duration = Duration::from_secs(3600);

/// The packages of the programs, in the order of the page's columns.
const SIDES: [&str; 2] = ["ours", "theirs"];

/// The results of github-apps and of octocrab.
#[derive(Debug)]
struct Found {
    /// The programs by name, with their number of lines on both sides.
    lines: Vec<(String, [usize; 2])>,
    /// The number of crates that a first build of the programs compiles, and its cost.
    builds: [(usize, Cost); 2],
    /// The lines that the comparison printed, each split into words.
    said: Vec<Vec<String>>,
}

/// Builds the programs of both sides and the comparison, runs them, and writes `generated/OCTOCRAB.md`.
pub(super) fn octocrab(root: &Path) -> Result<(), String> {
    let folder = root.join(FOLDER);
    let target = work(root).join("octocrab");
    let log = |name: &str| target.join(format!("{name}.log"));
    let cargo = |arguments: &[&str], into: &Path| {
        let mut command = Command::new("cargo");
        command.args(arguments).current_dir(&folder);
        command.env("CARGO_INCREMENTAL", "0").env("CARGO_TARGET_DIR", into).env_remove("RUSTFLAGS");
        command
    };
    finished(&mut cargo(&["fetch"], &target), &log("fetch"), LIMIT)?;
    println!("building the comparison");
    let release = target.join("compare");
    finished(&mut cargo(&["bench", "--package", "compare", "--no-run"], &release), &log("compare"), LIMIT)?;
    let mut builds = Vec::new();
    for side in SIDES {
        println!("building the programs: {side}");
        emptied(&target.join(side))?;
        let cost = finished(&mut cargo(&["build", "--package", side], &target.join(side)), &log(side), LIMIT)?;
        builds.push((compiled(&log(side))?, cost));
    }
    let [ours, theirs] = builds[..] else { return Err(String::from("not all programs were built")) };
    let mut compare = cargo(&["bench", "--package", "compare", "--quiet", "--"], &release);
    compare.arg(spec(root)?).arg(corpus::payloads(root)?).args(SIDES.map(|side| target.join(side).join("debug")));
    finished(&mut compare, &log("said"), LIMIT)?;
    let said = fs::read_to_string(log("said")).map_err(|error| error.to_string())?;
    let said = said.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    let found = Found { lines: programs(&folder)?, builds: [ours, theirs], said };
    let page = root.join(page::FILE);
    octogen::files::write(&page, &page::text(&found)).map_err(|error| error.to_string())
}

/// Counts the crates that a build compiled, without the programs themselves.
fn compiled(log: &Path) -> Result<usize, String> {
    let printed = fs::read_to_string(log).map_err(|error| error.to_string())?;
    let count = printed.lines().filter(|line| line.trim_start().starts_with("Compiling ")).count();
    Ok(count.saturating_sub(1))
}

/// Returns the programs, with their number of lines that are neither empty nor comments.
fn programs(folder: &Path) -> Result<Vec<(String, [usize; 2])>, String> {
    let lines = |side: &str, file: &PathBuf| {
        let path = folder.join(side).join("src/bin").join(file);
        let text = fs::read_to_string(&path).map_err(|error| format!("`{}`: {error}", path.display()))?;
        let is_code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        Ok::<usize, String>(text.lines().filter(is_code).count())
    };
    let mut found = Vec::new();
    for path in octogen::files::sorted_entries(&folder.join("ours/src/bin")) {
        let file = PathBuf::from(path.file_name().unwrap_or_default());
        let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        found.push((name, [lines("ours", &file)?, lines("theirs", &file)?]));
    }
    Ok(found)
}
