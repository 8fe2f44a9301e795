//! Names of the schemas that references name: a component has its own name, and any other schema the name of its place.

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use super::media_types::{self, is_plain_json};
use crate::diagnostic::{Place, Spot};
use crate::document::{Files, Identity, Node};
use crate::ir::Origin;

/// The values that references name, except components.
pub(super) struct Referenced {
    values: FxHashSet<Identity>,
    /// The schemas in the maps of properties that references name.
    properties: FxHashSet<Identity>,
}

impl Referenced {
    /// Finds the values that references of all files name.
    pub(super) fn find(files: &Files) -> Self {
        let (mut values, mut properties) = (FxHashSet::default(), FxHashSet::default());
        for (file, pointer) in files.referenced_places() {
            let segments = segments(&pointer);
            if component(&segments).is_some() || !is_place(&segments) {
                continue;
            }
            let Some(node) = files.node_at(&Place { file, spot: Spot::Pointer(pointer) }) else { continue };
            values.insert(node.identity());
            if segments.last().is_some_and(|last| last == "properties") {
                properties.extend(node.entries().iter().map(|(_, property)| property.identity()));
            }
        }
        Self { values, properties }
    }

    /// Returns whether a reference names a value.
    pub(super) fn has(&self, node: &Node<'_>) -> bool {
        self.values.contains(&node.identity())
    }

    /// Returns whether a reference names the map of properties that holds a schema.
    pub(super) fn has_properties_around(&self, node: &Node<'_>) -> bool {
        self.properties.contains(&node.identity())
    }
}

/// Returns the origin of a schema that a reference names.
pub(super) fn origin(node: &Node<'_>) -> Origin {
    let segments = segments(&node.pointer.text());
    if let Some(name) = component(&segments) {
        return Origin::Component(name.to_owned());
    }
    if is_place(&segments) {
        let words = words(&node.file.root, &segments);
        return Origin::Place { root: words.root.join(" "), steps: words.steps };
    }
    let last = segments.iter().rev().find(|segment| segment.parse::<usize>().is_err()).map(String::as_str);
    let stem = node.file.path.rsplit('/').next().and_then(|name| name.split('.').next());
    Origin::Component(last.or(stem).unwrap_or("schema").to_owned())
}

fn segments(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect()
}

/// Returns the name of a component: the key of a map of schemas.
fn component(segments: &[String]) -> Option<&str> {
    match segments {
        [.., map, name] if ["schemas", "definitions", "$defs"].contains(&map.as_str()) => Some(name),
        _ => None,
    }
}

/// Returns whether a pointer passes through an operation or a schema, and not only through keys without a meaning.
fn is_place(segments: &[String]) -> bool {
    const WITHIN: [&str; 9] =
        ["paths", "webhooks", "x-webhooks", "components", "properties", "items", "allOf", "oneOf", "anyOf"];
    segments.iter().any(|segment| WITHIN.contains(&segment.as_str()))
}

/// The words for a place: those that name an inline type at this place.
#[derive(Default)]
struct Words {
    /// The component or the part of an operation around the place.
    root: Vec<String>,
    /// The steps from the root.
    steps: Vec<String>,
}

impl Words {
    /// Adds a part of an operation. What comes before it is a part of the root.
    fn push_root(&mut self, part: impl Into<String>) {
        self.root.append(&mut self.steps);
        self.root.push(part.into());
    }

    /// Adds a step that has a name.
    fn push(&mut self, step: &str) {
        let words = if self.root.is_empty() { &mut self.root } else { &mut self.steps };
        words.push(step.to_owned());
    }

    /// Adds a step without a name of its own, such as the items of an array, to the step before it.
    fn extend_last(&mut self, words: &str) {
        match self.steps.last_mut() {
            Some(last) => {
                last.push(' ');
                last.push_str(words);
            }
            None => self.push(words),
        }
    }
}

