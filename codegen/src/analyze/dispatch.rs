//! Dispatch plans: the tests that select the variant of a union.

use std::collections::BTreeSet;

use super::dispatch_step::{Plans, Proof, Test, VariantPlan};
use super::dispatch_steps::Planner;
use super::profile::{ObjectProfile, Profile};
use super::subsumption::admits_all;
use crate::ir::{Shape, Types, Union};

/// Plans the dispatch of each union type: returns for each union the tests that select its variants.
#[must_use]
pub fn plans(types: &Types) -> Plans {
    let mut plans = Plans::default();
    for id in types.ids() {
        if let Shape::Union(union) = &types[id].shape {
            plans.insert(id, plan(types, union));
        }
    }
    plans
}

/// Orders the variants of a union.
///
/// Steps that prove their variant, or make it likely, come first. The other variants are tried: those with more required
/// keys come earlier, and a variant comes before another one that admits all its values.
fn plan(types: &Types, union: &Union) -> Vec<VariantPlan> {
    let profiles = Profile::of_variants(types, union);
    let variants: Vec<usize> = (0..profiles.len()).filter(|&variant| Some(variant) != union.combined).collect();
    let planner = Planner { union, profiles: &profiles, variants: &variants };
    let steps = variants.iter().flat_map(|&variant| planner.steps(variant));
    let (mut plans, mut tried): (Vec<VariantPlan>, Vec<VariantPlan>) =
        steps.partition(|plan| matches!(plan.proof, Proof::Proven | Proof::Likely));
    plans.sort_by_key(|plan| (plan.proof == Proof::Likely, !matches!(plan.tests.as_slice(), [Test::Is(_)])));
    if let Some(combined) = union.combined {
        combine(&profiles, combined, &mut plans);
    }
    tried.sort_by_key(|plan| {
        let profile = &profiles[plan.variant];
        (profile.is_any(), profile.kinds.len(), usize::MAX - profile.required().len())
    });
    keep_declared_keys(&profiles, &mut tried);
    for plan in tried {
        let ty = |plan: &VariantPlan| union.variants[plan.variant].ty;
        let is_wider = |earlier: &VariantPlan| {
            admits_all(types, ty(earlier), ty(&plan)) && !admits_all(types, ty(&plan), ty(earlier))
        };
        let from = plans.iter().position(|earlier| earlier.proof == Proof::Tried).unwrap_or(plans.len());
        let place = plans[from..].iter().position(is_wider).map_or(plans.len(), |wider| from + wider);
        plans.insert(place, plan);
    }
    prefer_allowed_keys(&profiles, &mut plans);
    plans
}

/// A value with undeclared keys is for a variant that denies them only if no other variant fits: such a variant is tried
/// at first for values with its own keys alone, and once more at the end.
fn prefer_allowed_keys(profiles: &[Profile], plans: &mut Vec<VariantPlan>) {
    let denies = |plan: &VariantPlan| {
        let profile = &profiles[plan.variant];
        profile.is_object_only() && profile.object.as_ref().is_some_and(|object| object.closed)
    };
    let is_tried = |plan: &VariantPlan| plan.proof == Proof::Tried;
    let allowing: Vec<VariantPlan> = plans.iter().filter(|plan| is_tried(plan) && !denies(plan)).cloned().collect();
    let mut last = Vec::new();
    for plan in plans.iter_mut().filter(|plan| is_tried(plan) && denies(plan)) {
        if let Some(object) = &profiles[plan.variant].object
            && allowing.iter().any(|rival| rival.variant != plan.variant && !rival.excludes(plan))
        {
            last.push(plan.clone());
            plan.tests.push(Test::HasOnly(object.declared.iter().cloned().collect()));
        }
    }
    let end = plans.iter().position(|plan| plan.proof == Proof::Any).unwrap_or(plans.len());
    plans.splice(end..end, last);
}

/// A value with a key that only a rival declares is for a variant that would drop the key only if no other variant holds
/// it, and never for a variant that denies the key.
fn keep_declared_keys(profiles: &[Profile], tried: &mut [VariantPlan]) {
    let drops_keys = |plan: &VariantPlan| {
        let profile = &profiles[plan.variant];
        profile.is_object_only() && profile.object.as_ref().is_some_and(|object| !object.open)
    };
    let dropping: Vec<VariantPlan> = tried.iter().filter(|plan| drops_keys(plan)).cloned().collect();
    for plan in tried {
        let rivals = dropping.iter().filter(|rival| rival.variant != plan.variant && !rival.excludes(plan));
        let rivals = rivals.filter_map(|rival| profiles[rival.variant].object.as_ref());
        let foreign = profiles[plan.variant].object.as_ref().and_then(|this| lacks(this, rivals));
        match (plan.tests.first_mut(), foreign) {
            (Some(Test::Lacks(keys)), Some(Test::Lacks(foreign))) => keys.extend(foreign),
            (_, foreign) => plan.tests.extend(foreign),
        }
    }
}

/// Sends values with keys of several variants to the variant that has all keys.
fn combine(profiles: &[Profile], combined: usize, plans: &mut Vec<VariantPlan>) {
    let object = |variant: usize| profiles[variant].object.as_ref().filter(|_| profiles[variant].is_object_only());
    let parts: Vec<(usize, &ObjectProfile)> =
        plans.iter().filter_map(|plan| Some((plan.variant, object(plan.variant)?))).collect();
    for plan in plans.iter_mut() {
        if let Some(this) = object(plan.variant) {
            plan.tests.extend(lacks(this, parts.iter().map(|(_, part)| *part)));
        }
    }
    let demanding = parts.iter().filter(|(_, part)| !part.required.is_empty());
    plans.extend(demanding.map(|(_, part)| {
        let tests = part.required.iter().cloned().map(Test::Has).collect();
        VariantPlan::new(combined, tests, Proof::Likely)
    }));
}

/// Returns the test that a value has none of the keys that only rivals declare.
fn lacks<'s>(this: &ObjectProfile, rivals: impl Iterator<Item = &'s ObjectProfile>) -> Option<Test> {
    let foreign: BTreeSet<&str> =
        rivals.flat_map(|rival| &rival.declared).map(String::as_str).filter(|key| !this.can_have(key)).collect();
    let test = if this.closed { Test::Lacks } else { Test::LacksUndeclared };
    (!foreign.is_empty()).then(|| test(foreign.into_iter().map(str::to_owned).collect()))
}

#[cfg(test)]
mod tests;
