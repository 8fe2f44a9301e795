//! Dispatch plans: the tests that select the variant of a union.

use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::{JsonType, Value};

use crate::ir::{Object, Shape, TypeId, TypeRef, Types, Union};

/// The dispatch plan of one variant of a union: the tests that emitted code makes on a JSON value before it decodes the
/// value as this variant.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantPlan {
    /// The index of the variant in the union.
    pub variant: usize,
    /// The tests that every value of the variant passes.
    pub tests: Vec<Test>,
    /// No value of another variant passes the tests.
    pub proven: bool,
}

/// A test in a dispatch plan: a condition on a JSON value that selects a variant of a union before the value is
/// decoded. The runtime has the same tests.
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
    /// Returns whether a JSON value passes this test of a dispatch plan. The check of payloads calls it to choose the
    /// variant that emitted code would choose.
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

/// Plans the dispatch of each union type: returns for each union the tests that select its variants.
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

/// Orders the variants of a union.
///
/// Variants that their tests prove come first. The others are tried: those with more required keys come earlier. At first,
/// each is tried only for values whose keys it declares, so that no key is lost.
fn plan(types: &Types, union: &Union) -> Vec<VariantPlan> {
    let profiles: Vec<Profile> = union.variants.iter().map(|variant| Profile::of(types, variant.ty)).collect();
    let variants: Vec<usize> = (0..profiles.len()).filter(|&variant| Some(variant) != union.combined).collect();
    let plans = variants.iter().map(|&variant| variant_plan(union, &profiles, &variants, variant));
    let (mut plans, mut tried): (Vec<VariantPlan>, Vec<VariantPlan>) = plans.partition(|plan| plan.proven);
    plans.sort_by_key(|plan| !matches!(plan.tests.as_slice(), [Test::Is(_)]));
    if let Some(combined) = union.combined {
        combine(&profiles, combined, &mut plans);
    }
    tried.extend(untagged(union, &profiles, &plans));
    tried.sort_by_key(|plan| (profiles[plan.variant].kinds.len(), usize::MAX - profiles[plan.variant].required.len()));
    let closed = |plan: &&VariantPlan| profiles[plan.variant].is_object_only() && !profiles[plan.variant].open;
    // A single candidate has no rival that may know more keys.
    if tried.iter().filter(closed).count() > 1 {
        plans.extend(tried.iter().filter(closed).map(|plan| {
            let knows = Test::Knows(profiles[plan.variant].declared.iter().cloned().collect());
            VariantPlan { tests: plan.tests.iter().cloned().chain([knows]).collect(), ..plan.clone() }
        }));
        // A value with a key that only a rival declares is not for this variant. Prefer `Unknown` over dropping a key.
        for index in 0..tried.len() {
            let rivals = tried.iter().filter(closed).map(|plan| &profiles[plan.variant]);
            let lacks = lacks(&profiles[tried[index].variant], rivals);
            tried[index].tests.extend(lacks);
        }
    }
    plans.extend(tried);
    plans
}

/// Adds the variants that a discriminator selects once more, for values without the discriminator: some schemas do not
/// require it, and some services do not send it.
fn untagged(union: &Union, profiles: &[Profile], plans: &[VariantPlan]) -> Vec<VariantPlan> {
    let Some(key) = &union.discriminator else { return Vec::new() };
    let is_tagged = |plan: &&VariantPlan| matches!(plan.tests.as_slice(), [Test::Tag(tag, _)] if tag == key);
    let may_lack = plans.iter().filter(is_tagged).filter(|plan| !profiles[plan.variant].required.contains(key));
    let tests = |variant: usize| {
        let required = profiles[variant].required.iter().cloned().map(Test::Has);
        let known = [Test::Type(vec![JsonType::Object]), Test::Lacks(vec![key.clone()])];
        known.into_iter().chain(required).collect()
    };
    may_lack.map(|plan| VariantPlan { variant: plan.variant, tests: tests(plan.variant), proven: false }).collect()
}

