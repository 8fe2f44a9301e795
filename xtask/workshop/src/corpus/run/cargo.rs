//! Runs Cargo on a batch of crates, and measures rustc for each of them.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use serde_json::Value;

use super::Context;
use super::measure::{self, Done, Limits, Taken};

/// The environment variable that turns this program into a wrapper of rustc; its value is the folder for the
/// measurements.
const MEASURED: &str = "OCTOGEN_CORPUS_MEASURED";

/// Limits for one rustc process, so that a crate that is too large does not exhaust the machine. The tests of the
/// largest known crate need 11 GB of address space, which is more than the memory they use.
pub(super) const LIMITS: Limits = Limits { seconds: 900, memory: 20_480 };

/// The suffix of the file that stores the arguments of a rustc run.
pub(super) const COMMAND: &str = ".rustc";

/// The maximum number of errors that are kept for a crate, and the maximum length of each.
const MOST_ERRORS: usize = 3;
const MOST_TEXT: usize = 2_000;

/// Cargo's messages about one package.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// Whether Cargo built the library.
    pub(super) library: bool,
    /// The test binaries that Cargo built.
    pub(super) tests: Option<PathBuf>,
    pub(super) warnings: usize,
    pub(super) errors: Vec<String>,
    pub(super) taken: Taken,
}

/// Runs Cargo in the folder of a batch; calls `built` for each package whose library was compiled.
pub(super) fn cargo(
    context: &Context<'_>,
    batch: &Path,
    arguments: &[String],
    built: &mut dyn FnMut(&str),
) -> Result<(BTreeMap<String, Said>, Done), String> {
    let measured = batch.join("measured");
    let _ = fs::remove_dir_all(&measured);
    fs::create_dir_all(&measured).map_err(|error| format!("`{}` can't be created: {error}", measured.display()))?;
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(batch).args(arguments).args(["--keep-going", "--message-format", "json"]);
    command.args(["--jobs", &context.jobs.to_string()]).arg("--target-dir").arg(context.folder.join("build"));
    command.env("CARGO_INCREMENTAL", "0").env("CARGO_TERM_COLOR", "never").env_remove("RUSTFLAGS");
    command.env("RUSTC_WORKSPACE_WRAPPER", &context.program).env(MEASURED, &measured);
    let mut said: BTreeMap<String, Said> = BTreeMap::new();
    let done = measure::lines(&mut command, &mut |line| {
        let Ok(message) = serde_json::from_str::<Value>(line) else { return };
        let Some(package) = package(&message) else { return };
        let said = said.entry(package.clone()).or_default();
        match message["reason"].as_str() {
            Some("compiler-message") => heard(said, &message["message"]),
            Some("compiler-artifact") if message["target"]["kind"][0] == "test" => {
                said.tests = message["executable"].as_str().map(PathBuf::from);
            }
            Some("compiler-artifact") => {
                said.library = true;
                built(&package);
            }
            _ => {}
        }
    })
    .map_err(|error| format!("cargo can't be run: {error}"))?;
    for (package, said) in &mut said {
        said.taken = taken(&measured.join(package));
    }
    Ok((said, done))
}

/// Returns the package that a message is about; its folder has the same name.
fn package(message: &Value) -> Option<String> {
    let manifest = Path::new(message["manifest_path"].as_str()?);
    let name = manifest.parent()?.file_name()?.to_str()?;
    name.starts_with("doc-").then(|| name.to_owned())
}

pub(super) fn heard(said: &mut Said, message: &Value) {
    let text = message["rendered"].as_str().unwrap_or_default();
    // The closing count of errors has no place in a file.
    let has_place = message["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    match message["level"].as_str() {
        Some("warning") if has_place => said.warnings += 1,
        Some("warning") => return,
        Some("error") if !has_place && !said.errors.is_empty() => return,
        Some("error" | "error: internal compiler error") => {}
        _ => return,
    }
    if said.errors.len() < MOST_ERRORS {
        said.errors.push(text.chars().take(MOST_TEXT).collect());
    }
}

/// Returns the total time of a package's rustc runs, and the highest memory of one run.
fn taken(file: &Path) -> Taken {
    let mut all = Taken::default();
    for line in fs::read_to_string(file).unwrap_or_default().lines() {
        let mut numbers = line.split(' ').filter_map(|number| number.parse::<u64>().ok());
        all.milliseconds += numbers.next().unwrap_or_default();
        all.peak = all.peak.max(numbers.next().unwrap_or_default());
    }
    all
}

/// Runs rustc if Cargo started this program as its wrapper, and records the time and memory.
#[must_use]
pub fn as_rustc() -> Option<ExitCode> {
    let measured = PathBuf::from(std::env::var_os(MEASURED)?);
    let mut arguments = std::env::args_os().skip(1);
    let rustc =
        arguments.next().filter(|program| Path::new(program).file_stem().is_some_and(|stem| stem == "rustc"))?;
    LIMITS.bound();
    let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
    let arguments: Vec<_> = arguments.collect();
    let words: Vec<_> = std::iter::once(&rustc).chain(&arguments).map(|word| word.to_string_lossy()).collect();
    let _ = fs::write(measured.join(format!("{package}{COMMAND}")), serde_json::to_string(&words).unwrap_or_default());
    let child = Command::new(rustc).args(arguments).spawn().and_then(measure::waited);
    let (status, Taken { milliseconds, peak }) = match child {
        Ok(done) => done,
        Err(error) => {
            eprintln!("error: rustc can't be run: {error}");
            return Some(ExitCode::FAILURE);
        }
    };
    let file = OpenOptions::new().create(true).append(true).open(measured.join(package));
    // Without the file, only the measurement of this crate is missing.
    let _ = file.and_then(|mut file| writeln!(file, "{milliseconds} {peak}"));
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Some(code.map_or(ExitCode::FAILURE, ExitCode::from))
}
