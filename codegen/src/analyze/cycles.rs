//! Types that hold one another by value, which Rust can only do through a box.

use crate::ir::{Shape, TypeId, TypeRef, Types, components, on_cycle};

/// By type: the circle that it lies on, if it does.
pub(super) fn find_cycles(types: &Types, shared: &[TypeId]) -> Vec<Option<usize>> {
    let edges = |id: usize| by_value(types, TypeId(id)).into_iter().map(|id| shared[id.0].0).collect();
    let component = components(types.count(), &edges);
    let circular = on_cycle(&component, &edges);
    component.into_iter().zip(circular).map(|(component, circular)| circular.then_some(component)).collect()
}

/// Arrays and maps hold their values elsewhere, and objects in a union are always boxed.
fn by_value(types: &Types, id: TypeId) -> Vec<TypeId> {
    match &types[id].shape {
        Shape::Array(_) | Shape::Map(_) => Vec::new(),
        Shape::Object(object) => object.fields.iter().map(|field| field.ty.id).collect(),
        Shape::Union(union) => {
            let is_boxed = |used: &TypeRef| !used.nullable && matches!(types[used.id].shape, Shape::Object(_));
            union.variants.iter().map(|variant| variant.ty).filter(|used| !is_boxed(used)).map(|used| used.id).collect()
        }
        shape => shape.children(),
    }
}
