//! The steps of a dispatch plan for one variant.

use octogen_runtime::{JsonType, Value};
use rustc_hash::FxHashSet;

use super::dispatch_step::{Proof, Test, VariantPlan};
use super::profile::{ALL_KINDS, ObjectProfile, Profile, are_disjoint};
use crate::ir::Union;

/// The facts from which the steps of each variant are planned.
pub(super) struct Planner<'a> {
    pub(super) union: &'a Union,
    pub(super) profiles: &'a [Profile],
    /// The variants that a value is dispatched to: all but the combined one.
    pub(super) variants: &'a [usize],
}

/// A rival of a variant whose objects may look like its own: its index, and its objects.
type Rival<'a> = (usize, &'a ObjectProfile);

impl Planner<'_> {
    /// Returns the steps of a variant.
    pub(super) fn steps(&self, variant: usize) -> Vec<VariantPlan> {
        let this = &self.profiles[variant];
        let rivals: Vec<usize> = self.variants.iter().copied().filter(|&other| other != variant).collect();
        if rivals.iter().all(|&other| self.profiles[other].kinds.is_disjoint(&this.kinds)) {
            return vec![VariantPlan::new(variant, vec![of_type(&this.kinds)], Proof::Proven)];
        }
        let mut steps = Vec::new();
        if let Some(object) = this.object.as_ref().filter(|_| this.kinds.contains(&JsonType::Object)) {
            let rivals = rivals.iter().filter_map(|&other| Some((other, self.profiles[other].object.as_ref()?)));
            steps.extend(self.object_steps(variant, object, rivals.collect()));
        }
        if this.is_any() {
            steps.retain(|step| matches!(step.tests.as_slice(), [Test::Tag(..) | Test::Constant(..)]));
            steps.push(VariantPlan::new(variant, Vec::new(), Proof::Any));
        } else {
            steps.extend(self.scalar_step(variant, &rivals));
        }
        steps
    }

    /// Returns the step for the values of a variant that are not objects.
    fn scalar_step(&self, variant: usize, rivals: &[usize]) -> Option<VariantPlan> {
        let this = &self.profiles[variant];
        let kinds = this.other_kinds();
        if kinds.is_empty() {
            return None;
        }
        let rivals: Vec<&Profile> = rivals
            .iter()
            .map(|&other| &self.profiles[other])
            .filter(|other| !other.kinds.is_disjoint(&kinds))
            .collect();
        if rivals.is_empty() {
            return Some(VariantPlan::new(variant, vec![of_type(&kinds)], Proof::Proven));
        }
        let is_free = |values: &[Value]| {
            rivals.iter().all(|other| other.scalars.as_ref().is_none_or(|others| are_disjoint(values, others)))
        };
        let (test, proof) = match &this.scalars {
            Some(values) if is_free(values) => (Test::Is(values.clone()), Proof::Proven),
            _ => (of_type(&kinds), Proof::Tried),
        };
        Some(VariantPlan::new(variant, vec![test], proof))
    }

    /// Returns the steps for the objects of a variant.
    fn object_steps(&self, variant: usize, this: &ObjectProfile, rivals: Vec<Rival<'_>>) -> Vec<VariantPlan> {
        if rivals.is_empty() {
            return vec![VariantPlan::new(variant, vec![Test::Type(vec![JsonType::Object])], Proof::Proven)];
        }
        if let Some(key) = &self.union.discriminator
            && !self.union.variants[variant].discriminator_values.is_empty()
        {
            return self.tagged_steps(variant, this, key, &rivals);
        }
        let distinguishes = |(key, values): &(&String, &Vec<Value>)| {
            this.required.contains(*key) && rivals.iter().all(|(_, rival)| rival.excludes(key, values))
        };
        // A text says more than a number, and variants are named after it.
        let is_number = |(_, values): &(&String, &Vec<Value>)| values.iter().any(|value| value.as_str().is_none());
        if let Some((key, values)) = this.constants.iter().filter(distinguishes).min_by_key(is_number) {
            return vec![VariantPlan::new(variant, vec![constant(key, values)], Proof::Proven)];
        }
        if let Some((keys, proof)) = distinct_keys(this, &rivals) {
            return vec![VariantPlan::new(variant, keys.into_iter().map(Test::Has).collect(), proof)];
        }
        narrowed_steps(variant, this, Vec::new(), rivals)
    }

    /// Returns the steps of a variant that a discriminator selects. Discriminator values that rivals have as well do not
    /// prove the variant.
    fn tagged_steps(
        &self,
        variant: usize,
        this: &ObjectProfile,
        key: &String,
        rivals: &[Rival<'_>],
    ) -> Vec<VariantPlan> {
        let values = |variant: usize| self.union.variants[variant].discriminator_values.as_slice();
        let has = |(rival, _): &Rival<'_>, value: &Value| !are_disjoint(values(*rival), std::slice::from_ref(value));
        let (shared, own): (Vec<Value>, Vec<Value>) =
            values(variant).iter().cloned().partition(|value| rivals.iter().any(|rival| has(rival, value)));
        let mut steps = Vec::new();
        if !own.is_empty() {
            steps.push(VariantPlan::new(variant, vec![constant(key, &own)], Proof::Proven));
        }
        if !shared.is_empty() {
            let rivals = rivals.iter().filter(|rival| shared.iter().any(|value| has(rival, value)));
            steps.extend(narrowed_steps(variant, this, vec![constant(key, &shared)], rivals.copied().collect()));
        }
        // Some schemas do not require the discriminator property, and some services do not send it.
        if !this.required.contains(key) {
            steps.push(absent(variant, this, key));
        }
        steps
    }
}

