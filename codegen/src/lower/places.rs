//! Inline types that are used at another place than their own.
//!
//! `allOf` takes in properties of other schemas, and branches of `anyOf` are merged. Such a use of a type gets a name of
//! its own, so that no use has the name of another place.

use crate::ir::{Api, Origin, Shape, Step, Type, TypeId, TypeRef, Types, components, on_cycle};

/// Gives each use of an inline type a type with the origin of that use. Types of one structure share a definition later.
pub(super) fn separate_places(api: &mut Api) {
    let types = &mut api.types;
    let mut has_own_use = vec![false; types.count()];
    let mut foreign = Vec::new();
    for owner in types.ids() {
        for (index, (step, used)) in uses(&types[owner].shape).into_iter().enumerate() {
            match step.filter(|_| holds_inline_item(types, used.id)) {
                Some(step) if !is_within(types, used.id, owner) => foreign.push((owner, index, step, used.id)),
                _ => has_own_use[used.id.0] = true,
            }
        }
    }
    let is_circular = find_circular(types);
    for (owner, index, step, id) in foreign {
        let types = &mut api.types;
        let origin = Origin::Within(owner, step);
        let is_operation = matches!(types[id].origin, Origin::Operation(..));
        if !is_operation && !is_within(types, owner, id) && !std::mem::replace(&mut has_own_use[id.0], true) {
            types[id].origin = origin;
            continue;
        }
        copy(api, &is_circular, (owner, index), (id, origin));
    }
}

/// Returns whether a type has a name after its place, or is an array, a map or a tuple with such a type.
fn holds_inline_item(types: &Types, id: TypeId) -> bool {
    let mut waiting = vec![id];
    while let Some(id) = waiting.pop() {
        let ty = &types[id];
        match ty.origin {
            Origin::Component(_) | Origin::Place { .. } => {}
            _ if ty.shape.is_item() => return true,
            _ => waiting.extend(ty.shape.children()),
        }
    }
    false
}

fn find_circular(types: &Types) -> Vec<bool> {
    let edges = |id: usize| types[TypeId(id)].shape.children().into_iter().map(|id| id.0).collect();
    on_cycle(&components(types.count(), &edges), &edges)
}

/// Replaces one use within a type by a copy of the used type, with copies of the inline types within. Those on a cycle
/// are not copied, because copies of a cycle share no definition.
fn copy(api: &mut Api, is_circular: &[bool], (owner, index): (TypeId, usize), (id, origin): (TypeId, Origin)) {
    let Api { types, copies, .. } = api;
    let mut waiting = vec![(owner, index, id, origin)];
    while let Some((owner, index, id, origin)) = waiting.pop() {
        let copy = types.add(Type { origin, ..types[id].clone() });
        copies.entry(id).or_default().push(copy);
        let mut at = 0;
        types[owner].shape.for_each_use(&mut |used| {
            if at == index {
                used.id = copy;
            }
            at += 1;
        });
        for (index, (step, used)) in uses(&types[copy].shape).into_iter().enumerate() {
            let is_copied =
                !is_circular.get(used.id.0).is_some_and(|is_circular| *is_circular) && is_within(types, used.id, id);
            if let Some(step) = step.filter(|_| is_copied) {
                waiting.push((copy, index, used.id, Origin::Within(copy, step)));
            }
        }
    }
}

/// Returns the uses of other types within a shape, in the order of [`Shape::for_each_use`], with their steps. A variant
/// without a label has the name of its component.
fn uses(shape: &Shape) -> Vec<(Option<Step>, TypeRef)> {
    let steps: Vec<Option<Step>> = match shape {
        Shape::Array(_) => vec![Some(Step::Items)],
        Shape::Map(_) => vec![Some(Step::Values)],
        Shape::Tuple(tuple) => {
            let elements = (0..tuple.elements.len()).map(|index| Some(Step::Element(index)));
            elements.chain(tuple.rest.map(|_| Some(Step::Items))).collect()
        }
        Shape::Object(object) => {
            let fields = object.fields.iter().map(|field| Some(Step::Property(field.key.clone())));
            fields.chain(object.rest.map(|_| Some(Step::Values))).collect()
        }
        Shape::Union(union) => union.variants.iter().map(|one| one.label.clone().map(Step::Variant)).collect(),
        _ => Vec::new(),
    };
    steps.into_iter().zip(shape.uses()).collect()
}

/// Returns whether the path to a type passes through another type, or is the path of that type.
fn is_within(types: &Types, mut id: TypeId, outer: TypeId) -> bool {
    while id != outer && types[id].origin != types[outer].origin {
        match types[id].origin {
            Origin::Within(next, _) => id = next,
            _ => return false,
        }
    }
    true
}
