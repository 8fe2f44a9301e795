use octogen_runtime::{Number, Value};

/// The constraints that a schema states beside the shape of its type: limits, a default, read-only, write-only. Those
/// of all parts of an `allOf` are merged.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// The least value of a number.
    pub minimum: Option<Number>,
    /// The greatest value of a number.
    pub maximum: Option<Number>,
    /// The schema states its only value with `const`.
    pub is_constant: bool,
    /// Only responses have the value.
    pub read_only: bool,
    /// Only requests have the value.
    pub write_only: bool,
    /// The value that an absent one means.
    pub default: Option<Value>,
    /// The schema lists properties and states no type, so that null fits as well.
    pub is_untyped: bool,
    /// The schema describes the keys that it does not name: these keys are data.
    pub keys_are_data: bool,
}

impl Constraints {
    /// Merges the constraints of another schema that applies to the same value, such as a part of `allOf`, into these.
    /// The stricter limit holds, and the default that is stated first wins.
    pub fn add(&mut self, other: &Self) {
        self.minimum = stricter(self.minimum.take(), &other.minimum, |new, old| new > old);
        self.maximum = stricter(self.maximum.take(), &other.maximum, |new, old| new < old);
        self.is_constant |= other.is_constant;
        self.read_only |= other.read_only;
        self.write_only |= other.write_only;
        self.default = self.default.take().or_else(|| other.default.clone());
        self.is_untyped |= other.is_untyped;
        self.keys_are_data |= other.keys_are_data;
    }

    /// Returns whether a number can keep both limits.
    #[must_use]
    pub fn has_possible_limits(&self) -> bool {
        let limits = self.minimum.as_ref().zip(self.maximum.as_ref());
        limits.is_none_or(|(least, most)| as_f64(least) <= as_f64(most))
    }
}

/// Returns the limit that leaves fewer numbers.
fn stricter(old: Option<Number>, new: &Option<Number>, is_stricter: fn(f64, f64) -> bool) -> Option<Number> {
    match (old, new) {
        (Some(old), Some(new)) if is_stricter(as_f64(new), as_f64(&old)) => Some(new.clone()),
        (old, new) => old.or_else(|| new.clone()),
    }
}

/// Converts a JSON number to the nearest `f64`. Use it to compare the limits of a schema.
pub fn as_f64(number: &Number) -> f64 {
    // The text of a number is a float in JSON's notation, which Rust's includes.
    number.as_str().parse().unwrap_or(f64::NAN)
}

/// Returns whether two JSON scalars are equal. Numbers are compared by value: `2.0` equals `2`.
#[must_use]
pub fn are_equal_scalars(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.has_value_of(other),
        _ => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(minimum: Option<i64>, maximum: Option<i64>) -> Constraints {
        Constraints { minimum: minimum.map(Number::from), maximum: maximum.map(Number::from), ..Constraints::default() }
    }

    #[test]
    fn the_stricter_limit_of_two_parts_holds() {
        let cases = [
            (limits(None, None), limits(Some(1), None), limits(Some(1), None)),
            (limits(Some(1), Some(9)), limits(None, None), limits(Some(1), Some(9))),
            (limits(Some(1), Some(9)), limits(Some(2), Some(8)), limits(Some(2), Some(8))),
            (limits(Some(2), Some(8)), limits(Some(1), Some(9)), limits(Some(2), Some(8))),
            (limits(Some(-10), None), limits(Some(-9), Some(100)), limits(Some(-9), Some(100))),
        ];
        for (one, other, wanted) in cases {
            let mut merged = one.clone();
            merged.add(&other);
            assert_eq!(merged, wanted, "{one:?} and {other:?}");
        }
    }

    #[test]
    fn a_flag_of_any_part_holds_and_the_first_default_wins() {
        let with_default = |text: &str| Some(Value::String(text.to_owned()));
        let mut merged = Constraints { default: with_default("first"), ..Constraints::default() };
        merged.add(&Constraints {
            read_only: true,
            is_constant: true,
            default: with_default("second"),
            ..Constraints::default()
        });
        merged.add(&Constraints { write_only: true, ..Constraints::default() });
        let wanted = Constraints {
            read_only: true,
            write_only: true,
            is_constant: true,
            default: with_default("first"),
            ..Constraints::default()
        };
        assert_eq!(merged, wanted);
    }
}
