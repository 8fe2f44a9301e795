//! Crates that are really built: without a network, with the versions of this workspace.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use octogen::command::write_crate;

use super::{arguments, folder, root, written};

#[test]
fn a_crate_passes_its_own_tests() {
    let out = folder("zoo");
    written("zoo.yaml", &out);
    let shown = cargo(&out, &["test"]);
    for (start, end) in [("test get_animal_response_one", "ok"), ("test src/lib.rs", "compile ... ok")] {
        let passes = shown.lines().any(|line| line.starts_with(start) && line.ends_with(end));
        assert!(passes, "`{start}` does not pass:\n{shown}");
    }
    let shown = cargo(&out, &["test", "--no-default-features", "--all-targets"]);
    assert!(shown.contains("test get_animal_response_one ... ok"), "{shown}");
    cargo(&out, &["doc", "--no-default-features", "--no-deps"]);
    let types = cargo(&out, &["run", "--quiet", "--no-default-features", "--example", "round_trip", "--", "--list"]);
    assert_eq!(types, "Animal\n");
}

/// The proof has to be able to fail: the payload of a test is changed, so that it is no longer its own round trip.
#[test]
fn a_payload_that_is_not_kept_fails_the_tests_of_the_crate() {
    let out = folder("broken");
    let mut arguments = arguments("zoo.yaml", &out);
    // In one target folder, packages are told apart by their names.
    arguments.name = Some(String::from("broken"));
    write_crate(&arguments).expect("the document has no error");
    let file = out.join("tests/round_trips.rs");
    let text = fs::read_to_string(&file).expect("readable");
    for (kept, lost) in [("\\\"weight\\\":3.1", "\\\"height\\\":3.1"), ("\\\"born\\\":null", "\\\"born\\\":7")] {
        assert!(text.contains(kept), "{text}");
        fs::write(&file, text.replace(kept, lost)).expect("writable");
        let (passes, shown) = run(&out, &["test", "--no-default-features", "--test", "round_trips"]);
        assert!(!passes && shown.contains("test get_animal_response_one ... FAILED"), "{shown}");
    }
}

/// With the tags as features: all of them by default, and each alone.
#[test]
fn a_crate_in_parts_passes() {
    let out = folder("parts");
    let mut arguments = arguments("zoo.yaml", &out);
    arguments.name = Some(String::from("parts"));
    arguments.features = true;
    write_crate(&arguments).expect("the document has no error");
    let shown = cargo(&out, &["test", "--no-default-features", "--features", "full"]);
    assert!(shown.contains("test get_animal_response_one ... ok"), "{shown}");
    for features in ["", "animals", "webhooks"] {
        cargo(&out, &["check", "--no-default-features", "--all-targets", "--features", features]);
    }
}

#[test]
fn a_crate_without_anything_passes_too() {
    let out = folder("empty");
    let mut arguments = arguments("empty.json", &out);
    arguments.runtime = Some(root().join("codegen/runtime").display().to_string());
    write_crate(&arguments).expect("the document has no error");
    cargo(&out, &["test", "--no-default-features", "--all-targets"]);
    cargo(&out, &["test", "--no-default-features", "--doc"]);
    cargo(&out, &["doc", "--no-default-features", "--no-deps"]);
}

/// What scripts see: 0, or 1 and nothing written; the diagnostics as JSON on stdout.
#[test]
fn the_binary_says_by_its_status_what_came_of_it() {
    let out = folder("by-status");
    let broken = root().join("tests/fixtures/errors/ref_to_nowhere.yaml").display().to_string();
    let fine = root().join("tests/fixtures/stand_alone/zoo.yaml").display().to_string();
    let shown_out = out.display().to_string();
    for (spec, further, status) in
        [(&broken, &[][..], 1), (&broken, &["--format", "json"], 1), (&fine, &["--check"], 1), (&fine, &[], 0)]
    {
        assert!(!out.exists(), "{further:?} wrote something before");
        let given = ["run", "--quiet", "--package", "octogen", "--", "--spec", spec, "--out", &shown_out];
        let (code, shown) = outcome(&root(), &[&given, further].concat());
        assert_eq!(code, Some(status), "{spec} {further:?}:\n{shown}");
        let is_json = shown.lines().any(|line| line.starts_with("{\"severity\":\"error\""));
        assert_eq!(is_json, further.contains(&"json"), "{shown}");
    }
    assert!(out.join("octogen.json").exists());
}

/// The example of the library's documentation, as it stands there.
#[test]
fn a_build_script_generates() {
    let library = fs::read_to_string(root().join("codegen/src/lib.rs")).expect("readable");
    let script = library.split("//! ```no_run\n").nth(1).and_then(|rest| rest.split("//! ```\n").next());
    let script: Vec<&str> =
        script.expect("the example is there").lines().map(|line| &line[4.min(line.len())..]).collect();
    let out = folder("build-script");
    let path = |path: &str| root().join(path).display().to_string().replace('\\', "/");
    let manifest = MANIFEST.replace("RUNTIME", &path("codegen/runtime")).replace("GENERATOR", &path("codegen"));
    let document = fs::read_to_string(root().join("tests/fixtures/emit/bodies.yaml")).expect("readable");
    fs::create_dir_all(out.join("src")).expect("writable");
    for (path, text) in [
        ("build.rs", script.join("\n")),
        ("openapi.yaml", document),
        ("src/main.rs", MAIN.to_owned()),
        ("Cargo.toml", manifest),
    ] {
        fs::write(out.join(path), text).expect("writable");
    }
    assert_eq!(cargo(&out, &["run", "--quiet"]), "{\"a\":\"x\"}\n");
}

const MANIFEST: &str = r#"[package]
name = "scripted"
edition = "2024"

[dependencies]
octogen-runtime = { path = "RUNTIME" }

[build-dependencies]
octogen = { path = "GENERATOR", default-features = false }

[workspace]
"#;

const MAIN: &str = r##"include!(concat!(env!("OUT_DIR"), "/api.rs"));

fn main() {
    let thing: api::models::Thing = octogen_runtime::decode(br#"{"a":"x"}"#).expect("it is a thing");
    println!("{}", octogen_runtime::encode(&thing));
}
"##;

/// What Cargo shows in a folder, which has to be without a warning.
fn cargo(folder: &Path, arguments: &[&str]) -> String {
    let (passes, shown) = run(folder, arguments);
    assert!(passes && !shown.contains("warning"), "cargo {} in {}:\n{shown}", arguments.join(" "), folder.display());
    shown
}

/// One at a time: in one target folder, the runtimes of two crates are the same artifact, which tests of documentation
/// read while nothing else keeps it from being written.
static RUNNING: Mutex<()> = Mutex::new(());

fn run(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let (code, shown) = outcome(folder, arguments);
    (code == Some(0), shown)
}

fn outcome(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let _running = RUNNING.lock().unwrap_or_else(PoisonError::into_inner);
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(root().join("Cargo.lock"), lock).expect("writable");
    }
    // The folder of this workspace has most of what is needed already.
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it has a parent");
    let output = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .arg("--offline")
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-D warnings")
        .output()
        .expect("cargo runs");
    let texts = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    (output.status.code(), texts.concat())
}
