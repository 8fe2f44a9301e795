//! Reads the values of a document into typed fields.
//!
//! `object!` declares an object of OpenAPI with its keys. The same list reads the fields and decides which keys are
//! unknown: a key that is read is known, and each other key is reported.

mod addresses;
mod fields;
mod object;
mod reference;
mod unknown_keys;

pub(super) use addresses::is_url;
pub use addresses::{Email, Url};
pub use fields::{Map, NonNull, Patterned, Presence, Text};
pub use object::{Declaration, KeyRule, OpenApiObject, Rules};
pub(super) use object::{check_keys, object};
pub use reference::RefOr;
pub(super) use reference::{fallback, other_object};
pub(super) use unknown_keys::report_unknown_key;

use octogen_runtime::{JsonType, Value};

use super::Node;
use super::check::Checker;
use crate::diagnostic::{Code, Diagnostics};

/// A trait for types that can be read from a JSON value of an OpenAPI document, such as the type of a field in an
/// `object!` declaration.
pub trait Read<'a>: Sized {
    /// Reads a value. A value of the wrong type is reported and gives `None`.
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self>;

    /// Reads an entry of a map or of a list.
    ///
    /// An object of the wrong type is reported and read as an empty object, so that the entry is not lost.
    fn read_entry(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Self::read(child, diagnostics)
    }

    /// Checks all objects within for contradictions.
    fn check(&self, _: &mut Checker<'a, '_>) {}

    /// Whether the value is a schema within a schema. Lists and maps of them can contain themselves, so that a `$ref` in
    /// the place of one is not followed.
    const IS_SUBSCHEMA: bool = false;
}

/// An entry of a JSON object or an element of a JSON array, while an OpenAPI object is read.
///
/// It becomes a [`Node`] only on demand, because the JSON pointer of a node costs an allocation.
#[derive(Clone, Copy)]
pub struct Child<'n, 'a> {
    parent: &'n Node<'a>,
    key: Key<'a>,
    /// The value.
    pub value: &'a Value,
}

#[derive(Clone, Copy)]
enum Key<'a> {
    Name(&'a str),
    Index(usize),
}

impl<'n, 'a> Child<'n, 'a> {
    /// Returns the entries of a JSON object, to read each of them as a field of an OpenAPI object. A value that is no
    /// object has no entries.
    pub fn entries(parent: &'n Node<'a>) -> impl Iterator<Item = Self> {
        let entries = parent.value.as_object().into_iter().flatten();
        entries.map(move |(key, value)| Self { parent, key: Key::Name(key), value })
    }

    /// Returns the elements of a JSON array, to read each of them as an item of a list in an OpenAPI object. A value
    /// that is not an array has no elements.
    pub fn elements(parent: &'n Node<'a>) -> impl Iterator<Item = Self> {
        let elements = parent.value.as_array().unwrap_or_default();
        elements.iter().enumerate().map(move |(index, value)| Self { parent, key: Key::Index(index), value })
    }

    /// Returns the key of this entry of a JSON object. For an element of an array, the key is empty.
    #[must_use]
    pub fn key(&self) -> &'a str {
        match self.key {
            Key::Name(name) => name,
            Key::Index(_) => "",
        }
    }

    /// Returns this entry or element as a node: its JSON value together with its file and its JSON pointer.
    #[must_use]
    pub fn node(&self) -> Node<'a> {
        match self.key {
            Key::Name(name) => self.parent.below(name, self.value),
            Key::Index(index) => self.parent.below(&index.to_string(), self.value),
        }
    }

    /// Returns this entry or element as a node if its JSON value is of the wanted type, such as an array. A `$ref` to
    /// such a value is followed. Otherwise, a warning says that octogen ignores it.
    pub fn expect(&self, wanted: JsonType, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        let node = self.node().behind_misplaced_reference(&self.subject(), diagnostics)?;
        self.expect_type(node, wanted, diagnostics)
    }

    /// Returns this entry or element as a node if it is a list or a map, which [`Child::expect`] returns, of values of
    /// the type `T`.
    fn expect_container<T: Read<'a>>(&self, wanted: JsonType, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        match T::IS_SUBSCHEMA {
            true => self.expect_type(self.node(), wanted, diagnostics),
            false => self.expect(wanted, diagnostics),
        }
    }

    fn expect_type(&self, node: Node<'a>, wanted: JsonType, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        if node.value.kind() == wanted {
            return Some(node);
        }
        self.report_wrong_type(node.value, wanted, diagnostics);
        None
    }

    /// Reports a number that is read as a text.
    #[cold]
    fn report_unquoted(&self, text: &str, diagnostics: &mut Diagnostics) {
        let subject = self.subject();
        let help = format!("octogen reads {subject} as the text `{text}`; put the value in quotes");
        let message = wrong_type(&subject, self.value, JsonType::String);
        diagnostics.warn(Code::UnquotedText, self.node().place(), message, help);
    }

    /// Reports a null where any other value can be.
    #[cold]
    fn report_null(&self, diagnostics: &mut Diagnostics) {
        let help = format!("octogen ignores the key; {}", correction(self.value.kind(), JsonType::Null));
        diagnostics.warn(Code::NullValue, self.node().place(), format!("{} is null", self.subject()), help);
    }

    #[cold]
    fn report_wrong_type(&self, found: &Value, wanted: JsonType, diagnostics: &mut Diagnostics) {
        let subject = self.subject();
        let help = format!("octogen ignores {subject}; {}", correction(wanted, found.kind()));
        let code = if *found == Value::Null { Code::NullValue } else { Code::WrongType };
        diagnostics.warn(code, self.node().place(), wrong_type(&subject, found, wanted), help);
    }

    /// Returns the words that name this entry or element in a diagnostic.
    fn subject(&self) -> String {
        match self.key {
            Key::Name(name) => format!("`{name}`"),
            Key::Index(_) => String::from("this element"),
        }
    }
}

/// Returns the message for a value of the wrong type.
pub(super) fn wrong_type(subject: &str, value: &Value, wanted: JsonType) -> String {
    format!("{subject} is {}, but must be {wanted}", value.kind())
}

/// Returns the help text on how a value of the wanted type is written.
fn correction(wanted: JsonType, found: JsonType) -> &'static str {
    match (wanted, found) {
        (_, JsonType::Null) => "write its value, or remove the key",
        (JsonType::Array, _) => "write an array as `[…]`, or with `- ` before each element",
        (JsonType::Object, JsonType::Array) => "write an object with keys, without `[…]` or `- `",
        (JsonType::Object, _) => "write an object with keys, or remove it",
        (JsonType::Boolean, JsonType::String) => "write `true` or `false`, without quotes",
        (JsonType::Boolean, _) => "write `true` or `false`",
        (JsonType::String, JsonType::Boolean) => "put the value in quotes",
        (JsonType::String, _) => "write a string",
        (JsonType::Number, _) => "write a number, without quotes",
        (JsonType::Null, _) => "correct the value",
    }
}
