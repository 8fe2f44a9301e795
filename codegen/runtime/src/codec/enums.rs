//! Open enums: they keep a value that is not documented, and write it back.

use std::mem::discriminant;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::slot::Slot;
use super::value::Value;

/// A trait of generated enums whose documented values are all JSON strings. The macro
/// [`string_enum!`](crate::string_enum!) implements it.
pub trait StringEnum: Slot + Clone {
    /// The documented strings of the enum, each with its variant.
    const VALUES: &'static [(&'static str, Self)];

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

/// A documented JSON scalar of a generated enum or of a constant property: a boolean, a number or a string. Tables of
/// enum values and of union tests consist of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Literal {
    /// `true` or `false`
    Boolean(bool),
    /// A number, as its text
    Number(&'static str),
    /// A string
    String(&'static str),
}

impl Literal {
    /// Returns whether the two are equal.
    fn matches(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean(one), Value::Boolean(other)) => one == *other,
            (Self::Number(one), Value::Number(other)) => one == other.as_str(),
            (Self::String(one), Value::String(other)) => one == other,
            _ => false,
        }
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
        None => T::unknown(text.into_owned()),
    };
    Ok(())
}

/// Encodes a variant of a generated string enum as a JSON string. The macros call it.
pub fn encode_string_enum<T: StringEnum>(this: &T, writer: &mut Writer) {
    writer.string(text_of(this));
}

/// Decodes the next JSON scalar into a generated value enum. An undocumented scalar is kept, but it is an error if no
/// documented value has its JSON type. The macros call it.
pub fn decode_value_enum<T: ValueEnum>(
    this: &mut T,
    reader: &mut Reader<'_>,
) -> Result<(), DecodeError> {
    let found = reader.peek()?;
    let known = T::VALUES.iter().any(|(value, _)| match value {
        Literal::Boolean(_) => found == JsonType::Boolean,
        Literal::Number(_) => found == JsonType::Number,
        Literal::String(_) => found == JsonType::String,
    });
    if !known {
        return Err(reader.mismatch("one of the documented values"));
    }
    let mut value = Value::Null;
    value.decode(reader)?;
    *this = match T::VALUES
        .iter()
        .find(|(literal, _)| literal.matches(&value))
    {
        Some((_, variant)) => variant.clone(),
        None => T::unknown(value),
    };
    Ok(())
}

/// Encodes a variant of a generated value enum as its JSON scalar. The macros call it.
pub fn encode_value_enum<T: ValueEnum>(this: &T, writer: &mut Writer) {
    match (this.unknown_value(), literal_of(this)) {
        (Some(value), _) => value.encode(writer),
        (None, Some(Literal::Boolean(value))) => value.encode(writer),
        (None, Some(Literal::Number(text))) => writer.raw(text),
        (None, Some(Literal::String(text))) => writer.string(text),
        (None, None) => writer.raw("null"),
    }
}
