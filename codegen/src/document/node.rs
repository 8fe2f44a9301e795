//! A value with its place.

use std::fmt;
use std::sync::Arc;

use octogen_runtime::{JsonType, Map, Value};

use super::File;
use crate::diagnostic::{Diagnostics, Place, Spot};

/// A value of a document and the way to it.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The file that it stands in.
    pub file: &'a File,
    /// The value.
    pub value: &'a Value,
    /// The way from the root of the file.
    pub pointer: Pointer,
}

/// A JSON pointer; its front parts are shared with the pointers that it was made from.
#[derive(Clone, Debug)]
pub struct Pointer(Option<Arc<Link>>);

#[derive(Debug)]
struct Link {
    parent: Pointer,
    segment: Box<str>,
}

impl Pointer {
    /// The pointer to a whole document.
    #[must_use]
    pub fn root() -> Self {
        Self(None)
    }

    /// The pointer to a part of what this one leads to.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        Self(Some(Arc::new(Link { parent: self.clone(), segment: segment.into() })))
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut segments = Vec::new();
        let mut at = self;
        while let Some(link) = &at.0 {
            segments.push(&link.segment);
            at = &link.parent;
        }
        for segment in segments.into_iter().rev() {
            f.write_str("/")?;
            match segment.contains(['~', '/']) {
                true => f.write_str(&segment.replace('~', "~0").replace('/', "~1"))?,
                false => f.write_str(segment)?,
            }
        }
        Ok(())
    }
}

impl<'a> Node<'a> {
    /// The place, for a diagnostic.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Pointer(self.pointer.to_string()) }
    }

    /// The place of the key that holds the value, for a diagnostic on the key.
    #[must_use]
    pub fn place_as_key(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Key(self.pointer.to_string()) }
    }

    /// The place of the value under a key, or of this one where it has none.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.get(key).map_or_else(|| self.place(), |node| node.place())
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get(key)?;
        Some(Node { file: self.file, value, pointer: self.pointer.child(key) })
    }

    /// The value under a key, if it is of that type; another type is reported.
    pub fn expect(&self, key: &str, kind: JsonType, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        let node = self.get(key)?;
        if node.value.kind() == kind {
            return Some(node);
        }
        let message = format!("`{key}` is {}, where OpenAPI has {kind}", node.value.kind());
        diagnostics.warn(node.place(), message, format!("the key is passed over{}", hint(kind, node.value.kind())));
        None
    }

    /// The text under a key; another type is reported, save a number or a boolean, which YAML reads where text is meant.
    pub fn text(&self, key: &str, diagnostics: &mut Diagnostics) -> Option<&'a str> {
        match self.value.get(key) {
            Some(Value::Number(number)) => Some(number.as_str()),
            Some(Value::Null) | None => None,
            _ => self.expect(key, JsonType::String, diagnostics)?.value.as_str(),
        }
    }

    /// The boolean under a key, false if there is none; another type is reported.
    pub fn flag(&self, key: &str, diagnostics: &mut Diagnostics) -> bool {
        self.expect(key, JsonType::Boolean, diagnostics).and_then(|node| node.value.as_bool()).unwrap_or(false)
    }

    /// The entries under a key; another type is reported.
    pub fn entries_of(&self, key: &str, diagnostics: &mut Diagnostics) -> Vec<(&'a str, Node<'a>)> {
        self.expect(key, JsonType::Object, diagnostics).map(|node| node.entries()).unwrap_or_default()
    }

    /// The elements under a key; another type is reported.
    pub fn items_of(&self, key: &str, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
        self.expect(key, JsonType::Array, diagnostics).map(|node| node.items()).unwrap_or_default()
    }

    /// The entries, where this is an object.
    #[must_use]
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let entries: Option<&'a Map<Value>> = self.value.as_object();
        let entry = |(key, value): (&'a String, &'a Value)| {
            (key.as_str(), Node { file: self.file, value, pointer: self.pointer.child(key) })
        };
        entries.map(|entries| entries.iter().map(entry).collect()).unwrap_or_default()
    }

    /// The elements, where this is an array.
    #[must_use]
    pub fn items(&self) -> Vec<Node<'a>> {
        let item = |(index, value): (usize, &'a Value)| Node {
            file: self.file,
            value,
            pointer: self.pointer.child(&index.to_string()),
        };
        self.value.as_array().map(|items| items.iter().enumerate().map(item).collect()).unwrap_or_default()
    }

    /// Whether the other is the same place.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    /// Whether the other stands somewhere within this one.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let (outer, inner) = (self.pointer.to_string(), other.pointer.to_string());
        std::ptr::eq(self.file, other.file) && inner.strip_prefix(&outer).is_some_and(|rest| rest.starts_with('/'))
    }

    /// The way to the value and its file: two nodes are the same when these are.
    #[must_use]
    pub fn identity(&self) -> (String, String) {
        (self.file.path.clone(), self.pointer.to_string())
    }
}

/// How a value of the type that is wanted is written.
fn hint(wanted: JsonType, found: JsonType) -> &'static str {
    match (wanted, found) {
        (_, JsonType::Null) => ": nothing stands behind it",
        (JsonType::Array, _) => "; an array is written `[…]`, or with `- ` before each element",
        (JsonType::Object, JsonType::Array) => "; the entries of an object have no `- ` before them",
        (JsonType::Boolean, JsonType::String) => "; write `true` or `false`, without quotes",
        (JsonType::String, JsonType::Boolean) => "; put it in quotes",
        _ => "",
    }
}
