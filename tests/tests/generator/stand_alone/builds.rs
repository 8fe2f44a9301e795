//! Crates that are compiled and tested, all of them without the client; the test `fresh_builds` compiles one with it.

use std::fs;
use std::path::Path;

use octogen::command::write_crate;
use tests::cargo::Cargo;

use super::{arguments, folder, root, written};

#[test]
fn a_crate_passes_its_own_tests() {
    let out = folder("zoo");
    written("zoo.yaml", &out);
    let output = cargo(&out).succeed(&["test", "--no-default-features", "--all-targets"]);
    assert!(output.contains("test get_animal_response_one ... ok"), "{output}");
    let _ = cargo(&out).succeed(&["doc", "--no-default-features", "--no-deps"]);
    let list = ["run", "--quiet", "--no-default-features", "--example", "round_trip", "--", "--list"];
    assert_eq!(cargo(&out).succeed(&list), "Animal\n");
}

/// Changes the payload of a test, so that decoding and encoding no longer returns it.
#[test]
fn a_payload_that_is_not_kept_fails_the_tests_of_the_crate() {
    let out = folder("broken");
    with_shared_runtime("zoo.yaml", "broken", &out, false);
    let file = out.join("tests/round_trips.rs");
    let text = fs::read_to_string(&file).expect("readable");
    for (kept, lost) in [("\\\"weight\\\":3.1", "\\\"height\\\":3.1"), ("\\\"born\\\":null", "\\\"born\\\":7")] {
        assert!(text.contains(kept), "{text}");
        fs::write(&file, text.replace(kept, lost)).expect("writable");
        let (passes, output) = cargo(&out).run(&["test", "--no-default-features", "--test", "round_trips"]);
        assert!(!passes && output.contains("test get_animal_response_one ... FAILED"), "{output}");
    }
}

/// With a feature for each OpenAPI tag: all of them by default, and each alone.
#[test]
fn a_crate_in_parts_passes() {
    let out = folder("parts");
    with_shared_runtime("zoo.yaml", "parts", &out, true);
    let output = cargo(&out).succeed(&["test", "--no-default-features", "--features", "full"]);
    assert!(output.contains("test get_animal_response_one ... ok"), "{output}");
    for features in ["", "animals", "webhooks"] {
        let _ = cargo(&out).succeed(&["check", "--no-default-features", "--all-targets", "--features", features]);
    }
}

/// The expected value of each model is that of the table, and the table has all models.
#[test]
fn each_model_has_an_example() {
    let out = folder("examples");
    with_shared_runtime("examples.yaml", "zoo-examples", &out, true);
    let table = fs::read_to_string(out.join("examples/models/examples.tsv")).expect("readable");
    let rows: Vec<(&str, &str)> = table.lines().filter_map(|line| line.split_once('\t')).collect();
    let names: Vec<&str> = rows.iter().map(|(name, _)| *name).collect();
    let models = "Animal BornBody BornBodyParentsItem Cat Dog DogTail DogTailMood Endless Keeper ListAnimalsResponse Problem \
                  ProblemRank UnusedItem";
    assert_eq!(names.join(" "), models);
    for (name, json) in [
        ("Cat", r#"{"kind":"cat","name":"Ada","lives":9,"example":"a claw"}"#),
        ("Keeper", r#"{"login":"ada","password":"secret","code":"ABCD","since":"2024-02-29"}"#),
        ("Problem", r#"{"code":"text"}"#),
    ] {
        assert!(rows.contains(&(name, json)), "{table}");
    }
    let call = |(name, json): &(&str, &str)| {
        format!("    assert_eq!(encode(&zoo_examples::models::{name}::example()), {json:?});\n")
    };
    let calls: String = rows.iter().map(call).collect();
    let test = format!("use octogen_runtime::encode;\n\n#[test]\nfn each_model() {{\n{calls}}}\n");
    fs::write(out.join("tests/examples.rs"), test).expect("writable");
    let all = ["test", "--no-default-features", "--features", "full,examples", "--lib", "--test", "examples"];
    let output = cargo(&out).succeed(&all);
    for test in ["each_model", "examples::each_example_decodes"] {
        assert!(output.contains(&format!("test {test} ... ok")), "{output}");
    }
    for features in ["examples", "examples,animals"] {
        let _ = cargo(&out).succeed(&["check", "--no-default-features", "--lib", "--features", features]);
    }
}

#[test]
fn a_crate_without_anything_passes_too() {
    let out = folder("empty");
    with_shared_runtime("empty.json", "empty", &out, false);
    let _ = cargo(&out).succeed(&["test", "--no-default-features", "--all-targets"]);
    let _ = cargo(&out).succeed(&["test", "--no-default-features", "--doc"]);
    let _ = cargo(&out).succeed(&["doc", "--no-default-features", "--no-deps"]);
}

/// Writes a crate over the runtime of this workspace, which is compiled once for all of them.
fn with_shared_runtime(fixture: &str, name: &str, out: &Path, features: bool) {
    let mut arguments = arguments(fixture, out);
    arguments.name = Some(name.to_owned());
    arguments.features = features;
    arguments.runtime = Some(root().join("codegen/runtime").display().to_string());
    write_crate(&arguments).expect("the document has no error");
}

fn cargo(folder: &Path) -> Cargo<'_> {
    Cargo { folder, temporary: Path::new(env!("CARGO_TARGET_TMPDIR")) }
}
