//! Builds as users have them, which compile most dependencies once more.
//!
//! They take minutes, so `cargo test` leaves them out; `.ci/run` has `cargo test -p tests --test fresh_builds`.

mod build_script;
mod client;
mod guide;

use std::path::{Path, PathBuf};

use tests::cargo::Cargo;

/// Returns the path of a folder for this test; nothing exists there.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("fresh-builds").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).expect("the folder can be removed");
    }
    folder
}

fn cargo(folder: &Path) -> Cargo<'_> {
    Cargo { folder, temporary: Path::new(env!("CARGO_TARGET_TMPDIR")) }
}
