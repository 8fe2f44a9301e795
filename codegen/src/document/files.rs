//! All files of a document.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use rustc_hash::FxHashMap;

use super::file::File;
use super::identifiers::{Identifiers, Location};
use super::unresolved_reference::UnresolvedReference;

/// All files of an OpenAPI document: the entry file, and each file that a `$ref` names. Later stages read objects from
/// it and follow references through it.
#[derive(Debug)]
pub struct Files {
    /// The path of the entry file, relative to the root.
    pub(super) entry: String,
    /// All files, by their paths relative to the root.
    pub(super) files: IndexMap<String, Result<File, UnresolvedReference>>,
    /// The identifiers of the schemas in these files.
    pub(super) identifiers: Identifiers,
    /// The names of the dynamic anchors on which a schema depends.
    pub(super) dynamic_names: FxHashMap<Location, BTreeSet<String>>,
}

impl Files {
    /// Returns the path of one of these files relative to the root, or its URI.
    pub(super) fn path_of(&self, file: &File) -> &str {
        let own = self.files.iter().find(|(_, one)| one.as_ref().is_ok_and(|one| std::ptr::eq(one, file)));
        own.map_or("", |(path, _)| path)
    }
}
