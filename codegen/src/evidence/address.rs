//! Addresses of types: readable paths by which a later run finds the types again.

use super::edges;
use super::propose::Change;
use crate::ir::{Api, Edge, Origin, Step, TypeId};

/// Returns the address of the type that a change concerns.
pub(super) fn change_address(api: &Api, change: &Change) -> String {
    match change {
        Change::Optional(id, ..)
        | Change::Added(id, _)
        | Change::Opened(id)
        | Change::Observed(id)
        | Change::Number(id)
        | Change::Variant(id) => type_address(api, *id),
        Change::Nullable(edge) | Change::Typed(edge) => edge_address(api, *edge).unwrap_or_default(),
    }
}

/// Returns the address of the type behind an edge.
pub(super) fn edge_address(api: &Api, edge: Edge) -> Option<String> {
    match edge {
        Edge::Within(id) => Some(type_address(api, id)),
        edge => Some(origin_address(api, &edges::origin(api, edge)?)),
    }
}

/// Returns the address of a type.
pub(super) fn type_address(api: &Api, id: TypeId) -> String {
    origin_address(api, &api.types[id].origin)
}

fn origin_address(api: &Api, origin: &Origin) -> String {
    let mut steps = Vec::new();
    let mut at = origin;
    loop {
        match at {
            Origin::Component(name) => {
                steps.push(format!("#/components/schemas/{}", escaped(name)));
                break;
            }
            Origin::Place { root, steps: inner } => {
                steps.push(format!("#{root} {}", inner.join(" ")));
                break;
            }
            Origin::Operation(operation, step) => {
                steps.push(format!("{operation}{}", step_text(step)));
                break;
            }
            Origin::Within(outer, step) => {
                steps.push(step_text(step));
                at = &api.types[*outer].origin;
            }
        }
    }
    steps.reverse();
    steps.concat()
}

fn step_text(step: &Step) -> String {
    match step {
        Step::Property(key) => format!("/properties/{}", escaped(key)),
        Step::Items => String::from("/items"),
        Step::Element(index) => format!("/prefixItems/{index}"),
        Step::Values => String::from("/additionalProperties"),
        Step::Variant(label) => format!("/oneOf/{}", escaped(label)),
        Step::Parameter(name) => format!("/parameters/{}", escaped(name)),
        Step::Body(media) if media.is_empty() => String::from("/requestBody"),
        Step::Body(media) => format!("/requestBody/{}", escaped(media)),
        Step::Response(label) => format!("/responses/{}", escaped(label)),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}
