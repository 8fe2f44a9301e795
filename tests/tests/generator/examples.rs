//! No documented payload is forgotten: the specs are walked by a reader of their own, not by the generator.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use serde_yaml::Value;

/// Each document with the number of payloads that its pages show.
const SPECS: [(&str, usize); 4] = [("integrations", 6), ("apps-2017", 4), ("apps", 58), ("oauth", 7)];

/// Thirteen fewer than there are names: nine payloads are at several places, such as that of an installation, which is
/// the answer for an organization, a repository and a user.
const DISTINCT: usize = 62;

#[test]
fn every_named_example_has_a_test() {
    let mut distinct = BTreeSet::new();
    for (spec, expected) in SPECS {
        let found = named_examples(spec);
        assert_eq!(found.len(), expected, "named examples of spec/{spec}.yaml");
        let tests = read(&format!("tests/tests/round_trips/{}.rs", spec.replace('-', "_")));
        assert_eq!(tests.matches(" check::<").count(), expected, "tests of spec/{spec}.yaml");
        for (name, payload) in found {
            assert!(contains_payload(&tests, &payload), "the payload `{name}` of spec/{spec}.yaml has no test");
            distinct.insert(payload.to_string());
        }
    }
    assert_eq!(distinct.len(), DISTINCT, "distinct payloads");
}

/// Whether one of the string literals of the tests is that payload.
fn contains_payload(tests: &str, payload: &serde_json::Value) -> bool {
    let literals = tests.split("check::<").skip(1).filter_map(|call| call.split_once('"')?.1.split_once('"'));
    let payloads = literals.filter_map(|(_, rest)| literal(rest));
    payloads.filter_map(|json| serde_json::from_str::<serde_json::Value>(&json).ok()).any(|json| json == *payload)
}

/// Returns the next string literal. Rust and JSON have the same escapes for these texts.
fn literal(text: &str) -> Option<String> {
    let start = text.find('"')?;
    let mut value = String::new();
    let mut characters = text[start + 1..].chars();
    loop {
        match characters.next()? {
            '"' => return Some(value),
            '\\' => value.push(match characters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            other => value.push(other),
        }
    }
}

/// The entries of each map `examples` that stands beside a schema, in a document and in the files of its folder.
fn named_examples(spec: &str) -> Vec<(String, serde_json::Value)> {
    let parts = fs::read_dir(xtask::root().join("spec").join(spec)).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = parts.map(|part| part.path()).collect();
    files.sort();
    files.push(xtask::root().join(format!("spec/{spec}.yaml")));
    let text = |file: PathBuf| fs::read_to_string(file).expect("the file is there");
    files.into_iter().map(text).flat_map(|text| examples_in(&text)).collect()
}

fn examples_in(text: &str) -> Vec<(String, serde_json::Value)> {
    let document: Value = serde_yaml::from_str(text).expect("the spec is YAML");
    let mut found = Vec::new();
    let mut waiting = vec![&document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Sequence(items) => waiting.extend(items),
            Value::Mapping(entries) => {
                if let (Some(Value::Mapping(examples)), true) = (value.get("examples"), value.get("schema").is_some()) {
                    for (name, example) in examples {
                        let name = name.as_str().expect("a name is a string").to_owned();
                        let payload = serde_json::to_value(example.get("value")).expect("a payload is JSON");
                        found.push((name, payload));
                    }
                }
                waiting
                    .extend(entries.iter().filter(|(key, _)| key.as_str() != Some("examples")).map(|(_, value)| value));
            }
            _ => {}
        }
    }
    found
}

fn read(path: &str) -> String {
    fs::read_to_string(xtask::root().join(path)).expect("the file is there")
}
