//! Whether two types hold the same values.

use super::{Object, Shape, TypeId, Types};

/// How far types are followed into one another; beyond, two types are taken for different.
const MAX_DEPTH: usize = 8;

/// How many pairs of types are compared for one answer, since each level of a circle multiplies them.
const MAX_PAIRS: usize = 1_000;

impl Types {
    /// Whether two types have the same structure, whatever they are called.
    #[must_use]
    pub fn have_same_structure(&self, one: TypeId, other: TypeId) -> bool {
        Pairs { types: self, left: MAX_PAIRS }.have_same_structure(one, other, MAX_DEPTH)
    }
}

struct Pairs<'a> {
    types: &'a Types,
    left: usize,
}

impl Pairs<'_> {
    fn have_same_structure(&mut self, one: TypeId, other: TypeId, depth: usize) -> bool {
        let types = self.types;
        let (one, other) = (types.behind(one), types.behind(other));
        if one == other {
            return true;
        }
        if depth == 0 || self.left == 0 {
            return false;
        }
        self.left -= 1;
        match (&types[one].shape, &types[other].shape) {
            (Shape::Array(one), Shape::Array(other))
            | (Shape::Map(one), Shape::Map(other))
            | (Shape::Nullable(one), Shape::Nullable(other)) => self.have_same_structure(*one, *other, depth - 1),
            (Shape::Tuple(one), Shape::Tuple(other)) => {
                one.len() == other.len()
                    && one.iter().zip(other).all(|(one, other)| self.have_same_structure(*one, *other, depth - 1))
            }
            (Shape::Object(one), Shape::Object(other)) => self.have_objects_same_structure(one, other, depth - 1),
            (Shape::Union(one), Shape::Union(other)) => {
                let mut variants = one.variants.iter().zip(&other.variants);
                one.discriminator == other.discriminator
                    && one.variants.len() == other.variants.len()
                    && variants.all(|(one, other)| {
                        one.discriminator_values == other.discriminator_values
                            && self.have_same_structure(one.ty, other.ty, depth - 1)
                    })
            }
            (
                Shape::Any
                | Shape::Null
                | Shape::Boolean
                | Shape::Integer(_)
                | Shape::Number
                | Shape::String(_)
                | Shape::Enum(_),
                other,
            ) => types[one].shape == *other,
            _ => false,
        }
    }

    fn have_objects_same_structure(&mut self, one: &Object, other: &Object, depth: usize) -> bool {
        let rests = match (one.rest, other.rest) {
            (Some(one), Some(other)) => self.have_same_structure(one, other, depth),
            (one, other) => one == other,
        };
        rests
            && one.fields.len() == other.fields.len()
            && one.fields.iter().zip(&other.fields).all(|(one, other)| {
                (&one.key, one.required, one.observed) == (&other.key, other.required, other.observed)
                    && self.have_same_structure(one.ty, other.ty, depth)
            })
    }
}
