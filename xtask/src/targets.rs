//! What is generated from which document, and where it goes.

use std::path::{Path, PathBuf};

use crate::files::sorted_entries;

/// A document and the places of its output, relative to the top folder.
#[derive(Debug)]
pub(crate) struct Target {
    /// What the report calls it.
    pub(crate) name: String,
    /// The document.
    pub(crate) document: PathBuf,
    /// The module that the library stands in, seen from its own crate and from that of the tests.
    pub(crate) mount: String,
    pub(crate) outside: String,
    /// The folder of the library.
    pub(crate) library: PathBuf,
    /// The folder and the stem of the file that holds the tests.
    pub(crate) round_trips: (PathBuf, String),
    /// The same of the table of types, where one is wanted.
    pub(crate) type_table: Option<(PathBuf, String)>,
    /// Whether a warning is an error.
    pub(crate) deny_warnings: bool,
    /// Whether warnings are shown where nothing is wrong otherwise.
    pub(crate) shows_warnings: bool,
}

/// The documents of the generated crate: each file of `spec/` is a generation, a module and a Cargo feature.
pub(crate) fn specs(root: &Path) -> Vec<Target> {
    let stems = yaml_stems(&root.join("spec"));
    let target = |stem: String| {
        let module = stem.replace('-', "_");
        Target {
            document: PathBuf::from(format!("spec/{stem}.yaml")),
            mount: format!("crate::{module}"),
            outside: format!("github_apps::{module}"),
            library: PathBuf::from(format!("generated/src/{module}")),
            round_trips: (PathBuf::from("tests/tests/round_trips"), module.clone()),
            type_table: Some((PathBuf::from("generated/examples/types"), module)),
            deny_warnings: true,
            shows_warnings: true,
            name: stem,
        }
    };
    stems.into_iter().map(target).collect()
}

/// The fixtures of the tests, one module for each topic.
pub(crate) fn fixtures(root: &Path) -> Vec<Target> {
    let stems = yaml_stems(&root.join("tests/fixtures/emit"));
    let target = |stem: String| Target {
        document: PathBuf::from(format!("tests/fixtures/emit/{stem}.yaml")),
        mount: format!("crate::emitted::{stem}"),
        outside: format!("tests::emitted::{stem}"),
        library: PathBuf::from(format!("tests/src/emitted/{stem}")),
        round_trips: (PathBuf::from("tests/tests/emitted"), stem.clone()),
        type_table: None,
        deny_warnings: false,
        shows_warnings: false,
        name: stem,
    };
    stems.into_iter().map(target).collect()
}

fn yaml_stems(folder: &Path) -> Vec<String> {
    let stem = |path: PathBuf| {
        let is_yaml = path.extension().is_some_and(|ending| ending == "yaml");
        is_yaml.then(|| path.file_stem()?.to_str().map(str::to_owned)).flatten()
    };
    sorted_entries(folder).into_iter().filter_map(stem).collect()
}
