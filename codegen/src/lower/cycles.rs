//! Cycles of types that no value or no Rust type can have.

use rustc_hash::FxHashMap;

use super::Lowering;
use super::draft::Draft;
use crate::diagnostic::{Code, Place};
use crate::document::describe_cycle;
use crate::ir::{Shape, Step, Tuple, TypeId, TypeRef, Variant, components, on_cycle, order_by_component};

/// Breaks these cycles, so that later stages follow references without a limit, and every type has a finite value.
pub(super) fn break_cycles(lowering: &mut Lowering<'_, '_>) {
    break_reference_cycles(lowering);
    break_unions(lowering);
    break_nameless(lowering);
    break_deep_nesting(lowering);
    break_infinite_objects(lowering);
}

/// Breaks cycles of references without a type.
fn break_reference_cycles(lowering: &mut Lowering<'_, '_>) {
    let mut is_done = vec![false; lowering.types.count()];
    for id in lowering.types.ids() {
        let mut trail = Vec::new();
        let mut at = id;
        while !is_done[at.0] {
            if trail.contains(&at) {
                let cycle: Vec<Place> = trail.iter().chain([&at]).map(|id| place(lowering, *id)).collect();
                let message = format!("the references form a cycle: {}", describe_cycle(&cycle));
                let help = "replace one of these references by a schema with keywords, such as `type`";
                lowering.diagnostics.error(Code::ReferenceCycle, place(lowering, at), message, help);
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
            is_done[id.0] = true;
        }
    }
}

/// Breaks unions that are one of their own variants: dispatch to that variant would not end.
fn break_unions(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| alternatives(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let is_on_cycle = on_cycle(&component, &edges);
    let mut outside: FxHashMap<usize, Vec<Variant>> = FxHashMap::default();
    for id in types.ids().filter(|id| is_on_cycle[id.0]) {
        if let Shape::Union(union) = &types[id].shape {
            let variants = union.variants.iter().filter(|variant| component[variant.ty.id.0] != component[id.0]);
            outside.entry(component[id.0]).or_default().extend(variants.cloned());
        }
    }
    for id in lowering.types.ids().filter(|id| is_on_cycle[id.0]) {
        let Shape::Union(mut union) = lowering.types[id].shape.clone() else {
            continue;
        };
        union.variants.retain(|variant| component[variant.ty.id.0] != component[id.0]);
        // Unions that contain one another hold the same values: those of the variants outside of the cycle.
        for variant in outside.get(&component[id.0]).into_iter().flatten() {
            if !union.variants.iter().any(|own| own.ty == variant.ty) {
                union.variants.push(variant.clone());
            }
        }
        let place = place(lowering, id);
        lowering.diagnostics.warn(
            Code::SchemaCycle,
            place,
            "a variant of this union is the union itself, directly or through other unions",
            "octogen ignores this variant; remove it from `oneOf` or `anyOf`",
        );
        lowering.types[id].shape = if union.variants.is_empty() { Shape::Any } else { Shape::Union(union) };
    }
}

/// Returns the types that a whole value of this type may have.
fn alternatives(types: &Draft, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Union(_) => types[id].shape.children(),
        _ => types.forward(id).into_iter().map(|used| used.id).collect(),
    }
}

/// Breaks arrays and maps of themselves without a struct or an enum between them, which Rust cannot name.
fn break_nameless(lowering: &mut Lowering<'_, '_>) {
    loop {
        let types = &lowering.types;
        let edges = |id: usize| unnamed_parts(types, TypeId(id)).into_iter().map(|id| id.0).collect();
        let component = components(types.count(), &edges);
        let is_on_cycle = on_cycle(&component, &edges);
        let holds = |id: &TypeId| types.forward(*id).is_none();
        let Some(id) = types.ids().filter(|id| is_on_cycle[id.0]).find(holds) else {
            return;
        };
        let place = place(lowering, id);
        lowering.diagnostics.warn(
            Code::SchemaCycle,
            place,
            "the items of this array, or the values of this map, have the schema itself",
            "octogen accepts any JSON for them; use an object with a property for the inner values",
        );
        let any = lowering.types.add_within(id, Step::Items, Shape::Any);
        let any = TypeRef::from(any);
        let within = |inner: TypeRef| if component.get(inner.id.0) == Some(&component[id.0]) { any } else { inner };
        lowering.types[id].shape = match lowering.types[id].shape.clone() {
            Shape::Array(_) => Shape::Array(any),
            Shape::Map(_) => Shape::Map(any),
            Shape::Tuple(tuple) => Shape::Tuple(Tuple {
                elements: tuple.elements.into_iter().map(within).collect(),
                rest: tuple.rest.map(within),
            }),
            _ => Shape::Any,
        };
    }
}

/// The depth of arrays and maps without a struct or an enum between them.
const MAX_NAMELESS: usize = 32;

/// Breaks long chains of arrays and maps: Rust types have no names for them and would be written out in full.
fn break_deep_nesting(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| unnamed_parts(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let mut depth = vec![0; types.count()];
    // The parts of a type come before the type.
    for id in order_by_component(&component) {
        let within = unnamed_parts(&lowering.types, id);
        let step = usize::from(lowering.types.forward(id).is_none());
        depth[id.0] = within.iter().map(|inner| depth[inner.0] + step).max().unwrap_or(0);
        if depth[id.0] > MAX_NAMELESS {
            let place = place(lowering, id);
            let message = format!("more than {MAX_NAMELESS} arrays and maps are nested");
            let help = "octogen accepts any JSON for this schema; move an inner schema into a property of an object";
            lowering.diagnostics.warn(Code::DeepNesting, place, message, help);
            lowering.types[id].shape = Shape::Any;
            depth[id.0] = 0;
        }
    }
}

fn unnamed_parts(types: &Draft, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        shape @ (Shape::Array(_) | Shape::Map(_) | Shape::Tuple(_)) => shape.children(),
        _ => types.forward(id).into_iter().map(|used| used.id).collect(),
    }
}

/// Breaks objects that contain themselves in required keys: no value is finite.
fn break_infinite_objects(lowering: &mut Lowering<'_, '_>) {
    let types = &lowering.types;
    let edges = |id: usize| required_types(types, TypeId(id)).into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    let is_on_cycle = on_cycle(&component, &edges);
    for id in lowering.types.ids().filter(|id| is_on_cycle[id.0]) {
        let within = |used: &TypeRef| !used.nullable && component[used.id.0] == component[id.0];
        match lowering.types[id].shape.clone() {
            Shape::Object(mut object) => {
                for field in object.fields.iter_mut().filter(|field| field.required && within(&field.ty)) {
                    field.required = false;
                    let message = format!(
                        "the required property `{}` contains its own object again, so that every value would be endless",
                        field.key
                    );
                    let help =
                        format!("octogen reads the property as optional; remove `{}` from `required`", field.key);
                    let place = place(lowering, id);
                    lowering.diagnostics.warn(Code::SchemaCycle, place, message, help);
                }
                lowering.types[id].shape = Shape::Object(object);
            }
            Shape::Tuple(Tuple { elements, rest: None }) if elements.iter().any(within) => {
                let place = place(lowering, id);
                lowering.diagnostics.warn(
                    Code::SchemaCycle,
                    place,
                    "an element of this array is such an array again, so that every value would be endless",
                    "octogen accepts any JSON for this schema; allow null or another type for the element",
                );
                lowering.types[id].shape = Shape::Any;
            }
            _ => {}
        }
    }
}

/// Returns the types of which every value of this type contains a value.
fn required_types(types: &Draft, id: TypeId) -> Vec<TypeId> {
    let uses: Vec<TypeRef> = match &types[id].shape {
        Shape::Object(object) => object.fields.iter().filter(|field| field.required).map(|field| field.ty).collect(),
        Shape::Tuple(Tuple { elements, rest: None }) => elements.clone(),
        _ => types.forward(id).into_iter().collect(),
    };
    uses.into_iter().filter(|used| !used.nullable).map(|used| used.id).collect()
}

fn place(lowering: &Lowering<'_, '_>, id: TypeId) -> Place {
    lowering.types[id].place.clone()
}
