//! A generated crate with its default features, which are the client.

use std::fs;

use octogen::files::Folder;
use octogen::source::Source;
use octogen::{CrateOptions, generate_crate};

use super::{cargo, folder};

#[test]
fn a_crate_with_its_client_passes_its_own_tests() {
    let document = xtask::root().join("tests/fixtures/stand_alone/zoo.yaml");
    let text = fs::read_to_string(&document).expect("the fixture exists");
    let source = Source { path: String::from("zoo.yaml"), text };
    let generated = generate_crate(&source, &Folder::of(&document), &CrateOptions::default());
    let out = folder("zoo");
    for file in generated.output.expect("the document has no error").files {
        let path = out.join(file.path);
        fs::create_dir_all(path.parent().expect("the file is in a folder")).expect("writable");
        fs::write(path, file.text).expect("writable");
    }
    let output = cargo(&out).succeed(&["test"]);
    for (start, end) in [("test get_animal_response_one", "ok"), ("test src/lib.rs", "compile ... ok")] {
        let passes = output.lines().any(|line| line.starts_with(start) && line.ends_with(end));
        assert!(passes, "`{start}` does not pass:\n{output}");
    }
}
