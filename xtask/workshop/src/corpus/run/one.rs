//! `cargo xtask corpus one`: generates from one document in a process of its own.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use octogen::coverage::CoverageReport;
use octogen::diagnostic::{Diagnostic, Severity};
use octogen::files::{Folder, read, write};
use octogen::source::{Loader, Source};
use octogen::{Crate, CrateOptions, Evidence, GeneratedCrate, Runtime, command, generate_crate};
use serde::{Deserialize, Serialize};

use super::measure::Limits;
use super::row::{Fallback, Payloads, Problem, Row, class};
use super::siblings;
use crate::corpus::sha256;
use xtask::say;

/// The maximum number of errors that a row keeps for a document.
const MOST_ERRORS: usize = 20;

/// Options of `cargo xtask corpus one`: the document, its crate, and the checks.
#[derive(Args, Debug)]
pub struct One {
    file: PathBuf,
    /// The name of the crate.
    #[arg(long)]
    package: Option<String>,
    /// Write the crate to this folder; the path of `--runtime` is relative to it.
    #[arg(long, requires = "runtime")]
    out: Option<PathBuf>,
    #[arg(long)]
    runtime: Option<String>,
    /// Make each tag a Cargo feature.
    #[arg(long)]
    features: bool,
    #[command(flatten)]
    wishes: Wishes,
    #[command(flatten)]
    limits: Limits,
}

/// Options that `run` passes to the process of each document.
#[derive(Args, Clone, Debug, Default, Serialize, Deserialize)]
pub struct Wishes {
    /// How far payloads may change types: `off`, `presence` (the default) or `all`.
    #[arg(long, value_name = "MODE")]
    pub evidence: Vec<PathBuf>,
    /// Generate twice and compare the output.
    #[arg(long)]
    pub twice: bool,
    /// Add schemas, operations and properties to the document, and count the names that change.
    #[arg(long)]
    pub siblings: bool,
}

/// Generates from one document and prints its row as JSON.
///
/// # Errors
///
/// If the crate can't be written.
pub fn one(one: &One) -> Result<(), String> {
    one.limits.hold();
    let mut row = Row::default();
    let name = one.file.file_name().unwrap_or_default().to_string_lossy();
    match read(&one.file, &name) {
        Ok(source) => of_source(one, &source, &mut row)?,
        Err(problem) => row.refused.push(said(&problem)),
    }
    say(serde_json::to_string(&row).map_err(|error| error.to_string())?);
    Ok(())
}

fn of_source(one: &One, source: &Source, row: &mut Row) -> Result<(), String> {
    let runtime = one.runtime.clone().map_or(Runtime::Version(String::from("0.1")), |path| Runtime::Path {
        path,
        package: String::from("octogen-runtime"),
    });
    let options = CrateOptions {
        name: one.package.clone(),
        is_member: one.out.is_some(),
        features: one.features,
        evidence: evidence(&one.wishes)?,
        runtime,
        ..CrateOptions::default()
    };
    let loader = Recorder { folder: Folder::of(&one.file), read: RefCell::default() };
    let GeneratedCrate { diagnostics, output } = generate_crate(source, &loader, &options);
    row.openapi = version(&source.text);
    row.bytes = u64::try_from(source.text.len()).unwrap_or(u64::MAX);
    row.files = loader.read.take();
    problems(row, &diagnostics);
    let Some(output) = output else { return Ok(()) };
    counts(row, &output);
    payloads(row, &output.coverage);
    if one.wishes.twice {
        let again = generate_crate(source, &loader, &options).output;
        row.same = Some(again.is_some_and(|again| digest(&again) == row.digest));
    }
    if one.wishes.siblings {
        row.moved = Some(siblings::moved(source, &loader, &options, &output));
    }
    for file in output.files.iter().filter(|_| one.out.is_some()) {
        let place = one.out.as_deref().unwrap_or(Path::new(".")).join(&file.path);
        write(&place, &file.text).map_err(|error| format!("`{}` can't be written: {error}", place.display()))?;
    }
    Ok(())
}

fn evidence(wishes: &Wishes) -> Result<Evidence, String> {
    command::evidence::evidence(&wishes.evidence)
}

fn said(problem: &Diagnostic) -> Problem {
    Problem { place: problem.place.to_string(), message: problem.message.clone() }
}

fn problems(row: &mut Row, diagnostics: &[Diagnostic]) {
    let mut kinds: BTreeMap<String, Fallback> = BTreeMap::new();
    for one in diagnostics {
        if one.severity == Severity::Error {
            row.refused.push(said(one));
            continue;
        }
        row.warnings += 1;
        let what = class(&one.message);
        let Problem { place, message } = said(one);
        let first = Fallback { what: what.clone(), times: 0, place, message };
        kinds.entry(what).or_insert(first).times += 1;
    }
    row.refused.truncate(MOST_ERRORS);
    row.fallbacks = kinds.into_values().collect();
}

fn counts(row: &mut Row, output: &Crate) {
    row.operations = output.counts.operations;
    row.models = output.counts.models;
    let library = output.files.iter().filter(|file| file.path.starts_with("src/"));
    row.lines = library.map(|file| file.text.lines().count()).sum();
    row.digest = digest(output);
}

fn digest(output: &Crate) -> String {
    let mut all = String::new();
    for file in &output.files {
        all += &format!("{}\n{}\n{}", file.path, file.text.len(), file.text);
    }
    sha256(all.as_bytes())
}

fn payloads(row: &mut Row, coverage: &CoverageReport) {
    for (kind, counts) in &coverage.rows {
        let counts = Payloads {
            payloads: counts.payloads,
            fitting: counts.equal,
            contradicted: counts.contradicted,
            unsupported: counts.unsupported,
            with_json: counts.with_json,
            with_unknown_values: counts.with_unknown_values,
            with_unknown_variants: counts.with_unknown_variants,
            with_rests: counts.with_rests,
            leaves: counts.leaves,
            json_leaves: counts.json_leaves,
        };
        row.payloads.insert(kind.plural().to_owned(), counts);
    }
    for entry in coverage.entries.iter().filter(|entry| ["contradicted", "unsupported"].contains(&entry.state)) {
        *row.reasons.entry(format!("{}: {}", entry.state, class(&entry.why))).or_default() += 1;
    }
    let owned =
        |counts: &BTreeMap<&str, usize>| counts.iter().map(|(&what, &times)| (what.to_owned(), times)).collect();
    row.plain = owned(&coverage.plain);
    row.plain_places = owned(&coverage.places.plain);
    row.places = coverage.places.all;
    row.widened = coverage.widened.len();
}

/// Returns the value of `openapi` without parsing the document again.
fn version(text: &str) -> String {
    let key = text.match_indices("openapi").find_map(|(at, key)| {
        let rest = text[at + key.len()..].trim_start_matches(['"', '\'']).trim_start().strip_prefix(':')?;
        Some(rest.trim_start().trim_start_matches(['"', '\'']))
    });
    key.unwrap_or_default().chars().take_while(|c| c.is_ascii_digit() || *c == '.').take(12).collect()
}

/// Reads the files that a document refers to, and records their digests.
struct Recorder {
    folder: Folder,
    read: RefCell<BTreeMap<String, String>>,
}

impl Loader for Recorder {
    fn load(&self, path: &str) -> Result<Source, String> {
        let source = self.folder.load(path)?;
        self.read.borrow_mut().insert(path.to_owned(), sha256(source.text.as_bytes()));
        Ok(source)
    }
}
