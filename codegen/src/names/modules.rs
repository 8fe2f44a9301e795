//! Names of modules.

use std::collections::BTreeMap;

use super::namespace::Namespace;
use super::reserved::{Case, escaped};
use crate::ir::Api;

/// A constant: the name of the emitted Rust module for operations without a tag, and for models that operations of
/// several tags use.
pub const SHARED_MODULE: &str = "shared";

/// Module names that no tag may take.
const TAKEN: [&str; 6] = [SHARED_MODULE, "aliases", "tables", "mod", "models", "endpoints"];

/// Returns the Rust module of each tag.
pub(super) fn modules(api: &Api) -> BTreeMap<String, String> {
    let mut namespace = Namespace::new(Case::Module, &TAKEN);
    let described = api.tags.iter().map(|(name, _)| name);
    let used = api.operations.iter().flat_map(|operation| operation.tags.first());
    let mut modules = BTreeMap::new();
    for tag in described.chain(used) {
        if !modules.contains_key(tag) {
            modules.insert(tag.clone(), namespace.claim(tag).to_string());
        }
    }
    modules
}

/// Returns whether a text can be the name of a Rust module in the output: it is lower-case ASCII, and not a keyword or
/// a reserved file name.
#[must_use]
pub fn is_module(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_lowercase());
    let continues = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    starts && continues && escaped(name, Case::Module) == name
}
