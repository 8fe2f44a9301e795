//! Properties with one documented value.

use std::fmt;
use std::marker::PhantomData;

use super::document::encode;
use super::enums::Literal;
use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::maybe::Maybe;
use super::slot::Slot;
use super::value::Value;

/// A trait of the type parameter of a [`Constant`]: it carries the documented value. The macro
/// [`constant!`](crate::constant!) implements it.
pub trait ConstantValue: Send + Sync + 'static {
    /// The documented value.
    const LITERAL: Literal;
}

/// A property with one documented value, which its type parameter carries. Another value of the same JSON type is kept
/// when it is decoded, and written back.
///
/// ```
/// use octogen_runtime::{Constant, constant, decode, encode};
///
/// constant! { pub struct Kind = "cat"; }
///
/// let kind: Constant<Kind> = Constant::default();
/// assert_eq!(kind, "cat");
/// assert_eq!(encode(&kind), r#""cat""#);
///
/// let other: Constant<Kind> = decode(br#""lion""#)?;
/// assert_eq!(other, "lion");
/// assert!(!other.is_documented());
/// # Ok::<(), octogen_runtime::DecodeError>(())
/// ```
pub struct Constant<L> {
    /// The value, if it is not the documented one, or is a number in another notation.
    other: Option<Value>,
    literal: PhantomData<fn() -> L>,
}

impl<L: ConstantValue> Constant<L> {
    /// Returns whether this property has its documented value. A number may have another notation, such as `2.0` for `2`.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        self.other
            .as_ref()
            .is_none_or(|other| L::LITERAL.equals(other))
    }

    /// Returns the value of this property as JSON: the documented one, or the other one that was decoded.
    #[must_use]
    pub fn to_value(&self) -> Value {
        self.other.clone().unwrap_or_else(|| L::LITERAL.to_value())
    }

    /// Returns the value of this property if it is a string, and `None` if it has another JSON type.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match (&self.other, L::LITERAL) {
            (Some(other), _) => other.as_str(),
            (None, Literal::String(text)) => Some(text),
            (None, _) => None,
        }
    }
}

impl<L> Default for Constant<L> {
    fn default() -> Self {
        Self {
            other: None,
            literal: PhantomData,
        }
    }
}

impl<L> Clone for Constant<L> {
    fn clone(&self) -> Self {
        Self {
            other: self.other.clone(),
            literal: PhantomData,
        }
    }
}

impl<L> PartialEq for Constant<L> {
    fn eq(&self, other: &Self) -> bool {
        self.other == other.other
    }
}

impl<L: ConstantValue> PartialEq<str> for Constant<L> {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl<L: ConstantValue> PartialEq<&str> for Constant<L> {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

impl<L: ConstantValue> PartialEq<bool> for Constant<L> {
    fn eq(&self, other: &bool) -> bool {
        self.to_value() == Value::Boolean(*other)
    }
}

impl<L: ConstantValue> PartialEq<i64> for Constant<L> {
    fn eq(&self, other: &i64) -> bool {
        matches!(self.to_value(), Value::Number(number) if number.has_value_of(&(*other).into()))
    }
}

impl<L: ConstantValue> PartialEq<f64> for Constant<L> {
    fn eq(&self, other: &f64) -> bool {
        matches!(self.to_value(), Value::Number(number) if number.as_f64() == *other)
    }
}

impl<L: ConstantValue> fmt::Debug for Constant<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&encode(self))
    }
}

impl<L: ConstantValue> Slot for Constant<L> {
    fn vacant() -> Self {
        Self::default()
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.peek()? != L::LITERAL.json_type() {
            return Err(reader.mismatch("the documented value"));
        }
        let mut value = Value::Null;
        value.decode(reader)?;
        if !L::LITERAL.equals(&value) {
            reader.misfits.unknown += 1;
        }
        self.other = Some(value).filter(|value| *value != L::LITERAL.to_value());
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match &self.other {
            Some(other) => other.encode(writer),
            None => L::LITERAL.encode(writer),
        }
    }

