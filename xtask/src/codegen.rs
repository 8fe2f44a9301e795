//! `cargo xtask codegen`: writes the generated modules of this workspace, or checks that they are up to date.

use std::path::Path;
use std::time::Instant;

use octogen::command::plan::{self, Change, Wanted, apply, changes};
use octogen::command::report;
use octogen::diagnostic::Levels;
use octogen::files::{Folder, read};
use octogen::{Heuristics, Options, Output, Style, generate};

use crate::say::say;
use crate::targets::{Target, fixtures, owned, specs, unknown_fields_of};

/// The rustfmt style of this repository: it equals `rustfmt.toml`.
pub const STYLE: Style = Style { max_width: 120, heuristics: Heuristics::Max };

const COMMAND: &str = "cargo xtask codegen";

/// Writes the generated files that are not up to date, and prints how many it wrote and deleted.
///
/// # Errors
///
/// If a document has an error, or a file can't be written.
pub fn write(root: &Path) -> Result<(), String> {
    let wanted = wanted(root).ok_or("nothing was written")?;
    let changes = changes(root, &wanted);
    apply(root, &wanted, &changes)?;
    let deleted = changes.iter().filter(|(_, change)| *change == Change::Orphaned).count();
    say(format!("{} files, {} written, {deleted} deleted", wanted.files.len(), changes.len() - deleted));
    Ok(())
}

/// Compares the generated files with the disk, writes nothing, and prints a line for each file that is not up to date.
///
/// # Errors
///
/// If a document has an error, or a file is not up to date.
pub fn check(root: &Path) -> Result<(), String> {
    let stale = stale(root).ok_or("the files could not be checked")?;
    for line in &stale {
        say(line);
    }
    if stale.is_empty() {
        say("all files are up to date");
        return Ok(());
    }
    Err(format!("{} files are not up to date; run `{COMMAND}`", stale.len()))
}

/// Returns a line for each file that is stale, missing or orphaned; returns `None` if a document has an error.
#[must_use]
pub fn stale(root: &Path) -> Option<Vec<String>> {
    let changes = changes(root, &wanted(root)?);
    Some(changes.iter().map(plan::describe_change).collect())
}

/// Returns all generated files, or `None` if a document has an error. It reads every document, so that one run reports
/// all errors.
fn wanted(root: &Path) -> Option<Wanted> {
    let mut wanted = Wanted { owned: owned(root), ..Wanted::default() };
    let mut failed = false;
    for (group, is_spec) in [(specs(root), true), (fixtures(root), false)] {
        let group = group.map_err(|message| eprintln!("error: {message}")).ok()?;
        let start = Instant::now();
        let mut modules = Vec::new();
        for target in &group {
            match generated(root, target) {
                Some(output) => {
                    if is_spec {
                        let Done { output, warnings, milliseconds } = &output;
                        say(report::summarize_run(&target.name, output.counts, *warnings, *milliseconds));
                    }
                    add(&mut wanted, target, output.output);
                }
                None => failed = true,
            }
            modules.push(target.round_trips.1.clone());
        }
        if let (Some(first), false) = (group.first(), failed) {
            roots(&mut wanted, first, &modules, is_spec);
        }
        if !is_spec && !group.is_empty() {
            say(format!("{} fixtures of the tests, {} ms", group.len(), start.elapsed().as_millis()));
        }
    }
    (!failed).then_some(wanted)
}

/// The output of one document, the number of its warnings, and the time that its generation took.
struct Done {
    output: Output,
    warnings: usize,
    milliseconds: u128,
}

/// Returns the options with which each document of `spec/` is generated.
///
/// # Errors
///
/// If the folder has a file whose name gives no module.
pub fn spec_options(root: &Path) -> Result<Vec<Options>, String> {
    Ok(specs(root)?.iter().map(options).collect())
}

fn options(target: &Target) -> Options {
    Options {
        mount: target.mount.clone(),
        outside: target.outside.clone(),
        levels: Levels { deny_warnings: target.deny_warnings, ..Levels::default() },
        evidence: target.evidence.clone(),
        unknown_fields: unknown_fields_of(&target.name),
        examples: target.examples.clone(),
        style: STYLE,
        ..Options::default()
    }
}

/// Generates from one document and prints its diagnostics.
fn generated(root: &Path, target: &Target) -> Option<Done> {
    let start = Instant::now();
    let file = root.join(&target.document);
    let source = match read(&file, &target.document.display().to_string()) {
        Ok(source) => source,
        Err(problem) => {
            report::print_unreadable(&problem, &file);
            return None;
        }
    };
    let loader = Folder::of(&file);
    let options = options(target);
    let generated = generate(&source, &loader, &options);
    let milliseconds = start.elapsed().as_millis();
    // Fixtures cause warnings on purpose; snapshots contain those warnings.
    if target.shows_warnings || generated.output.is_none() {
        report::diagnostics(&generated.diagnostics, &source, &[], &loader, generated.output.is_none());
    }
    let warnings = generated.diagnostics.len();
    if generated.output.is_none() {
        eprintln!("{}: not generated", target.name);
    }
    generated.output.map(|output| Done { output, warnings, milliseconds })
}

fn add(wanted: &mut Wanted, target: &Target, output: Output) {
    for file in output.library {
        wanted.files.insert(target.library.join(file.path), file.text);
    }
    let tables = target.type_table.iter().map(|place| (place, &output.type_table));
    for ((folder, stem), file) in tables.chain([(&target.round_trips, &output.round_trips)]) {
        wanted.files.insert(folder.join(format!("{stem}.rs")), file.text.clone());
    }
}

/// Adds the `mod.rs` files, which only list the modules of a group of documents.
fn roots(wanted: &mut Wanted, first: &Target, modules: &[String], is_spec: bool) {
    let list = |visibility: &str| {
        let mut modules = modules.to_vec();
        modules.sort();
        let modules: String = modules.iter().map(|name| format!("{visibility}mod {name};\n")).collect();
        format!("// @generated by octogen from the folder of the documents.\n\n{modules}")
    };
    wanted.files.insert(first.round_trips.0.join("main.rs"), list(""));
    if !is_spec && let Some(folder) = first.library.parent() {
        wanted.files.insert(folder.join("mod.rs"), list("pub "));
    }
}
