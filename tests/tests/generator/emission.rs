//! The output for each fixture, as a snapshot that people read before they accept it.

use std::fs;
use std::path::{Path, PathBuf};

use octogen::diagnostic::{Diagnostic, Severity};
use octogen::source::{Loader, Source};
use octogen::{ExampleFunctions, Generated, Options, generate};

const FIXTURES: &str = "tests/fixtures/emit";
const EMITTED: &str = "tests/src/emitted";
const MAX_LINES: usize = 20;

#[test]
fn each_fixture_gives_what_its_snapshot_shows() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../../snapshots/emission");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for topic in topics() {
            insta::assert_snapshot!(topic.as_str(), snapshot_text(&topic, &generated(&topic)));
        }
    });
}

#[test]
fn each_fixture_is_short() {
    let mut files = vec![root().join(FIXTURES)];
    let mut count = 0;
    while let Some(file) = files.pop() {
        if file.is_dir() {
            files.extend(entries(&file));
            continue;
        }
        let lines = read(&file).lines().count();
        assert!(lines <= MAX_LINES, "{} has {lines} lines, and {MAX_LINES} are enough for a topic", file.display());
        count += 1;
    }
    assert!(count > 20, "only {count} fixtures were found");
}

#[test]
fn the_committed_modules_are_those_that_are_generated() {
    for topic in topics() {
        let generated = generated(&topic);
        let output =
            generated.output.unwrap_or_else(|| panic!("{topic} is not generated: {:?}", generated.diagnostics));
        let folder = root().join(EMITTED).join(&topic);
        for file in output.library {
            let same = read(&folder.join(&file.path)) == file.text;
            assert!(same, "{topic}/{} is stale: run `cargo xtask codegen`", file.path);
        }
        let tests = read(&root().join("tests/tests/emitted").join(format!("{topic}.rs")));
        assert!(tests == output.round_trips.text, "the round trips of {topic} are stale: run `cargo xtask codegen`");
    }
}

#[test]
fn two_runs_give_the_same_bytes() {
    for topic in topics() {
        let (one, other) = (generated(&topic), generated(&topic));
        assert_eq!(one.diagnostics, other.diagnostics, "{topic}");
        let texts = |generated: Generated| {
            let output = generated.output.unwrap_or_else(|| panic!("{topic} is not generated"));
            [output.library, vec![output.round_trips, output.type_table]].concat()
        };
        assert!(texts(one) == texts(other), "{topic} comes out differently the second time");
    }
}

/// The names of the fixtures.
fn topics() -> Vec<String> {
    let stem = |path: PathBuf| {
        let is_topic = path.extension().is_some_and(|ending| ending == "yaml");
        is_topic.then(|| path.file_stem()?.to_str().map(str::to_owned)).flatten()
    };
    let topics: Vec<String> = entries(&root().join(FIXTURES)).into_iter().filter_map(stem).collect();
    assert!(topics.len() > 20, "only {} topics were found", topics.len());
    topics
}

/// Generates from a fixture as `cargo xtask codegen` does.
fn generated(topic: &str) -> Generated {
    let path = format!("{FIXTURES}/{topic}.yaml");
    let source = Source { text: read(&root().join(&path)), path };
    let options = Options {
        mount: format!("crate::emitted::{topic}"),
        style: xtask::codegen::STYLE,
        outside: format!("tests::emitted::{topic}"),
        evidence: xtask::evidence_of(topic),
        unknown_fields: xtask::unknown_fields_of(topic),
        examples: ExampleFunctions::Always,
        ..Options::default()
    };
    generate(&source, &Folder(root().join(FIXTURES)), &options)
}

fn snapshot_text(topic: &str, generated: &Generated) -> String {
    let mut text = String::new();
    for diagnostic in &generated.diagnostics {
        text.push_str(&line(diagnostic));
    }
    let output = generated.output.as_ref();
    let library = output.iter().flat_map(|output| &output.library);
    // A unit test of the emitted module decodes the examples.
    for file in library.filter(|file| !file.path.starts_with("examples.")) {
        // The first line is the same in all of them.
        let content = file.text.split_once('\n').map_or(file.text.as_str(), |(_, rest)| rest);
        text.push_str(&format!("\n──── {} ────\n{content}", file.path));
    }
    if let Some(output) = output.filter(|output| !output.coverage.widened.is_empty()) {
        text.push_str(&format!(
            "\n──── evidence.json ────\n{}",
            output.coverage.to_json(&|_| Some(read(&root().join(FIXTURES).join(format!("{topic}.yaml"))).into()))
        ));
    }
    text
}

fn line(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Warning => "warning",
        Severity::Error => "error",
    };
    let help = diagnostic.help.as_deref().unwrap_or("none");
    format!("{severity}: {}\n  at {}\n  help: {help}\n", diagnostic.message, diagnostic.place)
}

/// Brings the files beside a fixture.
struct Folder(PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<Source, String> {
        match fs::read_to_string(self.0.join(path)) {
            Ok(text) => Ok(Source { path: path.to_owned(), text }),
            Err(error) => Err(format!("`{path}` can't be read: {error}")),
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).into_iter().flatten().flatten().map(|one| one.path()).collect();
    paths.sort();
    paths
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}
