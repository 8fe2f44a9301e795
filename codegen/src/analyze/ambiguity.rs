//! Whether trying two variants can tell their values apart, where nothing that is seen from outside can.

use std::collections::BTreeSet;

use super::dispatch::kinds;
use super::{Test, VariantPlan};
use crate::ir::{Object, Shape, TypeRef, Types, Union};

/// How far types are followed into one another; beyond, nothing tells them apart.
const MAX_DEPTH: usize = 8;

/// How many pairs of types are compared for one answer, since each level of a circle multiplies them.
const MAX_PAIRS: usize = 1_000;

/// How many variants of a union are tried for values that another variant could hold as well.
pub(super) fn count_ambiguous(types: &Types, union: &Union, plan: &[VariantPlan]) -> usize {
    let knows = |plan: &VariantPlan| plan.tests.iter().any(|test| matches!(test, Test::Knows(_)));
    let tried: BTreeSet<usize> =
        plan.iter().filter(|plan| !plan.proven && !knows(plan)).map(|plan| plan.variant).collect();
    let ty = |variant: usize| union.variants[variant].ty;
    // What fits no other variant is left to a variant of any JSON, which comes last.
    let tried: BTreeSet<usize> =
        tried.into_iter().filter(|&variant| types[ty(variant).id].shape != Shape::Any).collect();
    let has_rival = |variant: usize| {
        tried.iter().any(|&other| other != variant && !are_disjoint(types, (ty(variant), ty(other)), 0, &mut 0))
    };
    tried.iter().filter(|&&variant| has_rival(variant)).count()
}

/// Whether a value that decodes as one of two types does not decode as the other, the empty ones aside.
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

/// Whether one object can't have a key that the other requires.
fn lacks_required(one: &Object, other: &Object) -> bool {
    let lacks = |key: &str| one.rest.is_none() && !one.fields.iter().any(|field| field.key == key);
    other.fields.iter().any(|field| field.required && lacks(&field.key))
}
