//! Builds as users have them, which compile most dependencies once more.
//!
//! They take minutes, so `cargo test` leaves them out; `.ci/run` has `cargo test -p tests --test fresh_builds`.

mod browser;
mod build_script;
mod client;
mod guide;
mod server;
mod service;
mod set_ups;
mod shared_client;

use std::fs;
use std::path::{Path, PathBuf};

use octogen::files::Folder;
use octogen::source::Source;
use octogen::{CrateOptions, generate_crate};
use tests::cargo::Cargo;

/// Returns the path of a folder for this test; nothing exists there.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-builds").join(name);
    if folder.exists() {
        fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
    folder
}

fn cargo(folder: &Path) -> Cargo<'_> {
    Cargo { folder, temporary: Path::new(env!("CARGO_TARGET_TMPDIR")) }
}

/// Generates the stand-alone crate of a document into a new folder.
fn generate(document: &Path, name: &str) -> PathBuf {
    let text = fs::read_to_string(document).expect("the fixture exists");
    let path = document.file_name().and_then(|name| name.to_str()).expect("the document has a name").to_owned();
    let generated = generate_crate(&Source { path, text }, &Folder::of(document), &CrateOptions::default());
    let out = folder(name);
    for file in generated.output.expect("the document has no error").files {
        let path = out.join(file.path);
        fs::create_dir_all(path.parent().expect("the file is in a folder")).expect("writable");
        fs::write(path, file.text).expect("writable");
    }
    out
}

/// Adds dependencies of examples and tests to a crate, as lines of TOML.
fn add_dependencies(out: &Path, lines: &str) {
    let manifest = out.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the crate has a manifest");
    fs::write(manifest, format!("{text}\n[dev-dependencies]\n{lines}\n")).expect("writable");
}
