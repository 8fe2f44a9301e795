//! Variants that no test distinguishes, so that the decoder tries them in order.

use std::collections::BTreeSet;

use super::dispatch::kinds;
use super::{Test, VariantPlan};
use crate::ir::{Object, Shape, TypeRef, Types, Union};

/// The depth of the comparison. Types that are deeper count as overlapping.
const MAX_DEPTH: usize = 8;

/// The number of pairs that one comparison visits, since each level of a cycle multiplies them.
const MAX_PAIRS: usize = 1_000;

/// Counts the variants of a union that are tried for values which another tried variant may hold as well.
pub(super) fn count_ambiguous(types: &Types, union: &Union, plan: &[VariantPlan]) -> usize {
    let knows = |plan: &VariantPlan| plan.tests.iter().any(|test| matches!(test, Test::Knows(_)));
    let tried: BTreeSet<usize> =
        plan.iter().filter(|plan| !plan.proven && !knows(plan)).map(|plan| plan.variant).collect();
    let ty = |variant: usize| union.variants[variant].ty;
    // A variant of any JSON comes last and takes the values that fit no other variant.
    let tried: BTreeSet<usize> =
        tried.into_iter().filter(|&variant| types[ty(variant).id].shape != Shape::Any).collect();
    let has_rival = |variant: usize| {
        tried.iter().any(|&other| other != variant && !are_disjoint(types, (ty(variant), ty(other)), 0, &mut 0))
    };
    tried.iter().filter(|&&variant| has_rival(variant)).count()
}

/// Returns whether no value decodes as both types, apart from empty arrays and objects.
fn are_disjoint(types: &Types, (one, other): (TypeRef, TypeRef), depth: usize, pairs: &mut usize) -> bool {
    *pairs += 1;
    if kinds(types, one, 0).is_disjoint(&kinds(types, other, 0)) {
        return true;
    }
    if let (Some(one), Some(other)) = (types.constants(one), types.constants(other)) {
        return one.iter().all(|value| !other.contains(value));
    }
    if depth == MAX_DEPTH || *pairs > MAX_PAIRS || one.nullable && other.nullable {
        return false;
    }
    match (&types[one.id].shape, &types[other.id].shape) {
        (Shape::Array(one), Shape::Array(other)) | (Shape::Map(one), Shape::Map(other)) => {
            are_disjoint(types, (*one, *other), depth + 1, pairs)
        }
        (Shape::Object(one), Shape::Object(other)) => {
            lacks_required(one, other)
                || lacks_required(other, one)
                || one.fields.iter().any(|field| {
                    let rival = other.fields.iter().find(|rival| rival.key == field.key);
                    rival.is_some_and(|rival| are_disjoint(types, (field.ty, rival.ty), depth + 1, pairs))
                })
        }
        _ => false,
    }
}

/// Returns whether the other object requires a key that this one does not admit.
fn lacks_required(one: &Object, other: &Object) -> bool {
    let lacks = |key: &str| one.rest.is_none() && !one.fields.iter().any(|field| field.key == key);
    other.fields.iter().any(|field| field.required && lacks(&field.key))
}
