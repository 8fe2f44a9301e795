//! `cargo xtask bench decode`: writes the sources of the codec benchmark (octogen's types, types of the same shape with
//! serde's derives, and the payloads), and runs it.

mod cases;
mod shapes;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use octogen::files::{files_below, sorted_entries, write};
use octogen_runtime::Value;
use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use self::shapes::Tables;
use super::chart::{self, Bar};
use super::report::{self, grouped, table};
use super::{binary, finished, spec, work};
use crate::corpus;

const CODECS: [&str; 5] = ["octogen", "octogen, keep", "serde_json", "sonic-rs", "simd-json"];

const MANIFEST: &str = r#"[package]
name = "theirs"
version = "0.0.0"
edition = "2024"

[dependencies]
serde = { version = "1", features = ["derive"] }
serde_json = "1"

[workspace]
"#;

const ROOT: &str =
    "#![allow(unused, clippy::all, private_interfaces, reason = \"shapes for a benchmark, which nobody calls\")]\n
extern crate self as octogen_runtime;

pub type Date = String;
pub type Map<T> = std::collections::BTreeMap<String, T>;
pub type Maybe<T> = Option<T>;
pub type Number = f64;
pub type Secret = String;
pub type Timestamp = String;
pub type Value = serde_json::Value;

// The emitted files still import these names, though the tables that used them are removed.
pub struct JsonType;
pub struct Test;

#[macro_export]
macro_rules! object {
    () => {};
}

#[macro_export]
macro_rules! setters {
    () => {};
}

#[macro_export]
macro_rules! string_enum {
    () => {};
}

#[macro_export]
macro_rules! union {
    () => {};
}

pub mod models;
";

/// The time limit of the benchmark. For all of GitHub, each codec with serde's derives compiles for ten minutes.
const LIMIT: Duration = Duration::from_secs(4 * 3600);

/// Criterion's results: nanoseconds by group and codec, and the number of payloads and bytes of each group.
#[derive(Default)]
struct Found {
    times: BTreeMap<(String, String), f64>,
    groups: Vec<(String, u64, u64)>,
    left_out: usize,
}

/// Generates both crates, compares the codecs, and writes the results into the report.
pub(super) fn decode(root: &Path, with_simd: bool) -> Result<(), String> {
    let target = work(root).join("decode");
    let octogen = binary(root)?;
    for (name, unknown) in [("ours", "drop"), ("ours-keep", "keep")] {
        let mut command = Command::new(&octogen);
        command.arg("--spec").arg(spec(root)?).arg("--out").arg(target.join(name)).args(["--name", name, "--forget"]);
        command.arg("--runtime").arg(root.join("codegen/runtime")).args(["--unknown-fields", unknown]);
        command.arg("--evidence").arg("presence").arg("--evidence").arg(corpus::payloads(root)?);
        finished(&mut command, &target.join("generate.log"), LIMIT)?;
    }
    prepare(&target.join("ours"), &target)?;
    let bench = root.join("tests/benches");
    let mut build = Command::new("cargo");
    build.arg("build");
    if !with_simd {
        build.args(["--no-default-features", "--features", "derived"]);
    }
    build.args(["--release", "--target-dir"]).arg(target.join("build")).current_dir(&bench);
    finished(&mut build, &target.join("build.log"), LIMIT)?;
    let log = target.join("run.log");
    let mut measure = Command::new(target.join("build/release/decode"));
    // Without this variable, criterion writes into Cargo's target folder.
    measure.arg("--bench").env("CRITERION_HOME", target.join("criterion"));
    finished(measure.current_dir(&target), &log, LIMIT)?;
    let found = found(&target, &fs::read_to_string(&log).map_err(|error| error.to_string())?)?;
    section(root, &found)
}

/// Reads the results from the output of the benchmark and from criterion's files.
fn found(target: &Path, printed: &str) -> Result<Found, String> {
    let mut found = Found::default();
    for line in printed.lines() {
        let words: Vec<&str> = line.split('\t').collect();
        match words.as_slice() {
            ["left out", ..] => found.left_out += 1,
            ["payloads", name, count, bytes] => {
                let number = |word: &str| word.parse().unwrap_or_default();
                found.groups.push(((*name).to_owned(), number(count), number(bytes)));
            }
            _ => {}
        }
    }
    for file in files_below(&target.join("criterion")) {
        if !file.ends_with("new/estimates.json") {
            continue;
        }
        let parts: Vec<String> =
            file.iter().rev().skip(2).take(2).map(|part| part.to_string_lossy().into_owned()).collect();
        let bytes = fs::read(&file).map_err(|error| error.to_string())?;
        let estimates: Value = octogen_runtime::decode(&bytes).map_err(|error| error.to_string())?;
        let median = estimates.get("median").and_then(|median| median.get("point_estimate")).and_then(Value::as_f64);
        if let ([codec, group], Some(median)) = (parts.as_slice(), median) {
            found.times.insert((group.clone(), codec.clone()), median);
        }
    }
    Ok(found)
}

