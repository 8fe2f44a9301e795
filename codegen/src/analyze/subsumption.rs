//! Whether one type admits every value of another.

use super::profile::kinds;
use crate::ir::{Object, Shape, TypeRef, Types, are_equal_scalars};

/// The depth of the comparison. Types that are deeper count as different.
const MAX_DEPTH: usize = 8;

/// The number of pairs that one comparison visits, since each level of a cycle multiplies them.
const MAX_PAIRS: usize = 1_000;

/// Returns whether every value of the narrow type fits the wide type, and the wide type declares all keys of the narrow
/// one. If the comparison is too deep, the answer is no.
pub(super) fn admits_all(types: &Types, wide: TypeRef, narrow: TypeRef) -> bool {
    Comparison { types, pairs_left: MAX_PAIRS }.admits_all(wide, narrow, MAX_DEPTH)
}

struct Comparison<'a> {
    types: &'a Types,
    pairs_left: usize,
}

impl Comparison<'_> {
    fn admits_all(&mut self, wide: TypeRef, narrow: TypeRef, depth: usize) -> bool {
        let types = self.types;
        let (shape, narrow_shape) = (&types[wide.id].shape, &types[narrow.id].shape);
        if wide == narrow || *shape == Shape::Any {
            return true;
        }
        if depth == 0 || self.pairs_left == 0 {
            return false;
        }
        self.pairs_left -= 1;
        let admits_null = wide.nullable || *shape == Shape::Null;
        if (narrow.nullable || *narrow_shape == Shape::Null) && !admits_null {
            return false;
        }
        let depth = depth - 1;
        if let Some(values) = types.constants(narrow.id.into()) {
            return match types.constants(wide.id.into()) {
                Some(wide) => values.iter().all(|value| wide.iter().any(|one| are_equal_scalars(one, value))),
                None => {
                    let is_scalar = matches!(shape, Shape::Boolean | Shape::Number);
                    (is_scalar || shape.is_text())
                        && kinds(types, narrow.id.into(), 0).is_subset(&kinds(types, wide.id.into(), 0))
                }
            };
        }
        match (shape, narrow_shape) {
            (_, Shape::Null) => true,
            (Shape::Boolean, Shape::Boolean) => true,
            (Shape::Integer(one), Shape::Integer(other)) => one == other,
            (Shape::Number, Shape::Number | Shape::Integer(_)) => true,
            (wide, narrow) if wide.is_text() && narrow.is_text() => true,
            (Shape::NumberOrText, Shape::NumberOrText | Shape::Number | Shape::Integer(_)) => true,
            (Shape::NumberOrText, narrow) if narrow.is_text() => true,
            (Shape::Array(one), Shape::Array(other)) | (Shape::Map(one), Shape::Map(other)) => {
                self.admits_all(*one, *other, depth)
            }
            (Shape::Array(items), Shape::Tuple(_)) => {
                narrow_shape.uses().iter().all(|element| self.admits_all(*items, *element, depth))
            }
            (Shape::Tuple(one), Shape::Tuple(other)) => {
                let mut elements = one.elements.iter().zip(&other.elements);
                one.elements.len() == other.elements.len()
                    && one.rest.is_some() == other.rest.is_some()
                    && elements.all(|(one, other)| self.admits_all(*one, *other, depth))
            }
            (Shape::Object(one), Shape::Object(other)) => self.admits_objects(one, other, depth),
            (_, Shape::Union(union)) => union.variants.iter().all(|variant| self.admits_all(wide, variant.ty, depth)),
            (Shape::Union(union), _) => {
                let narrow = TypeRef { nullable: false, ..narrow };
                union.variants.iter().any(|variant| self.admits_all(variant.ty, narrow, depth))
            }
            _ => false,
        }
    }

    fn admits_objects(&mut self, wide: &Object, narrow: &Object, depth: usize) -> bool {
        let is_required = |key: &str| narrow.fields.iter().any(|field| field.required && field.key == key);
        let keeps_rest = match (wide.rest, narrow.rest) {
            (_, None) => true,
            (Some(wide), Some(narrow)) => self.admits_all(wide, narrow, depth),
            (None, Some(_)) => false,
        };
        keeps_rest
            && wide.fields.iter().all(|field| !field.required || is_required(&field.key))
            && narrow.fields.iter().all(|field| {
                let rival = wide.fields.iter().find(|rival| rival.key == field.key);
                rival.is_some_and(|rival| self.admits_all(rival.ty, field.ty, depth))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::IntegerKind;
    use crate::ir::testing::{add, object, string, strings, union};

    #[test]
    fn a_type_admits_another_one_only_if_all_its_values_fit() {
        let mut types = Types::default();
        let text = string(&mut types);
        let (integer, number) = (add(&mut types, Shape::Integer(IntegerKind::Signed)), add(&mut types, Shape::Number));
        let (open, states) = (strings(&mut types, &["open"]), strings(&mut types, &["open", "closed"]));
        let nullable = TypeRef { nullable: true, ..text };
        let (texts, states_list) = (add(&mut types, Shape::Array(text)), add(&mut types, Shape::Array(states)));
        let optional = object(&mut types, &[("a?", text), ("b?", text)]);
        let required = object(&mut types, &[("a", text), ("b?", text)]);
        let (less, narrow) = (object(&mut types, &[("a?", text)]), object(&mut types, &[("a", open)]));
        let either = union(&mut types, None, &[("", text), ("", number)]);
        // The wide type, the narrow type, and whether each admits the other.
        let cases = [
            (number, integer, true, false),
            (states, open, true, false),
            (text, states, true, false),
            (nullable, text, true, false),
            (texts, states_list, true, false),
            (optional, required, true, false),
            (optional, less, true, false),
            (required, narrow, true, false),
            (less, narrow, true, false),
            (either, integer, true, false),
            (either, nullable, false, false),
            (number, text, false, false),
            (optional, optional, true, true),
        ];
        for (index, (wide, narrow, admits, is_admitted)) in cases.into_iter().enumerate() {
            let found = (admits_all(&types, wide, narrow), admits_all(&types, narrow, wide));
            assert_eq!(found, (admits, is_admitted), "case {index}");
        }
    }
}
