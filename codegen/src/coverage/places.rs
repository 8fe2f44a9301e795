//! The places of types that are plain JSON, and the causes.

use std::collections::BTreeMap;

use crate::ir::{Api, Edge, Shape, TypeId, TypeRef};

/// The counts of places for scalars in all types of an API, and of those places that hold any JSON. The coverage report
/// contains them.
///
/// A place is a declared key, the elements of an array, the values of a map or a variant of a union. A type counts once,
/// with or without payloads.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places {
    /// The places of scalars, enums and any JSON.
    pub all: usize,
    /// The places of any JSON, by cause.
    pub plain: BTreeMap<&'static str, usize>,
}

/// Counts the places of all types.
pub(super) fn count_places(api: &Api) -> Places {
    let mut places = Places::default();
    for id in api.types.ids() {
        for (edge, ty) in edges(api, id) {
            match api.types[ty.id].shape {
                Shape::Any => {
                    places.all += 1;
                    *places.plain.entry(cause(Some(edge))).or_default() += 1;
                }
                Shape::Object(_) | Shape::Union(_) | Shape::Array(_) | Shape::Tuple(_) | Shape::Map(_) => {}
                _ => places.all += 1,
            }
        }
    }
    places
}

fn edges(api: &Api, id: TypeId) -> Vec<(Edge, TypeRef)> {
    match &api.types[id].shape {
        Shape::Array(items) => vec![(Edge::Items(id), *items)],
        Shape::Map(values) => vec![(Edge::Values(id), *values)],
        Shape::Tuple(tuple) => {
            let elements = tuple.elements.iter().enumerate();
            let elements = elements.map(|(index, element)| (Edge::Element(id, index), *element));
            elements.chain(tuple.rest.map(|rest| (Edge::Items(id), rest))).collect()
        }
        Shape::Object(object) => {
            let fields = object.fields.iter().enumerate().map(|(index, field)| (Edge::Field(id, index), field.ty));
            fields.chain(object.rest.map(|rest| (Edge::Rest(id), rest))).collect()
        }
        Shape::Union(union) => {
            union.variants.iter().enumerate().map(|(index, variant)| (Edge::Variant(id, index), variant.ty)).collect()
        }
        _ => Vec::new(),
    }
}

/// Returns the reason why a value has no type, by its use.
pub(super) fn cause(edge: Option<Edge>) -> &'static str {
    match edge {
        None => "a value that fits no variant of its union",
        Some(Edge::Root(_)) => "a payload whose schema has no type",
        Some(Edge::Within(_)) => "a value whose schema has no type",
        Some(Edge::Field(..)) => "a property whose schema has no type",
        Some(Edge::Rest(_)) => "a further key of an object that also declares keys",
        Some(Edge::Items(_)) => "elements of an array whose schema has no type",
        Some(Edge::Element(..)) => "an element of a tuple whose schema has no type",
        Some(Edge::Values(_)) => "a key of an object that declares none",
        Some(Edge::Variant(..)) => "a variant of a union whose schema has no type",
    }
}
