//! A sibling that is added to a document moves no other name; `cargo xtask corpus run --siblings` asks real ones.

use std::fs;

use octogen::files::{Folder, sorted_entries};
use octogen::source::{NoFiles, Source};
use octogen::{CrateOptions, generate_crate};
use workshop::corpus::moved;

const FIXTURES: &str = "tests/fixtures/emit";

#[test]
fn no_name_of_a_fixture_moves() {
    let mut asked = 0;
    for file in sorted_entries(&xtask::root().join(FIXTURES)) {
        let topic = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).unwrap_or_default();
        // Siblings are added to JSON, whose keys are texts.
        let Ok(document) = serde_yaml::from_str::<serde_json::Value>(&text) else { continue };
        let source = Source { path: format!("{topic}.json"), text: document.to_string() };
        let loader = Folder::of(&file);
        let options = CrateOptions { evidence: xtask::evidence_of(&topic), ..CrateOptions::default() };
        let Some(before) = generate_crate(&source, &loader, &options).output else {
            // Keys that are not texts in YAML are others in JSON, and what refers to them leads nowhere.
            continue;
        };
        assert_eq!(moved(&source, &loader, &options, &before), [""; 0], "{topic}");
        asked += 1;
    }
    assert!(asked >= 50, "only {asked} fixtures were asked");
}

/// The added names collide with existing ones, and two colliding names cannot both stay as they are.
#[test]
fn a_name_that_moves_is_reported() {
    let text =
        r#"{"openapi":"3.1.0","paths":{"/x":{"get":{"operationId":"a_sibling_that_was_added","responses":{}}}}}"#;
    let source = Source { path: String::from("it.json"), text: text.to_owned() };
    let options = CrateOptions::default();
    let before = generate_crate(&source, &NoFiles, &options).output.expect("the document has no error");
    let moved = moved(&source, &NoFiles, &options, &before);
    assert!(moved.iter().all(|one| one.contains("ASiblingThatWasAdded")) && !moved.is_empty(), "{moved:?}");
}
