//! Types that hold one another by value. In Rust, a box has to break such a cycle.

use crate::ir::{Shape, TypeId, TypeRef, Types, components, on_cycle};

/// Returns for each type the number of its cycle, if it is on one.
pub(super) fn find_cycles(types: &Types, shared: &[TypeId]) -> Vec<Option<usize>> {
    let edges = |id: usize| by_value(types, TypeId(id)).into_iter().map(|id| shared[id.0].0).collect();
    let component = components(types.count(), &edges);
    let is_on_cycle = on_cycle(&component, &edges);
    component.into_iter().zip(is_on_cycle).map(|(component, is_on_cycle)| is_on_cycle.then_some(component)).collect()
}

/// Returns the types that a type holds by value. Arrays and maps hold their values on the heap, and unions box objects.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{add, object, set_first_field, string};

    #[test]
    fn only_values_within_themselves_are_on_a_cycle() {
        let mut types = Types::default();
        let text = string(&mut types);
        let node = object(&mut types, &[("next?", text)]);
        let tree = object(&mut types, &[("children", text)]);
        let list = add(&mut types, Shape::Array(tree));
        let holder = object(&mut types, &[("node", node)]);
        set_first_field(&mut types, node.id, TypeRef { nullable: true, ..node });
        set_first_field(&mut types, tree.id, list);
        let shared: Vec<TypeId> = types.ids().collect();
        let cycles = find_cycles(&types, &shared);
        let is_on_cycle = |used: TypeRef| cycles[used.id.0].is_some();
        assert_eq!([node, tree, list, holder].map(is_on_cycle), [true, false, false, false]);
    }
}
