//! Circles that no value can satisfy.

use std::collections::HashMap;

use super::Lowering;
use super::draft::Draft;
use crate::diagnostic::Place;
use crate::ir::{Shape, Step, TypeId, TypeRef, Variant, components, on_cycle};

/// Breaks the circles that no value can satisfy, so that later stages may follow names without counting, and every
/// type has a finite value.
pub(super) fn break_cycles(lowering: &mut Lowering<'_, '_>) {
    break_bare(lowering);
    break_unions(lowering);
    break_nameless(lowering);
    break_deep(lowering);
    break_endless(lowering);
}

/// Names that only lead to one another.
fn break_bare(lowering: &mut Lowering<'_, '_>) {
    let mut settled = vec![false; lowering.types.count()];
    for id in lowering.types.ids() {
        let mut trail = Vec::new();
        let mut at = id;
        while !settled[at.0] {
            if trail.contains(&at) {
                let message = "the references go around in a circle and lead to no type";
                let place = place(lowering, at);
                lowering.diagnostics.error(place, message, "let one of them describe a value");
                lowering.types.set_any(at);
                break;
            }
            trail.push(at);
            match lowering.types.forward(at) {
                Some(next) => at = next.id,
                None => break,
            }
        }
        for id in trail {
            settled[id.0] = true;
        }
    }
}

/// Unions that are one of their own variants: telling that variant apart would never come to an end.
fn break_unions(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| without_reading(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let circular = on_cycle(&component, &edges);
    let mut outside: HashMap<usize, Vec<Variant>> = HashMap::new();
    for id in types.ids().filter(|id| circular[id.0]) {
        if let Shape::Union(union) = &types[id].shape {
            let variants = union.variants.iter().filter(|variant| component[variant.ty.id.0] != component[id.0]);
            outside.entry(component[id.0]).or_default().extend(variants.cloned());
        }
    }
    for id in lowering.types.ids().filter(|id| circular[id.0]) {
        let Shape::Union(mut union) = lowering.types[id].shape.clone() else {
            continue;
        };
        union.variants.retain(|variant| component[variant.ty.id.0] != component[id.0]);
        // Unions that lead to one another hold the same values: those of the variants that lead elsewhere.
        for variant in outside.get(&component[id.0]).into_iter().flatten() {
            if !union.variants.iter().any(|own| own.ty == variant.ty) {
                union.variants.push(variant.clone());
            }
        }
        let place = place(lowering, id);
        lowering.diagnostics.warn(place, "a variant leads back to its own union", "it stands for all other variants");
        lowering.types[id].shape = if union.variants.is_empty() { Shape::Any } else { Shape::Union(union) };
    }
}

/// The types that a value of this one may be, before anything of it is read.
fn without_reading(types: &Draft, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Union(_) => types[id].shape.children(),
        _ => types.forward(id).into_iter().map(|used| used.id).collect(),
    }
}

/// Arrays and maps of themselves, with nothing between that could be named in Rust.
fn break_nameless(lowering: &mut Lowering<'_, '_>) {
    loop {
        let types = &lowering.types;
        let edges = |id: usize| nameless(types, TypeId(id)).into_iter().map(|id| id.0).collect();
        let component = components(types.count(), &edges);
        let circular = on_cycle(&component, &edges);
        let holds = |id: &TypeId| types.forward(*id).is_none();
        let Some(id) = types.ids().filter(|id| circular[id.0]).find(holds) else {
            return;
        };
        let place = place(lowering, id);
        lowering.diagnostics.warn(place, "the array or map only holds itself", "what it holds is taken as any JSON");
        let any = lowering.types.add_within(id, Step::Items, Shape::Any);
        let any = TypeRef::from(any);
        let within = |inner: TypeRef| if component.get(inner.id.0) == Some(&component[id.0]) { any } else { inner };
        lowering.types[id].shape = match lowering.types[id].shape.clone() {
            Shape::Array(_) => Shape::Array(any),
            Shape::Map(_) => Shape::Map(any),
            Shape::Tuple(elements) => Shape::Tuple(elements.into_iter().map(within).collect()),
            _ => Shape::Any,
        };
    }
}

/// How many arrays and maps may stand within one another with nothing between that has a name in Rust.
const MAX_NAMELESS: usize = 32;

/// Arrays of arrays of arrays, by a chain of references: each name for one of them would be written out in full.
fn break_deep(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| nameless(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let mut order: Vec<TypeId> = types.ids().collect();
    // What is within a type comes before it.
    order.sort_by_key(|id| component[id.0]);
    let mut depth = vec![0; types.count()];
    for id in order {
        let within = nameless(&lowering.types, id);
        let step = usize::from(lowering.types.forward(id).is_none());
        depth[id.0] = within.iter().map(|inner| depth[inner.0] + step).max().unwrap_or(0);
        if depth[id.0] > MAX_NAMELESS {
            let place = place(lowering, id);
            let message = format!("more than {MAX_NAMELESS} arrays and maps stand within one another");
            lowering.diagnostics.warn(place, message, "this one is taken as any JSON");
            lowering.types[id].shape = Shape::Any;
            depth[id.0] = 0;
        }
    }
}

fn nameless(types: &Draft, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        shape @ (Shape::Array(_) | Shape::Map(_) | Shape::Tuple(_)) => shape.children(),
        _ => types.forward(id).into_iter().map(|used| used.id).collect(),
    }
}

/// Objects that hold themselves by keys that every object has: a value would have no end.
fn break_endless(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| needed(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let circular = on_cycle(&component, &edges);
    for id in lowering.types.ids().filter(|id| circular[id.0]) {
        let within = |used: &TypeRef| !used.nullable && component[used.id.0] == component[id.0];
        match lowering.types[id].shape.clone() {
            Shape::Object(mut object) => {
                for field in object.fields.iter_mut().filter(|field| field.required && within(&field.ty)) {
                    field.required = false;
                    let message = format!("`{}` leads back to its own object, so that no value has an end", field.key);
                    let place = place(lowering, id);
                    lowering.diagnostics.warn(place, message, "the key is taken as optional");
                }
                lowering.types[id].shape = Shape::Object(object);
            }
            Shape::Tuple(elements) if elements.iter().any(within) => {
                let place = place(lowering, id);
                lowering.diagnostics.warn(place, "the array holds itself", "it is taken as any JSON");
                lowering.types[id].shape = Shape::Any;
            }
            _ => {}
        }
    }
}

/// The types of which a value of this one holds a value in any case.
fn needed(types: &Draft, id: TypeId) -> Vec<TypeId> {
    let uses: Vec<TypeRef> = match &types[id].shape {
        Shape::Object(object) => object.fields.iter().filter(|field| field.required).map(|field| field.ty).collect(),
        Shape::Tuple(elements) => elements.clone(),
        _ => types.forward(id).into_iter().collect(),
    };
    uses.into_iter().filter(|used| !used.nullable).map(|used| used.id).collect()
}

fn place(lowering: &Lowering<'_, '_>, id: TypeId) -> Place {
    lowering.types[id].place.clone()
}
