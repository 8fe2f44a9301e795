//! How the arms of a union are told apart.

use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::{JsonType, Value};

use crate::ir::{Shape, TypeId, Types, Union};

/// How one arm is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmPlan {
    /// Which arm, by its place in the union.
    pub arm: usize,
    /// What holds for its values.
    pub tests: Vec<Test>,
    /// Whether no other arm passes the tests.
    pub proven: bool,
}

/// What can be seen of a value before it is decoded; the counterpart of the runtime's `Test`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The value is of one of these types.
    Type(Vec<JsonType>),
    /// The object has one of these strings under the key.
    Tag(String, Vec<String>),
    /// The object has the key.
    Has(String),
    /// The object has no other keys.
    Knows(Vec<String>),
}

/// The plan of each union.
pub(super) fn plans(types: &Types) -> BTreeMap<TypeId, Vec<ArmPlan>> {
    let mut plans = BTreeMap::new();
    for id in types.ids() {
        if let Shape::Union(union) = &types[id].shape {
            plans.insert(id, plan(types, union));
        }
    }
    plans
}

/// Arms that their tests prove come first. The others follow, the more demanding before the less; before any of them
/// may drop a key, each is asked whether it knows all keys.
fn plan(types: &Types, union: &Union) -> Vec<ArmPlan> {
    let seen: Vec<Seen> = union.arms.iter().map(|arm| Seen::of(types, arm.ty)).collect();
    let plans = (0..seen.len()).map(|arm| arm_plan(union, &seen, arm));
    let (mut plans, mut tried): (Vec<ArmPlan>, Vec<ArmPlan>) = plans.partition(|plan| plan.proven);
    tried.sort_by_key(|plan| (seen[plan.arm].kinds.len(), usize::MAX - seen[plan.arm].required.len()));
    let closed = |plan: &&ArmPlan| seen[plan.arm].is_object_only() && !seen[plan.arm].open;
    // A single candidate has nobody to leave the value to.
    if tried.iter().filter(closed).count() > 1 {
        plans.extend(tried.iter().filter(closed).map(|plan| {
            let knows = Test::Knows(seen[plan.arm].declared.iter().cloned().collect());
            ArmPlan { tests: plan.tests.iter().cloned().chain([knows]).collect(), ..plan.clone() }
        }));
    }
    plans.extend(tried);
    plans
}

fn arm_plan(union: &Union, seen: &[Seen], arm: usize) -> ArmPlan {
    let this = &seen[arm];
    let rivals: Vec<usize> = (0..seen.len()).filter(|&other| other != arm && seen[other].overlaps(this)).collect();
    let of_type = Test::Type(this.kinds.iter().copied().collect());
    if rivals.is_empty() {
        return ArmPlan { arm, tests: vec![of_type], proven: true };
    }
    if let Some(key) = &union.discriminator
        && !union.arms[arm].tags.is_empty()
    {
        return ArmPlan { arm, tests: vec![Test::Tag(key.clone(), union.arms[arm].tags.clone())], proven: true };
    }
    if let Some((key, values)) = this.tags.iter().find(|(key, values)| {
        rivals.iter().all(|&other| seen[other].tags.get(*key).is_some_and(|others| others.is_disjoint(values)))
    }) {
        let tag = Test::Tag(key.clone(), values.iter().cloned().collect());
        return ArmPlan { arm, tests: vec![tag], proven: true };
    }
    match distinct_keys(seen, arm, &rivals) {
        Some(keys) => ArmPlan { arm, tests: keys.into_iter().map(Test::Has).collect(), proven: true },
        None => {
            // What lacks a required key need not be tried.
            let required = this.required.iter().filter(|_| this.is_object_only()).cloned().map(Test::Has);
            ArmPlan { arm, tests: [of_type].into_iter().chain(required).collect(), proven: false }
        }
    }
}

/// Keys that every object of the arm has, and of which each rival lacks at least one.
fn distinct_keys(seen: &[Seen], arm: usize, rivals: &[usize]) -> Option<Vec<String>> {
    let this = &seen[arm];
    let lacks = |other: usize, key: &String| seen[other].is_object_only() && !seen[other].can_have(key);
    if !this.is_object_only() {
        return None;
    }
    if let Some(key) = this.required.iter().find(|key| rivals.iter().all(|&other| lacks(other, key))) {
        return Some(vec![key.clone()]);
    }
    let mut keys: Vec<String> = Vec::new();
    for &other in rivals {
        let key = this.required.iter().find(|key| lacks(other, key))?;
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
    Some(keys)
}

/// What can be seen of the values of an arm.
struct Seen {
    kinds: BTreeSet<JsonType>,
    required: Vec<String>,
    declared: BTreeSet<String>,
    open: bool,
    /// The strings that keys are bound to.
    tags: BTreeMap<String, BTreeSet<String>>,
}

impl Seen {
    fn of(types: &Types, id: TypeId) -> Self {
        let mut seen = Self {
            kinds: BTreeSet::new(),
            required: Vec::new(),
            declared: BTreeSet::new(),
            open: true,
            tags: BTreeMap::new(),
        };
        seen.kinds = kinds(types, id, 0);
        if let (inner, false) = types.without_null(id)
            && let Shape::Object(object) = &types[inner].shape
        {
            seen.open = object.rest.is_some();
            for field in &object.fields {
                seen.declared.insert(field.key.clone());
                if !field.required {
                    continue;
                }
                seen.required.push(field.key.clone());
                if let Shape::Enum(values) = &types[types.behind(field.ty)].shape
                    && values.iter().all(|value| matches!(value, Value::String(_)))
                {
                    let values = values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                    seen.tags.insert(field.key.clone(), values);
                }
            }
        }
        seen
    }

    fn overlaps(&self, other: &Self) -> bool {
        !self.kinds.is_disjoint(&other.kinds)
    }

    fn is_object_only(&self) -> bool {
        self.kinds.len() == 1 && self.kinds.contains(&JsonType::Object)
    }

    fn can_have(&self, key: &str) -> bool {
        self.open || self.declared.contains(key)
    }
}

/// How far unions within unions are followed; beyond, any type is assumed.
const MAX_DEPTH: usize = 16;

fn kinds(types: &Types, id: TypeId, depth: usize) -> BTreeSet<JsonType> {
    use JsonType::{Array, Boolean, Null, Number, Object, String};
    let (inner, nullable) = types.without_null(id);
    let mut kinds = match &types[inner].shape {
        Shape::Null => BTreeSet::from([Null]),
        Shape::Boolean => BTreeSet::from([Boolean]),
        Shape::Integer(_) | Shape::Number => BTreeSet::from([Number]),
        Shape::String(_) => BTreeSet::from([String]),
        Shape::Array(_) | Shape::Tuple(_) => BTreeSet::from([Array]),
        Shape::Map(_) | Shape::Object(_) => BTreeSet::from([Object]),
        Shape::Enum(values) => values.iter().map(Value::kind).collect(),
        Shape::Union(union) if depth < MAX_DEPTH => {
            union.arms.iter().flat_map(|arm| kinds(types, arm.ty, depth + 1)).collect()
        }
        Shape::Any | Shape::Union(_) | Shape::Nullable(_) | Shape::Alias(_) => {
            BTreeSet::from([Null, Boolean, Number, String, Array, Object])
        }
    };
    if nullable {
        kinds.insert(Null);
    }
    kinds
}
