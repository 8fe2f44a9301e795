//! The files as they stand: OpenAPI 3.0 and 3.1, YAML and JSON, in one tolerant model with its references unresolved.

mod duplicate_keys;
mod files;
mod keys;
mod locate;
mod nearest;
mod node;
mod overlay;
mod parse;
mod schema;
mod syntax_errors;

pub use files::{Files, UnresolvedReference, load};
pub use keys::report_unknown_keys;
pub use locate::locate_all;
pub use node::{Node, Pointer};
pub use schema::{Additional, Discriminator, Schema, SchemaType};

use octogen_runtime::Value;

/// One file, read.
#[derive(Debug)]
pub struct File {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The content.
    pub root: Value,
}

impl File {
    /// The document's outermost value.
    #[must_use]
    pub fn node(&self) -> Node<'_> {
        Node { file: self, value: &self.root, pointer: Pointer::root() }
    }
}
