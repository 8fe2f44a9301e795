//! Edges: the uses of types, read and replaced.

use rustc_hash::FxHashSet;

use crate::ir::{Api, ContentKind, Edge, Example, ExampleRole, Origin, Shape, Step, TypeId, TypeRef};

/// Returns the type behind an edge.
pub(super) fn get(api: &Api, edge: Edge) -> Option<TypeRef> {
    let types = &api.types;
    match edge {
        Edge::Root(index) => api.examples.get(index).map(|example| example.ty),
        Edge::Within(id) => Some(id.into()),
        Edge::Field(id, index) => match &types[id].shape {
            Shape::Object(object) => object.fields.get(index).map(|field| field.ty),
            _ => None,
        },
        Edge::Rest(id) => match &types[id].shape {
            Shape::Object(object) => object.rest,
            _ => None,
        },
        Edge::Items(id) | Edge::Values(id) => match &types[id].shape {
            Shape::Array(inner) | Shape::Map(inner) => Some(*inner),
            Shape::Tuple(tuple) => tuple.rest,
            _ => None,
        },
        Edge::Element(id, index) => match &types[id].shape {
            Shape::Tuple(tuple) => tuple.elements.get(index).copied(),
            _ => None,
        },
        Edge::Variant(id, index) => match &types[id].shape {
            Shape::Union(union) => union.variants.get(index).map(|variant| variant.ty),
            _ => None,
        },
    }
}

/// Replaces the type behind an edge.
pub(super) fn set(api: &mut Api, edge: Edge, to: TypeRef) {
    let slot = match edge {
        Edge::Root(index) => return set_root(api, index, to),
        // The uses of this type are unknown, so the type itself changes.
        Edge::Within(id) => {
            // Its shape moves here from the new type, so that it is not emitted twice. For null alone, the type stays.
            if to.id != id {
                api.types[id].shape = std::mem::replace(&mut api.types[to.id].shape, Shape::Any);
            }
            if to.nullable {
                make_nullable(api, &FxHashSet::from_iter([id]));
            }
            return;
        }
        Edge::Field(id, index) => match &mut api.types[id].shape {
            Shape::Object(object) => object.fields.get_mut(index).map(|field| &mut field.ty),
            _ => None,
        },
        Edge::Rest(id) => match &mut api.types[id].shape {
            Shape::Object(object) => object.rest.as_mut(),
            _ => None,
        },
        Edge::Items(id) | Edge::Values(id) => match &mut api.types[id].shape {
            Shape::Array(inner) | Shape::Map(inner) => Some(inner),
            Shape::Tuple(tuple) => tuple.rest.as_mut(),
            _ => None,
        },
        Edge::Element(id, index) => match &mut api.types[id].shape {
            Shape::Tuple(tuple) => tuple.elements.get_mut(index),
            _ => None,
        },
        Edge::Variant(id, index) => match &mut api.types[id].shape {
            Shape::Union(union) => union.variants.get_mut(index).map(|variant| &mut variant.ty),
            _ => None,
        },
    };
    if let Some(slot) = slot {
        *slot = to;
    }
}

/// Lets null fit wherever one of the types is used.
pub(super) fn make_nullable(api: &mut Api, ids: &FxHashSet<TypeId>) {
    api.for_each_use(&mut |used| used.nullable |= ids.contains(&used.id));
}

/// Returns the type behind an edge, to be part of the type that replaces it. A type that changes in its place is copied.
pub(super) fn copy_within(api: &mut Api, edge: Edge) -> Option<TypeId> {
    let id = get(api, edge)?.id;
    match edge {
        Edge::Within(_) => {
            let copy = api.types[id].clone();
            Some(api.types.add(copy))
        }
        _ => Some(id),
    }
}

/// Returns the origin of the type behind an edge.
pub(super) fn origin(api: &Api, edge: Edge) -> Option<Origin> {
    let within = |id, step| Some(Origin::Within(id, step));
    match edge {
        Edge::Root(index) => {
            let example = api.examples.get(index)?;
            let step = match &example.role {
                ExampleRole::Request(media) => Step::Body(media.clone()),
                ExampleRole::Response(..) => Step::Response(String::from("response")),
                ExampleRole::Parameter(name) => Step::Parameter(name.clone()),
                // The edge of such a payload is its type.
                ExampleRole::Schema => return None,
            };
            match &api.types[example.ty.id].origin {
                known @ Origin::Operation(..) => Some(known.clone()),
                _ => Some(Origin::Operation(example.owner.clone(), step)),
            }
        }
        Edge::Within(id) => Some(api.types[id].origin.clone()),
        Edge::Field(id, index) => match &api.types[id].shape {
            Shape::Object(object) => within(id, Step::Property(object.fields.get(index)?.key.clone())),
            _ => None,
        },
        Edge::Rest(id) | Edge::Values(id) => within(id, Step::Values),
        Edge::Items(id) => within(id, Step::Items),
        Edge::Element(id, index) => within(id, Step::Element(index)),
        Edge::Variant(id, index) => match &api.types[id].shape {
            Shape::Union(union) => {
                let label = union.variants.get(index)?.label.clone();
                within(id, Step::Variant(label.unwrap_or_else(|| format!("variant{}", index + 1))))
            }
            _ => None,
        },
    }
}

