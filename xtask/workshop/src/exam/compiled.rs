//! The compiled part of the exam: emitted crates decode the made values and write them back, and the results are compared
//! with the predictions.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use octogen::files::{Folder, read, write};
use octogen::predict::PredictedVariant;
use octogen::{CrateOptions, Evidence, Mode, Runtime, UnknownFields, generate_crate, rust_names};
use serde_json::Value;

use super::examine::{Valid, examine};
use super::judge::Outcome;
use super::results::Results;
use crate::corpus::run::documents::Document;
use xtask::say;

/// The environment variable with the file of values that the emitted test reads.
const VALUES: &str = "OCTOGEN_EXAM_VALUES";

/// The environment variable with the file that the emitted test writes.
const RESULTS: &str = "OCTOGEN_EXAM_RESULTS";

/// Compiles the crates of documents with a test of the made values, and compares the results with the predictions.
///
/// # Errors
///
/// If a crate can't be written or compiled, or a result differs from its prediction.
pub(super) fn compile(root: &Path, documents: &[Document], values: usize) -> Result<Results, String> {
    let folder = root.join("target/exam-run");
    let _ = fs::remove_dir_all(folder.join("crates"));
    let mut all = Results::default();
    let mut written = Vec::new();
    for document in documents {
        let (results, lines) = write_crate(root, &folder, document, values)?;
        all.merge(results);
        written.extend(lines.map(|lines| (document, lines)));
    }
    let manifest = "[workspace]\nmembers = [\"crates/*\"]\nresolver = \"3\"\n\n[profile.dev]\ndebug = 0\n";
    put(&folder.join("Cargo.toml"), manifest)?;
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    let mut failed = 0;
    for (document, lines) in written {
        match compare(&folder, document, &lines) {
            Ok((equal, different)) => {
                let variants: usize = lines.iter().map(|line| line.variants.len()).sum();
                say(format!(
                    "{}: {equal} results as predicted, {} others; {variants} variants are compared",
                    document.name,
                    different.len()
                ));
                different.iter().take(10).for_each(say);
                failed += usize::from(!different.is_empty());
            }
            Err(message) => {
                say(format!("{}: {message}", document.name));
                failed += 1;
            }
        }
    }
    if failed > 0 {
        return Err(format!("the crates of {failed} documents differ from the predictions, or were not compiled"));
    }
    Ok(all)
}

/// A value with its prediction.
struct Line {
    predicted: Outcome,
    /// The Rust names of the variants that the value and its parts are decoded as.
    variants: Vec<String>,
    text: String,
}

/// Writes the crate of a document with its test and the table of values. Returns the lines of the table, or none if no
/// crate can be generated.
fn write_crate(
    root: &Path,
    folder: &Path,
    document: &Document,
    values: usize,
) -> Result<(Results, Option<Vec<Line>>), String> {
    let name = document.file.file_name().unwrap_or_default().to_string_lossy();
    let source = read(&document.file, &name).map_err(|problem| problem.message)?;
    let loader = Folder::of(&document.file);
    let options = CrateOptions {
        name: Some(document.package()),
        is_member: true,
        runtime: Runtime::Path {
            path: root.join("codegen/runtime").display().to_string(),
            package: String::from("octogen-runtime"),
        },
        unknown_fields: UnknownFields::Keep,
        evidence: Evidence { mode: Mode::Off, ..Evidence::default() },
        ..CrateOptions::default()
    };
    let Some(output) = generate_crate(&source, &loader, &options).output else {
        return Ok((Results::default(), None));
    };
    let names = rust_names(&source, &loader, &options);
    let mut indices: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut lines, mut table) = (Vec::new(), String::new());
    let results =
        examine(&document.name, &source, &loader, values, &mut |Valid { place, text, outcome, variants, .. }| {
            if let Some(ty) = names.types.get(place) {
                let next = indices.len();
                let index = *indices.entry(ty).or_insert(next);
                let _ = writeln!(table, "{index}\t{text}");
                let name = |one: &PredictedVariant| {
                    let places = (one.union.to_string(), one.variant.as_ref()?.to_string());
                    names.variants.get(&places).cloned()
                };
                lines.push(Line {
                    predicted: outcome,
                    variants: variants.iter().filter_map(name).collect(),
                    text: text.to_owned(),
                });
            }
        });
    let target = folder.join("crates").join(document.package());
    for file in output.files.iter().filter(|file| file.path != "tests/round_trips.rs") {
        put(&target.join(&file.path), &file.text)?;
    }
    put(&target.join("values.tsv"), &table)?;
    put(&target.join("tests/exam.rs"), &test(&document.package().replace('-', "_"), &indices))?;
    Ok((results, Some(lines)))
}

fn put(file: &Path, text: &str) -> Result<(), String> {
    write(file, text).map_err(|error| format!("`{}` can't be written: {error}", file.display()))
}

