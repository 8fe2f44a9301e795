//! `oneOf` and `anyOf`.

use super::merge::Merged;
use super::shapes::{type_label, warn};
use super::{Lowering, schemas};
use crate::document::{Node, Schema, SchemaType};
use crate::ir::{Arm, Docs, Origin, Shape, Step, Type, TypeId, Union};

/// The union that `oneOf` or `anyOf` describes, or what is left of it where it has one branch.
pub(super) fn of_branches<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Option<Shape> {
    let (mut branches, mut null) = (Vec::new(), false);
    for (index, group) in merged.branches.iter().enumerate() {
        let mut left = Vec::new();
        for node in group {
            let schema = Schema::read(node.clone(), lowering.diagnostics);
            let only_null = schema.nullable && !Schema { nullable: false, ..schema.clone() }.is_structural();
            if only_null && schema.reference.is_none() {
                null = true;
            } else if !says_only_required(&schema) {
                left.push(schema);
            }
        }
        if branches.is_empty() {
            branches = left;
        } else if !left.is_empty() && index > 0 {
            warn(
                lowering,
                merged,
                "`oneOf` and `anyOf` beside one another are not covered yet",
                "the second is passed over",
            );
        }
    }
    if branches.is_empty() {
        return (null && merged.base.is_empty() && merged.types.is_empty()).then_some(Shape::Null);
    }
    if branches.len() == 1 {
        let mut pieces = merged.base.clone();
        pieces.extend(branches);
        let inner = lowering.types.add(Type { docs: Docs::default(), ..lowering.types[id].clone() });
        schemas::pieces_into(lowering, inner, pieces);
        return Some(if null { Shape::Nullable(inner) } else { Shape::Alias(inner) });
    }
    let union = union(lowering, id, merged, branches);
    if !null {
        return Some(union);
    }
    let inner = Type { shape: union, ..lowering.types[id].clone() };
    Some(Shape::Nullable(lowering.types.add(inner)))
}

/// Whether a branch only says which keys are required: that narrows the values, not the type.
fn says_only_required(schema: &Schema<'_>) -> bool {
    let rest = Schema { required: Vec::new(), types: Vec::new(), ..schema.clone() };
    !schema.required.is_empty() && schema.reference.is_none() && !rest.is_structural()
}

fn union<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, branches: Vec<Schema<'a>>) -> Shape {
    let discriminator = merged.discriminator.clone();
    let mut arms: Vec<Arm> = Vec::new();
    for (index, branch) in branches.into_iter().enumerate() {
        let label = branch.reference.is_none().then(|| label(&branch, index));
        let step = Step::Arm(label.clone().unwrap_or_else(|| format!("variant{}", index + 1)));
        let origin = Origin::Within(id, step);
        let ty = if merged.base.is_empty() {
            schemas::schema(lowering, branch.node, origin)
        } else {
            let arm = lowering.types.add(schemas::unread(origin));
            let pieces = merged.base.iter().cloned().chain([branch]).collect();
            schemas::pieces_into(lowering, arm, pieces);
            arm
        };
        if !arms.iter().any(|arm| arm.ty == ty) {
            arms.push(Arm { ty, label, tags: Vec::new() });
        }
    }
    if let (Some(discriminator), Some(node)) = (&discriminator, &merged.node) {
        for arm in &mut arms {
            arm.tags = tags(lowering, node, &discriminator.mapping, arm.ty);
        }
    }
    Shape::Union(Union { arms, discriminator: discriminator.map(|stated| stated.property.to_owned()) })
}

/// What an inline branch is called: its title, its type, or its number.
fn label(branch: &Schema<'_>, index: usize) -> String {
    match (branch.title, branch.types.as_slice()) {
        (Some(title), _) => title.to_owned(),
        (None, [one]) if *one != SchemaType::Object => type_label(*one).to_owned(),
        _ => format!("variant{}", index + 1),
    }
}

/// The discriminator's values that stand for a type: those mapped to it, or else its own name.
fn tags<'a>(
    lowering: &mut Lowering<'a, '_>,
    from: &Node<'a>,
    mapping: &[(&'a str, &'a str)],
    ty: TypeId,
) -> Vec<String> {
    let mut tags = Vec::new();
    for (value, target) in mapping {
        let named = format!("#/components/schemas/{target}");
        let node = lowering.documents.resolve(from, target).or_else(|_| lowering.documents.resolve(from, &named));
        match node {
            Ok(node) if lowering.target(node.clone(), None) == ty => tags.push((*value).to_owned()),
            Ok(_) => {}
            Err(message) => {
                let help = "the value of the discriminator is passed over";
                lowering.diagnostics.warn(from.place(), message, help);
            }
        }
    }
    match &lowering.types[ty].origin {
        Origin::Component(name) if tags.is_empty() => vec![name.clone()],
        _ => tags,
    }
}
