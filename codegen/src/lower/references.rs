//! References from schemas to schemas.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, OpenApiObject, Reference, Schema};
use crate::ir::{Origin, TypeId};

/// Returns the type of another schema, if a schema only refers to it.
pub(super) fn bare_reference<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>) -> Option<TypeId> {
    let reference = schema.reference.filter(|_| !schema.is_structural())?;
    let node = referenced(lowering, &schema.node, reference)?;
    lowering.type_of(&node)
}

/// Returns the schema that a schema refers to by `$dynamicRef` alone, if it contains no other schema. Such a schema, as a
/// string, needs no name.
pub(super) fn dynamic_leaf<'a>(lowering: &mut Lowering<'a, '_>, schema: &Schema<'a>) -> Option<Node<'a>> {
    let reference = schema.reference.filter(|reference| reference.is_dynamic && !schema.is_structural())?;
    let node = referenced(lowering, &schema.node, reference)?;
    Schema::read(node.clone(), lowering.diagnostics).is_leaf().then_some(node)
}

/// Returns a referenced schema, which has a type of its own. An unresolved reference is reported. A schema that has
/// nothing else then accepts any JSON.
pub(super) fn referenced<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    reference: Reference<'a>,
) -> Option<Node<'a>> {
    let node = lowering.files.target(from, reference, Schema::NAME, lowering.diagnostics)?;
    if node.is_document() {
        let message = format!("`{}` refers to the whole document, which is not a schema", reference.text);
        let help = "octogen accepts any JSON for this schema; write the path of the schema, such as `#/components/schemas/NAME`";
        let place = from.get(reference.keyword()).unwrap_or_else(|| from.clone()).place();
        lowering.diagnostics.warn(Code::MissingReference, place, message, help);
        return None;
    }
    // A dynamic anchor often only names the schema that is meant.
    if reference.is_dynamic {
        let schema = Schema::read(node.clone(), &mut Diagnostics::default());
        let behind = schema.reference.filter(|behind| !behind.is_dynamic && !schema.is_structural());
        if let Some(behind) = behind {
            return referenced(lowering, &schema.node, behind);
        }
    }
    if !reference.is_dynamic {
        lowering.type_of(&node);
    }
    Some(node)
}

/// Returns the name of a type that is a component.
pub(super) fn component_name(lowering: &Lowering<'_, '_>, id: TypeId) -> Option<String> {
    match &lowering.types[id].origin {
        Origin::Component(name) => Some(name.clone()),
        _ => None,
    }
}
