//! Values without a schema. Payloads show their type, and values of any other type must still decode.

use indexmap::IndexMap;
use octogen_runtime::{JsonType, Value};

use super::State;
use super::infer::{self, Rest};
use super::open_objects::have_data_keys;
use crate::ir::{Api, BodyKind, Origin, Shape, Step, TypeId, TypeRef, Union, Variant};

/// The text of an inferred type.
const OBSERVED: &str = "Without a schema: inferred from payloads, or else any JSON.";

/// Infers the type of a value without a schema. Returns `None` if the payloads are scalars or data.
pub(super) fn apply(api: &mut Api, state: &mut State, id: TypeId, values: &[Value]) -> Option<&'static str> {
    let is_any = matches!(api.types[id].shape, Shape::Any) && !state.derived.contains(&id);
    let mut parts: Vec<&Value> = Vec::new();
    for value in values {
        parts.extend(value.as_array().unwrap_or_else(|| std::slice::from_ref(value)));
    }
    let objects: Vec<_> = parts.iter().filter_map(|part| part.as_object()).collect();
    let is_empty = objects.iter().all(|object| object.is_empty());
    if !is_any || is_empty || have_data_keys(objects.into_iter()) || is_form(api, id) {
        return None;
    }
    let values: Vec<&Value> = values.iter().collect();
    if make_union(api, state, id, &values) {
        state.nullable.insert(id);
    }
    api.types[id].docs.description.get_or_insert_with(|| OBSERVED.to_owned());
    Some("observed")
}

/// Returns whether the type is that of a form. A form is written key by key, so that it has to be an object.
fn is_form(api: &Api, id: TypeId) -> bool {
    let bodies = api.operations.iter().filter_map(|operation| operation.body.as_ref());
    bodies.flat_map(|body| &body.contents).any(|content| match content.kind {
        BodyKind::Form(ty) | BodyKind::Multipart(ty) => ty.id == id,
        BodyKind::Plain(_) | BodyKind::Text(_) => false,
    })
}

/// Turns a type into the union of the observed types, which keeps all other values. Returns whether null fits.
///
/// No variant may refuse a value of its JSON type: numbers are not narrowed to integers, and the elements of an array are
/// such unions again.
fn make_union(api: &mut Api, state: &mut State, id: TypeId, values: &[&Value]) -> bool {
    state.derived.insert(id);
    let mut kinds: IndexMap<JsonType, Vec<&Value>> = IndexMap::new();
    for value in values.iter().filter(|value| ***value != Value::Null) {
        kinds.entry(value.kind()).or_default().push(value);
    }
    if kinds.is_empty() {
        return false;
    }
    let mut variants = Vec::new();
    for (kind, values) in kinds {
        let label = infer::label_of(kind).to_owned();
        let variant = infer::add_inferred(api, state, Shape::Any, Origin::Within(id, Step::Variant(label.clone())));
        api.types[variant].shape = match kind {
            JsonType::Number => Shape::Number,
            JsonType::Array => {
                let items = infer::add_inferred(api, state, Shape::Any, Origin::Within(variant, Step::Items));
                let all: Vec<&Value> = values.iter().filter_map(|value| value.as_array()).flatten().collect();
                let nullable = make_union(api, state, items, &all);
                Shape::Array(TypeRef { id: items, nullable })
            }
            _ => infer::infer_shape(api, state, (variant, Rest::Kept), kind, &values),
        };
        variants.push(Variant::new(variant, label));
    }
    api.types[id].shape = Shape::Union(Union { variants, ..Union::default() });
    // The union of an optional key would lose null.
    let is_key = matches!(api.types[id].origin, Origin::Within(_, Step::Property(_)));
    is_key || values.iter().any(|value| **value == Value::Null)
}
