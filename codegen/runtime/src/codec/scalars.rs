//! Types of fields where one of Rust's own would change what it carries.

use std::fmt;
use std::sync::Arc;

use crate::codec::error::DecodeError;
use crate::codec::json::{JsonType, Reader, Writer};
use crate::codec::slot::Slot;

/// A JSON number that keeps its text: `3` stays `3`, `3.0` stays `3.0`.
///
/// Two numbers are equal when their texts are; compare [`Number::as_f64`] for their values.
///
/// ```
/// use octogen_runtime::Number;
///
/// assert_eq!(Number::from(3).as_str(), "3");
/// assert_eq!(Number::from_f64(0.27).map(|n| n.as_f64()), Some(0.27));
/// assert_eq!(Number::from_f64(f64::NAN), None);
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Number(Box<str>);

impl Number {
    /// The text, known to be a number.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// The shortest text for a float; `None` for what JSON has no number for.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value.is_finite().then(|| Self::from_text(&format!("{value:?}")))
    }

    /// The text as it stands in JSON.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value, rounded to the nearest float.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The value, where it is written as an integer of 64 bits.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }
}

macro_rules! number_from {
    ($($integer:ty)+) => {$(
        impl From<$integer> for Number {
            fn from(value: $integer) -> Self {
                Self::from_text(&value.to_string())
            }
        }
    )+};
}

number_from!(i32 u32 i64 u64);

impl fmt::Debug for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Slot for Number {
    fn vacant() -> Self {
        Self::from_text("0")
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self::from_text(reader.number()?);
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw(&self.0);
    }

    crate::as_a_whole!();
}

/// What the string types have in common: they keep the text, whatever it is.
macro_rules! text {
    ($name:ident) => {
        impl $name {
            /// The text as it stands in JSON.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&self.0, f)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Slot for $name {
            fn vacant() -> Self {
                Self(String::new())
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                self.0 = reader.string()?.into_owned();
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.string(&self.0);
            }

            crate::as_a_whole!();
        }
    };
}

/// A moment as it was written: `2017-07-08T16:18:44-04:00` keeps its offset, `.100Z` its digits.
///
/// With the feature `jiff`, `to_jiff` gives the moment itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Timestamp(String);

/// A calendar day as it was written, `2017-07-08`.
///
/// With the feature `jiff`, `to_jiff` gives the day itself.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Date(String);

text!(Timestamp);
text!(Date);

#[cfg(feature = "jiff")]
impl Timestamp {
    /// The moment.
    ///
    /// # Errors
    ///
    /// Where the text is not a date and time with an offset.
    ///
    /// ```
    /// use octogen_runtime::Timestamp;
    ///
    /// let written = Timestamp::from("2017-07-08T16:18:44-04:00");
    /// assert_eq!(written.to_jiff()?.to_string(), "2017-07-08T20:18:44Z");
    /// # Ok::<(), jiff::Error>(())
    /// ```
    pub fn to_jiff(&self) -> Result<jiff::Timestamp, jiff::Error> {
        self.0.parse()
    }
}

#[cfg(feature = "jiff")]
impl Date {
    /// The day.
    ///
    /// # Errors
    ///
    /// Where the text is not a date.
    pub fn to_jiff(&self) -> Result<jiff::civil::Date, jiff::Error> {
        self.0.parse()
    }
}

/// A text that is never printed: `Debug` shows `***`, and there is no `Display`.
///
/// ```
/// use octogen_runtime::Secret;
///
/// let token = Secret::from("v1.1f699f1069f60xxx");
/// assert_eq!(format!("{token:?}"), "***");
/// assert_eq!(token.expose(), "v1.1f699f1069f60xxx");
/// ```
#[derive(Clone, PartialEq, Eq)]
// Shared, so that its clones are no copies of the text.
pub struct Secret(Arc<str>);

impl Secret {
    /// The text itself. What holds it from here on may print it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Slot for Secret {
    fn vacant() -> Self {
        Self(Arc::default())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = reader.string()?.into();
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.0);
    }

    crate::as_a_whole!();
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

/// A value that a key may leave out and that may be null: three states, each of which survives a round trip.
///
/// ```
/// use octogen_runtime::Maybe;
///
/// let clear: Maybe<String> = Maybe::Null;
/// assert_eq!(clear.value(), None);
/// assert_eq!(Maybe::from("kept".to_owned()).value().map(String::as_str), Some("kept"));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Maybe<T> {
    /// The key is not there.
    #[default]
    Absent,
    /// The key is there with `null`.
    Null,
    /// The key is there with a value.
    Value(T),
}

impl<T> Maybe<T> {
    /// The value, where there is one.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }

    /// The value itself, where there is one.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Absent | Self::Null => None,
        }
    }
}

impl<T> From<T> for Maybe<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T: Slot + PartialEq + Clone> Slot for Maybe<T> {
    fn vacant() -> Self {
        Self::Absent
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        if reader.peek()? == JsonType::Null {
            reader.null()?;
            *self = Self::Null;
            return Ok(());
        }
        let mut value = T::vacant();
        value.decode(reader)?;
        *self = Self::Value(value);
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        match self {
            Self::Absent | Self::Null => writer.raw("null"),
            Self::Value(value) => value.encode(writer),
        }
    }

    crate::as_a_whole!();

    fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    fn vacate(&mut self) {
        *self = Self::Absent;
    }
}
