//! Applies changes to types. Each change widens: a value that fitted before still fits.

use indexmap::IndexMap;
use octogen_runtime::{JsonType, Value};

use super::infer::Rest;
use super::propose::Change;
use super::{State, edges, infer, open_objects, untyped};
use crate::ir::{Api, Edge, Origin, Shape, Step, Type, TypeId, TypeRef, Union, Variant};

/// Applies a change. Returns the kind of the widening, or `None` if the type did not change.
pub(super) fn apply(api: &mut Api, state: &mut State, change: &Change, values: &[Value]) -> Option<&'static str> {
    match change {
        Change::Optional(id, index, key) => optional(api, *id, *index, key),
        Change::Nullable(edge) => nullable(api, *edge),
        Change::Added(id, key) => added(api, state, *id, key, values),
        Change::Opened(id) => open_objects::apply(api, state, *id, values),
        Change::Observed(id) => untyped::apply(api, state, *id, values),
        Change::Number(id) => {
            let is_integer = matches!(api.types[*id].shape, Shape::Integer(_));
            is_integer.then(|| api.types[*id].shape = Shape::Number).map(|()| "number")
        }
        Change::Typed(edge) => typed(api, state, *edge, values),
        Change::Variant(union) => {
            let mut kinds = by_kind(values);
            let Shape::Union(stated) = &api.types[*union].shape else { return None };
            for variant in &stated.variants {
                if let Some(kind) = kind_of(&api.types[variant.ty.id].shape) {
                    kinds.shift_remove(&kind);
                }
            }
            let new = infer::infer_variants(api, state, (*union, Rest::Dropped), kinds);
            let Shape::Union(stated) = &mut api.types[*union].shape else { return None };
            let is_wider = !new.is_empty();
            stated.variants.extend(new);
            is_wider.then_some("union")
        }
    }
}

fn optional(api: &mut Api, id: TypeId, index: usize, key: &str) -> Option<&'static str> {
    let Shape::Object(object) = &mut api.types[id].shape else { return None };
    let field = object.fields.get_mut(index).filter(|field| field.required && field.key == key)?;
    field.required = false;
    Some("optional")
}

fn nullable(api: &mut Api, edge: Edge) -> Option<&'static str> {
    let old = edges::get(api, edge)?;
    if old.nullable || matches!(api.types[old.id].shape, Shape::Any | Shape::Null) || !edges::is_settable(api, edge) {
        return None;
    }
    edges::set(api, edge, TypeRef { nullable: true, ..old });
    Some("nullable")
}

fn added(api: &mut Api, state: &mut State, id: TypeId, key: &str, values: &[Value]) -> Option<&'static str> {
    let Shape::Object(object) = &api.types[id].shape else { return None };
    if object.rest.is_some() || object.fields.iter().any(|field| field.key == key) {
        return None;
    }
    let values: Vec<&Value> = values.iter().collect();
    let field = infer::infer_field(api, state, (id, key), &values, Rest::Dropped);
    let Shape::Object(object) = &mut api.types[id].shape else { return None };
    object.fields.push(field);
    Some("added")
}

/// Replaces a type by the union of it and the observed types, or by any JSON if both have the same JSON type.
fn typed(api: &mut Api, state: &mut State, edge: Edge, values: &[Value]) -> Option<&'static str> {
    let old = edges::get(api, edge)?;
    let TypeRef { id: inner, nullable } = old;
    let kind = kind_of(&api.types[inner].shape).filter(|_| edges::is_settable(api, edge))?;
    let origin = edges::origin(api, edge)?;
    let Type { docs, place, .. } = api.types[inner].clone();
    let mut kinds = by_kind(values);
    let is_ambiguous = kinds.shift_remove(&kind).is_some();
    let stated = edges::copy_within(api, edge)?;
    let union = api.types.add(Type { docs, ..Type::new(Shape::Any, origin.clone(), place) });
    if state.derived.contains(&inner) {
        state.derived.extend([stated, union]);
    }
    if !is_ambiguous && !kinds.is_empty() {
        let label = infer::label_of(kind).to_owned();
        // The union takes the name of this place, and the stated type becomes a variant.
        if api.types[stated].origin == origin && !matches!(origin, Origin::Component(_) | Origin::Place { .. }) {
            api.types[stated].origin = Origin::Within(union, Step::Variant(label.clone()));
        }
        let is_named = matches!(api.types[stated].origin, Origin::Component(_)) && stated == inner;
        let first = Variant { label: (!is_named).then_some(label), ..Variant::new(stated, String::new()) };
        let further = infer::infer_variants(api, state, (union, Rest::Dropped), kinds);
        let variants = std::iter::once(first).chain(further).collect();
        api.types[union].shape = Shape::Union(Union { variants, ..Union::default() });
    }
    let to = TypeRef { id: union, nullable: nullable && !is_ambiguous };
    edges::set(api, edge, to);
    Some(if is_ambiguous { "any" } else { "union" })
}

fn by_kind(values: &[Value]) -> IndexMap<JsonType, Vec<&Value>> {
    let mut kinds: IndexMap<JsonType, Vec<&Value>> = IndexMap::new();
    for value in values.iter().filter(|value| **value != Value::Null) {
        kinds.entry(value.kind()).or_default().push(value);
    }
    kinds
}

/// Returns the JSON type of a shape, if all its values have the same one.
fn kind_of(shape: &Shape) -> Option<JsonType> {
    Some(match shape {
        Shape::Boolean => JsonType::Boolean,
        Shape::Integer(_) | Shape::Number => JsonType::Number,
        Shape::String(_) => JsonType::String,
        Shape::Array(_) | Shape::Tuple(_) => JsonType::Array,
        Shape::Map(_) | Shape::Object(_) => JsonType::Object,
        Shape::Enum(stated) => stated.values.first()?.kind(),
        Shape::Null => JsonType::Null,
        Shape::Any | Shape::NumberOrText | Shape::Union(_) => return None,
    })
}