/// Returns the words for a place.
fn words(root: &Value, segments: &[String]) -> Words {
    let mut segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let mut words = Words::default();
    let mut at = Some(root);
    let mut steps = match segments.as_slice() {
        ["paths", path, "parameters", ..] => {
            words.push_root(*path);
            2
        }
        ["paths", path, method, ..] => {
            let operation = value_at(Some(root), &segments[..3]);
            let id = operation.and_then(|operation| operation.get("operationId")?.as_str());
            words.push_root(id.map_or_else(|| format!("{method} {path}"), str::to_owned));
            3
        }
        ["webhooks" | "x-webhooks", name, _, ..] => {
            words.push_root(*name);
            3
        }
        ["components", kind, name, ..] => {
            words.push_root(*name);
            let role = [("responses", "response"), ("requestBodies", "body"), ("headers", "header")];
            words.root.extend(role.iter().find(|(map, _)| map == kind).map(|(_, word)| (*word).to_owned()));
            3
        }
        _ => 0,
    };
    loop {
        at = value_at(at, &segments[..steps]);
        segments.drain(..steps);
        steps = match segments.as_slice() {
            [] => return words,
            ["responses", status, ..] => {
                words.push_root(match *status {
                    "200" | "2XX" | "2xx" => String::from("response"),
                    other => format!("response {}", other.to_ascii_lowercase()),
                });
                2
            }
            ["content", media_type, ..] => {
                let label = media_label(at.and_then(|at| at.get("content")), media_type);
                if !label.is_empty() {
                    words.root.insert(words.root.len().saturating_sub(1), label);
                }
                2
            }
            ["requestBody", ..] => {
                words.push_root("body");
                1
            }
            ["parameters", index, ..] => {
                let name = value_at(at, &["parameters", index, "name"]).and_then(Value::as_str);
                words.push_root(name.unwrap_or(index));
                2
            }
            ["properties" | "headers" | "$defs" | "definitions", key, ..] => {
                words.push(key);
                2
            }
            ["items" | "prefixItems", index, ..] if index.parse::<usize>().is_ok() => {
                words.extend_last(&format!("element{index}"));
                2
            }
            ["items", ..] => {
                words.extend_last("item");
                1
            }
            ["additionalProperties", ..] => {
                words.extend_last("value");
                1
            }
            // The properties of a part of `allOf` belong to the whole.
            ["allOf", _, _, ..] => 2,
            ["allOf" | "oneOf" | "anyOf", index, ..] => {
                words.extend_last(&part(value_at(at, &segments[..2]), index));
                2
            }
            ["schema", ..] => 1,
            [other, ..] => {
                words.push(other);
                1
            }
        };
    }
}

fn value_at<'a>(value: Option<&'a Value>, path: &[&str]) -> Option<&'a Value> {
    path.iter().try_fold(value?, |value, segment| match value.as_array() {
        Some(items) => items.get(segment.parse::<usize>().ok()?),
        None => value.get(segment),
    })
}

/// Returns the label of a media type, which is empty for the one that octogen chooses: plain JSON, or else the first.
fn media_label(content: Option<&Value>, media_type: &str) -> String {
    let keys = || content.and_then(Value::as_object).into_iter().flatten().map(|(key, _)| key.as_str());
    let chosen = keys().find(|key| is_plain_json(key)).or_else(|| keys().next());
    if chosen == Some(media_type) { String::new() } else { media_types::label(media_type) }
}

/// Returns the name of a part of a composed schema: its title, its first property, or its position.
fn part(value: Option<&Value>, index: &str) -> String {
    let title = value.and_then(|part| part.get("title")?.as_str());
    let property = value.and_then(|part| part.get("properties")?.as_object()?.iter().next()).map(|(key, _)| key);
    match (title, property) {
        (Some(title), _) => title.to_owned(),
        (None, Some(key)) => format!("with {key}"),
        (None, None) => format!("part {index}"),
    }
}
