//! The commands of this workspace, for its command line and its tests.

pub mod codegen;

mod say;
mod targets;

pub use say::say;
pub use targets::{EVENT_FOLDERS, evidence_of, unknown_fields_of};

use std::path::{Path, PathBuf};

/// Returns the top folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}
