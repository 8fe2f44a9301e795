//! `cargo xtask corpus github`: generates from GitHub's OpenAPI document and counts the payloads that the types fit.

use std::borrow::Cow;
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

/// The paths of GitHub's OpenAPI document and of the recorded webhooks under `target/corpus`.
const DOCUMENT: &str = "openapi/generated/api.github.com.json";
const WEBHOOKS: &str = "webhooks-examples/api.github.com/index.json";

/// Options of `cargo xtask corpus github`.
#[derive(Args, Debug)]
pub struct Github {
    /// How far payloads may change types: `off`, `presence` or `all`; or a folder of recorded payloads.
    #[arg(long)]
    evidence: Vec<PathBuf>,
    /// Also use the recorded webhook payloads as evidence.
    #[arg(long)]
    webhooks: bool,
    /// Emit tests for the recorded payloads, but let them change no types.
    #[arg(long)]
    only_tests: bool,
    /// Read this document instead of GitHub's.
    #[arg(long)]
    file: Option<PathBuf>,
    /// Compile the generated code and run its tests.
    #[arg(long)]
    test: bool,
    /// Discard the widened types that an earlier run recorded.
    #[arg(long)]
    forget: bool,
}

/// Generates from GitHub's OpenAPI document into `target/corpus-github` and prints the coverage report.
///
/// # Errors
///
/// If the packages are missing, nothing is generated, or a test fails.
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
        .map_err(|error| format!("{}; `cargo xtask corpus fetch` downloads the files", error.message))?;
    let target = root.join("target/corpus-github");
    let report = target.join("evidence.json");
    if !run.forget {
        evidence.earlier = fs::read_to_string(&report).ok();
    }
    let options = CrateOptions { name: Some("corpus".to_owned()), evidence, ..CrateOptions::default() };
    let generated = generate_crate(&source, &NoFiles, &options);
    let warnings = generated.diagnostics.len();
    let output = generated.output.ok_or("nothing was generated; `cargo xtask try` prints the errors")?;
    say(format!("{} warnings, {} widened", warnings, output.coverage.widened.len()));
    say(table(&output.coverage).trim_end());
    let text_of = |file: &str| (file == source.path).then_some(Cow::Borrowed(source.text.as_str()));
    write(&report, &output.coverage.to_json(&text_of)).map_err(|error| error.to_string())?;
    // Unchanged files keep their modification time, so that cargo compiles only the others.
    let files = output.files.into_iter().map(|file| (PathBuf::from(file.path), file.text)).collect();
    let wanted = Wanted { files, owned: ["src", "tests"].map(PathBuf::from).into() };
    apply(&target, &wanted, &changes(&target, &wanted))?;
    if run.test { test(&target) } else { Ok(()) }
}

/// Writes each recorded webhook payload into a file of its own, and returns their folder.
pub(crate) fn payloads(root: &Path) -> Result<PathBuf, String> {
    let target = folder(root).join("webhooks-examples/payloads");
    let index = read(&folder(root).join(WEBHOOKS), WEBHOOKS)
        .map_err(|error| format!("{}; `cargo xtask corpus fetch` downloads the files", error.message))?;
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
