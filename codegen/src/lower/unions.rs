//! `oneOf` and `anyOf`.

use super::Lowering;
use super::all_of::parts;
use super::discriminators::{discriminator_values, stated_discriminator_value};
use super::draft::Reading;
use super::facts::Facts;
use super::merge::{Group, Merged, agree_types, nothing_yet, own_part, states_only_a_type};
use super::references::{bare_reference, referenced};
use crate::document::{Node, Schema, SchemaType};
use crate::ir::{Origin, Shape, Step, Type, TypeId, TypeRef, Union, Variant};

/// How many unions deep the variants of a union with keys of its own are followed, since each level can double their number.
const MAX_LEVELS: usize = 4;

/// How many pairs of branches a `oneOf` beside an `anyOf` may give.
const MAX_PAIRS: usize = 64;

/// The union that `oneOf` or `anyOf` describes, or what is left of it where it has one branch.
pub(super) fn of_branches<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Option<Reading> {
    let (mut groups, mut null) = (Vec::new(), false);
    for group in &merged.groups {
        let (branches, with_null) = told(lowering, merged, group);
        null |= with_null;
        if !branches.is_empty() {
            groups.push((group, branches));
        }
    }
    let mut groups = groups.into_iter();
    let Some((first, mut branches)) = groups.next() else {
        return (null && states_nothing(merged)).then_some(Reading::Shape(Shape::Null));
    };
    let mut beside = merged.base.clone();
    let mut pairs = branches.len();
    for (group, others) in groups {
        if pairs * others.len() > MAX_PAIRS {
            let message = "`oneOf` and `anyOf` beside one another have too many branches";
            merged.warn(lowering.diagnostics, message, "the last are passed over");
            continue;
        }
        pairs *= others.len();
        // Each branch of the first is in turn a union with those of the second.
        let (one_of, any_of) =
            if group.overlapping { (Vec::new(), group.branches.clone()) } else { (group.branches.clone(), Vec::new()) };
        let whole = Schema::read(group.node.clone(), lowering.diagnostics);
        let whole = Schema { one_of, any_of, nullable: false, uncovered: Vec::new(), ..whole };
        beside.push(own_part(whole));
    }
    // Every integer is a number.
    if branches.iter().any(|branch| is_bare(branch, SchemaType::Number)) {
        branches.retain(|branch| !is_bare(branch, SchemaType::Integer));
    }
    let around = Around { merged, beside };
    if let [branch] = branches.as_slice() {
        let origin = lowering.types[id].origin.clone();
        let inner = branch_type(lowering, &around, branch.clone(), origin);
        return Some(Reading::Use(TypeRef { nullable: inner.nullable || null, ..inner }));
    }
    let union = union(lowering, id, &around, first, branches);
    if !null {
        return Some(Reading::Shape(union));
    }
    let inner = Type { shape: union, ..lowering.types[id].clone() };
    Some(Reading::Use(TypeRef { id: lowering.types.add(inner), nullable: true }))
}

/// Reads into a type what any of several schemas describes.
pub(super) fn any_into<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, within: &Merged<'a>, nodes: Vec<Node<'a>>) {
    let Some(node) = within.node.clone() else {
        return;
    };
    let mut branches: Vec<Node<'a>> = Vec::new();
    for node in nodes {
        if !branches.iter().any(|earlier| earlier.value == node.value) {
            branches.push(node);
        }
    }
    let mut merged = nothing_yet(Some(node.clone()));
    merged.groups.push(Group { node, branches, overlapping: true });
    if let Some(reading) = of_branches(lowering, id, &merged) {
        lowering.types.set(id, reading);
    }
}

/// What stands around the branches of a union.
struct Around<'a, 'm> {
    merged: &'m Merged<'a>,
    /// The schemas that hold together with each branch.
    beside: Vec<Schema<'a>>,
}

fn states_nothing(merged: &Merged<'_>) -> bool {
    merged.base.is_empty() && merged.types.is_empty()
}

/// The branches that tell types apart, and whether one of the others is null.
fn told<'a>(lowering: &mut Lowering<'a, '_>, merged: &Merged<'a>, group: &Group<'a>) -> (Vec<Schema<'a>>, bool) {
    let mut branches = further(lowering, merged, group);
    let before = branches.len();
    branches.retain(|branch| !is_only_null(branch));
    if branches.iter().any(|branch| branch.reference.is_some()) {
        branches.retain(|branch| !stands_for_null(branch));
    }
    let null = branches.len() < before;
    if branches.iter().all(says_only_required) {
        // That narrows the values, not the type.
        return (Vec::new(), null);
    }
    // A string that is one of a text and a number is a text.
    if branches.iter().any(|branch| fits_types(branch, &merged.types)) {
        branches.retain(|branch| fits_types(branch, &merged.types));
    }
    (branches, null)
}

fn is_only_null(branch: &Schema<'_>) -> bool {
    let says_more = Schema { null: false, ..branch.clone() }.is_structural();
    branch.nullable && !says_more && branch.reference.is_none()
}

