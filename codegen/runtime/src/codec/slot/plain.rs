//! Values that hold no other: booleans, strings, integers and the documented `null`.

use super::Slot;
use crate::codec::error::{DecodeError, ErrorKind};
use crate::codec::json::{JsonType, Reader, Writer};

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

    crate::as_a_whole!();
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

    crate::as_a_whole!();
}

/// Stands for the documented value `null`.
impl Slot for () {
    fn vacant() -> Self {}

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.null()
    }

    fn encode(&self, writer: &mut Writer) {
        writer.raw("null");
    }

    crate::as_a_whole!();
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
                let value = text.parse().ok().or_else(|| whole(text).and_then(|value| value.try_into().ok()));
                *self = value.ok_or_else(|| DecodeError::new(ErrorKind::Range($expected), at))?;
                Ok(())
            }

            fn encode(&self, writer: &mut Writer) {
                writer.integer(i128::from(*self) < 0, $magnitude(*self));
            }

            crate::as_a_whole!();
        }
    };
}

integer!(i64, Some, i64::unsigned_abs, "an integer of 64 bits");
integer!(u64, |value| value.try_into().ok(), u64::from, "an integer of 64 bits without a sign");

/// The value of a number such as `5e9` or `3.0`: JSON Schema calls them integers as well.
///
/// It is found on the digits of the text: a float would round it.
fn whole(text: &str) -> Option<i128> {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let (integer, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{integer}{fraction}");
    let significant = digits.trim_end_matches('0');
    if matches!(significant, "" | "-") {
        return Some(0);
    }
    let exponent: isize = exponent.parse().ok()?;
    let trimmed = digits.len() - significant.len();
    let zeros = exponent.checked_sub_unsigned(fraction.len())?.checked_add_unsigned(trimmed)?;
    // Fewer than none: a fraction is left. More than 20: no integer of 64 bits has as many digits.
    let zeros = usize::try_from(zeros).ok().filter(|zeros| *zeros <= 20)?;
    format!("{significant}{}", "0".repeat(zeros)).parse().ok()
}
