//! How the variants of a union are told apart.

use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::{JsonType, Value};

use crate::ir::{Object, Shape, TypeId, TypeRef, Types, Union};

/// How one variant is recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantPlan {
    /// Which variant, by its place in the union.
    pub variant: usize,
    /// What holds for its values.
    pub tests: Vec<Test>,
    /// Whether no other variant passes the tests.
    pub proven: bool,
}

/// What can be seen of a value before it is decoded; the counterpart of the runtime's `Test`.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The value is of one of these types.
    Type(Vec<JsonType>),
    /// The object has one of these strings under the key.
    Tag(String, Vec<String>),
    /// The object has one of these scalars under the key.
    Constant(String, Vec<Value>),
    /// The value is one of these scalars.
    Is(Vec<Value>),
    /// The object has the key.
    Has(String),
    /// The object has none of the keys.
    Lacks(Vec<String>),
    /// The object has no other keys.
    Knows(Vec<String>),
}

impl Test {
    /// Whether a value passes it.
    #[must_use]
    pub fn passes(&self, value: &Value) -> bool {
        match self {
            Self::Type(kinds) => kinds.contains(&value.kind()),
            Self::Tag(key, values) => {
                value.get(key).and_then(Value::as_str).is_some_and(|tag| values.iter().any(|value| value == tag))
            }
            Self::Constant(key, values) => value.get(key).is_some_and(|constant| values.contains(constant)),
            Self::Is(values) => values.contains(value),
            Self::Has(key) => value.get(key).is_some(),
            Self::Lacks(keys) => {
                value.as_object().is_some_and(|entries| !keys.iter().any(|key| entries.contains_key(key)))
            }
            Self::Knows(keys) => value.as_object().is_some_and(|entries| entries.keys().all(|key| keys.contains(key))),
        }
    }
}

/// The plan of each union.
#[must_use]
pub fn plans(types: &Types) -> BTreeMap<TypeId, Vec<VariantPlan>> {
    let mut plans = BTreeMap::new();
    for id in types.ids() {
        if let Shape::Union(union) = &types[id].shape {
            plans.insert(id, plan(types, union));
        }
    }
    plans
}

/// Variants that their tests prove come first. The others follow, the more demanding before the less; before any of them
/// may drop a key, each is asked whether it knows all keys.
fn plan(types: &Types, union: &Union) -> Vec<VariantPlan> {
    let seen: Vec<Seen> = union.variants.iter().map(|variant| Seen::of(types, variant.ty)).collect();
    let variants: Vec<usize> = (0..seen.len()).filter(|&variant| Some(variant) != union.combined).collect();
    let plans = variants.iter().map(|&variant| variant_plan(union, &seen, &variants, variant));
    let (mut plans, mut tried): (Vec<VariantPlan>, Vec<VariantPlan>) = plans.partition(|plan| plan.proven);
    plans.sort_by_key(|plan| !matches!(plan.tests.as_slice(), [Test::Is(_)]));
    if let Some(combined) = union.combined {
        combine(&seen, combined, &mut plans);
    }
    tried.extend(untagged(union, &seen, &plans));
    tried.sort_by_key(|plan| (seen[plan.variant].kinds.len(), usize::MAX - seen[plan.variant].required.len()));
    let closed = |plan: &&VariantPlan| seen[plan.variant].is_object_only() && !seen[plan.variant].open;
    // A single candidate has nobody to leave the value to.
    if tried.iter().filter(closed).count() > 1 {
        plans.extend(tried.iter().filter(closed).map(|plan| {
            let knows = Test::Knows(seen[plan.variant].declared.iter().cloned().collect());
            VariantPlan { tests: plan.tests.iter().cloned().chain([knows]).collect(), ..plan.clone() }
        }));
        // What has a key that only a rival knows is not all there is to this variant: rather any JSON than a key less.
        for index in 0..tried.len() {
            let rivals = tried.iter().filter(closed).map(|plan| &seen[plan.variant]);
            let lacks = lacks(&seen[tried[index].variant], rivals);
            tried[index].tests.extend(lacks);
        }
    }
    plans.extend(tried);
    plans
}

