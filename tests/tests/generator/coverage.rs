//! The coverage report predicts, without a compiler, how the compiled types treat each payload. The snapshots hold the
//! results of the compiled types.

use std::fs;
use std::path::PathBuf;

use octogen::coverage::{PayloadKind, Row};
use octogen::source::{Loader, Source};
use octogen::{Options, generate};

const FIXTURES: &str = "tests/fixtures/emit";

#[test]
fn the_report_counts_what_happens() {
    let mut plain = 0;
    for topic in topics() {
        let row = count_payloads(&topic);
        let (mut payloads, mut json, mut with_json) = (0, 0, 0);
        for snapshot in snapshots(&topic) {
            payloads += 1;
            let note = snapshot.lines().find_map(|line| line.strip_prefix("plain JSON: "));
            if let Some(count) = note.and_then(|note| note.split(' ').next()?.parse::<usize>().ok()) {
                json += count;
                with_json += 1;
            }
        }
        if topic.starts_with("conditions") || topic == "patterns" {
            // A value that the schema admits without its condition, or under a key that matches no pattern, is plain JSON.
            // A value of the field's type is not.
            (json, with_json) = (row.json_leaves, row.with_json);
        }
        assert_eq!((row.equal, row.json_leaves, row.with_json), (payloads, json, with_json), "{topic}");
        plain += json;
    }
    assert!(plain > 20, "only {plain} leaves of all fixtures are plain JSON");
}

fn topics() -> Vec<String> {
    let folder = xtask::root().join(FIXTURES);
    let files = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let yaml = files.filter(|file| file.extension().is_some_and(|ending| ending == "yaml"));
    let mut topics: Vec<String> = yaml.filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned())).collect();
    topics.sort();
    assert!(topics.len() > 20, "only {} topics were found", topics.len());
    topics
}

/// The coverage of a fixture, all payloads of operations and webhooks together.
fn count_payloads(topic: &str) -> Row {
    let path = format!("{FIXTURES}/{topic}.yaml");
    let text = fs::read_to_string(xtask::root().join(&path)).expect("the fixture is there");
    let (evidence, unknown_fields) = (xtask::evidence_of(topic), xtask::unknown_fields_of(topic));
    let options = Options { evidence, unknown_fields, ..Options::default() };
    let generated = generate(&Source { path, text }, &Folder(xtask::root().join(FIXTURES)), &options);
    let output = generated.output.expect("the fixture has no error");
    let mut all = Row::default();
    // The values of schemas have rows in one test, without snapshots.
    let of_schemas = [PayloadKind::Schema, PayloadKind::Assembled, PayloadKind::Text];
    for (_, row) in output.coverage.rows.into_iter().filter(|(kind, _)| !of_schemas.contains(kind)) {
        all.equal += row.equal;
        all.json_leaves += row.json_leaves;
        all.with_json += row.with_json;
    }
    all
}

/// The snapshots of the round trips of a fixture.
fn snapshots(topic: &str) -> Vec<String> {
    let tests = fs::read_to_string(xtask::root().join(format!("tests/tests/emitted/{topic}.rs")));
    let tests = tests.expect("the tests of the fixture are there");
    let functions = tests.split("#[test]").skip(1);
    let names = functions.filter_map(|function| Some(function.split_once("fn ")?.1.split_once('(')?.0.to_owned()));
    let names = names.filter(|name| !["values_of_schemas", "values_made_from_schemas"].contains(&name.as_str()));
    let file = |name: String| {
        let file = xtask::root().join(format!("tests/snapshots/round_trips/{topic}__{name}.snap"));
        fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
    };
    names.map(file).collect()
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
