//! The identifiers of schemas: `$id`, `$anchor` and `$dynamicAnchor` of JSON Schema 2020-12, and `$self` of a document.
//!
//! A schema with an `$id` starts a *resource*: references within it are relative to its URI, and `#` is its root. A file
//! is a resource as well. <https://json-schema.org/draft/2020-12/json-schema-core#section-8.2>

use indexmap::IndexMap;
use octogen_runtime::Value;
use rustc_hash::FxHashMap;

use super::file::File;
use super::relative::{resolve_uri, uri_of_file};
use super::unresolved_reference::UnresolvedReference;

/// The keywords whose entries have names. A name that equals a keyword is not a keyword.
const NAMED: [&str; 14] = [
    "properties",
    "patternProperties",
    "$defs",
    "definitions",
    "dependentSchemas",
    "schemas",
    "parameters",
    "headers",
    "responses",
    "requestBodies",
    "callbacks",
    "pathItems",
    "paths",
    "webhooks",
];
/// The keywords whose values are data and no schemas.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// The place of a value: the path of its file relative to the root, and its JSON pointer in segments.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Location {
    pub(super) file: String,
    pub(super) segments: Vec<String>,
}

/// The identifiers of all files of a document.
#[derive(Debug, Default)]
pub(super) struct Identifiers {
    /// The roots of the resources with an `$id` or `$self`, by their URIs.
    pub(super) resources: FxHashMap<String, Location>,
    /// The anchors by their names.
    pub(super) anchors: FxHashMap<String, Vec<Anchor>>,
    /// Whether a schema has a `$dynamicRef`.
    pub(super) has_dynamic_references: bool,
}

/// An `$anchor` or `$dynamicAnchor` of a schema.
#[derive(Debug)]
pub(super) struct Anchor {
    /// The schema that has the anchor.
    pub(super) schema: Location,
    /// The root of the resource that the schema belongs to.
    pub(super) resource: Location,
    /// Whether it is a `$dynamicAnchor`.
    pub(super) is_dynamic: bool,
}

impl Identifiers {
    /// Finds the identifiers of all files.
    pub(super) fn find(files: &IndexMap<String, Result<File, UnresolvedReference>>) -> Self {
        let mut found = Self::default();
        for (path, file) in files {
            let Ok(file) = file else { continue };
            let root = Location { file: path.clone(), segments: Vec::new() };
            let mut walk = Walk { found: &mut found, at: root.clone() };
            walk.visit(&file.root, &uri_of_file(path), &root);
        }
        found
    }
}

/// A walk over the values of a file. The readers bound its recursion.
struct Walk<'f> {
    found: &'f mut Identifiers,
    at: Location,
}

impl Walk<'_> {
    fn visit(&mut self, value: &Value, uri: &str, resource: &Location) {
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.descend(&index.to_string(), |walk| walk.visit(item, uri, resource));
                }
            }
            Value::Object(entries) => {
                let text = |key: &str| entries.get(key).and_then(Value::as_str);
                let own = own_uri(value, uri);
                let own_root = own.is_some().then(|| self.at.clone());
                let (uri, resource) = (own.as_deref().unwrap_or(uri), own_root.as_ref().unwrap_or(resource));
                if own.is_some() {
                    self.found.resources.entry(uri.to_owned()).or_insert_with(|| resource.clone());
                }
                self.found.has_dynamic_references |= text("$dynamicRef").is_some();
                // Before 2019-09, an `$id` that starts with `#` was an anchor.
                let anchor_id = text("$id").and_then(|id| id.strip_prefix('#'));
                let anchors = [(text("$anchor").or(anchor_id), false), (text("$dynamicAnchor"), true)];
                for (name, is_dynamic) in anchors {
                    let anchor = || Anchor { schema: self.at.clone(), resource: resource.clone(), is_dynamic };
                    if let Some((name, anchor)) = name.map(|name| (name, anchor())) {
                        self.found.anchors.entry(name.to_owned()).or_default().push(anchor);
                    }
                }
                for (key, child) in entries.iter().filter(|(key, _)| !DATA.contains(&key.as_str())) {
                    self.descend(key, |walk| match child {
                        Value::Object(named) if NAMED.contains(&key.as_str()) => {
                            for (name, child) in named {
                                walk.descend(name, |walk| walk.visit(child, uri, resource));
                            }
                        }
                        _ => walk.visit(child, uri, resource),
                    });
                }
            }
            _ => {}
        }
    }

    fn descend(&mut self, segment: &str, visit: impl FnOnce(&mut Self)) {
        self.at.segments.push(segment.to_owned());
        visit(self);
        self.at.segments.pop();
    }
}

/// Returns the absolute URI of a value that starts a resource.
pub(super) fn own_uri(value: &Value, base: &str) -> Option<String> {
    let id = value.get("$id").or_else(|| value.get("$self").filter(|_| value.get("openapi").is_some()));
    let id = id?.as_str()?.split('#').next().filter(|id| !id.is_empty())?;
    resolve_uri(base, id)
}
