//! Names of modules.

use std::collections::BTreeMap;

use super::namespace::Namespace;
use super::reserved::{Case, escaped};
use crate::ir::{Api, Operation};

/// A constant: the name of the emitted Rust module for operations that neither a tag nor a path groups, and for models
/// that operations of several tags use.
pub const SHARED_MODULE: &str = "shared";

/// Module names that no tag may take.
const TAKEN: [&str; 6] = [SHARED_MODULE, "aliases", "tables", "mod", "models", "endpoints"];

/// The Rust modules of the operations.
#[derive(Debug, Default)]
pub(super) struct Modules {
    /// The module of each tag.
    pub(super) tags: BTreeMap<String, String>,
    /// The module of the operations without a tag, by the resource of their paths.
    resources: BTreeMap<String, String>,
}

impl Modules {
    /// Returns the module of a tag.
    pub(super) fn of_tag(&self, tag: Option<&str>) -> &str {
        tag.and_then(|tag| self.tags.get(tag)).map_or(SHARED_MODULE, String::as_str)
    }

    /// Returns the module of an operation.
    pub(super) fn of_operation(&self, operation: &Operation) -> &str {
        match operation.tags.first() {
            Some(tag) => self.of_tag(Some(tag)),
            None => {
                resource(&operation.path).and_then(|one| self.resources.get(one)).map_or(SHARED_MODULE, String::as_str)
            }
        }
    }
}

/// Names the modules of the operations: one for each tag, and one for each resource of operations without a tag.
pub(super) fn modules(api: &Api) -> Modules {
    let mut namespace = Namespace::new(Case::Module, &TAKEN);
    let described = api.tags.iter().map(|(name, _)| name);
    let used = api.operations.iter().flat_map(|operation| operation.tags.first());
    let mut modules = Modules::default();
    for tag in described.chain(used) {
        if !modules.tags.contains_key(tag) {
            let module = claim(&mut namespace, tag, &format!("{tag} operations"));
            modules.tags.insert(tag.clone(), module);
        }
    }
    let untagged = api.operations.iter().filter(|operation| operation.tags.is_empty());
    for one in untagged.filter_map(|operation| resource(&operation.path)) {
        if !modules.resources.contains_key(one) {
            let module = claim(&mut namespace, one, &format!("untagged {one}"));
            modules.resources.insert(one.to_owned(), module);
        }
    }
    modules
}

/// Claims a module, under the second name if the first one is taken.
fn claim(namespace: &mut Namespace, name: &str, other: &str) -> String {
    namespace.claim(if namespace.has(name) { other } else { name }).to_string()
}

/// Returns the first segment of a path that names a resource, and not a version, `api` or a parameter.
fn resource(path: &str) -> Option<&str> {
    let names = path.split('/').map(|segment| segment.split(['.', ':', '?', '(', '#']).next().unwrap_or_default());
    names.into_iter().find(|name| !name.is_empty() && !name.contains('{') && !is_prefix(name))
}

fn is_prefix(segment: &str) -> bool {
    let is_version = |rest: &str| rest.starts_with(|first: char| first.is_ascii_digit());
    segment.eq_ignore_ascii_case("api") || segment.strip_prefix(['v', 'V']).is_some_and(is_version)
}

/// Returns whether a text can be the name of a Rust module in the output: it is lower-case ASCII, and neither a keyword
/// of Rust nor a file name that Windows reserves.
#[must_use]
pub fn is_module(name: &str) -> bool {
    let mut characters = name.chars();
    let starts = characters.next().is_some_and(|first| first.is_ascii_lowercase());
    let continues = characters.all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    starts && continues && escaped(name, Case::Module) == name
}

#[cfg(test)]
mod tests {
    use super::resource;

    #[test]
    fn a_path_names_a_resource() {
        for (path, expected) in [
            ("/channels/{id}/messages", Some("channels")),
            ("/v1/customers", Some("customers")),
            ("/api/v2.1/users:search", Some("users")),
            ("/chat.postMessage", Some("chat")),
            ("/{id}", None),
            ("/", None),
        ] {
            assert_eq!(resource(path), expected, "{path}");
        }
    }
}
