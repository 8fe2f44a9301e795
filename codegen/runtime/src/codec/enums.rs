//! Open enums: a value that this version does not know is kept and written back.

use std::mem::discriminant;

use crate::codec::error::DecodeError;
use crate::codec::json::{JsonType, Reader, Writer};
use crate::codec::slot::Slot;
use crate::codec::value::Value;

/// A generated enum all of whose documented values are strings.
pub trait StringEnum: Slot + Clone {
    /// Each documented value with its variant.
    const VALUES: &'static [(&'static str, Self)];

    /// The variant that keeps a value which is not documented.
    #[doc(hidden)]
    fn unknown(text: String) -> Self;

    /// The text of that variant.
    #[doc(hidden)]
    fn unknown_text(&self) -> Option<&str>;
}

/// A generated enum whose documented values are of several types, or not strings.
pub trait ValueEnum: Slot + Clone {
    /// Each documented value with its variant.
    const VALUES: &'static [(Literal, Self)];

    /// The variant that keeps a value which is not documented.
    #[doc(hidden)]
    fn unknown(value: Value) -> Self;

    /// The value of that variant.
    #[doc(hidden)]
    fn unknown_value(&self) -> Option<&Value>;
}

/// A documented value.
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
    fn matches(self, value: &Value) -> bool {
        match (self, value) {
            (Self::Boolean(one), Value::Boolean(other)) => one == *other,
            (Self::Number(one), Value::Number(other)) => one == other.as_str(),
            (Self::String(one), Value::String(other)) => one == other,
            _ => false,
        }
    }
}

/// The text of a variant as it stands in JSON.
pub fn text_of<T: StringEnum>(this: &T) -> &str {
    match this.unknown_text() {
        Some(text) => text,
        None => find(T::VALUES, this).unwrap_or_default(),
    }
}

/// The documented value of a variant, if it is one.
pub fn literal_of<T: ValueEnum>(this: &T) -> Option<Literal> {
    find(T::VALUES, this)
}

fn find<L: Copy, T>(values: &[(L, T)], this: &T) -> Option<L> {
    values.iter().find(|(_, variant)| discriminant(variant) == discriminant(this)).map(|(value, _)| *value)
}

/// Reads a string enum.
pub fn decode_string_enum<T: StringEnum>(this: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    let text = reader.string()?;
    *this = match T::VALUES.iter().find(|(value, _)| *value == text) {
        Some((_, variant)) => variant.clone(),
        None => T::unknown(text.into_owned()),
    };
    Ok(())
}

/// Writes a string enum.
pub fn encode_string_enum<T: StringEnum>(this: &T, writer: &mut Writer) {
    writer.string(text_of(this));
}

/// Reads a value enum; a value of a JSON type that no documented value has is an error.
pub fn decode_value_enum<T: ValueEnum>(this: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
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
    *this = match T::VALUES.iter().find(|(literal, _)| literal.matches(&value)) {
        Some((_, variant)) => variant.clone(),
        None => T::unknown(value),
    };
    Ok(())
}

/// Writes a value enum.
pub fn encode_value_enum<T: ValueEnum>(this: &T, writer: &mut Writer) {
    match (this.unknown_value(), literal_of(this)) {
        (Some(value), _) => value.encode(writer),
        (None, Some(Literal::Boolean(value))) => value.encode(writer),
        (None, Some(Literal::Number(text))) => writer.raw(text),
        (None, Some(Literal::String(text))) => writer.string(text),
        (None, None) => writer.raw("null"),
    }
}
