//! Members of a Cargo workspace, and the runtime that they share.

use std::fs;
use std::path::{Path, PathBuf};

use octogen::command::{CrateArguments, write_crate};

use super::{arguments, folder};

/// Generates a member, and returns the dependency on the runtime in its manifest.
fn runtime_of_member(out: &Path, name: Option<&str>) -> String {
    let name = name.map(str::to_owned);
    let crate_arguments = CrateArguments { name, stand_alone: false, ..arguments("empty.json", out) };
    write_crate(&crate_arguments).expect("the document has no error");
    let manifest = fs::read_to_string(out.join("Cargo.toml")).expect("the crate has a manifest");
    let line = manifest.lines().find_map(|line| line.strip_prefix("octogen_runtime = "));
    line.expect("the crate needs the runtime").to_owned()
}

fn workspace(name: &str) -> PathBuf {
    let top = folder(name);
    fs::create_dir_all(&top).expect("writable");
    fs::write(top.join("Cargo.toml"), "[workspace]\nresolver = \"3\"\n").expect("writable");
    top
}

#[test]
fn members_share_a_runtime_with_the_name_of_the_first_one() {
    let top = workspace("members");
    // The runtime of a workspace within the workspace is not shared.
    write_crate(&arguments("empty.json", &top.join("alone"))).expect("the document has no error");
    let dependency = |path: &str| format!("{{ package = \"pets-runtime\", path = \"{path}\", version = \"0.1.0\" }}");
    for _ in 0..2 {
        assert_eq!(runtime_of_member(&top.join("crates/pets"), None), dependency("../pets-runtime"));
        assert_eq!(runtime_of_member(&top.join("services/shop"), None), dependency("../../crates/pets-runtime"));
    }
    assert!(top.join("crates/pets-runtime").exists() && !top.join("services/shop-runtime").exists());
}

#[test]
fn a_runtime_with_another_name_is_recognised() {
    let top = workspace("members-named");
    let pets = runtime_of_member(&top.join("Pets API"), Some("pets"));
    assert_eq!(pets, "{ package = \"pets-runtime\", path = \"../pets-runtime\", version = \"0.1.0\" }");
    fs::rename(top.join("pets-runtime"), top.join("runtime")).expect("renamable");
    let manifest = fs::read_to_string(top.join("runtime/Cargo.toml")).expect("readable");
    fs::write(top.join("runtime/Cargo.toml"), manifest.replace("pets-runtime", "octogen-runtime")).expect("writable");
    fs::remove_file(top.join("runtime/octogen.json")).expect("removable");
    let shop = runtime_of_member(&top.join("shop"), None);
    assert_eq!(shop, "{ package = \"octogen-runtime\", path = \"../runtime\", version = \"0.1.0\" }");

    let unnamed = workspace("members-unnamed");
    let dependency = runtime_of_member(&unnamed.join("Pets API"), None);
    assert_eq!(dependency, "{ package = \"octogen-runtime\", path = \"../octogen-runtime\", version = \"0.1.0\" }");
}