/// The variants of a discriminator once more, for values without it: some descriptions leave it optional, and so do services.
fn untagged(union: &Union, seen: &[Seen], plans: &[VariantPlan]) -> Vec<VariantPlan> {
    let Some(key) = &union.discriminator else { return Vec::new() };
    let is_tagged = |plan: &&VariantPlan| matches!(plan.tests.as_slice(), [Test::Tag(tag, _)] if tag == key);
    let may_lack = plans.iter().filter(is_tagged).filter(|plan| !seen[plan.variant].required.contains(key));
    let tests = |variant: usize| {
        let required = seen[variant].required.iter().cloned().map(Test::Has);
        let known = [Test::Type(vec![JsonType::Object]), Test::Lacks(vec![key.clone()])];
        known.into_iter().chain(required).collect()
    };
    may_lack.map(|plan| VariantPlan { variant: plan.variant, tests: tests(plan.variant), proven: false }).collect()
}

/// Values that have keys of several variants go to the variant that has them all.
fn combine(seen: &[Seen], combined: usize, plans: &mut Vec<VariantPlan>) {
    let parts: Vec<usize> =
        plans.iter().map(|plan| plan.variant).filter(|&variant| seen[variant].is_object_only()).collect();
    for plan in plans.iter_mut().filter(|plan| parts.contains(&plan.variant)) {
        let rivals = parts.iter().map(|&part| &seen[part]);
        plan.tests.extend(lacks(&seen[plan.variant], rivals));
    }
    let demanding = parts.iter().filter(|&&part| !seen[part].required.is_empty());
    plans.extend(demanding.map(|&part| {
        let tests = seen[part].required.iter().cloned().map(Test::Has).collect();
        VariantPlan { variant: combined, tests, proven: true }
    }));
}

/// That none of the keys is there which only rivals declare.
fn lacks<'s>(this: &Seen, rivals: impl Iterator<Item = &'s Seen>) -> Option<Test> {
    let foreign: BTreeSet<&String> =
        rivals.flat_map(|rival| &rival.declared).filter(|key| !this.can_have(key)).collect();
    (!foreign.is_empty()).then(|| Test::Lacks(foreign.into_iter().cloned().collect()))
}

fn variant_plan(union: &Union, seen: &[Seen], variants: &[usize], variant: usize) -> VariantPlan {
    let this = &seen[variant];
    let rivals: Vec<usize> =
        variants.iter().copied().filter(|&other| other != variant && seen[other].overlaps(this)).collect();
    let of_type = Test::Type(this.kinds.iter().copied().collect());
    let proven = |tests: Vec<Test>| VariantPlan { variant, tests, proven: true };
    if rivals.is_empty() {
        return proven(vec![of_type]);
    }
    if let Some(values) = &this.values
        && rivals.iter().all(|&other| seen[other].values.as_ref().is_none_or(|others| disjoint(values, others)))
    {
        return proven(vec![Test::Is(values.clone())]);
    }
    if let Some(key) = &union.discriminator
        && !union.variants[variant].discriminator_values.is_empty()
    {
        return proven(vec![Test::Tag(key.clone(), union.variants[variant].discriminator_values.clone())]);
    }
    if let Some((key, values)) = this.constants.iter().find(|(key, values)| {
        rivals.iter().all(|&other| seen[other].constants.get(*key).is_some_and(|others| disjoint(values, others)))
    }) {
        return proven(vec![constant(key, values)]);
    }
    match distinct_keys(seen, variant, &rivals) {
        Some(keys) => proven(keys.into_iter().map(Test::Has).collect()),
        None => {
            // What lacks a required key need not be tried.
            let required = this.required.iter().filter(|_| this.is_object_only()).cloned().map(Test::Has);
            VariantPlan { variant, tests: [of_type].into_iter().chain(required).collect(), proven: false }
        }
    }
}

