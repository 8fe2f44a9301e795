//! `cargo xtask corpus github`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use octogen::command::evidence::evidence;
use octogen::command::plan::{Wanted, apply, changes};
use octogen::coverage::{CoverageReport, Row};
use octogen::files::{read, write};
use octogen::source::NoFiles;
use octogen::{CrateOptions, generate_crate};
use octogen_runtime::{Value, decode, encode};

use super::folder;
use xtask::say;

/// The descriptions of the run, by the module that each becomes, and where they are.
const DOCUMENT: &str = "openapi/generated/api.github.com.json";
const WEBHOOKS: &str = "webhooks-examples/api.github.com/index.json";

/// Options for a run of GitHub's description.
#[derive(Args, Debug)]
pub struct Github {
    /// `off`, `presence` or `all`: what payloads may change about types; or a folder of recorded payloads.
    #[arg(long)]
    evidence: Vec<PathBuf>,
    /// Take the recorded webhooks as well.
    #[arg(long)]
    webhooks: bool,
    /// Let the recorded payloads have tests, and widen nothing.
    #[arg(long)]
    only_tests: bool,
    /// Another description.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Compile what was generated, and run its tests.
    #[arg(long)]
    test: bool,
    /// Forget what an earlier run widened.
    #[arg(long)]
    forget: bool,
}

/// Generates from GitHub's description under `target/corpus-github` and prints the coverage.
///
/// # Errors
///
/// If the packages are not there, nothing could be generated, or a test fails.
pub(super) fn run(root: &Path, run: &Github) -> Result<(), String> {
    let mut words = run.evidence.clone();
    if run.webhooks {
        words.push(payloads(root)?);
    }
    let mut evidence = evidence(&words)?;
    evidence.only_tests = run.only_tests;
    let file = run.file.clone().unwrap_or_else(|| folder(root).join(DOCUMENT));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let source = read(&file, &name)
        .map_err(|error| format!("{}; `cargo xtask corpus fetch` brings the files", error.message))?;
    let target = root.join("target/corpus-github");
    let report = target.join("evidence.json");
    if !run.forget {
        evidence.earlier = fs::read_to_string(&report).ok();
    }
    let options = CrateOptions { name: Some("corpus".to_owned()), evidence, ..CrateOptions::default() };
    let generated = generate_crate(&source, &NoFiles, &options);
    let warnings = generated.diagnostics.len();
    let output = generated.output.ok_or("nothing could be generated; `cargo xtask try` says why")?;
    say(format!("{} warnings, {} widened", warnings, output.coverage.widened.len()));
    say(table(&output.coverage).trim_end());
    let text_of = |file: &str| (file == source.path).then(|| source.text.clone());
    write(&report, &output.coverage.to_json(&text_of)).map_err(|error| error.to_string())?;
    // Files without a change keep their time, so that cargo builds only the others.
    let files = output.files.into_iter().map(|file| (PathBuf::from(file.path), file.text)).collect();
    let wanted = Wanted { files, owned: ["src", "tests"].map(PathBuf::from).into() };
    apply(&target, &wanted, &changes(&target, &wanted))?;
    if run.test { test(&target) } else { Ok(()) }
}

/// The recorded webhooks, one in each file.
pub(crate) fn payloads(root: &Path) -> Result<PathBuf, String> {
    let target = folder(root).join("webhooks-examples/payloads");
    let index = read(&folder(root).join(WEBHOOKS), WEBHOOKS)
        .map_err(|error| format!("{}; `cargo xtask corpus fetch` brings the files", error.message))?;
    let events: Value = decode(index.text.as_bytes()).map_err(|error| error.to_string())?;
    for event in events.as_array().unwrap_or_default() {
        let name = event.get("name").and_then(Value::as_str).unwrap_or_default();
        let examples = event.get("examples").and_then(Value::as_array).unwrap_or_default();
        for (index, payload) in examples.iter().enumerate() {
            let file = target.join(name).join(format!("{}.json", index + 1));
            write(&file, &encode(payload)).map_err(|error| error.to_string())?;
        }
    }
    Ok(target)
}

/// Formats the coverage report as a table.
fn table(coverage: &CoverageReport) -> String {
    let mut text = format!(
        "{:<20} {:>8} {:>6} {:>12} {:>11} {:>5} {:>6} {:>8} {:>6} {:>7} {:>6}\n",
        "of",
        "payloads",
        "equal",
        "contradicted",
        "unsupported",
        "any",
        "values",
        "variants",
        "rests",
        "leaves",
        "json"
    );
    for (kind, row) in &coverage.rows {
        let Row { payloads, equal, contradicted, unsupported, with_json, with_unknown_values, .. } = row;
        let Row { with_unknown_variants, with_rests, leaves, json_leaves, .. } = row;
        text += &format!(
            "{:<20} {payloads:>8} {equal:>6} {contradicted:>12} {unsupported:>11} {with_json:>5} \
             {with_unknown_values:>6} {with_unknown_variants:>8} {with_rests:>6} {leaves:>7} {json_leaves:>6}\n",
            kind.plural()
        );
    }
    text
}

fn test(target: &Path) -> Result<(), String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(cargo)
        .args(["test", "--quiet", "--manifest-path"])
        .arg(target.join("Cargo.toml"))
        .status()
        .map_err(|error| format!("cargo can't be run: {error}"))?;
    if done.success() { Ok(()) } else { Err(String::from("not every payload came back as it was")) }
}
