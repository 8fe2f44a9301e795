//! The raw files of an OpenAPI document, and references between them.
//!
//! The exam reads documents with code of its own, so that a fault of octogen's reader is not repeated here.

use std::collections::BTreeMap;

use octogen::source::{Format, Loader, Source};
use serde_json::{Map, Value};

/// The number of files that an examined document may have.
const MAX_FILES: usize = 2_000;

/// The files of a document, each as plain JSON, by the paths that octogen's places have.
pub(super) struct Documents {
    pub(super) files: BTreeMap<String, Value>,
    pub(super) entry: String,
}

impl Documents {
    /// Reads the entry file, and each file that a reference names.
    pub(super) fn read(source: &Source, loader: &dyn Loader) -> Result<Self, String> {
        let mut files = BTreeMap::from([(source.path.clone(), parse(source)?)]);
        let mut waiting = vec![source.path.clone()];
        while let Some(path) = waiting.pop() {
            let mut named = Vec::new();
            named_files(&files[&path], &path, &mut named);
            for path in named {
                if files.len() < MAX_FILES
                    && !files.contains_key(&path)
                    && let Ok(source) = loader.load(&path)
                    && let Ok(value) = parse(&Source { path: path.clone(), ..source })
                {
                    files.insert(path.clone(), value);
                    waiting.push(path);
                }
            }
        }
        Ok(Self { files, entry: source.path.clone() })
    }

    /// Returns whether the document is of OpenAPI 3.0, whose schemas differ from JSON Schema.
    pub(super) fn is_3_0(&self) -> bool {
        self.files[&self.entry].get("openapi").and_then(Value::as_str).is_some_and(|text| text.starts_with("3.0"))
    }

    /// Returns the value at a JSON pointer of a file.
    pub(super) fn at(&self, file: &str, pointer: &str) -> Option<&Value> {
        self.files.get(file)?.pointer(pointer)
    }

    /// Returns the file and the JSON pointer that a reference from a file names.
    pub(super) fn resolve(&self, from: &str, reference: &str) -> Option<(String, String)> {
        let (file, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let file = if file.is_empty() { from.to_owned() } else { joined(from, file)? };
        let root = self.files.get(&file)?;
        let fragment = decoded(fragment);
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            root.pointer(&fragment)?;
            fragment
        } else {
            anchored(root, &fragment, String::new())?
        };
        Some((file, pointer))
    }
}

fn parse(source: &Source) -> Result<Value, String> {
    let text = source.text.trim_start_matches('\u{feff}');
    match source.format() {
        Format::Json => serde_json::from_str(text).map_err(|error| error.to_string()),
        Format::Yaml => {
            let value: serde_yaml::Value = serde_yaml::from_str(text).map_err(|error| error.to_string())?;
            Ok(as_json(value))
        }
    }
}

/// Returns a YAML value as JSON, with maps under `<<` merged into the map around them.
fn as_json(value: serde_yaml::Value) -> Value {
    use serde_yaml::Value as Yaml;
    match value {
        Yaml::Null => Value::Null,
        Yaml::Bool(value) => Value::Bool(value),
        Yaml::Number(number) => serde_json::to_value(number).unwrap_or_default(),
        Yaml::String(text) => Value::String(text),
        Yaml::Sequence(items) => Value::Array(items.into_iter().map(as_json).collect()),
        Yaml::Tagged(tagged) => as_json(tagged.value),
        Yaml::Mapping(entries) => {
            let mut map = Map::new();
            for (key, value) in entries {
                let key = match key {
                    Yaml::String(text) => text,
                    other => serde_yaml::to_string(&other).unwrap_or_default().trim().to_owned(),
                };
                map.insert(key, as_json(value));
            }
            let merged = match map.get("<<") {
                Some(Value::Object(_)) => map.remove("<<").into_iter().collect(),
                Some(Value::Array(maps)) if maps.iter().all(Value::is_object) => {
                    map.remove("<<").and_then(|maps| maps.as_array().cloned()).unwrap_or_default()
                }
                _ => Vec::new(),
            };
            for (key, value) in merged.iter().filter_map(Value::as_object).flatten() {
                map.entry(key.clone()).or_insert_with(|| value.clone());
            }
            Value::Object(map)
        }
    }
}

fn named_files(value: &Value, from: &str, found: &mut Vec<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| named_files(item, from, found)),
        Value::Object(entries) => {
            if let Some(Value::String(reference)) = entries.get("$ref") {
                let file = reference.split('#').next().unwrap_or_default();
                found.extend(Some(file).filter(|file| !file.is_empty()).and_then(|file| joined(from, file)));
            }
            entries.values().for_each(|value| named_files(value, from, found));
        }
        _ => {}
    }
}

/// Returns the path that a relative path from a file names, unless it is outside of the folder.
fn joined(from: &str, path: &str) -> Option<String> {
    if path.contains("://") {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let path = decoded(path);
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Decodes percent-encoded bytes.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut decoded, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        let byte = text
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        decoded.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    String::from_utf8(decoded).unwrap_or_else(|_| text.to_owned())
}

/// Returns the pointer to the schema with an anchor.
fn anchored(value: &Value, name: &str, pointer: String) -> Option<String> {
    match value {
        Value::Array(items) => {
            items.iter().enumerate().find_map(|(index, item)| anchored(item, name, format!("{pointer}/{index}")))
        }
        Value::Object(entries) => {
            let has = |key: &str| entries.get(key).and_then(Value::as_str) == Some(name);
            if has("$anchor") || has("$dynamicAnchor") {
                return Some(pointer);
            }
            entries.iter().find_map(|(key, value)| anchored(value, name, child(&pointer, key)))
        }
        _ => None,
    }
}

/// Returns the pointer to a key of the value at a pointer.
pub(super) fn child(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}
