//! A build script that generates.

use std::fs;

use super::{cargo, folder};

/// Runs the example of the library's documentation.
#[test]
fn a_build_script_generates() {
    let library = fs::read_to_string(xtask::root().join("codegen/src/lib.rs")).expect("readable");
    let script = library.split("//! ```no_run\n").nth(1).and_then(|rest| rest.split("//! ```\n").next());
    let script: Vec<&str> =
        script.expect("the example is there").lines().map(|line| &line[4.min(line.len())..]).collect();
    let out = folder("build-script");
    let path = |path: &str| xtask::root().join(path).display().to_string().replace('\\', "/");
    let manifest = MANIFEST.replace("RUNTIME", &path("codegen/runtime")).replace("GENERATOR", &path("codegen"));
    let document = fs::read_to_string(xtask::root().join("tests/fixtures/emit/bodies.yaml")).expect("readable");
    fs::create_dir_all(out.join("src")).expect("writable");
    for (path, text) in [
        ("build.rs", script.join("\n")),
        ("openapi.yaml", document),
        ("src/main.rs", MAIN.to_owned()),
        ("Cargo.toml", manifest),
    ] {
        fs::write(out.join(path), text).expect("writable");
    }
    assert_eq!(cargo(&out).succeed(&["run", "--quiet"]), "{\"a\":\"x\"}\n");
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
