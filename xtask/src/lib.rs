//! The commands of this workspace, for its command line and its tests.

pub mod bench;
pub mod codegen;
pub mod corpus;
pub mod cost;
pub mod events;
pub mod soak;

mod say;
mod targets;

pub use targets::{evidence_of, unknown_fields_of};

use std::path::{Path, PathBuf};

/// The top folder of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    package.parent().unwrap_or(package).to_path_buf()
}
