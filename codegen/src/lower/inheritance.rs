//! Inheritance: schemas that extend another schema by `allOf`, whose discriminator selects among them.

use super::Lowering;
use super::all_of::parts;
use super::discriminators::{StatedDiscriminator, resolve_mapping, stated_values};
use super::references::component_name;
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Node, Schema};
use crate::ir::{Shape, Step, TypeId, Union, Variant};

/// Finds the schemas that each schema under `components` extends.
pub(super) fn note_subtypes<'a>(lowering: &mut Lowering<'a, '_>, document: &Document<'a>) {
    for (_, schema) in document.components.iter().flat_map(|components| &components.schemas) {
        // The schema is reported when it is lowered.
        let schema = Schema::read(schema.node.clone(), &mut Diagnostics::default());
        for part in &schema.all_of {
            if let Some(reference) = part.reference()
                && let Ok(base) = lowering.files.resolve(part, reference)
            {
                lowering.subtypes.entry(base.identity()).or_default().push(schema.node.clone());
            }
        }
    }
}

/// Returns whether a schema extends the base, and a discriminator of the base selects it.
pub(super) fn is_subtype<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>, base: &Node<'a>) -> bool {
    let schema = Schema::read(base.clone(), lowering.diagnostics);
    has_subtypes_by_discriminator(&schema) && subtypes(lowering, base).iter().any(|subtype| subtype.is(node))
}

/// Returns the union of the subtypes of a schema with a discriminator, and of the schema itself.
pub(super) fn union<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, base: &Schema<'a>) -> Option<Shape> {
    let discriminator = base.discriminator.clone().filter(|_| has_subtypes_by_discriminator(base))?;
    let mut subtypes = subtypes(lowering, &base.node);
    for (value, target) in &discriminator.mapping {
        let Some(node) = resolve_mapping(lowering, &base.node, value, target) else {
            continue;
        };
        if !node.is(&base.node) && !subtypes.iter().any(|subtype| subtype.is(&node)) {
            subtypes.push(node);
        }
    }
    if subtypes.is_empty() {
        return None;
    }
    let mut stated = StatedDiscriminator::new(base.node.clone(), discriminator);
    let mut variants: Vec<Variant> = Vec::new();
    for subtype in subtypes {
        let named = lowering.target(subtype.clone(), None);
        let builds_on = parts(lowering, subtype.clone()).iter().any(|part| part.is(&base.node));
        let discriminator_values = stated_values(lowering, &mut stated, named, &subtype);
        let component = component_name(lowering, named);
        if builds_on {
            variants.push(Variant { ty: named.into(), docs: None, label: None, discriminator_values, component });
            continue;
        }
        let Some(name) = component.clone() else {
            continue;
        };
        // A schema that only the mapping names has the keys of the base as well.
        let subtype = Schema::read(subtype, lowering.diagnostics);
        let ty = own(lowering, id, vec![alone(base), subtype], &name);
        variants.push(Variant { discriminator_values, component, ..Variant::new(ty, name) });
    }
    let own_values = stated_values(lowering, &mut stated, id, &base.node);
    let discriminator = &stated.discriminator;
    let is_mapped =
        discriminator.mapping.iter().any(|(value, _)| own_values.iter().any(|own| own.as_str() == Some(value)));
    // If a mapping does not name the base, no value is of the base alone.
    if discriminator.mapping.is_empty() || is_mapped {
        let component = component_name(lowering, id);
        let label = component.clone().unwrap_or_else(|| String::from("base"));
        let ty = own(lowering, id, vec![alone(base)], "base");
        variants.push(Variant { discriminator_values: own_values, component, ..Variant::new(ty, label) });
    }
    Some(Shape::Union(Union {
        variants,
        discriminator: Some(discriminator.property.to_owned()),
        overlapping: false,
        combined: None,
    }))
}

fn has_subtypes_by_discriminator(schema: &Schema<'_>) -> bool {
    schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty()
}

fn alone<'a>(base: &Schema<'a>) -> Schema<'a> {
    Schema { discriminator: None, ..base.clone() }
}

fn own<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, parts: Vec<Schema<'a>>, step: &str) -> TypeId {
    let ty = lowering.types.add_within(id, Step::Variant(step.to_owned()), Shape::Any);
    lowering.lower_parts(ty, parts, &[]);
    ty
}

/// Returns the schemas that extend a schema, directly or through others, in the order of the document.
fn subtypes<'a>(lowering: &Lowering<'a, '_>, base: &Node<'a>) -> Vec<Node<'a>> {
    let mut found: Vec<Node<'a>> = Vec::new();
    let mut waiting = vec![base.identity()];
    while let Some(identity) = waiting.pop() {
        for subtype in lowering.subtypes.get(&identity).into_iter().flatten() {
            if !subtype.is(base) && !found.iter().any(|earlier| earlier.is(subtype)) {
                found.push(subtype.clone());
                waiting.push(subtype.identity());
            }
        }
    }
    found
}