fn section(root: &Path, found: &Found) -> Result<(), String> {
    let mut body = String::from(
        "`cargo xtask bench decode` measures with criterion, in one process and on the same bytes. Figures are medians.\n\n\
         - The payloads are all documented objects and arrays of GitHub's description, and the recorded webhooks of \
         `@octokit/webhooks-examples` 7.6.1.\n\
         - octogen decodes into the type that it emits with `--evidence presence`; `keep` adds `--unknown-fields keep`.\n\
         - The other codecs decode into structs with serde's derives and the same fields, written by \
         `xtask/workshop/src/bench/decode`. Enums have `#[serde(other)]`, unions are `untagged`, maps beside fields are \
         `flatten`, numbers are `f64`.\n\
         - octogen keeps more: unknown values, null or absent, the text of numbers, and the order of keys.\n\
         - Dropping the decoded value is part of the time.\n\
         - *Plain* payloads have types without unions and without maps beside fields. serde reads those two through a \
         copy.\n",
    );
    for kind in ["decode", "encode"] {
        let mut rows = Vec::new();
        let mut bars = Vec::new();
        for (name, count, bytes) in &found.groups {
            let time = |codec: &str| found.times.get(&(format!("{kind} {name}"), codec.to_owned())).copied();
            let (Some(ours), Some(serde)) = (time(CODECS[0]), time("serde_json")) else { continue };
            let mut row = vec![name.clone(), grouped(*count), format!("{:.2}", *bytes as f64 / 1e6)];
            for codec in CODECS {
                let speed = time(codec).map(|time| *bytes as f64 * 1000.0 / time);
                row.push(speed.map_or_else(String::new, |speed| format!("{speed:.0}")));
                if let Some(speed) = speed {
                    let label = format!("{name}: {codec}");
                    let text = format!("{speed:.0} MB/s");
                    bars.push(Bar { label, value: speed, text, is_ours: codec.starts_with("octogen") });
                }
            }
            row.push(format!("{:.2}", serde / ours));
            rows.push(row);
        }
        let columns = [
            "payloads",
            "count",
            "MB",
            "octogen",
            "keep",
            "serde_json",
            "sonic-rs",
            "simd-json",
            "octogen to serde_json",
        ];
        let title = format!("Megabytes per second, {kind}");
        let chart = report::chart(root, kind, &title, &chart::bars(&title, &bars))?;
        body += &format!("\n{title}:\n\n{}\n{chart}", table(&columns, &rows));
    }
    let left_out = found.left_out;
    body += &format!("\n{left_out} payloads are excluded because one of the codecs refuses them.\n");
    report::section(root, report::DECODE, &body)
}

/// Writes the crate `theirs` and the cases beside a generated crate.
fn prepare(ours: &Path, target: &Path) -> Result<(), String> {
    let models = files(&ours.join("src/models"))?;
    let mut tables = Tables::default();
    for (_, file) in models.iter().chain(&files(&ours.join("src/models/tables"))?) {
        tables.read(file);
    }
    let theirs = target.join("theirs");
    write_text(&theirs.join("Cargo.toml"), MANIFEST)?;
    write_text(&theirs.join("src/lib.rs"), ROOT)?;
    for (path, file) in &models {
        let name = path.file_name().unwrap_or_default();
        write_tokens(&theirs.join("src/models").join(name), &tables.derived(file))?;
    }
    let models: Vec<syn::File> = models.into_iter().map(|(_, file)| file).collect();
    let tests = parsed(&ours.join("tests/round_trips.rs"))?;
    let cases = cases::cases(&tests, &tables.buffered(&models));
    write_tokens(&target.join("cases.rs"), &cases.payloads)?;
    write_tokens(&target.join("ours.rs"), &cases.ours)?;
    write_tokens(&target.join("theirs.rs"), &cases.theirs)
}

/// Returns the Rust files directly in a folder.
fn files(folder: &Path) -> Result<Vec<(PathBuf, syn::File)>, String> {
    let paths = sorted_entries(folder).into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "rs"));
    paths.map(|path| parsed(&path).map(|file| (path, file))).collect()
}

fn parsed(path: &Path) -> Result<syn::File, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("`{}` can't be read: {error}", path.display()))?;
    let unreadable = |error| format!("`{}` is not valid Rust: {error}", path.display());
    let mut file = syn::parse_file(&text).map_err(unreadable)?;
    for item in std::mem::take(&mut file.items) {
        match item {
            syn::Item::Macro(call) if call.mac.path.is_ident("aliases") => {
                file.items.extend(aliases(call.mac.tokens).map_err(unreadable)?);
            }
            other => file.items.push(other),
        }
    }
    Ok(file)
}

/// Reads the items that the macro `aliases!` declares.
fn aliases(tokens: TokenStream) -> syn::Result<Vec<syn::Item>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(sign) if sign.as_char() == ';');
    let alias = |tokens: &[TokenTree]| {
        let tokens: TokenStream = tokens.iter().cloned().collect();
        syn::parse2(quote!(pub type #tokens))
    };
    tokens.split_inclusive(is_end).map(alias).collect()
}

fn write_tokens(path: &Path, tokens: &TokenStream) -> Result<(), String> {
    write_text(path, &tokens.to_string())
}

/// Unchanged files keep their modification time, so that cargo compiles only the others.
fn write_text(path: &Path, text: &str) -> Result<(), String> {
    if fs::read_to_string(path).is_ok_and(|there| there == text) {
        return Ok(());
    }
    write(path, text).map_err(|error| error.to_string())
}
