//! Profiles: the facts that all values of a variant have in common.

use std::collections::{BTreeMap, BTreeSet};

use octogen_runtime::{JsonType, Value};
use rustc_hash::FxHashSet;

use crate::ir::{Declared, Field, Object, Shape, TypeRef, Types, Union, Variant, are_equal_scalars};

/// The depth of unions within unions. A deeper union counts as any JSON.
const MAX_DEPTH: usize = 16;

/// The facts that all values of a type have in common.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    /// The JSON types of the values.
    pub(super) kinds: FxHashSet<JsonType>,
    /// The facts that the objects among the values have in common, if there are some.
    pub(super) object: Option<ObjectProfile>,
    /// The values that are not objects, if all of them are documented.
    pub(super) scalars: Option<Vec<Value>>,
}

/// The facts that the objects among the values of a type have in common.
#[derive(Clone, Debug, Default)]
pub(super) struct ObjectProfile {
    /// The keys that every object has.
    pub(super) required: Vec<String>,
    /// The keys that an object may have.
    pub(super) declared: BTreeSet<String>,
    /// An object may have other keys as well.
    pub(super) open: bool,
    /// The schema denies other keys.
    pub(super) closed: bool,
    /// The documented values of keys. An object without the key fits unless the key is required.
    pub(super) constants: BTreeMap<String, Vec<Value>>,
}

impl Profile {
    /// Returns the profile of each variant of a union.
    pub(super) fn of_variants(types: &Types, union: &Union) -> Vec<Self> {
        variants(types, union, 0)
    }

    fn of(types: &Types, used: TypeRef, depth: usize) -> Self {
        let any_object = || Some(ObjectProfile { open: true, ..ObjectProfile::default() });
        let (object, mut scalars) = match &types[used.id].shape {
            Shape::Object(object) => (Some(ObjectProfile::of(types, object)), Some(Vec::new())),
            Shape::Map(_) => (any_object(), Some(Vec::new())),
            Shape::Union(union) if depth < MAX_DEPTH => {
                let whole = variants(types, union, depth + 1).into_iter().reduce(Self::common);
                whole.map_or((None, None), |whole| (whole.object, whole.scalars))
            }
            Shape::Any | Shape::Union(_) => (any_object(), None),
            _ => (None, types.scalars(TypeRef::from(used.id), &|used| used)),
        };
        if let Some(scalars) = scalars.as_mut().filter(|_| used.nullable) {
            scalars.push(Value::Null);
        }
        Self { kinds: kinds(types, used, 0), object, scalars }
    }

    /// Returns the facts that the values of both types have in common.
    fn common(self, other: Self) -> Self {
        Self {
            kinds: self.kinds.union(&other.kinds).copied().collect(),
            object: match (self.object, other.object) {
                (Some(one), Some(other)) => Some(one.common(other)),
                (one, other) => one.or(other),
            },
            scalars: match (self.scalars, other.scalars) {
                (Some(one), Some(other)) => Some([one, other].concat()),
                _ => None,
            },
        }
    }

    /// Returns whether all values are objects.
    pub(super) fn is_object_only(&self) -> bool {
        self.kinds.len() == 1 && self.kinds.contains(&JsonType::Object)
    }

    /// Returns whether values of every JSON type fit.
    pub(super) fn is_any(&self) -> bool {
        self.kinds.len() == ALL_KINDS.len()
    }

    /// Returns the JSON types of the values that are not objects.
    pub(super) fn other_kinds(&self) -> FxHashSet<JsonType> {
        self.kinds.iter().copied().filter(|kind| *kind != JsonType::Object).collect()
    }

    /// Returns the keys that every object has.
    pub(super) fn required(&self) -> &[String] {
        self.object.as_ref().map(|object| object.required.as_slice()).unwrap_or_default()
    }
}

fn variants(types: &Types, union: &Union, depth: usize) -> Vec<Profile> {
    let profile = |variant: &Variant| {
        let mut profile = Profile::of(types, variant.ty, depth);
        // The discriminator values of a variant need not be in its schema.
        if let (Some(key), Some(object)) = (&union.discriminator, &mut profile.object)
            && !variant.discriminator_values.is_empty()
        {
            object.constants.insert(key.clone(), variant.discriminator_values.clone());
        }
        profile
    };
    union.variants.iter().map(profile).collect()
}

impl ObjectProfile {
    fn of(types: &Types, object: &Object) -> Self {
        let is_declared = |field: &&Field| field.declared == Declared::Always;
        let constants = |field: &Field| Some((field.key.clone(), types.scalars(field.ty, &|used| used)?));
        Self {
            required: object.fields.iter().filter(|field| field.required).map(|field| field.key.clone()).collect(),
            declared: object.fields.iter().map(|field| field.key.clone()).collect(),
            open: object.rest.is_some(),
            closed: object.closed,
            // A key under a condition has any value without the condition.
            constants: object.fields.iter().filter(is_declared).filter_map(constants).collect(),
        }
    }

    fn common(mut self, other: Self) -> Self {
        let mut constants = self.constants.clone();
        constants.retain(|key, _| other.constants.contains_key(key) || !other.can_have(key));
        for (key, values) in &other.constants {
            if self.constants.contains_key(key) || !self.can_have(key) {
                constants.entry(key.clone()).or_default().extend(values.iter().cloned());
            }
        }
        self.required.retain(|key| other.required.contains(key));
        self.declared.extend(other.declared);
        Self { open: self.open || other.open, closed: self.closed && other.closed, constants, ..self }
    }

    /// Returns whether an object may have the key.
    pub(super) fn can_have(&self, key: &str) -> bool {
        self.open || self.declared.contains(key)
    }

    /// Returns whether no object has one of these values under the key.
    pub(super) fn excludes(&self, key: &str, values: &[Value]) -> bool {
        self.constants.get(key).is_some_and(|own| are_disjoint(own, values))
    }
}

/// Returns whether two lists have no scalar in common.
pub(super) fn are_disjoint(one: &[Value], other: &[Value]) -> bool {
    !one.iter().any(|value| other.iter().any(|rival| are_equal_scalars(value, rival)))
}

/// The JSON types, in the order in which emitted tests list them.
pub(super) const ALL_KINDS: [JsonType; 6] =
    [JsonType::Null, JsonType::Boolean, JsonType::Number, JsonType::String, JsonType::Array, JsonType::Object];

/// Returns the JSON types that the values of a type have.
pub(super) fn kinds(types: &Types, used: TypeRef, depth: usize) -> FxHashSet<JsonType> {
    use JsonType::{Array, Boolean, Null, Number, Object, String};
    let mut kinds = match &types[used.id].shape {
        Shape::Null => FxHashSet::from_iter([Null]),
        Shape::Boolean => FxHashSet::from_iter([Boolean]),
        Shape::Integer(_) | Shape::Number => FxHashSet::from_iter([Number]),
        Shape::String(_) => FxHashSet::from_iter([String]),
        Shape::NumberOrText => FxHashSet::from_iter([Number, String]),
        Shape::Array(_) | Shape::Tuple(_) => FxHashSet::from_iter([Array]),
        Shape::Map(_) | Shape::Object(_) => FxHashSet::from_iter([Object]),
        Shape::Enum(stated) => stated.values.iter().map(Value::kind).collect(),
        Shape::Union(union) if depth < MAX_DEPTH => {
            union.variants.iter().flat_map(|variant| kinds(types, variant.ty, depth + 1)).collect()
        }
        Shape::Any | Shape::Union(_) => FxHashSet::from_iter(ALL_KINDS),
    };
    if used.nullable {
        kinds.insert(Null);
    }
    kinds
}
