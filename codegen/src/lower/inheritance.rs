//! Schemas that others build on by `allOf`: a discriminator there tells the heirs apart.

use super::{Lowering, schemas, unions};
use crate::diagnostic::Diagnostics;
use crate::document::{Document, Node, Schema};
use crate::ir::{Origin, Shape, Step, TypeId, Union, Variant};

/// The key under which the heirs of a schema are kept: its file and pointer.
pub(super) type Identity = (String, String);

/// Notes what each schema under `components` builds on.
pub(super) fn note<'a>(lowering: &mut Lowering<'a, '_>, document: &Document<'a>) {
    for (_, schema) in document.components.iter().flat_map(|components| &components.schemas) {
        // The schema is reported when it is lowered.
        let schema = Schema::read(schema.node.clone(), &mut Diagnostics::default());
        for part in &schema.all_of {
            if let Some(reference) = part.reference()
                && let Ok(base) = lowering.files.resolve(part, reference)
            {
                lowering.heirs.entry(base.identity()).or_default().push(schema.node.clone());
            }
        }
    }
}

/// Whether the schema is one of those that build on the base and are told apart there.
pub(super) fn is_heir<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>, base: &Node<'a>) -> bool {
    let schema = Schema::read(base.clone(), lowering.diagnostics);
    tells_heirs_apart(&schema) && heirs(lowering, base).iter().any(|heir| heir.is(node))
}

/// The union of the heirs of a schema with a discriminator, and of the schema itself.
pub(super) fn union<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, base: &Schema<'a>) -> Option<Shape> {
    let discriminator = base.discriminator.clone().filter(|_| tells_heirs_apart(base))?;
    let mut heirs = heirs(lowering, &base.node);
    for (value, target) in &discriminator.mapping {
        let Some(node) = unions::mapped(lowering, &base.node, value, target) else {
            continue;
        };
        if !node.is(&base.node) && !heirs.iter().any(|heir| heir.is(&node)) {
            heirs.push(node);
        }
    }
    if heirs.is_empty() {
        return None;
    }
    let mut variants: Vec<Variant> = Vec::new();
    for heir in heirs {
        let named = lowering.target(heir.clone(), None);
        let builds_on = schemas::parts(lowering, heir.clone()).iter().any(|part| part.is(&base.node));
        let stated = unions::stated_discriminator_value(lowering, &heir, discriminator.property);
        let discriminator_values =
            unions::discriminator_values(lowering, &base.node, &discriminator.mapping, named, stated);
        if builds_on {
            variants.push(Variant { ty: named.into(), docs: None, label: None, discriminator_values });
            continue;
        }
        let Origin::Component(name) = lowering.types[named].origin.clone() else {
            continue;
        };
        // What the mapping alone leads to has the keys of the base as well.
        let heir = Schema::read(heir, lowering.diagnostics);
        let ty = own(lowering, id, vec![alone(base), heir], &name);
        variants.push(Variant { discriminator_values, ..Variant::new(ty, name) });
    }
    let stated = unions::stated_discriminator_value(lowering, &base.node, discriminator.property);
    let own_values = unions::discriminator_values(lowering, &base.node, &discriminator.mapping, id, stated);
    let is_mapped = discriminator.mapping.iter().any(|(value, _)| own_values.iter().any(|tag| tag == value));
    // Where a mapping lists what there is and leaves the base out, no value is of the base alone.
    if discriminator.mapping.is_empty() || is_mapped {
        let label = match &lowering.types[id].origin {
            Origin::Component(name) => name.clone(),
            _ => String::from("base"),
        };
        let ty = own(lowering, id, vec![alone(base)], "base");
        variants.push(Variant { discriminator_values: own_values, ..Variant::new(ty, label) });
    }
    Some(Shape::Union(Union {
        variants,
        discriminator: Some(discriminator.property.to_owned()),
        overlapping: false,
        combined: None,
    }))
}

fn tells_heirs_apart(schema: &Schema<'_>) -> bool {
    schema.discriminator.is_some() && schema.one_of.is_empty() && schema.any_of.is_empty()
}

fn alone<'a>(base: &Schema<'a>) -> Schema<'a> {
    Schema { discriminator: None, ..base.clone() }
}

fn own<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, pieces: Vec<Schema<'a>>, step: &str) -> TypeId {
    let ty = lowering.types.add_within(id, Step::Variant(step.to_owned()), Shape::Any);
    schemas::pieces_into(lowering, ty, pieces, &[]);
    ty
}

/// The schemas that build on one, near or far, in the order of the document.
fn heirs<'a>(lowering: &Lowering<'a, '_>, base: &Node<'a>) -> Vec<Node<'a>> {
    let mut found: Vec<Node<'a>> = Vec::new();
    let mut waiting = vec![base.identity()];
    while let Some(identity) = waiting.pop() {
        for heir in lowering.heirs.get(&identity).into_iter().flatten() {
            if !heir.is(base) && !found.iter().any(|earlier| earlier.is(heir)) {
                found.push(heir.clone());
                waiting.push(heir.identity());
            }
        }
    }
    found
}
