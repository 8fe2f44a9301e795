//! `oneOf` and `anyOf`.

use super::merge::Merged;
use super::shapes::{type_label, warn};
use super::{Lowering, schemas};
use crate::document::{Node, Schema, SchemaType};
use crate::ir::{Arm, Origin, Shape, Step, Type, TypeId, Union};

/// How many unions deep the arms of a union with keys of its own are followed, since each level can double their number.
const MAX_LEVELS: usize = 4;

/// The union that `oneOf` or `anyOf` describes, or what is left of it where it has one branch.
pub(super) fn of_branches<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Option<Shape> {
    let (mut branches, mut null) = (Vec::new(), false);
    for group in &merged.branches {
        let mut left = Vec::new();
        for schema in told(lowering, merged, group) {
            let only_null = schema.nullable && !Schema { null: false, ..schema.clone() }.is_structural();
            if only_null && schema.reference.is_none() {
                null = true;
            } else if !says_only_required(&schema) {
                left.push(schema);
            }
        }
        if branches.is_empty() {
            branches = left;
        } else if !left.is_empty() {
            let message = "`oneOf` and `anyOf` beside one another are not covered yet";
            warn(lowering, merged, message, "the second is passed over");
        }
    }
    if branches.is_empty() {
        return (null && merged.base.is_empty() && merged.types.is_empty()).then_some(Shape::Null);
    }
    // Every integer is a number.
    if branches.iter().any(|branch| is_bare(branch, SchemaType::Number)) {
        branches.retain(|branch| !is_bare(branch, SchemaType::Integer));
    }
    if let [branch] = branches.as_slice() {
        let origin = lowering.types[id].origin.clone();
        let inner = branch_type(lowering, merged, branch.clone(), origin);
        return Some(if null { Shape::Nullable(inner) } else { Shape::Alias(inner) });
    }
    let union = union(lowering, id, merged, branches);
    if !null {
        return Some(union);
    }
    let inner = Type { shape: union, ..lowering.types[id].clone() };
    Some(Shape::Nullable(lowering.types.add(inner)))
}

/// The branches that say anything more of a type.
fn told<'a>(lowering: &mut Lowering<'a, '_>, merged: &Merged<'a>, group: &[Node<'a>]) -> Vec<Schema<'a>> {
    let mut left = Vec::new();
    for node in group {
        let schema = Schema::read(node.clone(), lowering.diagnostics);
        let Some(target) = target(lowering, &schema) else {
            left.push(schema);
            continue;
        };
        if !merged.opened.iter().flatten().any(|opened| opened.is(&target)) {
            left.push(schema);
            continue;
        }
        if schemas::parts(lowering, target.clone()).iter().any(|part| !part.is(&target) && part.holds(node)) {
            // A cat that is all of a pet, which is one of a cat and a dog: that it is a cat is settled.
            return Vec::new();
        }
        lowering.diagnostics.warn(node.place(), "the schema is a branch of itself", "the branch is passed over");
    }
    if !merged.base.is_empty() && merged.opened.len() > MAX_LEVELS && !left.is_empty() {
        let message = "unions within unions of the same object are not covered at this depth";
        warn(lowering, merged, message, "the innermost is passed over");
        return Vec::new();
    }
    left
}

fn is_bare(branch: &Schema<'_>, one: SchemaType) -> bool {
    branch.types == [one] && branch.values.is_none()
}

/// What a branch refers to, where it says nothing beside that.
fn target<'a>(lowering: &mut Lowering<'a, '_>, branch: &Schema<'a>) -> Option<Node<'a>> {
    let reference = branch.reference.filter(|_| !branch.is_structural())?;
    schemas::referenced(lowering, &branch.node, reference).map(|(_, node)| node)
}

/// The type of a branch together with what stands beside the union.
fn branch_type<'a>(lowering: &mut Lowering<'a, '_>, merged: &Merged<'a>, branch: Schema<'a>, origin: Origin) -> TypeId {
    let parts = target(lowering, &branch).map(|target| schemas::parts(lowering, target)).unwrap_or_default();
    // A branch that draws on the schema around the union has all that stands there.
    if merged.base.iter().all(|base| parts.iter().any(|part| part.is(&base.node))) {
        return schemas::schema(lowering, branch.node, origin);
    }
    let ty = lowering.types.add(schemas::unread(origin));
    // That null fits the whole says nothing of the branch.
    let base = merged.base.iter().map(|base| Schema { nullable: false, ..base.clone() });
    let pieces = base.chain([branch]).collect();
    schemas::pieces_into(lowering, ty, pieces, &merged.opened);
    ty
}

/// Whether a branch only says which keys are required: that narrows the values, not the type.
fn says_only_required(schema: &Schema<'_>) -> bool {
    let rest = Schema { required: Vec::new(), types: Vec::new(), ..schema.clone() };
    !schema.required.is_empty() && schema.reference.is_none() && !rest.is_structural()
}

fn union<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>, branches: Vec<Schema<'a>>) -> Shape {
    let discriminator = merged.discriminator.clone();
    let mut arms: Vec<Arm> = Vec::new();
    let types: Vec<Vec<SchemaType>> = branches.iter().map(|branch| branch.types.clone()).collect();
    for (index, branch) in branches.into_iter().enumerate() {
        let named = schemas::bare_reference(lowering, &branch);
        let first_of_type = !types[..index].contains(&branch.types);
        let label = label(lowering, &branch, named, first_of_type, index);
        let ty = branch_type(lowering, merged, branch, Origin::Within(id, Step::Arm(label.clone())));
        if arms.iter().any(|arm| arm.ty == ty) {
            continue;
        }
        let tags = match (&discriminator, &merged.node) {
            (Some(discriminator), Some(node)) => tags(lowering, node, &discriminator.mapping, named.unwrap_or(ty)),
            _ => Vec::new(),
        };
        arms.push(Arm { ty, label: (named != Some(ty)).then_some(label), tags });
    }
    let file = merged.node.as_ref().map(|node| node.document.path.clone()).unwrap_or_default();
    let pointer = merged.node.as_ref().map(|node| node.pointer.to_string()).unwrap_or_default();
    Shape::Union(Union { arms, discriminator: discriminator.map(|stated| stated.property.to_owned()), file, pointer })
}

/// What a branch is called: like what it refers to, or else by its title, its type, or its number.
fn label(
    lowering: &Lowering<'_, '_>,
    branch: &Schema<'_>,
    named: Option<TypeId>,
    first_of_type: bool,
    index: usize,
) -> String {
    if let Some(Origin::Component(name)) = named.map(|named| &lowering.types[named].origin) {
        return name.clone();
    }
    match (branch.title, branch.types.as_slice()) {
        (Some(title), _) => title.to_owned(),
        (None, [one]) if first_of_type => type_label(*one).to_owned(),
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
            Err(astray) => {
                let help = "the value of the discriminator is passed over";
                lowering.diagnostics.warn(from.place(), astray.message, help);
            }
        }
    }
    match &lowering.types[ty].origin {
        Origin::Component(name) if tags.is_empty() => vec![name.clone()],
        _ => tags,
    }
}
