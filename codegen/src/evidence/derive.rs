//! A type from what was seen of it.

use indexmap::IndexMap;
use octogen_runtime::{JsonType, Map, Value};

use super::State;
use crate::ir::{Api, Arm, Docs, Field, IntegerKind, Object, Origin, Shape, Step, StringKind, Type, TypeId, Union};

/// The type that all of these values fit, and no more is known of: no key is required, no text is more than a text.
pub(super) fn derive(api: &mut Api, state: &mut State, values: &[&Value], origin: Origin) -> TypeId {
    let mut kinds: IndexMap<JsonType, Vec<&Value>> = IndexMap::new();
    for value in values.iter().filter(|value| ***value != Value::Null) {
        kinds.entry(value.kind()).or_default().push(value);
    }
    let nullable = values.iter().any(|value| **value == Value::Null);
    let id = add(api, state, Shape::Any, origin);
    let shape = match kinds.len() {
        // Null alone tells nothing of the type.
        0 => Shape::Any,
        1 => kinds.into_iter().next().map_or(Shape::Any, |(kind, values)| of_kind(api, state, id, kind, &values)),
        _ => Shape::Union(Union { arms: arms(api, state, id, kinds), ..Union::default() }),
    };
    if nullable && shape != Shape::Any {
        let origin = api.types[id].origin.clone();
        let inner = add(api, state, shape, origin);
        api.types[id].shape = Shape::Nullable(inner);
    } else {
        api.types[id].shape = shape;
    }
    id
}

/// An arm for each JSON type.
pub(super) fn arms(
    api: &mut Api,
    state: &mut State,
    union: TypeId,
    kinds: IndexMap<JsonType, Vec<&Value>>,
) -> Vec<Arm> {
    let mut arms = Vec::new();
    for (kind, values) in kinds {
        let label = label(kind);
        let ty = derive(api, state, &values, Origin::Within(union, Step::Arm(label.to_owned())));
        arms.push(Arm { ty, label: Some(label.to_owned()), tags: Vec::new() });
    }
    arms
}

/// What an arm of a JSON type is called.
pub(super) fn label(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Null => "null",
        JsonType::Boolean => "boolean",
        JsonType::Number => "number",
        JsonType::String => "string",
        JsonType::Array => "array",
        JsonType::Object => "object",
    }
}

fn of_kind(api: &mut Api, state: &mut State, id: TypeId, kind: JsonType, values: &[&Value]) -> Shape {
    match kind {
        JsonType::Null => Shape::Any,
        JsonType::Boolean => Shape::Boolean,
        JsonType::Number if values.iter().all(|value| is_integer(value)) => Shape::Integer(IntegerKind::Signed),
        JsonType::Number => Shape::Number,
        JsonType::String => Shape::String(StringKind::Plain),
        JsonType::Array => {
            let items: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
            Shape::Array(derive(api, state, &items, Origin::Within(id, Step::Items)))
        }
        JsonType::Object => object(api, state, id, values.iter().filter_map(|value| value.as_object())),
    }
}

fn object<'v>(api: &mut Api, state: &mut State, id: TypeId, all: impl Iterator<Item = &'v Map<Value>>) -> Shape {
    let mut keys: IndexMap<&str, Vec<&Value>> = IndexMap::new();
    for (key, value) in all.flatten() {
        keys.entry(key).or_default().push(value);
    }
    if keys.is_empty() {
        return Shape::Map(add(api, state, Shape::Any, Origin::Within(id, Step::Values)));
    }
    let mut fields = Vec::new();
    for (key, values) in keys {
        let ty = derive(api, state, &values, Origin::Within(id, Step::Property(key.to_owned())));
        fields.push(Field { key: key.to_owned(), required: false, ty, docs: Docs::default() });
    }
    Shape::Object(Object { fields, rest: None })
}

/// Whether a number comes back from an integer as it was.
fn is_integer(value: &Value) -> bool {
    let Value::Number(number) = value else {
        return false;
    };
    number.as_i64().is_some_and(|integer| integer.to_string() == number.as_str())
}

fn add(api: &mut Api, state: &mut State, shape: Shape, origin: Origin) -> TypeId {
    let id = api.types.add(Type { shape, origin, docs: Docs::default() });
    state.derived.insert(id);
    id
}
