//! Documents that refer to files which are not below their own folder.

use std::fs;
use std::path::Path;

use octogen::command::{CrateArguments, DiagnosticArguments, DiagnosticFormat, try_document, write_crate};
use octogen::files::Folder;
use octogen::source::{Loader, Root};

use super::{arguments, folder};

const ENTRY: &str = r##"
openapi: 3.1.0
info: { title: Zoo, version: "1" }
paths: { /pets: { get: { operationId: pets, responses: { "200": { description: ok, content: { application/json: { schema: { $ref: ../parts/pets.yaml#/Pets }, example: [{ name: x }] } } } } } } }
"##;

const PARTS: &str = r##"
Pets: { type: array, items: { $ref: "#/Pet" } }
Pet: { type: object, required: [name], properties: { name: { type: string }, kind: { $ref: ../v1/kinds.yaml } } }
"##;

#[test]
fn a_wider_folder_is_named() {
    let home = folder("roots");
    for (path, text) in [("v1/api.yaml", ENTRY), ("parts/pets.yaml", PARTS), ("v1/kinds.yaml", "enum: [cat, dog]")] {
        let file = home.join(path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("writable");
        fs::write(file, text).expect("writable");
    }
    let spec = home.join("v1/api.yaml");
    let with = |root: Option<&Path>| {
        let root = root.map(Path::to_path_buf);
        CrateArguments { spec: spec.clone(), root, ..arguments("zoo.yaml", &home.join("out")) }
    };
    let json = DiagnosticArguments { format: DiagnosticFormat::Json, ..DiagnosticArguments::default() };
    let mut denied = with(None);
    denied.diagnostics.deny = vec![octogen::command::Denied::Warnings];
    assert_eq!(write_crate(&denied), Err("nothing was written".to_owned()));
    try_document(&spec, None, &json).expect("a file outside of the folder is a warning");
    let elsewhere = write_crate(&with(Some(&home.join("parts")))).expect_err("the document is not there");
    assert!(elsewhere.contains("the folder that `--root` names"), "{elsewhere}");
    write_crate(&with(Some(&home))).expect("all files are there");
    let models = fs::read_to_string(home.join("out/src/models/shared.rs")).expect("written");
    assert!(models.contains("pub struct Pet {") && models.contains("Cat,"), "{models}");
    try_document(&spec, Some(&home), &json).expect("all files are there");
    let found = Folder::around(&spec, &home).expect("it is there").root("api.yaml");
    assert_eq!(found, Root { prefix: format!("{}/", home.display()), entry: "v1/api.yaml".to_owned() });
}

#[test]
fn only_files_are_read() {
    let home = folder("no_files");
    fs::create_dir_all(home.join("parts")).expect("writable");
    fs::write(home.join("api.yaml"), ENTRY).expect("writable");
    let found = Folder::around(&home.join("api.yaml"), &home).expect("it is there");
    // Only regular files are read: reading a pipe would wait for its writer.
    assert_eq!(found.load("parts").map(|source| source.text), Err("`parts` is not a file".to_owned()));
    assert!(found.load("api.yaml").is_ok());
}