/// Adds the constants and the required keys that distinguish a variant from a part of its rivals each. The variant is
/// proven, or likely, if no rival is left.
fn narrowed_steps(
    variant: usize,
    this: &ObjectProfile,
    mut tests: Vec<Test>,
    mut rivals: Vec<Rival<'_>>,
) -> Vec<VariantPlan> {
    for (key, values) in this.constants.iter().filter(|(key, _)| this.required.contains(*key)) {
        let count = rivals.len();
        rivals.retain(|(_, rival)| !rival.excludes(key, values));
        if rivals.len() < count {
            tests.push(constant(key, values));
        }
    }
    if rivals.is_empty() {
        return vec![VariantPlan::new(variant, tests, Proof::Proven)];
    }
    if let Some((keys, proof)) = distinct_keys(this, &rivals) {
        tests.extend(keys.into_iter().map(Test::Has));
        return vec![VariantPlan::new(variant, tests, proof)];
    }
    let distinguishes =
        |(key, values): &(&String, &Vec<Value>)| rivals.iter().all(|(_, rival)| rival.excludes(key, values));
    let mut steps = Vec::new();
    if let Some((key, values)) = this.constants.iter().find(distinguishes) {
        let present = tests.iter().cloned().chain([constant(key, values)]).collect();
        steps.push(VariantPlan::new(variant, present, Proof::Proven));
        tests.insert(0, Test::Lacks(vec![key.clone()]));
    }
    // A value without a required key does not decode.
    let is_tested = |key: &String, tests: &[Test]| {
        tests.iter().any(|test| matches!(test, Test::Tag(tested, _) | Test::Constant(tested, _) if tested == key))
    };
    let required: Vec<Test> =
        this.required.iter().filter(|key| !is_tested(key, &tests)).cloned().map(Test::Has).collect();
    tests.extend(required);
    if tests.is_empty() {
        tests.push(Test::Type(vec![JsonType::Object]));
    }
    steps.push(VariantPlan::new(variant, tests, Proof::Tried));
    steps
}

/// Returns keys that every object of the variant has, so that each rival declares at most some of them, and the effect of
/// having them. A rival that does not deny undeclared keys admits them as well, so that they only make the variant likely.
fn distinct_keys(this: &ObjectProfile, rivals: &[Rival<'_>]) -> Option<(Vec<String>, Proof)> {
    let mut keys: Vec<String> = Vec::new();
    if let Some(key) = this.required.iter().find(|key| rivals.iter().all(|(_, rival)| !rival.can_have(key))) {
        keys.push(key.clone());
    } else {
        for (_, rival) in rivals {
            let key = this.required.iter().find(|key| !rival.can_have(key))?;
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
    }
    let denies_one = |rival: &ObjectProfile| rival.closed && keys.iter().any(|key| !rival.can_have(key));
    let are_denied = rivals.iter().all(|(_, rival)| denies_one(rival));
    let proof = if are_denied { Proof::Proven } else { Proof::Likely };
    Some((keys, proof))
}

/// Returns the step for the objects of a variant that do not have the key of its constant.
fn absent(variant: usize, this: &ObjectProfile, key: &str) -> VariantPlan {
    let required = this.required.iter().cloned().map(Test::Has);
    let tests = std::iter::once(Test::Lacks(vec![key.to_owned()])).chain(required).collect();
    VariantPlan::new(variant, tests, Proof::Tried)
}

fn of_type(kinds: &FxHashSet<JsonType>) -> Test {
    Test::Type(ALL_KINDS.into_iter().filter(|kind| kinds.contains(kind)).collect())
}

fn constant(key: &str, values: &[Value]) -> Test {
    let texts: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    match texts {
        Some(texts) => Test::Tag(key.to_owned(), texts),
        None => Test::Constant(key.to_owned(), values.to_vec()),
    }
}
