//! `cargo xtask codegen`.

use std::path::{Path, PathBuf};
use std::time::Instant;

use octogen::{Counts, Options, Output, generate};

use crate::files::{Folder, source};
use crate::plan::{Change, Wanted, apply, changes};
use crate::report;
use crate::targets::{OWNED, Target, fixtures, specs};

const COMMAND: &str = "cargo xtask codegen";

/// Writes what is not up to date and prints how much that was.
///
/// # Errors
///
/// Where a document has an error, or a file can't be written.
pub fn write(root: &Path) -> Result<(), String> {
    let wanted = wanted(root).ok_or("nothing was written")?;
    let changes = changes(root, &wanted);
    apply(root, &wanted, &changes)?;
    let deleted = changes.iter().filter(|(_, change)| *change == Change::Orphaned).count();
    println!("{} files, {} written, {deleted} deleted", wanted.files.len(), changes.len() - deleted);
    Ok(())
}

/// Writes nothing; prints what is not up to date.
///
/// # Errors
///
/// Where a document has an error, or a file is not up to date.
pub fn check(root: &Path) -> Result<(), String> {
    let stale = stale(root).ok_or("the files could not be checked")?;
    for line in &stale {
        println!("{line}");
    }
    if stale.is_empty() {
        println!("all files are up to date");
        return Ok(());
    }
    Err(format!("{} files are not up to date; run `{COMMAND}`", stale.len()))
}

/// A line for each file that is stale, missing or orphaned; `None` where a document has an error.
#[must_use]
pub fn stale(root: &Path) -> Option<Vec<String>> {
    let line = |(path, change): &(PathBuf, Change)| {
        let word = match change {
            Change::Missing => "missing",
            Change::Stale => "stale",
            Change::Orphaned => "orphaned",
        };
        format!("{word:>8}  {}", path.display())
    };
    Some(changes(root, &wanted(root)?).iter().map(line).collect())
}

/// Generates from one document and writes nothing.
///
/// # Errors
///
/// Where the document has an error.
pub fn try_document(file: &Path) -> Result<(), String> {
    let target = Target {
        name: file.display().to_string(),
        document: file.to_path_buf(),
        mount: String::from("crate"),
        outside: String::from("crate"),
        library: PathBuf::new(),
        round_trips: (PathBuf::new(), String::new()),
        type_table: None,
        deny_warnings: false,
        shows_warnings: true,
    };
    let done = generated(Path::new(""), &target).ok_or("nothing could be generated")?;
    println!("{}", line("", &done).trim_start());
    Ok(())
}

/// All files that should be there, if no document has an error; each is read, so that one run shows all errors.
fn wanted(root: &Path) -> Option<Wanted> {
    let mut wanted = Wanted { owned: OWNED.map(PathBuf::from).into(), ..Wanted::default() };
    let mut failed = false;
    for (group, is_spec) in [(specs(root), true), (fixtures(root), false)] {
        let group = group.map_err(|message| eprintln!("error: {message}")).ok()?;
        let start = Instant::now();
        let mut modules = Vec::new();
        for target in &group {
            match generated(root, target) {
                Some(output) => {
                    if is_spec {
                        println!("{}", line(&target.name, &output));
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
            println!("{} fixtures of the tests, {} ms", group.len(), start.elapsed().as_millis());
        }
    }
    (!failed).then_some(wanted)
}

/// What came of one document, and how long it took.
struct Done {
    output: Output,
    warnings: usize,
    milliseconds: u128,
}

/// The line on a document; it fits a terminal of 80 columns.
fn line(name: &str, done: &Done) -> String {
    let Counts { operations, models, examples } = done.output.counts;
    let Done { warnings, milliseconds, .. } = done;
    format!(
        "{name:<14} {operations:>5} operations {models:>5} models {examples:>5} examples {warnings:>4} warnings {milliseconds:>5} ms"
    )
}

/// Generates from one document; what is wrong with it is shown where it matters.
fn generated(root: &Path, target: &Target) -> Option<Done> {
    let start = Instant::now();
    let file = root.join(&target.document);
    let source = match source(&file, target.document.display().to_string()) {
        Ok(source) => source,
        Err(problem) => {
            report::unreadable(&problem, &file);
            return None;
        }
    };
    // The parent of a bare file name is an empty path, which is no folder.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let loader = Folder(folder.to_path_buf());
    let options = Options {
        mount: target.mount.clone(),
        outside: target.outside.clone(),
        deny_warnings: target.deny_warnings,
        ..Options::default()
    };
    let generated = generate(&source, &loader, &options);
    let milliseconds = start.elapsed().as_millis();
    // Fixtures warn on purpose; their warnings are in their snapshots.
    if target.shows_warnings || generated.output.is_none() {
        report::diagnostics(&generated.diagnostics, &source, &loader, generated.output.is_none());
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

/// The files that only list the modules of a group.
fn roots(wanted: &mut Wanted, first: &Target, modules: &[String], is_spec: bool) {
    let list = |visibility: &str| {
        let module = |name: &String| format!("#[rustfmt::skip]\n{visibility}mod {name};\n");
        let modules: Vec<String> = modules.iter().map(module).collect();
        format!("// @generated by octogen from the folder of the documents.\n\n{}", modules.join("\n"))
    };
    wanted.files.insert(first.round_trips.0.join("main.rs"), list(""));
    if !is_spec && let Some(folder) = first.library.parent() {
        wanted.files.insert(folder.join("mod.rs"), list("pub "));
    }
}
