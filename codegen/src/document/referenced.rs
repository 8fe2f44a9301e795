//! The values that references name.

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use super::files::Files;
use super::node::{Identity, Node};
use super::path_steps::{is_meaningful, schema_component};
use super::pointer::{Pointer, unescape};
use super::relative::{file_of, percent_decode};
use crate::diagnostic::{Place, Spot};

/// The values of OpenAPI documents that references name, except components. A schema among them has one type for all
/// its references.
#[derive(Debug, Default)]
pub struct Referenced {
    values: FxHashSet<Identity>,
    /// The schemas in the maps of properties that references name.
    properties: FxHashSet<Identity>,
}

impl Referenced {
    /// Returns whether a reference names a value of an OpenAPI document that is no component.
    #[must_use]
    pub fn has(&self, node: &Node<'_>) -> bool {
        self.values.contains(&node.identity())
    }

    /// Returns whether a reference names the `properties` of an OpenAPI document that hold a schema.
    #[must_use]
    pub fn has_properties_around(&self, node: &Node<'_>) -> bool {
        self.properties.contains(&node.identity())
    }
}

impl Files {
    /// Finds the values that the references of all files name, except components.
    #[must_use]
    pub fn referenced(&self) -> Referenced {
        let mut referenced = Referenced::default();
        for (file, pointer) in self.referenced_places() {
            let segments = pointer.segments();
            if schema_component(&segments).is_some() || !is_meaningful(&segments) {
                continue;
            }
            let Some(node) = self.node_at(&Place { file, spot: Spot::Pointer(pointer.text()) }) else { continue };
            referenced.values.insert(node.identity());
            if segments.last() == Some(&"properties") {
                referenced.properties.extend(node.entries().iter().map(|(_, property)| property.identity()));
            }
        }
        referenced
    }

    /// Returns the file and the JSON pointer of each value that a `$ref` of any file names by its path.
    fn referenced_places(&self) -> Vec<(String, Pointer)> {
        let (mut seen, mut found) = (FxHashSet::default(), Vec::new());
        for (path, file) in &self.files {
            let Ok(file) = file else { continue };
            for reference in references(&file.root) {
                let (to, fragment) = reference.split_once('#').unwrap_or((reference, ""));
                let target = if to.is_empty() { Some(path.clone()) } else { file_of(path, to) };
                let target = target.and_then(|target| self.files.get(&target)?.as_ref().ok());
                if let (Some(target), true) = (target, fragment.starts_with('/')) {
                    let segments = fragment.split('/').skip(1).map(|part| unescape(&percent_decode(part)).into_owned());
                    let pointer = segments.fold(Pointer::root(), |pointer, segment| pointer.child(&segment));
                    if seen.insert((target.path.as_str(), pointer.text())) {
                        found.push((target.path.clone(), pointer));
                    }
                }
            }
        }
        found
    }
}

/// Returns the texts of all `$ref` within a value.
fn references(root: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                found.extend(entries.get("$ref").and_then(Value::as_str));
                waiting.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
