//! Files, and values with their places.

use octogen_runtime::Value;

use super::Pointer;
use crate::diagnostic::{Place, Spot};

/// A parsed JSON or YAML file of an OpenAPI document: its path and its content. All nodes of the document borrow from
/// it.
#[derive(Debug)]
pub struct File {
    /// The path, as diagnostics show it.
    pub path: String,
    /// The content.
    pub root: Value,
}

impl File {
    /// Returns the root value of this file as a node. Code that reads an OpenAPI document starts here.
    #[must_use]
    pub fn node(&self) -> Node<'_> {
        Node { file: self, value: &self.root, pointer: Pointer::root() }
    }
}

/// A JSON value of an OpenAPI document, together with its file and its JSON pointer. Code that reads the document
/// passes nodes around, so that each diagnostic can name a place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The file of the value.
    pub file: &'a File,
    /// The value.
    pub value: &'a Value,
    /// The pointer to the value within the file.
    pub pointer: Pointer,
}

impl<'a> Node<'a> {
    /// Returns the place of this JSON value, file and pointer, for a diagnostic about the value.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Pointer(self.pointer.to_string()) }
    }

    /// Returns the place of the object key that holds this JSON value, for a diagnostic about the key.
    #[must_use]
    pub fn place_as_key(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Key(self.pointer.to_string()) }
    }

    /// Returns the value under a key.
    #[must_use]
    pub(super) fn get(&self, key: &str) -> Option<Node<'a>> {
        let value = self.value.get(key)?;
        Some(Node { file: self.file, value, pointer: self.pointer.child(key) })
    }

    /// Returns the value under a key, or this value if it has no such key. Use it for the place of a diagnostic.
    #[must_use]
    pub fn child(&self, key: &str) -> Node<'a> {
        self.get(key).unwrap_or_else(|| self.clone())
    }

    /// Returns the text of `$ref` if this JSON value of an OpenAPI document is an object with a reference.
    #[must_use]
    pub fn reference(&self) -> Option<&'a str> {
        self.value.get("$ref")?.as_str()
    }

    /// Returns the entries of this JSON object in the order of the document, each with its key and as a node. A value
    /// that is no object has no entries.
    #[must_use]
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let entries = self.value.as_object().into_iter().flatten();
        let node = |(key, value): (&'a String, &'a Value)| {
            (key.as_str(), Node { file: self.file, value, pointer: self.pointer.child(key) })
        };
        entries.map(node).collect()
    }

    /// Returns the elements of this JSON array as nodes. A value that is no array has no elements.
    #[must_use]
    pub fn items(&self) -> Vec<Node<'a>> {
        let elements = self.value.as_array().unwrap_or_default().iter().enumerate();
        let pointer = |index: usize| self.pointer.child(&index.to_string());
        elements.map(|(index, value)| Node { file: self.file, value, pointer: pointer(index) }).collect()
    }

    /// Returns whether two nodes are the same JSON value of the same file. Equal values at different places are not the
    /// same.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        std::ptr::eq(self.value, other.value)
    }

    /// Returns whether this JSON value contains another node, at any depth of the same file.
    #[must_use]
    pub fn holds(&self, other: &Self) -> bool {
        let (outer, inner) = (self.pointer.to_string(), other.pointer.to_string());
        std::ptr::eq(self.file, other.file) && inner.strip_prefix(&outer).is_some_and(|rest| rest.starts_with('/'))
    }

    /// Returns the path of the file and the JSON pointer of this node, as a key for maps. Two nodes with the same
    /// identity are the same JSON value.
    #[must_use]
    pub fn identity(&self) -> (String, String) {
        (self.file.path.clone(), self.pointer.to_string())
    }
}