/// Returns the edges from a type to the types within it.
pub(super) fn edges_from(api: &Api, id: TypeId) -> Vec<Edge> {
    match &api.types[id].shape {
        Shape::Object(object) => {
            let fields = (0..object.fields.len()).map(|index| Edge::Field(id, index));
            fields.chain(object.rest.map(|_| Edge::Rest(id))).collect()
        }
        Shape::Array(_) => vec![Edge::Items(id)],
        Shape::Map(_) => vec![Edge::Values(id)],
        Shape::Tuple(tuple) => {
            let elements = (0..tuple.elements.len()).map(|index| Edge::Element(id, index));
            elements.chain(tuple.rest.map(|_| Edge::Items(id))).collect()
        }
        Shape::Union(union) => (0..union.variants.len()).map(|index| Edge::Variant(id, index)).collect(),
        _ => Vec::new(),
    }
}

/// Returns whether the type behind an edge can be replaced. The type of a text body is not part of the description.
pub(super) fn is_settable(api: &mut Api, edge: Edge) -> bool {
    match edge {
        Edge::Root(index) => !roots(api, index).is_empty(),
        _ => true,
    }
}

/// Replaces the type of the body or parameter that a payload belongs to, and of all its payloads.
fn set_root(api: &mut Api, index: usize, to: TypeRef) {
    let Some(example) = api.examples.get(index) else {
        return;
    };
    let (owner, role, old) = (example.owner.clone(), example.role.clone(), example.ty);
    for root in roots(api, index) {
        *root = to;
    }
    let is_of_place = |one: &&mut Example| one.owner == owner && one.ty == old && one.role.is_beside(&role);
    for example in api.examples.iter_mut().filter(is_of_place) {
        example.ty = to;
    }
}

/// Returns the uses of the type of a payload in its operation or webhook.
fn roots(api: &mut Api, index: usize) -> Vec<&mut TypeRef> {
    let Some(Example { owner, role, ty, .. }) = api.examples.get(index) else {
        return Vec::new();
    };
    let mut roots: Vec<&mut TypeRef> = Vec::new();
    for operation in api.operations.iter_mut().filter(|operation| operation.id == *owner) {
        match role {
            ExampleRole::Request(_) => {
                let contents = operation.body.iter_mut().flat_map(|body| &mut body.contents);
                roots.extend(contents.filter_map(|content| content.kind.ty_mut()));
            }
            ExampleRole::Response(status, _) => {
                let same = operation.responses.iter_mut().filter(|response| response.status == *status);
                let contents = same.flat_map(|response| {
                    response.content.iter_mut().chain(response.others.iter_mut().map(|(_, content)| content))
                });
                roots.extend(contents.filter_map(ContentKind::ty_mut));
            }
            ExampleRole::Parameter(name) => {
                let same = operation.parameters.iter_mut().filter(|one| one.name == *name);
                roots.extend(same.map(|parameter| &mut parameter.ty));
            }
            ExampleRole::Schema => {}
        }
    }
    if let ExampleRole::Request(_) = role {
        let same = api.webhooks.iter_mut().filter(|webhook| webhook.name == *owner);
        roots.extend(same.filter_map(|webhook| webhook.payload.as_mut()));
    }
    roots.retain(|root| **root == *ty);
    roots
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{add, object, string};

    #[test]
    fn a_type_that_changes_in_its_place_changes_all_its_uses() {
        let mut api = Api::default();
        let (text, number) = (string(&mut api.types), add(&mut api.types, Shape::Number));
        let holder = object(&mut api.types, &[("a", text), ("b", number)]);
        set(&mut api, Edge::Within(text.id), TypeRef { nullable: true, ..number });
        assert_eq!((&api.types[text.id].shape, &api.types[number.id].shape), (&Shape::Number, &Shape::Any));
        let uses = api.types[holder.id].shape.uses();
        assert_eq!(uses, [TypeRef { nullable: true, ..text }, number]);
    }

    #[test]
    fn a_field_changes_alone() {
        let mut api = Api::default();
        let (text, number) = (string(&mut api.types), add(&mut api.types, Shape::Number));
        let holder = object(&mut api.types, &[("a", text), ("b", text)]);
        set(&mut api, Edge::Field(holder.id, 1), number);
        assert_eq!(
            (get(&api, Edge::Field(holder.id, 0)), get(&api, Edge::Field(holder.id, 1))),
            (Some(text), Some(number))
        );
        assert_eq!(edges_from(&api, holder.id), [Edge::Field(holder.id, 0), Edge::Field(holder.id, 1)]);
    }
}