/// Sends values with keys of several variants to the variant that has all keys.
fn combine(profiles: &[Profile], combined: usize, plans: &mut Vec<VariantPlan>) {
    let parts: Vec<usize> =
        plans.iter().map(|plan| plan.variant).filter(|&variant| profiles[variant].is_object_only()).collect();
    for plan in plans.iter_mut().filter(|plan| parts.contains(&plan.variant)) {
        let rivals = parts.iter().map(|&part| &profiles[part]);
        plan.tests.extend(lacks(&profiles[plan.variant], rivals));
    }
    let demanding = parts.iter().filter(|&&part| !profiles[part].required.is_empty());
    plans.extend(demanding.map(|&part| {
        let tests = profiles[part].required.iter().cloned().map(Test::Has).collect();
        VariantPlan { variant: combined, tests, proven: true }
    }));
}

/// Returns the test that a value has none of the keys that only rivals declare.
fn lacks<'s>(this: &Profile, rivals: impl Iterator<Item = &'s Profile>) -> Option<Test> {
    let foreign: BTreeSet<&String> =
        rivals.flat_map(|rival| &rival.declared).filter(|key| !this.can_have(key)).collect();
    (!foreign.is_empty()).then(|| Test::Lacks(foreign.into_iter().cloned().collect()))
}

