//! Infers types from values.

use indexmap::IndexMap;
use octogen_runtime::{JsonType, Map, Value};

use super::State;
use crate::diagnostic::{Place, Spot};
use crate::ir::{
    Api, Constraints, Declared, Docs, Field, IntegerKind, Object, Origin, Shape, Step, StringKind, Type, TypeId,
    TypeRef, Union, Variant,
};

/// The documentation of an undeclared key that payloads have.
const OBSERVED: &str = "Undeclared, but seen in a payload.";

/// The treatment of keys that no payload has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// The schema does not mention further keys: they are dropped.
    Dropped,
    /// The schema allows further keys: they are kept.
    Kept,
}

/// Infers the type of an undeclared key of an object.
pub(super) fn infer_field(
    api: &mut Api,
    state: &mut State,
    (object, key): (TypeId, &str),
    values: &[&Value],
    rest: Rest,
) -> Field {
    observed_field(key, infer(api, state, values, Origin::Within(object, Step::Property(key.to_owned())), rest))
}

/// Returns an undeclared key with its type.
pub(super) fn observed_field(key: &str, ty: TypeRef) -> Field {
    let docs = Docs { description: Some(OBSERVED.to_owned()), ..Docs::default() };
    Field {
        key: key.to_owned(),
        required: false,
        required_in_requests: false,
        required_in_responses: false,
        declared: Declared::ByExamples,
        ty,
        constraints: Constraints::default(),
        docs,
    }
}

/// Infers the widest type that all values fit: no key is required, and a string has no format.
pub(super) fn infer(api: &mut Api, state: &mut State, values: &[&Value], origin: Origin, rest: Rest) -> TypeRef {
    let mut kinds: IndexMap<JsonType, Vec<&Value>> = IndexMap::new();
    for value in values.iter().filter(|value| ***value != Value::Null) {
        kinds.entry(value.kind()).or_default().push(value);
    }
    let nullable = values.iter().any(|value| **value == Value::Null);
    let id = add_inferred(api, state, Shape::Any, origin);
    let shape = match kinds.len() {
        // Null alone does not show the type.
        0 => Shape::Any,
        1 => kinds
            .into_iter()
            .next()
            .map_or(Shape::Any, |(kind, values)| infer_shape(api, state, (id, rest), kind, &values)),
        _ => Shape::Union(Union { variants: infer_variants(api, state, (id, rest), kinds), ..Union::default() }),
    };
    api.types[id].shape = shape;
    TypeRef { id, nullable }
}

/// Infers a variant for each JSON type.
pub(super) fn infer_variants(
    api: &mut Api,
    state: &mut State,
    (union, rest): (TypeId, Rest),
    kinds: IndexMap<JsonType, Vec<&Value>>,
) -> Vec<Variant> {
    let mut variants = Vec::new();
    for (kind, values) in kinds {
        let label = label_of(kind);
        let ty = infer(api, state, &values, Origin::Within(union, Step::Variant(label.to_owned())), rest);
        variants.push(Variant::new(ty, label.to_owned()));
    }
    variants
}

/// Returns the label of a variant of a JSON type.
pub(super) fn label_of(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

/// Infers the shape of values of one JSON type.
pub(super) fn infer_shape(
    api: &mut Api,
    state: &mut State,
    (id, rest): (TypeId, Rest),
    kind: JsonType,
    values: &[&Value],
) -> Shape {
    match kind {
        JsonType::Null => Shape::Any,
        JsonType::Boolean => Shape::Boolean,
        JsonType::Number if values.iter().all(|value| is_integer(value)) => Shape::Integer(IntegerKind::Signed),
        JsonType::Number => Shape::Number,
        JsonType::String => Shape::String(StringKind::Plain),
        JsonType::Array => {
            let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            Shape::Array(infer(api, state, &items, Origin::Within(id, Step::Items), rest))
        }
        JsonType::Object => object(api, state, (id, rest), values.iter().filter_map(|value| value.as_object())),
    }
}

fn object<'v>(
    api: &mut Api,
    state: &mut State,
    (id, rest): (TypeId, Rest),
    all: impl Iterator<Item = &'v Map<Value>>,
) -> Shape {
    let mut keys: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for (key, value) in all.flatten() {
        keys.entry(key).or_default().push(value);
    }
    if keys.is_empty() {
        return Shape::Map(add_inferred(api, state, Shape::Any, Origin::Within(id, Step::Values)).into());
    }
    let mut fields = Vec::new();
    for (key, values) in keys {
        let ty = infer(api, state, &values, Origin::Within(id, Step::Property(key.to_owned())), rest);
        fields.push(Field {
            key: key.to_owned(),
            required: false,
            required_in_requests: false,
            required_in_responses: false,
            declared: Declared::ByExamples,
            ty,
            constraints: Constraints::default(),
            docs: Docs::default(),
        });
    }
    let kept = rest == Rest::Kept;
    let rest = kept.then(|| add_inferred(api, state, Shape::Any, Origin::Within(id, Step::Values)).into());
    Shape::Object(Object { fields, rest, closed: false })
}

/// Returns whether an integer type writes the number back unchanged.
fn is_integer(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    number.as_i64().is_some_and(|integer| integer.to_string() == number.as_str())
}

/// Adds an inferred type.
pub(super) fn add_inferred(api: &mut Api, state: &mut State, shape: Shape, origin: Origin) -> TypeId {
    let place = match &origin {
        Origin::Within(owner, _) => api.types[*owner].place.clone(),
        Origin::Component(_) | Origin::Place { .. } | Origin::Operation(..) => {
            Place { file: String::new(), spot: Spot::File }
        }
    };
    let id = api.types.add(Type::new(shape, origin, place));
    state.derived.insert(id);
    id
}
