//! Stand-alone crates: their files, their builds, and the changes of their folder.

mod builds;
mod manifests;
mod members;
mod ownership;
mod refusals;
mod roots;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use octogen::command::{CrateArguments, DiagnosticArguments, write_crate};

const FIXTURES: &str = "tests/fixtures/stand_alone";

fn root() -> PathBuf {
    // Without `..`, so that paths between folders are short.
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package has a parent").to_path_buf()
}

/// The path of a folder that is not there yet.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("stand-alone").join(name);
    match folder.symlink_metadata() {
        Ok(data) if data.is_dir() => fs::remove_dir_all(&folder).expect("removable"),
        Ok(_) => fs::remove_file(&folder).expect("removable"),
        Err(_) => {}
    }
    fs::create_dir_all(folder.parent().expect("it has a parent")).expect("writable");
    folder
}

/// The usual arguments for a fixture.
fn arguments(fixture: &str, out: &Path) -> CrateArguments {
    CrateArguments {
        spec: root().join(FIXTURES).join(fixture),
        root: None,
        out: out.to_path_buf(),
        name: None,
        overlay: Vec::new(),
        only: Vec::new(),
        features: false,
        unknown_fields: octogen::UnknownFields::Drop,
        evidence: Vec::new(),
        forget: false,
        runtime: None,
        stand_alone: true,
        diagnostics: DiagnosticArguments::default(),
    }
}

fn written(fixture: &str, out: &Path) {
    write_crate(&arguments(fixture, out)).unwrap_or_else(|error| panic!("{fixture}: {error}"));
}

/// Returns all files below a folder. A link has its target as content, and an empty folder has none.
fn tree(top: &Path) -> BTreeMap<String, String> {
    let mut tree = BTreeMap::new();
    let mut waiting = vec![top.to_path_buf()];
    while let Some(path) = waiting.pop() {
        let name = path.strip_prefix(top).expect("below").to_string_lossy().replace('\\', "/");
        let Ok(data) = path.symlink_metadata() else { continue };
        if data.is_symlink() {
            tree.insert(name, format!("→ {}", fs::read_link(&path).expect("a link").display()));
        } else if data.is_dir() {
            let entries = fs::read_dir(&path).expect("readable").flatten();
            waiting.extend(entries.map(|entry| entry.path()));
            tree.insert(name, String::new());
        } else {
            tree.insert(name, fs::read_to_string(&path).expect("a text"));
        }
    }
    tree
}
