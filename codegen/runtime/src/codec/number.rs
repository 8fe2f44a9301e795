use std::fmt;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// A JSON number that keeps its text, so that no digit is lost: `3` stays `3`, and `3.0` stays `3.0`. Generated models
/// use it for the type `number`.
///
/// Two numbers are equal if their texts are equal. To compare their values, compare [`Number::as_f64`].
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
    /// Creates a number from a text that is known to be one.
    pub(crate) fn from_text(text: &str) -> Self {
        Self(text.into())
    }

    /// Creates a JSON number from a float, with the shortest text that means the same float. Returns `None` for an
    /// infinite float and for NaN, which JSON cannot hold.
    #[must_use]
    pub fn from_f64(value: f64) -> Option<Self> {
        value
            .is_finite()
            .then(|| Self::from_text(&format!("{value:?}")))
    }

    /// Returns the text of this JSON number as it is in the document, such as `3.0`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value of this JSON number as a float, rounded to the nearest one.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// Returns this JSON number as an integer of 64 bits, or `None` if its text has a point or an exponent, or the
    /// integer does not fit.
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

    crate::whole_value!();
}

#[cfg(test)]
mod tests {
    use super::Number;

    #[test]
    fn floats_have_their_shortest_text() {
        let cases = [
            (0.1, "0.1"),
            (3.0, "3.0"),
            (-0.0, "-0.0"),
            (1e300, "1e300"),
            (5e-324, "5e-324"),
        ];
        for (value, expected) in cases {
            assert_eq!(
                Number::from_f64(value)
                    .map(|number| number.to_string())
                    .as_deref(),
                Some(expected)
            );
        }
        assert_eq!(
            [f64::NAN, f64::INFINITY, f64::NEG_INFINITY].map(Number::from_f64),
            [None, None, None]
        );
    }

    #[test]
    fn a_number_is_an_integer_only_if_it_is_written_as_one() {
        let cases = [
            ("7", Some(7)),
            ("-0", Some(0)),
            ("7.0", None),
            ("7e0", None),
            ("9223372036854775808", None),
        ];
        for (text, expected) in cases {
            assert_eq!(Number::from_text(text).as_i64(), expected, "{text}");
        }
        assert_ne!(Number::from_text("7"), Number::from_text("7.0"));
    }
}
