//! The widths of integers, and numbers that are written as texts.

use octogen_runtime::Number;

use crate::ir::{Constraints, IntegerKind, Shape, as_f64};

/// The limits of 64 bits, as the floats next to them.
const I64_MIN: f64 = -9_223_372_036_854_775_808.0;
const I64_MAX: f64 = 9_223_372_036_854_775_808.0;
const U64_MAX: f64 = 18_446_744_073_709_551_616.0;

/// Returns the narrowest type that holds the integers. Integers without a fixed width keep their text as a number.
pub(super) fn integer_shape(constraints: &Constraints, format: Option<&str>) -> Shape {
    match format {
        Some("int32" | "int64") => return Shape::Integer(IntegerKind::Signed),
        Some("uint64") => return Shape::Integer(IntegerKind::Unsigned),
        Some("int128" | "uint128" | "bigint") => return Shape::Number,
        _ => {}
    }
    let (minimum, maximum) = (constraints.minimum.as_ref(), constraints.maximum.as_ref());
    let is_above = |top: f64| maximum.is_some_and(|limit| as_f64(limit) > top);
    if minimum.is_some_and(|limit| as_f64(limit) < I64_MIN) || is_above(U64_MAX) {
        Shape::Number
    } else if is_above(I64_MAX) {
        let is_signed = minimum.is_none_or(|limit| limit.as_str().starts_with('-'));
        if is_signed { Shape::Number } else { Shape::Integer(IntegerKind::Unsigned) }
    } else {
        Shape::Integer(IntegerKind::Signed)
    }
}

/// Returns whether a text that matches the pattern is a number: the pattern has no other letters than those of digits and
/// exponents.
pub(super) fn is_numeric_pattern(pattern: &str) -> bool {
    let has_digits = pattern.contains("\\d") || pattern.contains("0-9");
    has_digits && pattern.chars().all(|char| "^$-+?*:|()[]{},.\\0123456789deE".contains(char))
}

/// Returns whether the limits admit integers that 64 bits with a sign do not hold.
pub(super) fn exceeds_64_bits(constraints: &Constraints) -> bool {
    let exceeds = |limit: &Number| !(I64_MIN..=I64_MAX).contains(&as_f64(limit));
    constraints.minimum.iter().chain(&constraints.maximum).any(exceeds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limit(text: &str) -> Option<Number> {
        (!text.is_empty()).then(|| octogen_runtime::decode(text.as_bytes()).expect("the test has a number"))
    }

    #[test]
    fn patterns_of_numbers_are_recognised() {
        let cases = [
            (r"^-?(?:0|[1-9]\d*)$", true),
            (r"^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$", true),
            ("^[0-9]{1,20}$", true),
            ("^[a-z]+$", false),
            (r"^\d+%$", false),
            ("^.*$", false),
        ];
        for (pattern, is_numeric) in cases {
            assert_eq!(is_numeric_pattern(pattern), is_numeric, "{pattern}");
        }
    }

    #[test]
    fn limits_and_format_decide_the_width() {
        const I64: Shape = Shape::Integer(IntegerKind::Signed);
        const U64: Shape = Shape::Integer(IntegerKind::Unsigned);
        let cases = [
            ("", "", None, I64, false),
            ("0", "9223372036854775807", None, I64, false),
            ("0", "18446744073709551615", None, U64, true),
            ("", "18446744073709551615", None, Shape::Number, true),
            ("-1", "18446744073709551615", None, Shape::Number, true),
            ("0", "99999999999999999999", None, Shape::Number, true),
            ("-99999999999999999999", "", None, Shape::Number, true),
            ("0", "18446744073709551615", Some("int64"), I64, true),
            ("", "", Some("uint64"), U64, false),
            ("", "", Some("bigint"), Shape::Number, false),
        ];
        for (minimum, maximum, format, shape, exceeds) in cases {
            let constraints =
                Constraints { minimum: limit(minimum), maximum: limit(maximum), ..Constraints::default() };
            assert_eq!(integer_shape(&constraints, format), shape, "{minimum} to {maximum}, {format:?}");
            assert_eq!(exceeds_64_bits(&constraints), exceeds, "{minimum} to {maximum}");
        }
    }
}
