//! Comparison of types by their structure.

use super::draft::Draft;
use crate::ir::{Object, Shape, TypeRef};

/// The depth of the comparison. Types that are deeper count as different.
const MAX_DEPTH: usize = 8;

/// The number of pairs that one comparison visits, since each level of a cycle multiplies them.
const MAX_PAIRS: usize = 1_000;

impl Draft {
    /// Returns whether two types have the same structure, whatever their names.
    pub(super) fn have_same_structure(&self, one: impl Into<TypeRef>, other: impl Into<TypeRef>) -> bool {
        Comparison { types: self, pairs_left: MAX_PAIRS }.compare(one.into(), other.into(), MAX_DEPTH)
    }
}

struct Comparison<'a> {
    types: &'a Draft,
    pairs_left: usize,
}

impl Comparison<'_> {
    fn compare(&mut self, one: TypeRef, other: TypeRef, depth: usize) -> bool {
        let types = self.types;
        let (one, other) = (types.resolve(one), types.resolve(other));
        if one == other {
            return true;
        }
        if one.nullable != other.nullable || depth == 0 || self.pairs_left == 0 {
            return false;
        }
        self.pairs_left -= 1;
        match (&types[one.id].shape, &types[other.id].shape) {
            (Shape::Array(one), Shape::Array(other)) | (Shape::Map(one), Shape::Map(other)) => {
                self.compare(*one, *other, depth - 1)
            }
            (Shape::Tuple(one), Shape::Tuple(other)) => {
                one.elements.len() == other.elements.len()
                    && self.compare_rests(one.rest, other.rest, depth - 1)
                    && one
                        .elements
                        .iter()
                        .zip(&other.elements)
                        .all(|(one, other)| self.compare(*one, *other, depth - 1))
            }
            (Shape::Object(one), Shape::Object(other)) => self.compare_objects(one, other, depth - 1),
            (Shape::Union(one), Shape::Union(other)) => {
                let mut variants = one.variants.iter().zip(&other.variants);
                one.discriminator == other.discriminator
                    && one.variants.len() == other.variants.len()
                    && variants.all(|(one, other)| {
                        one.discriminator_values == other.discriminator_values
                            && self.compare(one.ty, other.ty, depth - 1)
                    })
            }
            (
                Shape::Any
                | Shape::Null
                | Shape::Boolean
                | Shape::Integer(_)
                | Shape::Number
                | Shape::NumberOrText
                | Shape::String(_)
                | Shape::Enum(_),
                other,
            ) => types[one.id].shape == *other,
            _ => false,
        }
    }

    fn compare_rests(&mut self, one: Option<TypeRef>, other: Option<TypeRef>, depth: usize) -> bool {
        match (one, other) {
            (Some(one), Some(other)) => self.compare(one, other, depth),
            (one, other) => one == other,
        }
    }

    fn compare_objects(&mut self, one: &Object, other: &Object, depth: usize) -> bool {
        self.compare_rests(one.rest, other.rest, depth)
            && one.fields.len() == other.fields.len()
            && one.fields.iter().zip(&other.fields).all(|(one, other)| {
                (&one.key, one.required, one.required_in_requests, one.declared)
                    == (&other.key, other.required, other.required_in_requests, other.declared)
                    && self.compare(one.ty, other.ty, depth)
            })
    }
}
