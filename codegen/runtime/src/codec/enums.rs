//! Open enums: they keep a value that is not documented, and write it back.

use std::mem::discriminant;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::number::{Number, have_same_value};
use super::slot::Slot;
use super::value::Value;

/// A trait of generated enums whose documented values are all JSON strings. The macro
/// [`string_enum!`](crate::string_enum!) implements it.
pub trait StringEnum: Slot + Clone {
    /// The documented strings of the enum, each with its variant.
    const VALUES: &'static [(&'static str, Self)];

    /// Whether the schema admits other strings as well. Such a string fits the enum like a documented one.
    const IS_OPEN: bool = false;

    /// Creates the variant of a string enum that keeps a string which is not documented. The decoder calls it.
    #[doc(hidden)]
    fn unknown(text: String) -> Self;

    /// Returns the string of the variant for undocumented strings, or `None` for any other variant of the enum.
    #[doc(hidden)]
    fn unknown_text(&self) -> Option<&str>;
}

/// A trait of generated enums whose documented values have several JSON types, or are not strings. The macro
/// [`value_enum!`](crate::value_enum!) implements it.
pub trait ValueEnum: Slot + Clone {
    /// The documented JSON scalars of the enum, each with its variant.
    const VALUES: &'static [(Literal, Self)];

    /// Creates the variant of a value enum that keeps a JSON scalar which is not documented. The decoder calls it.
    #[doc(hidden)]
    fn unknown(value: Value) -> Self;

    /// Returns the JSON scalar of the variant for undocumented values, or `None` for any other variant of the enum.
    #[doc(hidden)]
    fn unknown_value(&self) -> Option<&Value>;
}

/// A documented JSON scalar of a generated enum or of a constant property: null, a boolean, a number or a string. Tables
/// of enum values and of union tests consist of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `null`, which only tests of unions have
    Null,
    /// `true` or `false`
    Boolean(bool),
    /// A number, as its text
    Number(&'static str),
    /// A string
    String(&'static str),
}

impl Literal {
    /// Returns the JSON type of the literal.
    pub(super) fn json_type(self) -> JsonType {
        match self {
            Self::Null => JsonType::Null,
            Self::Boolean(_) => JsonType::Boolean,
            Self::Number(_) => JsonType::Number,
            Self::String(_) => JsonType::String,
        }
    }

    /// Returns the literal as JSON.
    pub(super) fn to_value(self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Boolean(value),
            Self::Number(text) => Value::Number(Number::from_text(text)),
            Self::String(text) => Value::String(text.to_owned()),
        }
    }

    /// Returns whether the value is that of the literal. A number can have another notation.
    pub(super) fn equals(self, value: &Value) -> bool {
        self.is_text_of(value) || self.is_value_of(value)
    }

    /// Encodes the literal.
    pub(super) fn encode(self, writer: &mut Writer) {
        match self {
            Self::Null => writer.raw("null"),
            Self::Boolean(value) => value.encode(writer),
            Self::Number(text) => writer.raw(text),
            Self::String(text) => writer.string(text),
        }
    }

    /// Returns whether the value has the text of the literal.
    fn is_text_of(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean(one), Value::Boolean(other)) => one == *other,
            (Self::Number(one), Value::Number(other)) => one == other.as_str(),
            (Self::String(one), Value::String(other)) => one == other,
            _ => false,
        }
    }

    /// Returns whether the value is a number with the value of the literal.
    fn is_value_of(self, value: &Value) -> bool {
        matches!((self, value), (Self::Number(one), Value::Number(other)) if have_same_value(one, other.as_str()))
    }
}

/// Returns the JSON string of a variant of a generated string enum, without quotes. The method `as_str` of such enums
/// calls it.
pub fn text_of<T: StringEnum>(this: &T) -> &str {
    match this.unknown_text() {
        Some(text) => text,
        None => find(T::VALUES, this).unwrap_or_default(),
    }
}

/// Returns the documented JSON scalar of a variant of a generated value enum, or `None` for the variant that keeps
/// undocumented values.
pub fn literal_of<T: ValueEnum>(this: &T) -> Option<Literal> {
    find(T::VALUES, this)
}

/// Returns the documented value of a variant.
fn find<L: Copy, T>(values: &[(L, T)], this: &T) -> Option<L> {
    values
        .iter()
        .find(|(_, variant)| discriminant(variant) == discriminant(this))
        .map(|(value, _)| *value)
}

/// Decodes the next JSON string into a generated string enum. A string that is not documented goes into the variant for
/// unknown values. The macros call it.
pub fn decode_string_enum<T: StringEnum>(
    this: &mut T,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let text = reader.string()?;
    *this = match T::VALUES.iter().find(|(value, _)| *value == text) {
        Some((_, variant)) => variant.clone(),
        None => {
            reader.misfits.unknown += usize::from(!T::IS_OPEN);
            T::unknown(text.into_owned())
        }
    };
    Ok(())
}

/// Returns the variant of a generated string enum for a text. A text that is not documented goes into the variant for
/// unknown values. The macros call it.
pub fn string_enum_from<T: StringEnum>(text: &str) -> T {
    match T::VALUES.iter().find(|(value, _)| *value == text) {
        Some((_, variant)) => variant.clone(),
        None => T::unknown(text.to_owned()),
    }
}

/// Encodes a variant of a generated string enum as a JSON string. The macros call it.
pub fn encode_string_enum<T: StringEnum>(this: &T, writer: &mut Writer) {
    writer.string(text_of(this));
}

/// Decodes the next JSON scalar into a generated enum of scalars. A scalar that is not documented becomes the unknown
/// variant, which keeps it. A documented number in another notation, such as `2.0` for `2`, becomes the unknown variant
/// too, so that its text is kept. It is an error if no documented value has the JSON type of the scalar. The macros call
/// it.
pub fn decode_value_enum<T: ValueEnum>(
    this: &mut T,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let found = reader.peek()?;
    let known = T::VALUES
        .iter()
        .any(|(value, _)| value.json_type() == found);
    if !known {
        return Err(reader.mismatch("one of the documented values"));
    }
    let mut value = Value::Null;
    value.decode(reader)?;
    let mut documented = T::VALUES.iter();
    *this = match documented.find(|(literal, _)| literal.is_text_of(&value)) {
        Some((_, variant)) => variant.clone(),
        None => {
            if !T::VALUES
                .iter()
                .any(|(literal, _)| literal.is_value_of(&value))
            {
                reader.misfits.unknown += 1;
            }
            T::unknown(value)
        }
    };
    Ok(())
}

/// Encodes a variant of a generated value enum as its JSON scalar. The macros call it.
pub fn encode_value_enum<T: ValueEnum>(this: &T, writer: &mut Writer) {
    match (this.unknown_value(), literal_of(this)) {
        (Some(value), _) => value.encode(writer),
        (None, literal) => literal.unwrap_or(Literal::Null).encode(writer),
    }
}
