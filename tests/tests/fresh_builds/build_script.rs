//! A build script that generates.

use std::fs;
use std::path::Path;

use super::set_ups::write;
use super::{cargo, folder};

/// Runs the example of the library's documentation.
#[test]
fn a_build_script_generates() {
    let out = folder("build-script");
    write_script(&out);
    write(&out.join("Cargo.toml"), &format!("{PACKAGE}{}{}[workspace]\n", runtime(), generator()));
    write(&out.join("src/main.rs"), MAIN);
    let expected = "{\"a\":\"x\"}\n{\"a\":\"A text with \\\"signs\\\": é, 🐈.\"}\n";
    assert_eq!(cargo(&out).succeed(&["run", "--quiet"]), expected);
}

/// Writes the example of the library's documentation as the build script of a package, with a document for it.
pub fn write_script(package: &Path) {
    let library = fs::read_to_string(xtask::root().join("codegen/src/lib.rs")).expect("readable");
    let script = library.split("//! ```no_run\n").nth(1).and_then(|rest| rest.split("//! ```\n").next());
    let script: Vec<&str> =
        script.expect("the example is there").lines().map(|line| &line[4.min(line.len())..]).collect();
    write(&package.join("build.rs"), &script.join("\n"));
    write(&package.join("openapi.yaml"), DOCUMENT);
}

/// Returns the dependency on the runtime that a generated module needs, as a line of TOML.
pub fn runtime() -> String {
    format!("octogen-runtime = {{ path = '{}' }}\n", xtask::root().join("codegen/runtime").display())
}

/// Returns the dependency of the build script, as a section of TOML.
pub fn generator() -> String {
    let path = xtask::root().join("codegen");
    format!("\n[build-dependencies]\noctogen = {{ path = '{}', default-features = false }}\n\n", path.display())
}

const DOCUMENT: &str = r#"openapi: 3.1.0
info: { title: Things, version: "1" }
components: { schemas: { Thing: { type: object, properties: { a: { type: string } } } } }
"#;

const PACKAGE: &str = "[package]\nname = \"scripted\"\nedition = \"2024\"\n\n[dependencies]\n";

const MAIN: &str = r##"include!(concat!(env!("OUT_DIR"), "/api.rs"));

fn main() {
    let thing: api::models::Thing = octogen_runtime::decode(br#"{"a":"x"}"#).expect("it is a thing");
    for thing in [thing, api::models::Thing::example()] {
        println!("{}", octogen_runtime::encode(&thing));
    }
}
"##;
