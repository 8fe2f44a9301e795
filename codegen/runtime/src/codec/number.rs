use std::fmt;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// A JSON number that keeps its text, so that no digit is lost: `3` stays `3`, and `3.0` stays `3.0`. Generated models
/// use it for the type `number`.
///
/// Two numbers are equal if their texts are equal. [`Number::has_value_of`] compares their values.
///
/// All integers and floats of Rust convert into it. JSON has no NaN and no infinity: a request that contains one of them is
/// an error that names the field ([`crate::RequestError`]).
///
/// ```
/// use octogen_runtime::Number;
///
/// assert_eq!(Number::from(3).as_str(), "3");
/// assert_eq!(Number::from(0.27).as_f64(), 0.27);
/// assert!(!Number::from(f64::NAN).is_finite());
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
        Some(Self::from(value)).filter(Self::is_finite)
    }

    /// Returns whether JSON can hold this number. It can hold neither NaN nor infinity.
    #[must_use]
    pub fn is_finite(&self) -> bool {
        // JSON numbers end with a digit, `NaN` and `inf` do not.
        self.0.ends_with(|last: char| last.is_ascii_digit())
    }

    /// Returns the text of this JSON number as it is in the document, such as `3.0`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the value of this JSON number as a float, rounded to the nearest one. A number beyond the range of floats is
    /// infinite.
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

    /// Returns whether two JSON numbers have the same value, whatever their texts: `2`, `2.0` and `20e-1` have.
    #[must_use]
    pub fn has_value_of(&self, other: &Self) -> bool {
        have_same_value(&self.0, &other.0)
    }
}

/// Returns whether the texts of two JSON numbers mean the same value. No digit is rounded.
pub(super) fn have_same_value(one: &str, other: &str) -> bool {
    one == other || decimal(one).is_some_and(|one| decimal(other) == Some(one))
}

/// Returns the sign, the digits and the exponent of a number, without zeros at both ends of the digits.
fn decimal(text: &str) -> Option<(bool, String, i64)> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{}{fraction}", integer.trim_start_matches('-'));
    let significant = digits.trim_end_matches('0');
    let exponent = exponent.parse::<i64>().ok()?;
    let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
    let exponent = exponent
        .checked_sub(i64::try_from(fraction.len()).ok()?)?
        .checked_add(zeros)?;
    match significant.trim_start_matches('0') {
        "" => Some((false, String::new(), 0)),
        significant => Some((text.starts_with('-'), significant.to_owned(), exponent)),
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

number_from!(i8 u8 i16 u16 i32 u32 i64 u64 isize usize);

/// The shortest text that means the same float. NaN and infinity are kept until they are written.
impl From<f64> for Number {
    fn from(value: f64) -> Self {
        Self::from_text(&format!("{value:?}"))
    }
}

/// The shortest text that means the same float. NaN and infinity are kept until they are written.
impl From<f32> for Number {
    fn from(value: f32) -> Self {
        Self::from_text(&format!("{value:?}"))
    }
}

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
        if !self.is_finite() {
            writer.refuse();
        }
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
    fn only_finite_floats_are_json() {
        let floats = [
            (f64::NAN, false),
            (f64::INFINITY, false),
            (f64::NEG_INFINITY, false),
            (f64::MAX, true),
            (f64::MIN_POSITIVE, true),
        ];
        for (float, expected) in floats {
            assert_eq!(Number::from(float).is_finite(), expected, "{float}");
        }
        assert_eq!(Number::from(0.1_f32).as_str(), "0.1");
    }

    #[test]
    fn numbers_are_compared_by_value_whatever_their_texts() {
        let same = [
            ("2", "2.0"),
            ("-20e-1", "-2"),
            ("0", "-0.00e7"),
            ("1E+2", "100"),
            ("9007199254740993", "9007199254740993.0"),
            ("0.10", "0.1"),
        ];
        for (one, other) in same {
            assert!(
                Number::from_text(one).has_value_of(&Number::from_text(other)),
                "{one} and {other}"
            );
        }
        let different = [
            ("2", "-2"),
            ("2", "20"),
            ("0.1", "1"),
            ("9007199254740992", "9007199254740993.0"),
            ("1", "1e99999999999999999999"),
        ];
        for (one, other) in different {
            assert!(
                !Number::from_text(one).has_value_of(&Number::from_text(other)),
                "{one} and {other}"
            );
        }
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
