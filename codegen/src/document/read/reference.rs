//! References: where OpenAPI allows them, and how octogen reads them elsewhere.

use std::marker::PhantomData;

use octogen_runtime::JsonType;

use super::{Child, OpenApiObject, Read};
use crate::diagnostic::{Code, Diagnostics};
use crate::document::check::Checker;
use crate::document::{Files, Node};

/// The objects that a `$ref` can replace, each with its section of `components`, and with what octogen does if the
/// `$ref` has no target.
const REFERABLE: [(&str, &str, &str); 10] = [
    ("a schema", "schemas", "octogen accepts any JSON for this schema"),
    ("a parameter", "parameters", "octogen ignores the parameter"),
    ("a header", "headers", "octogen ignores the header"),
    ("a request body", "requestBodies", "octogen generates the operation without a body"),
    ("a response", "responses", "octogen generates the response without content"),
    ("an example", "examples", "octogen ignores the example"),
    ("a link", "links", "octogen ignores the link"),
    ("a callback", "callbacks", "octogen ignores the callback"),
    ("a path item", "pathItems", "octogen generates no operations for it"),
    ("a security scheme", "securitySchemes", "octogen documents the scheme, but the client cannot send its credential"),
];

/// Returns the name of the object that a component of a section is, if that is not the expected one.
pub(in crate::document) fn other_object(section: &str, expected: &str) -> Option<&'static str> {
    let (name, ..) = REFERABLE.iter().find(|(_, known, _)| *known == section)?;
    (*name != expected && is_referable(expected)).then_some(*name)
}

/// Returns what octogen does without an object, if a reference to it has no target.
pub(in crate::document) fn fallback(name: &str) -> &'static str {
    let known = REFERABLE.iter().find(|(referable, ..)| *referable == name);
    known.map_or("octogen ignores the key", |(.., fallback)| fallback)
}

/// Returns whether a `$ref` can replace an object.
pub(super) fn is_referable(name: &str) -> bool {
    REFERABLE.iter().any(|(referable, ..)| *referable == name)
}

/// The type of a field that holds an OpenAPI object or a `$ref` to one, not read yet. [`Files::read`] follows the
/// reference and reads the object.
#[derive(Clone, Debug)]
pub struct RefOr<'a, T> {
    /// The object or the reference, not read.
    pub node: Node<'a>,
    object: PhantomData<T>,
}

impl<'a, T: OpenApiObject<'a>> Read<'a> for RefOr<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        if T::accepts(child.value) {
            return Self::read_entry(child, diagnostics);
        }
        child.expect(JsonType::Object, diagnostics);
        None
    }

    /// The type of the value is reported when the object is read.
    fn read_entry(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self { node: child.node(), object: PhantomData })
    }

    fn check(&self, checker: &mut Checker<'a, '_>) {
        check_object::<T>(self.node.clone(), checker);
    }
}

/// Checks an object, or the target of a reference to one.
fn check_object<'a, T: OpenApiObject<'a>>(node: Node<'a>, checker: &mut Checker<'a, '_>) {
    if !checker.enter(&node, T::NAME) {
        return;
    }
    let reference = node.reference();
    if let Some(reference) = reference {
        if !T::KEYS.contains(&"$ref") {
            report_reference::<T>(&node, checker.diagnostics());
        }
        checker.note_reference(&node, reference, T::NAME, check_object::<T>);
    }
    // Other keys beside a reference have an effect in schemas only.
    if reference.is_none() || T::KEYS.contains(&"$ref") {
        T::read_or_empty(node, checker.diagnostics()).check_fields(checker);
    }
}

impl Files {
    /// Reads an OpenAPI object from a field that holds the object or a `$ref` to it. A reference without a target is
    /// reported as a warning.
    pub fn read<'a, T: OpenApiObject<'a>>(&'a self, object: &RefOr<'a, T>, diagnostics: &mut Diagnostics) -> Option<T> {
        let mut trail = self.follow_to::<T>(&object.node, diagnostics)?;
        let mut read = T::read_or_empty(trail.pop()?, diagnostics);
        // A text beside a reference replaces that of the object.
        trail.iter().rev().for_each(|reference| read.replace_texts(reference, diagnostics));
        Some(read)
    }

    fn follow_to<'a, T: OpenApiObject<'a>>(
        &'a self,
        node: &Node<'a>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Vec<Node<'a>>> {
        let trail = self.follow(node, T::NAME, diagnostics)?;
        trail[..trail.len() - 1].iter().for_each(|reference| report_reference::<T>(reference, diagnostics));
        Some(trail)
    }
}

impl<'a> Node<'a> {
    /// Returns the payload of an example: this value, or the value behind it if it is nothing but a `$ref` with a
    /// target. A warning says that the standard takes the `$ref` itself as the payload.
    #[must_use]
    pub fn payload(&self, diagnostics: &mut Diagnostics) -> Self {
        let is_alone = self.value.as_object().is_some_and(|entries| entries.len() == 1);
        let (Some(files), Some(reference), true) = (self.files, self.reference(), is_alone) else {
            return self.clone();
        };
        let Ok(target) = files.resolve(self, reference) else {
            return self.clone();
        };
        report_misplaced(self, "the value of an example", diagnostics);
        let is_example = matches!(*target.pointer.segments(), ["components", "examples", _]);
        target.get("value").filter(|_| is_example).unwrap_or(target)
    }

    /// Returns this value, or the value behind it if it is a `$ref` in a place where OpenAPI allows none. A warning says
    /// so. A reference without a target gives `None`.
    pub(in crate::document) fn behind_misplaced_reference(
        self,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let (Some(files), Some(_)) = (self.files, self.reference()) else {
            return Some(self);
        };
        report_misplaced(&self, name, diagnostics);
        files.follow(&self, name, diagnostics)?.pop()
    }
}

/// Reports a `$ref` where OpenAPI allows none, and keys beside it.
fn report_reference<'a, T: OpenApiObject<'a>>(reference: &Node<'a>, diagnostics: &mut Diagnostics) {
    if !is_referable(T::NAME) {
        report_misplaced(reference, T::NAME, diagnostics);
    }
    report_keys_beside(reference, diagnostics);
}

fn report_misplaced(node: &Node<'_>, name: &str, diagnostics: &mut Diagnostics) {
    let message = format!("OpenAPI does not allow a `$ref` to replace {name}");
    let help = "octogen reads the value that it refers to; other tools may ignore it, so write the value itself here";
    diagnostics.warn(Code::MisplacedReference, node.get("$ref").unwrap_or_else(|| node.clone()).place(), message, help);
}

/// Reports keys beside a `$ref` that have no effect: all but texts and extensions.
fn report_keys_beside(reference: &Node<'_>, diagnostics: &mut Diagnostics) {
    for (key, value) in reference.entries() {
        if !matches!(key, "$ref" | "summary" | "description" | "$comment") && !key.starts_with("x-") {
            let message = format!("`{key}` beside `$ref` has no effect");
            let help =
                "octogen ignores the key; move it into the object that `$ref` refers to, or write that object here";
            diagnostics.warn(Code::KeyBesideReference, value.place_as_key(), message, help);
        }
    }
}