fn variant_plan(union: &Union, profiles: &[Profile], variants: &[usize], variant: usize) -> VariantPlan {
    let this = &profiles[variant];
    let rivals: Vec<usize> =
        variants.iter().copied().filter(|&other| other != variant && profiles[other].overlaps(this)).collect();
    let of_type = Test::Type(this.kinds.iter().copied().collect());
    let proven = |tests: Vec<Test>| VariantPlan { variant, tests, proven: true };
    if rivals.is_empty() {
        return proven(vec![of_type]);
    }
    if let Some(values) = &this.values
        && rivals.iter().all(|&other| profiles[other].values.as_ref().is_none_or(|others| disjoint(values, others)))
    {
        return proven(vec![Test::Is(values.clone())]);
    }
    if let Some(key) = &union.discriminator
        && !union.variants[variant].discriminator_values.is_empty()
    {
        return proven(vec![Test::Tag(key.clone(), union.variants[variant].discriminator_values.clone())]);
    }
    if let Some((key, values)) = this.constants.iter().find(|(key, values)| {
        rivals.iter().all(|&other| profiles[other].constants.get(*key).is_some_and(|others| disjoint(values, others)))
    }) {
        return proven(vec![constant(key, values)]);
    }
    match distinct_keys(profiles, variant, &rivals) {
        Some(keys) => proven(keys.into_iter().map(Test::Has).collect()),
        None => {
            // A value without a required key does not decode.
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

/// Returns keys that every object of the variant has, so that each rival lacks at least one of them.
fn distinct_keys(profiles: &[Profile], variant: usize, rivals: &[usize]) -> Option<Vec<String>> {
    let this = &profiles[variant];
    let lacks = |other: usize, key: &String| profiles[other].is_object_only() && !profiles[other].can_have(key);
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

/// The properties that all values of a variant share.
#[derive(Clone)]
struct Profile {
    kinds: BTreeSet<JsonType>,
    required: Vec<String>,
    declared: BTreeSet<String>,
    open: bool,
    /// The documented values of keys.
    constants: BTreeMap<String, Vec<Value>>,
    /// The documented values of the whole value.
    values: Option<Vec<Value>>,
}

impl Profile {
    fn of(types: &Types, used: TypeRef) -> Self {
        Self::within(types, used, 0)
    }

    fn within(types: &Types, used: TypeRef, depth: usize) -> Self {
        let mut profile = Self {
            kinds: kinds(types, used, 0),
            required: Vec::new(),
            declared: BTreeSet::new(),
            open: true,
            constants: BTreeMap::new(),
            values: None,
        };
        match &types[used.id].shape {
            _ if used.nullable => {}
            Shape::Object(object) => profile.add(types, object),
            Shape::Enum(_) | Shape::Boolean => profile.values = types.constants(used),
            Shape::Union(union) if depth < MAX_DEPTH => {
                let variants = union.variants.iter().map(|variant| Self::within(types, variant.ty, depth + 1));
                if let Some(common) = variants.reduce(Self::common) {
                    profile = Self { kinds: profile.kinds, ..common };
                }
            }
            _ => {}
        }
        profile
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

    /// Keeps the properties that the values of both variants share.
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

/// The depth of unions within unions. A deeper union counts as any JSON.
const MAX_DEPTH: usize = 16;

/// Returns the JSON types that the values of a type have.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{add, object, string, strings, union};
    use crate::ir::{IntegerKind, TypeRef};

    /// The variants that a value may be, in the order of the plan, with `!` behind a proven one.
    fn candidates(types: &Types, used: TypeRef, json: &str) -> String {
        let value: Value = octogen_runtime::decode(json.as_bytes()).expect("the test has JSON");
        let plans = plans(types);
        let passed = plans[&used.id].iter().filter(|plan| plan.tests.iter().all(|test| test.passes(&value)));
        passed
            .map(|plan| format!("{}{}", plan.variant, if plan.proven { "!" } else { "" }))
            .collect::<Vec<_>>()
            .join(" ")
    }

    fn assert_all(types: &Types, used: TypeRef, cases: &[(&str, &str)]) {
        for (json, wanted) in cases {
            assert_eq!(candidates(types, used, json), *wanted, "{json}");
        }
    }

    #[test]
    fn json_types_select_scalars() {
        let mut types = Types::default();
        let (text, number) = (string(&mut types), add(&mut types, Shape::Integer(IntegerKind::Signed)));
        let used = union(&mut types, None, &[("", text), ("", number)]);
        assert_all(&types, used, &[("\"a\"", "0!"), ("1", "1!"), ("true", ""), ("null", "")]);
    }

    #[test]
    fn discriminator_values_select_variants_and_an_optional_discriminator_may_be_absent() {
        let mut types = Types::default();
        let text = string(&mut types);
        let cat = object(&mut types, &[("kind", text), ("name", text)]);
        let dog = object(&mut types, &[("kind?", text), ("age", text)]);
        let used = union(&mut types, Some("kind"), &[("cat", cat), ("dog hound", dog)]);
        assert_all(
            &types,
            used,
            &[
                (r#"{"kind":"cat"}"#, "0!"),
                (r#"{"kind":"hound"}"#, "1!"),
                (r#"{"kind":"cow"}"#, ""),
                (r#"{"age":"1"}"#, "1"),
                (r#"{"name":"a"}"#, ""),
            ],
        );
    }

    #[test]
    fn constants_select_variants_without_a_discriminator() {
        let mut types = Types::default();
        let (open, closed) = (strings(&mut types, &["open"]), strings(&mut types, &["closed", "merged"]));
        let (one, other) = (object(&mut types, &[("state", open)]), object(&mut types, &[("state", closed)]));
        let used = union(&mut types, None, &[("", one), ("", other)]);
        assert_all(
            &types,
            used,
            &[(r#"{"state":"open"}"#, "0!"), (r#"{"state":"merged"}"#, "1!"), (r#"{"state":"new"}"#, "")],
        );
    }

    #[test]
    fn required_keys_select_objects() {
        let mut types = Types::default();
        let text = string(&mut types);
        let (user, team) = (object(&mut types, &[("login", text)]), object(&mut types, &[("slug", text)]));
        let used = union(&mut types, None, &[("", user), ("", team)]);
        assert_all(&types, used, &[(r#"{"login":"a"}"#, "0!"), (r#"{"slug":"a"}"#, "1!"), ("{}", "")]);
    }

    #[test]
    fn objects_that_no_test_distinguishes_are_tried_and_more_required_keys_come_first() {
        let mut types = Types::default();
        let text = string(&mut types);
        let less = object(&mut types, &[("a", text), ("b?", text)]);
        let more = object(&mut types, &[("a", text), ("b", text)]);
        let used = union(&mut types, None, &[("", less), ("", more)]);
        assert_all(&types, used, &[(r#"{"a":"x"}"#, "0 0"), (r#"{"a":"x","b":"y"}"#, "1 0 1 0"), ("{}", "")]);
    }
}
