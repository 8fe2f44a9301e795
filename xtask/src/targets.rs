//! The documents that `cargo xtask codegen` reads, and the folders of their output.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use octogen::command::evidence::evidence;
use octogen::files::sorted_entries;
use octogen::{Evidence, ExampleFunctions, Mode, UnknownFields};

/// The folders that `cargo xtask events` writes into.
pub const EVENT_FOLDERS: [&str; 2] = ["generated/src/events", "generated/src/event"];

/// A document and the places of its output, relative to the top folder.
#[derive(Debug)]
pub(crate) struct Target {
    /// The document's name in the report.
    pub(crate) name: String,
    /// The path of the document.
    pub(crate) document: PathBuf,
    /// The path of the library's module, as its own crate and as the package `tests` write it.
    pub(crate) mount: String,
    pub(crate) outside: String,
    /// The folder of the generated library.
    pub(crate) library: PathBuf,
    /// The folder and the file stem of the generated tests.
    pub(crate) round_trips: (PathBuf, String),
    /// The folder and the file stem of the table of types, if the target has one.
    pub(crate) type_table: Option<(PathBuf, String)>,
    /// The evidence that may widen types. An example of `spec/` widens nothing: one that does not fit is an error.
    pub(crate) evidence: Evidence,
    /// Whether the models have `example()`. That of `github-apps` is behind a Cargo feature.
    pub(crate) examples: ExampleFunctions,
    /// Whether a warning is an error.
    pub(crate) deny_warnings: bool,
    /// Whether a run without errors prints the warnings.
    pub(crate) shows_warnings: bool,
}

/// Returns the folders whose generated files belong to `cargo xtask codegen`, even after their document is deleted:
/// those of the tests, and the modules of `github-apps` except the events, which `cargo xtask events` writes.
pub(crate) fn owned(root: &Path) -> BTreeSet<PathBuf> {
    let of_tests = ["generated/examples/types", "tests/tests/round_trips", "tests/src/emitted", "tests/tests/emitted"];
    let modules = sorted_entries(&root.join("generated/src")).into_iter().filter(|path| path.is_dir());
    let modules = modules.filter_map(|path| path.strip_prefix(root).map(Path::to_path_buf).ok());
    let modules = modules.filter(|path| !EVENT_FOLDERS.iter().any(|written| path == Path::new(written)));
    modules.chain(of_tests.map(PathBuf::from)).collect()
}

/// Returns the documents of `github-apps`: each file of `spec/` is one generation, one module and one Cargo feature.
pub(crate) fn specs(root: &Path) -> Result<Vec<Target>, String> {
    let target = |(document, stem, module): (PathBuf, String, String)| Target {
        document,
        mount: format!("crate::{module}"),
        outside: format!("github_apps::{module}"),
        library: PathBuf::from(format!("generated/src/{module}")),
        round_trips: (PathBuf::from("tests/tests/round_trips"), module.clone()),
        type_table: Some((PathBuf::from("generated/examples/types"), module)),
        evidence: Evidence { mode: Mode::Off, ..Evidence::default() },
        examples: ExampleFunctions::Feature(String::from("examples")),
        deny_warnings: true,
        shows_warnings: true,
        name: stem,
    };
    Ok(documents(root, "spec")?.into_iter().map(target).collect())
}

/// Returns the fixtures of the tests, one module for each topic.
pub(crate) fn fixtures(root: &Path) -> Result<Vec<Target>, String> {
    let target = |(document, stem, module): (PathBuf, String, String)| Target {
        document,
        mount: format!("crate::emitted::{module}"),
        outside: format!("tests::emitted::{module}"),
        library: PathBuf::from(format!("tests/src/emitted/{module}")),
        round_trips: (PathBuf::from("tests/tests/emitted"), module),
        type_table: None,
        evidence: evidence_of(&stem),
        examples: ExampleFunctions::Always,
        deny_warnings: false,
        shows_warnings: false,
        name: stem,
    };
    Ok(documents(root, "tests/fixtures/emit")?.into_iter().map(target).collect())
}

/// Returns the documents in a folder, each with its file stem and its module name.
fn documents(root: &Path, folder: &str) -> Result<Vec<(PathBuf, String, String)>, String> {
    let mut found: Vec<(PathBuf, String, String)> = Vec::new();
    for path in sorted_entries(&root.join(folder)) {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let Some((stem, "yaml" | "yml" | "json")) = name.rsplit_once('.') else {
            continue;
        };
        let module = stem.replace('-', "_");
        if !octogen::is_module_name(&module) {
            return Err(format!(
                "`{folder}/{name}` gives no name for a module: use lower-case letters, digits and `-`"
            ));
        }
        if let Some((other, ..)) = found.iter().find(|(.., taken)| *taken == module) {
            return Err(format!("`{folder}/{name}` and `{}` give the same module `{module}`", other.display()));
        }
        found.push((PathBuf::from(format!("{folder}/{name}")), stem.to_owned(), module));
    }
    Ok(found)
}

/// Returns the option for undeclared keys of a fixture: the topic `unknown_fields` keeps them.
pub fn unknown_fields_of(topic: &str) -> UnknownFields {
    if topic == "unknown_fields" { UnknownFields::Keep } else { UnknownFields::default() }
}

/// Returns the evidence for a fixture: a topic `evidence_MODE` is named after its mode.
#[must_use]
pub fn evidence_of(topic: &str) -> Evidence {
    let words: Vec<PathBuf> = topic.strip_prefix("evidence_").map(PathBuf::from).into_iter().collect();
    evidence(&words).unwrap_or_default()
}
