//! Slots of Rust's own types: booleans, strings, integers, and `()` for `null`.

use super::error::{DecodeError, ErrorKind};
use super::json::{Reader, Writer};
use super::json_type::JsonType;
use super::slot::Slot;

impl Slot for bool {
    fn vacant() -> Self {
        false
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.boolean()?;
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }

    crate::whole_value!();
}

impl Slot for String {
    fn vacant() -> Self {
        Self::new()
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = reader.string()?.into_owned();
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(self);
    }

    crate::whole_value!();
}

/// The documented value `null`.
impl Slot for () {
    fn vacant() -> Self {}

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.null()
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw("null");
    }

    crate::whole_value!();
}

macro_rules! integer {
    ($type:ty, $short:expr, $magnitude:path, $expected:literal) => {
        impl Slot for $type {
            fn vacant() -> Self {
                0
            }

            fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
                let at = reader.offset();
                let start = reader.mark();
                if let Some(value) = reader.short_integer().and_then($short) {
                    *self = value;
                    return Ok(());
                }
                reader.rewind(start);
                if reader.peek()? != JsonType::Number {
                    return Err(reader.mismatch("an integer"));
                }
                let text = reader.number()?;
                let value = text
                    .parse()
                    .ok()
                    .or_else(|| parse_whole_number(text).and_then(|value| value.try_into().ok()));
                *self = value.ok_or_else(|| DecodeError::new(ErrorKind::Range($expected), at))?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.integer(i128::from(*self) < 0, $magnitude(*self));
            }

            crate::whole_value!();
        }
    };
}

integer!(i64, Some, i64::unsigned_abs, "an integer of 64 bits");
integer!(
    u64,
    |value| value.try_into().ok(),
    u64::from,
    "an integer of 64 bits without a sign"
);

/// Returns the value of an integer that is written as `5e9` or `3.0`: JSON Schema calls these integers as well.
///
/// The digits of the text decide, since a float would round them.
fn parse_whole_number(text: &str) -> Option<i128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: isize = exponent.parse().ok()?;
    let trimmed = digits.len() - significant.len();
    let zeros = exponent
        .checked_sub_unsigned(fraction.len())?
        .checked_add_unsigned(trimmed)?;
    // A negative number of zeros leaves a fraction. No integer of 64 bits has more than 20 digits.
    let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros <= 20)?;
    format!("{significant}{}", "0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::parse_whole_number;

    #[test]
    fn whole_numbers_are_found_in_any_spelling() {
        let cases = [
            ("0.000", Some(0)),
            ("-0", Some(0)),
            ("0e999999999999", Some(0)),
            ("3.0", Some(3)),
            ("-3.50e1", Some(-35)),
            ("5e9", Some(5_000_000_000)),
            ("1200e-2", Some(12)),
            ("9007199254740993.0", Some(9_007_199_254_740_993)),
            ("1.5", None),
            ("1e-1", None),
            ("12e-2", None),
            ("1e400", None),
            ("1e99999999999999999999", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse_whole_number(text), expected, "{text}");
        }
    }
}
