//! References from schemas to schemas.

use super::Lowering;
use crate::document::{Node, Schema};
use crate::ir::{Origin, Shape, Type, TypeId};

/// Returns the type of another schema, if a schema only refers to it.
pub(super) fn bare_reference<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>) -> Option<TypeId> {
    let reference = schema.reference.filter(|_| !schema.is_structural())?;
    let found = referenced(lowering, &schema.node, reference);
    let missing = |lowering: &mut Lowering<'_, '_>| {
        let origin = Origin::Component(String::from("missing"));
        lowering.types.add(Type::new(Shape::Any, origin, schema.node.place()))
    };
    Some(found.map_or_else(|| missing(lowering), |(id, _)| id))
}

/// Returns the type of a referenced schema, and the schema. An unresolved reference is reported.
pub(super) fn referenced<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    reference: &str,
) -> Option<(TypeId, Node<'a>)> {
    let node = lowering.files.target(from, reference, lowering.diagnostics)?;
    Some((lowering.target(node.clone(), None), node))
}

/// Returns the name of a type that is a component.
pub(super) fn component_name(lowering: &Lowering<'_, '_>, id: TypeId) -> Option<String> {
    match &lowering.types[id].origin {
        Origin::Component(name) => Some(name.clone()),
        _ => None,
    }
}