fn constant(key: &str, values: &[Value]) -> Test {
    let texts: Option<Vec<String>> = values.iter().map(|value| value.as_str().map(str::to_owned)).collect();
    match texts {
        Some(texts) => Test::Tag(key.to_owned(), texts),
        None => Test::Constant(key.to_owned(), values.to_vec()),
    }
}

fn disjoint(one: &[Value], other: &[Value]) -> bool {
    one.iter().all(|value| !other.contains(value))
}

/// Keys that every object of the variant has, and of which each rival lacks at least one.
fn distinct_keys(seen: &[Seen], variant: usize, rivals: &[usize]) -> Option<Vec<String>> {
    let this = &seen[variant];
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

/// What can be seen of the values of a variant.
#[derive(Clone)]
struct Seen {
    kinds: BTreeSet<JsonType>,
    required: Vec<String>,
    declared: BTreeSet<String>,
    open: bool,
    /// The scalars that keys are bound to.
    constants: BTreeMap<String, Vec<Value>>,
    /// The scalars that the value itself is bound to.
    values: Option<Vec<Value>>,
}

impl Seen {
    fn of(types: &Types, used: TypeRef) -> Self {
        Self::within(types, used, 0)
    }

    fn within(types: &Types, used: TypeRef, depth: usize) -> Self {
        let mut seen = Self {
            kinds: kinds(types, used, 0),
            required: Vec::new(),
            declared: BTreeSet::new(),
            open: true,
            constants: BTreeMap::new(),
            values: None,
        };
        match &types[used.id].shape {
            _ if used.nullable => {}
            Shape::Object(object) => seen.add(types, object),
            Shape::Enum(_) | Shape::Boolean => seen.values = types.constants(used),
            Shape::Union(union) if depth < MAX_DEPTH => {
                let variants = union.variants.iter().map(|variant| Self::within(types, variant.ty, depth + 1));
                if let Some(common) = variants.reduce(Self::common) {
                    seen = Self { kinds: seen.kinds, ..common };
                }
            }
            _ => {}
        }
        seen
    }

    fn add(&mut self, types: &Types, object: &Object) {
        self.open = object.rest.is_some();
        for field in &object.fields {
            self.declared.insert(field.key.clone());
            if field.required {
                self.required.push(field.key.clone());
                self.constants.extend(types.constants(field.ty).map(|values| (field.key.clone(), values)));
            }
        }
    }

    /// What can be seen of a value that is one of two.
    fn common(mut self, other: Self) -> Self {
        self.required.retain(|key| other.required.contains(key));
        self.declared.extend(other.declared);
        self.open |= other.open;
        self.constants.retain(|key, _| other.constants.contains_key(key));
        for (key, values) in &mut self.constants {
            values.extend(other.constants.get(key).into_iter().flatten().cloned());
        }
        self.values = match (self.values, other.values) {
            (Some(one), Some(other)) => Some([one, other].concat()),
            _ => None,
        };
        self
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

/// The JSON types that the values of a type have.
pub(super) fn kinds(types: &Types, used: TypeRef, depth: usize) -> BTreeSet<JsonType> {
    use JsonType::{Array, Boolean, Null, Number, Object, String};
    let mut kinds = match &types[used.id].shape {
        Shape::Null => BTreeSet::from([Null]),
        Shape::Boolean => BTreeSet::from([Boolean]),
        Shape::Integer(_) | Shape::Number => BTreeSet::from([Number]),
        Shape::String(_) => BTreeSet::from([String]),
        Shape::Array(_) | Shape::Tuple(_) => BTreeSet::from([Array]),
        Shape::Map(_) | Shape::Object(_) => BTreeSet::from([Object]),
        Shape::Enum(values) => values.iter().map(Value::kind).collect(),
        Shape::Union(union) if depth < MAX_DEPTH => {
            union.variants.iter().flat_map(|variant| kinds(types, variant.ty, depth + 1)).collect()
        }
        Shape::Any | Shape::Union(_) => BTreeSet::from([Null, Boolean, Number, String, Array, Object]),
    };
    if used.nullable {
        kinds.insert(Null);
    }
    kinds
}
