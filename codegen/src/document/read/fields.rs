//! The types of fields: texts, booleans, any values, lists and maps.

use std::ops::Deref;

use octogen_runtime::{JsonType, Value};

use super::{Child, Read};
use crate::diagnostic::Diagnostics;
use crate::document::Node;

/// The entries of a map, in the order of the document.
pub type Map<'a, T> = Vec<(&'a str, T)>;

/// A map that can have extensions: its keys that start with `x-` are no entries.
#[derive(Clone, Debug)]
pub struct Patterned<'a, T>(Map<'a, T>);

impl<T> Default for Patterned<'_, T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, T> Deref for Patterned<'a, T> {
    type Target = Map<'a, T>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

/// A text with its place.
#[derive(Clone, Debug)]
pub struct Text<'a> {
    /// The text.
    pub text: &'a str,
    /// The value that holds it.
    pub node: Node<'a>,
}

/// YAML reads an unquoted number as a number. If a text is meant, its digits are the text. Null is no text.
impl<'a> Read<'a> for &'a str {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value {
            Value::String(text) => Some(text),
            Value::Number(number) => Some(number.as_str()),
            Value::Null => None,
            _ => child.expect(JsonType::String, diagnostics)?.value.as_str(),
        }
    }
}

impl<'a> Read<'a> for Text<'a> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let text = Read::read(child, diagnostics)?;
        Some(Self { text, node: child.node() })
    }
}

impl<'a> Read<'a> for bool {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        match child.value {
            Value::Boolean(value) => Some(*value),
            _ => child.expect(JsonType::Boolean, diagnostics)?.value.as_bool(),
        }
    }
}

/// Any value.
impl<'a> Read<'a> for Node<'a> {
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(child.node())
    }
}

impl<'a> Read<'a> for &'a Value {
    fn read(child: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(child.value)
    }
}

/// Whether a key is present, with any value.
#[derive(Clone, Copy, Debug, Default)]
pub struct Presence(pub bool);

impl<'a> Read<'a> for Presence {
    fn read(_: Child<'_, 'a>, _: &mut Diagnostics) -> Option<Self> {
        Some(Self(true))
    }
}

impl<'a, T: Read<'a>> Read<'a> for Option<T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(T::read(child, diagnostics))
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        self.iter().for_each(|value| value.check(diagnostics));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Vec<T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let list = child.expect(JsonType::Array, diagnostics)?;
        Some(Child::elements(&list).filter_map(|child| T::read_entry(child, diagnostics)).collect())
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        self.iter().for_each(|value| value.check(diagnostics));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Map<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let map = child.expect(JsonType::Object, diagnostics)?;
        let entry = |child: Child<'_, 'a>| Some((child.key(), T::read_entry(child, diagnostics)?));
        Some(Child::entries(&map).filter_map(entry).collect())
    }

    /// As an element of a list, an object of the wrong type is an empty one.
    fn read_entry(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self::read(child, diagnostics).unwrap_or_default())
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        self.iter().for_each(|(_, value)| value.check(diagnostics));
    }
}

impl<'a, T: Read<'a>> Read<'a> for Patterned<'a, T> {
    fn read(child: Child<'_, 'a>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let map = child.expect(JsonType::Object, diagnostics)?;
        let entries = Child::entries(&map).filter(|child| !child.key().starts_with("x-"));
        let entry = |child: Child<'_, 'a>| Some((child.key(), T::read_entry(child, diagnostics)?));
        Some(Self(entries.filter_map(entry).collect()))
    }

    fn check(&self, diagnostics: &mut Diagnostics) {
        self.0.check(diagnostics);
    }
}
