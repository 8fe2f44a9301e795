//! Values with their places.

use octogen_runtime::Value;

use super::file::File;
use super::files::Files;
use super::pointer::Pointer;
use super::scope::Scope;
use crate::diagnostic::{Place, Spot};

impl File {
    /// Returns the root value of this file as a node. References are not followed from it; a node of
    /// [`Files`] knows the other files as well.
    #[must_use]
    pub fn node(&self) -> Node<'_> {
        Node {
            files: None,
            file: self,
            value: &self.root,
            pointer: Pointer::root(),
            scope: Scope::default(),
            is_shared: false,
        }
    }
}

impl Files {
    /// Returns the root of the entry file of an OpenAPI document: the one that the user named. Lowering starts there.
    #[must_use]
    pub fn entry(&self) -> Option<Node<'_>> {
        Some(self.root_of(self.files.get(&self.entry)?.as_ref().ok()?))
    }

    /// Returns the root of one of these files.
    pub(super) fn root_of<'a>(&'a self, file: &'a File) -> Node<'a> {
        Node { files: Some(self), ..file.node() }
    }
}

/// A JSON value of an OpenAPI document, together with its file and its JSON pointer. Code that reads the document
/// passes nodes around, so that each diagnostic can name a place.
#[derive(Clone, Debug)]
pub struct Node<'a> {
    /// The files that references of the value can name. An overlay has none.
    pub(super) files: Option<&'a Files>,
    /// The file of the value.
    pub file: &'a File,
    /// The value.
    pub value: &'a Value,
    /// The pointer to the value within the file.
    pub pointer: Pointer,
    /// The meaning of the dynamic references within the value.
    pub(super) scope: Scope,
    /// Whether the value is a property of a schema that has a `$ref` in the place of `properties`. It can contain that
    /// schema, so that it needs a type of its own.
    pub is_shared: bool,
}

/// The identity of a JSON value of an OpenAPI document: its address, which does not change while the files are loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Identity(*const Value);

/// A JSON value of an OpenAPI document, together with the meaning of the dynamic references within.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Instance {
    value: Identity,
    scope: Scope,
}

impl<'a> Node<'a> {
    /// Returns the place of this JSON value, file and pointer, for a diagnostic about the value.
    #[must_use]
    pub fn place(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Pointer(self.pointer.text()) }
    }

    /// Returns the place of the object key that holds this JSON value, for a diagnostic about the key.
    #[must_use]
    pub fn place_as_key(&self) -> Place {
        Place { file: self.file.path.clone(), spot: Spot::Key(self.pointer.text()) }
    }

    /// Returns the object key or the array index that holds this JSON value. That of a whole file is empty.
    #[must_use]
    pub fn key(&self) -> &str {
        self.pointer.segments().last().copied().unwrap_or_default()
    }

    /// Returns the value under a key of this JSON object as a node, or `None` if there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Node<'a>> {
        Some(self.below(key, self.value.get(key)?))
    }

    /// Returns the value under a key or an index as a node.
    pub(super) fn below(&self, segment: &str, value: &'a Value) -> Node<'a> {
        let (files, file, scope) = (self.files, self.file, self.scope.clone());
        Node { files, file, value, pointer: self.pointer.child(segment), scope, is_shared: false }
    }

    /// Returns the value one level below, by its object key or array index.
    pub(super) fn step(&self, segment: &str) -> Option<Node<'a>> {
        let element = || self.value.as_array()?.get(segment.parse::<usize>().ok()?);
        self.value.get(segment).or_else(element).map(|value| self.below(segment, value))
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
    /// that is not an object has no entries.
    #[must_use]
    pub fn entries(&self) -> Vec<(&'a str, Node<'a>)> {
        let entries = self.value.as_object().into_iter().flatten();
        let node = |(key, value): (&'a String, &'a Value)| (key.as_str(), self.below(key, value));
        entries.map(node).collect()
    }

    /// Returns the elements of this JSON array as nodes. A value that is not an array has no elements.
    #[must_use]
    pub fn items(&self) -> Vec<Node<'a>> {
        let elements = self.value.as_array().unwrap_or_default().iter().enumerate();
        elements.map(|(index, value)| self.below(&index.to_string(), value)).collect()
    }

    /// Returns whether this node is a whole OpenAPI document, which states its version.
    #[must_use]
    pub fn is_document(&self) -> bool {
        self.value.get("openapi").is_some()
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
        let (outer, inner) = (self.pointer.segments(), other.pointer.segments());
        std::ptr::eq(self.file, other.file) && inner.len() > outer.len() && inner.starts_with(&outer)
    }

    /// Returns the identity of this node, as a key for maps. Two nodes with the same identity are the same JSON value of
    /// the same file.
    #[must_use]
    pub fn identity(&self) -> Identity {
        Identity(self.value)
    }

    /// Returns the identity of this node together with the meaning of the dynamic references within. A schema with
    /// dynamic references is a type for each meaning.
    #[must_use]
    pub fn instance(&self) -> Instance {
        Instance { value: self.identity(), scope: self.scope.clone() }
    }

    /// Returns whether the way to this node gives a meaning to dynamic references within.
    #[must_use]
    pub fn is_instance(&self) -> bool {
        !self.scope.is_empty()
    }

    /// Returns this node as the target of a reference, which has a type of its own.
    #[must_use]
    pub fn into_target(self) -> Self {
        Self { is_shared: false, ..self }
    }
}
