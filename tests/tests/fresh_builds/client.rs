//! A generated crate with its default features, which are the client.

use std::fs;

use super::{add_dependencies, cargo, generate};

/// The crates that the programs of the README use.
const DEPENDENCIES: &str = r#"http = "1"
tokio = { version = "1", features = ["macros", "rt-multi-thread"] }
tower = { version = "0.5", features = ["util"] }"#;

/// A program that contains the sections of the README. They use the names of its first program.
const PROGRAM: &str = "#![allow(dead_code, reason = \"the program is only compiled\")]
FIRST
mod sections {
    use std::error::Error;
    use zoo::client::Client;
    async fn errors(client: Client<zoo::security::Key>, operation: zoo::endpoints::GetAnimal) { ERRORS }
    fn retries() -> Result<Client, Box<dyn Error>> { RETRIES Ok(client) }
    fn connection() -> Result<Client, Box<dyn Error>> { CONNECTION Ok(client) }
    fn tests() -> Result<Client, Box<dyn Error>> { TESTS Ok(client) }
}
";

#[test]
fn a_crate_with_its_client_passes_its_own_tests_and_its_readme_compiles() {
    let out = generate(&xtask::root().join("tests/fixtures/stand_alone/zoo.yaml"), "zoo");
    let readme = fs::read_to_string(out.join("README.md")).expect("the crate has a README");
    add_dependencies(&out, DEPENDENCIES);
    fs::write(out.join("examples/readme.rs"), program(&readme)).expect("writable");
    let output = cargo(&out).succeed(&["test", "--features", "resilience"]);
    for (start, end) in [("test get_animal_response_one", "ok"), ("test src/lib.rs", "compile ... ok")] {
        let passes = output.lines().any(|line| line.starts_with(start) && line.ends_with(end));
        assert!(passes, "`{start}` does not pass:\n{output}");
    }
}

/// Returns one program with all Rust code of a README.
fn program(readme: &str) -> String {
    let blocks: Vec<&str> = readme.split("```rust").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let [first, errors, retries, connection, tests] = blocks.as_slice() else {
        panic!("the README has other programs:\n{readme}")
    };
    let library = "zoo_of_things_workspace_b_u202e";
    assert!(readme.contains(&format!("use {library}::client::Client;")), "{readme}");
    let code = |block: &str| block.trim_start_matches(",ignore").to_owned();
    let program = PROGRAM.replace("FIRST", &code(first)).replace("ERRORS", &code(errors));
    let program = program.replace("RETRIES", &code(retries)).replace("CONNECTION", &code(connection));
    program.replace("TESTS", &code(tests)).replace("zoo::", &format!("{library}::"))
}
