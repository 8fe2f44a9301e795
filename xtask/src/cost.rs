//! What emitted code costs, in figures that are the same on every machine: growth is to be seen before it lands.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use octogen::files::{files_below, write};

use crate::events;
use crate::say::say;
use crate::targets::{fixtures, specs};

/// Where the figures stand that the last change agreed to.
const AGREED: &str = "tests/cost.tsv";

/// The document whose generation is counted in instructions: of the committed ones, the largest.
const COUNTED: &str = "spec/apps.yaml";

/// The name of that figure.
const INSTRUCTIONS: &str = "millions of instructions to generate from spec/apps.yaml";

/// How much a figure may grow unnoticed, in percent.
const TOLERATED: f64 = 10.0;

/// Figures by their names.
pub type Figures = BTreeMap<String, f64>;

/// What is asked for.
#[derive(Args, Debug)]
pub struct Cost {
    /// Agree to the figures as they are now.
    #[arg(long)]
    accept: bool,
}

/// Compares the figures with those agreed to, or agrees to them.
///
/// # Errors
///
/// Where a figure has grown by more than a tenth, or where something can't be read, run or written.
pub fn cost(root: &Path, asked: &Cost) -> Result<(), String> {
    let now = figures(root)?;
    let file = root.join(AGREED);
    if asked.accept {
        let mut text = String::from("figure\tvalue\n");
        for (name, value) in &now {
            let _ = writeln!(text, "{name}\t{value:.1}");
        }
        return write(&file, &text).map_err(|error| format!("`{AGREED}`: {error}"));
    }
    let agreed = fs::read_to_string(&file).map_err(|error| format!("`{AGREED}`: {error}"))?;
    let grown = grown(&parsed(&agreed), &now);
    if !now.contains_key(INSTRUCTIONS) {
        say("valgrind is not there: no instructions were counted");
    }
    if grown.is_empty() {
        say(format!("{} figures, none has grown by more than {TOLERATED} %", now.len()));
        return Ok(());
    }
    let grown = grown.join("\n  ");
    Err(format!("emitted code costs more:\n  {grown}\nwhere that is meant, run `cargo xtask cost --accept`"))
}

/// The figures of a file as it is written.
#[must_use]
pub fn parsed(text: &str) -> Figures {
    let lines = text.lines().skip(1).filter_map(|line| line.split_once('\t'));
    lines.filter_map(|(name, value)| Some((name.to_owned(), value.parse().ok()?))).collect()
}

/// What has grown by more than is tolerated, a line each; what is new was not agreed to.
#[must_use]
pub fn grown(agreed: &Figures, now: &Figures) -> Vec<String> {
    let line = |(name, now): (&String, &f64)| match agreed.get(name) {
        Some(before) if *now <= before * (1.0 + TOLERATED / 100.0) => None,
        Some(before) => Some(format!("{name}: {now:.1}, it was {before:.1}")),
        None => Some(format!("{name}: {now:.1}, it is new")),
    };
    now.iter().filter_map(line).collect()
}

fn figures(root: &Path) -> Result<Figures, String> {
    let mut figures = Figures::new();
    for target in specs(root)? {
        figures.extend(counted(&format!("spec {}", target.name), &[root.join(target.library)]));
    }
    let topics: Vec<_> = fixtures(root)?.into_iter().map(|target| root.join(target.library)).collect();
    figures.extend(counted("fixtures", &topics));
    let written: Vec<_> = events::WRITTEN.iter().map(|folder| root.join(folder)).collect();
    figures.extend(counted("events", &written));
    if let Some(instructions) = instructions(root)? {
        figures.insert(INSTRUCTIONS.to_owned(), instructions);
    }
    Ok(figures)
}

/// Lines, types and impls per operation, or as they are where there is no operation.
fn counted(name: &str, folders: &[PathBuf]) -> Figures {
    let (mut operations, mut lines, mut types, mut impls) = (0.0_f64, 0.0_f64, 0.0, 0.0);
    let files = folders.iter().flat_map(|folder| files_below(folder));
    for text in files.filter_map(|file| fs::read_to_string(file).ok()) {
        for line in text.lines() {
            lines += 1.0;
            let line = line.trim_start();
            operations += f64::from(line.starts_with("operation! {"));
            types += f64::from(["pub struct ", "pub enum "].iter().any(|kind| line.contains(kind)));
            // A table stands for the impls that its macro writes, always the same ones.
            impls += f64::from(line.starts_with("impl ") || line.contains("! { "));
        }
    }
    let per = if operations > 0.0 { operations } else { 1.0 };
    [("lines", lines), ("types", types), ("impls and tables", impls)]
        .into_iter()
        .map(|(what, count)| (format!("{name}: {what} per operation"), count / per))
        .collect()
}

/// How many instructions the generator takes in a debug build, as valgrind counts them, where it is there.
fn instructions(root: &Path) -> Result<Option<f64>, String> {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return Ok(None);
    }
    let run = |command: &mut Command| {
        let output = command.current_dir(root).output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() { Ok(said) } else { Err(said) }
    };
    run(Command::new("cargo").args(["build", "--locked", "--package", "octogen"]))?;
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), PathBuf::from);
    let folder = target.join("cost");
    fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    // A crate that is there already is compared with the list of its files.
    match fs::remove_dir_all(folder.join("apps")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.to_string()),
        _ => {}
    }
    let said = run(Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(target.join("debug/octogen"))
        .args(["--spec", COUNTED, "--forget", "--out"])
        .arg(folder.join("apps")))?;
    let count = said.lines().find_map(|line| line.split_once("Collected : ")?.1.trim().parse::<f64>().ok());
    count.map(|count| Some(count / 1e6)).ok_or_else(|| format!("valgrind counted nothing:\n{said}"))
}