/// Returns the test: it decodes each value as its type, and writes a line with the JSON that comes back and the value as
/// `Debug` shows it, or with `!` and the error.
fn test(library: &str, types: &BTreeMap<&str, usize>) -> String {
    let mut sorted: Vec<(&&str, &usize)> = types.iter().collect();
    sorted.sort_by_key(|(_, index)| **index);
    let mut text = String::from(
        "#![allow(unused_imports, reason = \"the types need only some of them\")]\n\nuse octogen_runtime::*;\n",
    );
    let _ = writeln!(text, "use {library}::models;\n");
    text += "fn back<T: Slot + std::fmt::Debug>(json: &str) -> String {\n";
    text += "    match decode::<T>(json.as_bytes()) {\n";
    text += "        Ok(value) => format!(\"{}\\t{value:?}\", encode(&value)),\n";
    text += "        Err(error) => format!(\"!{error}\").replace('\\n', \" \"),\n    }\n}\n\n";
    text += "const TYPES: &[fn(&str) -> String] = &[\n";
    for (ty, _) in sorted {
        let _ = writeln!(text, "    back::<{ty}>,");
    }
    text += "];\n\n#[test]\nfn exam() {\n";
    let _ = writeln!(text, "    let file = |name: &str| std::env::var(name).expect(\"the exam sets it\");");
    let _ = writeln!(text, "    let values = std::fs::read_to_string(file({VALUES:?})).expect(\"the exam wrote it\");");
    text += "    let line = |line: &str| {\n";
    text += "        let (index, json) = line.split_once('\\t').expect(\"a line has two columns\");\n";
    text += "        TYPES[index.parse::<usize>().expect(\"an index\")](json) + \"\\n\"\n    };\n";
    let _ = writeln!(text, "    let results: String = values.lines().map(line).collect();");
    let _ = writeln!(text, "    std::fs::write(file({RESULTS:?}), results).expect(\"the folder is writable\");\n}}");
    text
}

/// Runs the test of a crate. Returns the number of results as predicted, and a text for each other one.
fn compare(folder: &Path, document: &Document, lines: &[Line]) -> Result<(usize, Vec<String>), String> {
    let package = document.package();
    let target = folder.join("crates").join(&package);
    let results = target.join("results.txt");
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let done = Command::new(program)
        .current_dir(folder)
        .args(["test", "--quiet", "--package", &package, "--test", "exam"])
        .env(VALUES, target.join("values.tsv"))
        .env(RESULTS, &results)
        .output()
        .map_err(|error| format!("cargo can't be run: {error}"))?;
    if !done.status.success() {
        let text = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(text.lines().filter(|line| line.starts_with("error")).take(5).collect::<Vec<_>>().join("\n"));
    }
    let found = fs::read_to_string(&results).map_err(|error| format!("the test wrote no results: {error}"))?;
    let (mut equal, mut different) = (0, Vec::new());
    for (Line { predicted, variants, text }, found) in lines.iter().zip(found.lines()) {
        let (found, decoded) = found.split_once('\t').unwrap_or((found, ""));
        let compiled = match found.strip_prefix('!') {
            Some(_) => Outcome::Refused,
            None if same(text, found) => Outcome::Equal,
            None => Outcome::Changed,
        };
        let predicted = match predicted {
            Outcome::Refused | Outcome::Changed => *predicted,
            _ => Outcome::Equal,
        };
        let missing = missing_variant(variants, decoded).filter(|_| compiled != Outcome::Refused);
        if let Some(variant) = missing {
            different.push(format!("  predicted the variant {variant}: {text}\n    {decoded}"));
        } else if compiled == predicted {
            equal += 1;
        } else {
            different.push(format!("  predicted {predicted:?}, compiled {compiled:?}: {text}\n    {found}"));
        }
    }
    Ok((equal, different))
}

/// Returns a variant that `Debug` shows less often than it was predicted.
fn missing_variant<'v>(predicted: &'v [String], decoded: &str) -> Option<&'v String> {
    let mut decoded_variants: BTreeMap<&str, usize> = BTreeMap::new();
    for name in variants_in(decoded) {
        *decoded_variants.entry(name).or_default() += 1;
    }
    predicted.iter().find(|name| match decoded_variants.get_mut(name.as_str()) {
        Some(times) if *times > 0 => {
            *times -= 1;
            false
        }
        _ => true,
    })
}

/// Returns the names before a parenthesis in a text that `Debug` wrote, outside of string literals.
fn variants_in(decoded: &str) -> Vec<&str> {
    let (mut names, mut start, mut is_quoted, mut is_escaped) = (Vec::new(), 0, false, false);
    for (at, char) in decoded.char_indices() {
        match char {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => {
                is_quoted = !is_quoted;
                start = at + 1;
            }
            _ if is_quoted => {}
            '(' => {
                names.push(&decoded[start..at]);
                start = at + 1;
            }
            char if !char.is_alphanumeric() && char != '_' => start = at + char.len_utf8(),
            _ => {}
        }
    }
    names
}

/// Returns whether two texts are the same JSON, whatever the order of keys.
fn same(one: &str, other: &str) -> bool {
    let parsed = |text: &str| serde_json::from_str::<Value>(text).ok();
    parsed(one).is_some_and(|one| parsed(other).is_some_and(|other| one == other))
}