    crate::whole_value!();

    fn vacate(&mut self) {
        self.other = None;
    }
}

/// A trait of types with one documented value: a constant, an enum of one value, and a field that can hold one of
/// them. Constructors and setters take no argument for such a field.
pub trait OneValue {
    /// Returns the documented value.
    fn one_value() -> Self;
}

impl<L> OneValue for Constant<L> {
    fn one_value() -> Self {
        Self::default()
    }
}

impl<T: OneValue> OneValue for Option<T> {
    fn one_value() -> Self {
        Some(T::one_value())
    }
}

impl<T: OneValue> OneValue for Maybe<T> {
    fn one_value() -> Self {
        Self::Value(T::one_value())
    }
}

/// Writes the literal of a [`crate::Constant`]: the type that carries the documented value. Emitted code calls this
/// macro.
///
/// The value is a string, or a [`crate::Literal`] of another type.
///
/// ```
/// use octogen_runtime::{Constant, Literal, constant};
///
/// constant! {
///     /// The version of the interface.
///     pub struct Version = Literal::Number("2");
/// }
///
/// assert_eq!(Constant::<Version>::default(), 2);
/// ```
#[macro_export]
macro_rules! constant {
    ($(#[$attribute:meta])* pub struct $name:ident = $text:literal;) => {
        $crate::constant! { $(#[$attribute])* pub struct $name = $crate::Literal::String($text); }
    };
    ($(#[$attribute:meta])* pub struct $name:ident = $literal:expr;) => {
        $(#[$attribute])*
        #[derive(::std::clone::Clone, ::std::marker::Copy, ::std::fmt::Debug)]
        #[non_exhaustive]
        pub struct $name;

        impl $crate::ConstantValue for $name {
            const LITERAL: $crate::Literal = $literal;
        }
    };
}

/// Implements `Default` and [`crate::OneValue`] for an enum that has one documented value, and nothing for other enums. An
/// enum whose schema admits other values is one of the others.
#[doc(hidden)]
#[macro_export]
macro_rules! one_value {
    ($name:ident [$variant:ident]) => {
        impl ::std::default::Default for $name {
            #[inline]
            fn default() -> Self {
                Self::$variant
            }
        }

        impl $crate::OneValue for $name {
            #[inline]
            fn one_value() -> Self {
                Self::$variant
            }
        }
    };
    ($name:ident [$($variant:ident)*]) => {};
}

#[cfg(test)]
mod tests {
    use super::{Constant, ConstantValue};
    use crate::codec::enums::Literal;
    use crate::{DecodeError, decode, encode};

    macro_rules! literals {
        ($($name:ident = $literal:expr;)*) => {$(
            #[derive(Debug)]
            struct $name;

            impl ConstantValue for $name {
                const LITERAL: Literal = $literal;
            }
        )*};
    }

    literals! {
        Text = Literal::String("a");
        Number = Literal::Number("2");
        Flag = Literal::Boolean(true);
    }

    #[test]
    fn a_constant_knows_its_literal() {
        assert_eq!(Constant::<Text>::default(), "a");
        assert_eq!(Constant::<Number>::default(), 2);
        assert_eq!(Constant::<Number>::default(), 2.0);
        assert_eq!(Constant::<Flag>::default(), true);
        assert_eq!(format!("{:?}", Constant::<Text>::default()), "\"a\"");
        assert_ne!(Constant::<Text>::default(), "b");
    }

    #[test]
    fn a_decoded_value_is_written_as_it_came() -> Result<(), DecodeError> {
        for (json, is_documented) in [("2", true), ("2.0", true), ("3", false)] {
            let value: Constant<Number> = decode(json.as_bytes())?;
            assert_eq!(
                (encode(&value).as_str(), value.is_documented()),
                (json, is_documented)
            );
        }
        let other: Constant<Flag> = decode(b"false")?;
        assert_eq!(encode(&other), "false");
        assert_ne!(other, Constant::default());
        assert!(decode::<Constant<Text>>(b"null").is_err());
        Ok(())
    }
}