/// Whether a branch beside a reference is any object or null: OpenAPI 3.0 has no null that could stand there by itself,
/// and some describe what may be null so.
fn stands_for_null(branch: &Schema<'_>) -> bool {
    let says_more = Schema { nullable: false, types: Vec::new(), ..branch.clone() }.is_structural();
    let is_bare = branch.title.is_none() && branch.description.is_none() && branch.uncovered.is_empty();
    branch.nullable && branch.types == [SchemaType::Object] && !says_more && branch.reference.is_none() && is_bare
}

fn fits_types(branch: &Schema<'_>, types: &[SchemaType]) -> bool {
    let mut both = types.to_vec();
    agree_types(&mut both, &branch.types)
}

/// The branches that say anything more of a type.
fn further<'a>(lowering: &mut Lowering<'a, '_>, merged: &Merged<'a>, group: &Group<'a>) -> Vec<Schema<'a>> {
    let mut left = Vec::new();
    for node in &group.branches {
        let schema = Schema::read(node.clone(), lowering.diagnostics);
        let Some(target) = target(lowering, &schema) else {
            left.push(schema);
            continue;
        };
        if !merged.opened.iter().flatten().any(|opened| opened.is(&target)) {
            left.push(schema);
            continue;
        }
        if parts(lowering, target.clone()).iter().any(|part| !part.is(&target) && part.holds(node)) {
            // A cat that is all of a pet, which is one of a cat and a dog: that it is a cat is settled.
            return Vec::new();
        }
        lowering.diagnostics.warn(node.place(), "the schema is a branch of itself", "the branch is passed over");
    }
    if !merged.base.is_empty() && merged.opened.len() > MAX_LEVELS && !left.is_empty() {
        let message = "unions within unions of the same object are not covered at this depth";
        merged.warn(lowering.diagnostics, message, "the innermost is passed over");
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
    referenced(lowering, &branch.node, reference).map(|(_, node)| node)
}

/// The type of a branch together with what stands beside the union.
fn branch_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    around: &Around<'a, '_>,
    branch: Schema<'a>,
    origin: Origin,
) -> TypeRef {
    if let Some(target) = target(lowering, &branch) {
        let parts = parts(lowering, target);
        // A branch that draws on the schema around the union has all that stands there.
        let has = |one: &Schema<'a>| states_only_a_type(one) || parts.iter().any(|part| part.is(&one.node));
        if around.beside.len() == around.merged.base.len() && around.beside.iter().all(has) {
            return lowering.lower_schema(branch.node, origin);
        }
    } else if around.beside.is_empty() {
        return lowering.lower_schema(branch.node, origin);
    }
    let ty = lowering.types.add(Type::new(Shape::Any, origin, branch.node.place()));
    let docs = Facts::read(lowering, std::slice::from_ref(&branch.node)).docs;
    // Null, the default and the direction are facts about the whole, and not about the branch.
    let beside = around.beside.iter().map(|base| Schema {
        nullable: false,
        default: None,
        read_only: false,
        write_only: false,
        ..base.clone()
    });
    let pieces = beside.chain([branch]).collect();
    lowering.lower_parts(ty, pieces, &around.merged.opened);
    lowering.types[ty].docs = docs;
    ty.into()
}

/// Whether a branch only says which keys are required: that narrows the values, not the type.
fn says_only_required(schema: &Schema<'_>) -> bool {
    let rest = Schema { required: Vec::new(), types: Vec::new(), ..schema.clone() };
    !schema.required.is_empty() && schema.reference.is_none() && !rest.is_structural()
}

fn union<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    around: &Around<'a, '_>,
    group: &Group<'a>,
    branches: Vec<Schema<'a>>,
) -> Shape {
    let discriminator = around.merged.discriminator.clone();
    let mut variants: Vec<Variant> = Vec::new();
    for branch in branches {
        let named = bare_reference(lowering, &branch);
        let label = label(lowering, &branch, named);
        let stated =
            discriminator.as_ref().and_then(|one| stated_discriminator_value(lowering, &branch.node, one.property));
        let ty = branch_type(lowering, around, branch, Origin::Within(id, Step::Variant(label.clone())));
        if variants.iter().any(|variant| variant.ty == ty) {
            continue;
        }
        let discriminator_values = match &discriminator {
            Some(discriminator) => {
                discriminator_values(lowering, &group.node, &discriminator.mapping, named.unwrap_or(ty.id), stated)
            }
            None => Vec::new(),
        };
        let is_named = named.is_some_and(|named| ty == named.into());
        variants.push(Variant { ty, docs: None, label: (!is_named).then_some(label), discriminator_values });
    }
    lowering.types[id].place = group.node.place();
    Shape::Union(Union {
        variants,
        discriminator: discriminator.map(|stated| stated.property.to_owned()),
        overlapping: group.overlapping,
        combined: None,
    })
}

/// What a branch is called: like what it refers to, or else by its title. Others are named when all types are known.
fn label(lowering: &Lowering<'_, '_>, branch: &Schema<'_>, named: Option<TypeId>) -> String {
    match (named.map(|named| &lowering.types[named].origin), branch.title) {
        (Some(Origin::Component(name)), _) => name.clone(),
        (_, title) => title.unwrap_or_default().to_owned(),
    }
}
