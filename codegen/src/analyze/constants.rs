//! Constants: types with one documented value, and the properties that a new object has from the start.

use std::collections::BTreeSet;

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use super::dispatch::plans;
use super::dispatch_step::Plans;
use super::dispatch_step::{Test, VariantPlan};
use crate::ir::{Constraints, Declared, Field, Parameter, Shape, TypeId, Types, Union, are_equal_scalars};

/// The constants of all types.
#[derive(Debug, Default)]
pub(super) struct Constants {
    /// The types that are constants.
    types: FxHashSet<TypeId>,
    /// The properties that distinguish the variants of a union, by their object and their index.
    distinguishing: FxHashSet<(TypeId, usize)>,
}

/// Finds the constants. `const` states one. An `enum` with one value is one as well if the value is a boolean, or if it
/// distinguishes variants of a union. Any other `enum` stays an enum, because the service can add a second value.
pub(super) fn find_constants(types: &Types, plans: &Plans) -> Constants {
    let is_stated = |id: &TypeId| {
        types.only_value(*id).is_some_and(|only| types[*id].constraints.is_constant || only.as_bool().is_some())
    };
    let mut constants = Constants { types: types.ids().filter(is_stated).collect(), ..Constants::default() };
    for (id, plan) in plans.iter() {
        if let Shape::Union(union) = &types[id].shape {
            let keys = tested_keys(union, plan);
            let mut seen = FxHashSet::from_iter([id]);
            constants.add_distinguishing(types, &keys, union, &mut seen);
        }
    }
    constants
}

/// Returns the keys whose values select the variants of a union.
fn tested_keys<'a>(union: &'a Union, plan: &'a [VariantPlan]) -> BTreeSet<&'a str> {
    let tested = plan.iter().flat_map(|step| &step.tests).filter_map(|test| match test {
        Test::Tag(key, _) | Test::Constant(key, _) => Some(key.as_str()),
        _ => None,
    });
    tested.chain(union.discriminator.as_deref()).collect()
}

impl Constants {
    /// Adds the types and properties of a selection that are constants in the whole document, where a union outside of
    /// the selection may distinguish its variants by them.
    pub(super) fn add_those_of_whole(&mut self, types: &Types, whole: &Types) {
        let of_whole = find_constants(whole, &plans(whole));
        let constants: FxHashSet<String> = of_whole.types.iter().map(|id| whole.path_key(*id)).collect();
        let distinguishing = of_whole.distinguishing.iter().map(|(owner, index)| (whole.path_key(*owner), *index));
        let distinguishing: FxHashSet<(String, usize)> = distinguishing.collect();
        for id in types.ids() {
            match &types[id].shape {
                Shape::Enum(_) if types.only_value(id).is_some() && constants.contains(&types.path_key(id)) => {
                    self.types.insert(id);
                }
                Shape::Object(object) => {
                    let key = types.path_key(id);
                    let indices =
                        (0..object.fields.len()).filter(|index| distinguishing.contains(&(key.clone(), *index)));
                    self.distinguishing.extend(indices.map(|index| (id, index)));
                }
                _ => {}
            }
        }
    }

    fn add_distinguishing(
        &mut self,
        types: &Types,
        keys: &BTreeSet<&str>,
        union: &Union,
        seen: &mut FxHashSet<TypeId>,
    ) {
        let mut waiting: Vec<TypeId> = union.variants.iter().map(|variant| variant.ty.id).collect();
        while let Some(id) = waiting.pop().filter(|_| !keys.is_empty()) {
            if !seen.insert(id) {
                continue;
            }
            match &types[id].shape {
                Shape::Union(inner) => waiting.extend(inner.variants.iter().map(|variant| variant.ty.id)),
                Shape::Object(object) => {
                    for (index, field) in object.fields.iter().enumerate() {
                        if keys.contains(field.key.as_str()) && types.only_value(field.ty.id).is_some() {
                            self.types.insert(field.ty.id);
                            self.distinguishing.insert((id, index));
                        }
                    }
                }
                _ => {}
            }
        }
    }

    /// Returns whether a type is a constant.
    pub(super) fn contains(&self, id: TypeId) -> bool {
        self.types.contains(&id)
    }

    /// Returns the objects that represent the same structures, in place of the objects themselves.
    pub(super) fn share(self, shared: &[TypeId]) -> Self {
        let of = |id: TypeId| shared.get(id.0).copied().unwrap_or(id);
        Self {
            types: self.types.into_iter().map(of).collect(),
            distinguishing: self.distinguishing.into_iter().map(|(id, index)| (of(id), index)).collect(),
        }
    }

    /// Returns whether a new object has the property from the start: it is required, it is the default, or it
    /// distinguishes variants.
    pub(super) fn is_initial(&self, types: &Types, (owner, index): (TypeId, usize), field: &Field) -> bool {
        let Some(only) = types.only_value(field.ty.id) else {
            return false;
        };
        match field.required || field.required_in_requests {
            true => !field.ty.nullable,
            false => {
                field.declared == Declared::Always
                    && !field.constraints.read_only
                    && (is_default(types, (&field.constraints, field.ty.id), only)
                        || self.distinguishing.contains(&(owner, index)))
            }
        }
    }
}

/// Returns whether the constructor of an operation fills in a parameter: it has one documented value, and it is required or
/// has that value as its default.
#[must_use]
pub fn is_initial_parameter(types: &Types, parameter: &Parameter) -> bool {
    types
        .only_value(parameter.ty.id)
        .is_some_and(|only| parameter.required || is_default(types, (&parameter.constraints, parameter.ty.id), only))
}

/// Returns whether the default of a use of a type is this value.
fn is_default(types: &Types, (own, id): (&Constraints, TypeId), only: &Value) -> bool {
    let default = own.default.as_ref().or(types[id].constraints.default.as_ref());
    default.is_some_and(|default| are_equal_scalars(default, only))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::TypeRef;
    use crate::ir::testing::{object, strings, union};

    #[test]
    fn one_value_that_selects_a_variant_is_a_constant() {
        let mut types = Types::default();
        let [cat, dog, other] = ["cat", "dog", "other"].map(|text| strings(&mut types, &[text]));
        let (one, two) = (object(&mut types, &[("kind", cat)]), object(&mut types, &[("kind?", dog)]));
        let beside = object(&mut types, &[("kind?", other)]);
        union(&mut types, None, &[("", one), ("", two)]);
        let constants = find_constants(&types, &plans(&types));
        assert_eq!([cat, dog, other].map(|used| constants.contains(used.id)), [true, true, false]);
        let is_initial = |owner: TypeRef| match &types[owner.id].shape {
            Shape::Object(object) => {
                object.fields.iter().all(|field| constants.is_initial(&types, (owner.id, 0), field))
            }
            _ => false,
        };
        assert_eq!([one, two, beside].map(is_initial), [true, true, false]);
    }
}
