//! Parsed files.

use octogen_runtime::Value;

/// A parsed JSON or YAML file of an OpenAPI document: its path and its content. All nodes of the document borrow from
/// it.
#[derive(Debug)]
pub struct File {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The content.
    pub root: Value,
}
