//! The error of a reference without a target.

pub(super) const CORRECT: &str = "correct the reference, or add the value that it refers to";

/// The error of a `$ref` without a target: the reason, and the change that solves the problem.
#[derive(Clone, Debug)]
pub struct UnresolvedReference {
    /// The fact.
    pub message: String,
    /// The change that gives the reference a target.
    pub help: String,
}

impl UnresolvedReference {
    pub(super) fn new(message: String, help: impl Into<String>) -> Self {
        Self { message, help: help.into() }
    }
}

/// The error of a reference to a file that octogen cannot load: it is on the network, or outside of the root.
pub(super) fn unloadable(file: &str) -> UnresolvedReference {
    let is_remote = file.starts_with("//") || (file.contains("://") && !file.starts_with("file:"));
    let message = if is_remote {
        format!("`{file}` is a file on the network, and octogen reads local files only")
    } else if file.starts_with("urn:") {
        return UnresolvedReference::new(format!("no schema has the `$id` `{file}`"), CORRECT);
    } else if file.contains('\\') && !file.contains(':') {
        let message = format!("`{file}` contains a `\\`, which does not separate folders in a reference");
        return UnresolvedReference::new(message, "write `/` instead of `\\`");
    } else {
        format!("`{file}` is outside the folder of the entry document")
    };
    let help = if !is_remote && file.starts_with("..") {
        "pass `--root` with a folder that contains both files, or put a copy beside the entry document and refer to it"
    } else {
        "put a copy of the file beside the entry document, and refer to the copy"
    };
    UnresolvedReference::new(message, help)
}
