//! `oneOf` and `anyOf`.

use super::Lowering;
use super::all_of::parts;
use super::constant_branches::documented_constants;
use super::discriminators::{StatedDiscriminator, inherited_discriminator, stated_values};
use super::draft::Reading;
use super::facts::Facts;
use super::merge::{Group, Merged, merge_of_none, narrow_types, own_part, states_only_a_type};
use super::narrowing::{has_all, referenced_variants, remove_excluded_branches, target};
use super::references::{bare_reference, component_name};
use crate::diagnostic::Code;
use crate::document::{Node, Schema, SchemaType};
use crate::ir::{Enum, Origin, Shape, Step, Type, TypeId, TypeRef, Union, Variant};

/// The depth of unions within a union that has keys of its own, since each level can double the number of variants.
const MAX_LEVELS: usize = 4;

/// The number of pairs of branches that a `oneOf` beside an `anyOf` may have.
const MAX_PAIRS: usize = 64;

/// Lowers `oneOf` and `anyOf` to a union, or to the type of the only branch.
pub(super) fn lower_union<'a>(lowering: &mut Lowering<'a, '_>, id: TypeId, merged: &Merged<'a>) -> Option<Reading> {
    let (mut groups, mut null) = (Vec::new(), false);
    for group in &merged.groups {
        let (branches, with_null) = distinct_branches(lowering, merged, group);
        null |= with_null;
        if !branches.is_empty() {
            groups.push((group, branches));
        }
    }
    remove_wider_groups(lowering, &mut groups);
    let mut groups = groups.into_iter();
    let Some((first, mut branches)) = groups.next() else {
        return (null && states_nothing(merged)).then_some(Reading::Shape(Shape::Null));
    };
    let mut beside = merged.base.clone();
    let mut pairs = branches.len();
    for (group, others) in groups {
        if pairs * others.len() > MAX_PAIRS {
            let message = "`oneOf` and `anyOf` of this schema have too many combinations of variants";
            merged.warn(
                Code::VariantLimit,
                lowering.diagnostics,
                message,
                "octogen ignores the second of these keywords; use one of them only",
            );
            continue;
        }
        pairs *= others.len();
        // Each branch of the first group becomes a union with the branches of the second.
        let (one_of, any_of) =
            if group.overlapping { (Vec::new(), group.branches.clone()) } else { (group.branches.clone(), Vec::new()) };
        let whole = Schema::read(group.node.clone(), lowering.diagnostics);
        let whole = Schema { one_of, any_of, nullable: false, ..whole };
        beside.push(own_part(whole));
    }
    // An integer is a number.
    if branches.iter().any(|branch| is_bare(branch, SchemaType::Number)) {
        branches.retain(|branch| !is_bare(branch, SchemaType::Integer));
    }
    if let Some(constants) = documented_constants(lowering, &first.node, &branches) {
        let values = constants.iter().map(|docs| docs.value.clone()).collect();
        lowering.types[id].docs.values = constants;
        return Some(with_null(lowering, id, Shape::Enum(Enum::of(values)), null));
    }
    let beside_union = Surroundings { merged, beside };
    if let [branch] = branches.as_slice() {
        let origin = lowering.types[id].origin.clone();
        let inner = branch_type(lowering, &beside_union, branch.clone(), origin);
        return Some(Reading::Use(TypeRef { nullable: inner.nullable || null, ..inner }));
    }
    let union = union(lowering, id, &beside_union, first, branches);
    Some(with_null(lowering, id, union, null))
}

/// Returns the result of lowering a schema to a shape. If `null` is set, the use of the type is nullable.
fn with_null(lowering: &mut Lowering<'_, '_>, id: TypeId, shape: Shape, null: bool) -> Reading {
    if !null {
        return Reading::Shape(shape);
    }
    let inner = Type { shape, ..lowering.types[id].clone() };
    Reading::Use(TypeRef { id: lowering.types.add(inner), nullable: true })
}

/// Removes each union whose variants include all variants of another union for the same value.
fn remove_wider_groups<'a>(lowering: &mut Lowering<'a, '_>, groups: &mut Vec<(&Group<'a>, Vec<Schema<'a>>)>) {
    let mut index = 0;
    while index < groups.len() && groups.len() > 1 {
        let variants: Vec<Option<Vec<Node<'a>>>> =
            groups.iter().map(|(_, branches)| referenced_variants(lowering, branches)).collect();
        let others = variants.iter().enumerate().filter(|(other, _)| *other != index);
        let is_wider = variants[index].as_ref().is_some_and(|wide| {
            others.into_iter().any(|(other, narrow)| {
                let is_narrower =
                    |narrow: &Vec<Node<'a>>| has_all(wide, narrow) && (other < index || narrow.len() < wide.len());
                narrow.as_ref().is_some_and(is_narrower)
            })
        });
        if is_wider {
            groups.remove(index);
        } else {
            index += 1;
        }
    }
}

/// Lowers several schemas into a type that any of their values fits.
pub(super) fn lower_any_into<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    within: &Merged<'a>,
    nodes: Vec<Node<'a>>,
) {
    let Some(node) = within.node.clone() else {
        return;
    };
    let mut branches: Vec<Node<'a>> = Vec::new();
    for node in nodes {
        if !branches.iter().any(|earlier| earlier.value == node.value) {
            branches.push(node);
        }
    }
    let mut merged = merge_of_none(Some(node.clone()));
    merged.groups.push(Group { node, branches, overlapping: true });
    if let Some(reading) = lower_union(lowering, id, &merged) {
        lowering.types.set(id, reading);
    }
}

/// The keywords beside the branches of a union.
struct Surroundings<'a, 'm> {
    merged: &'m Merged<'a>,
    /// The schemas that hold for each branch.
    beside: Vec<Schema<'a>>,
}

fn states_nothing(merged: &Merged<'_>) -> bool {
    merged.base.is_empty() && merged.types.is_empty()
}

/// Returns the branches with a type of their own, and whether another branch is null.
fn distinct_branches<'a>(
    lowering: &mut Lowering<'a, '_>,
    merged: &Merged<'a>,
    group: &Group<'a>,
) -> (Vec<Schema<'a>>, bool) {
    let mut branches = new_branches(lowering, merged, group);
    let before = branches.len();
    branches.retain(|branch| !is_only_null(branch));
    if branches.iter().any(|branch| branch.reference.is_some()) {
        branches.retain(|branch| !is_null_of_3_0(branch));
    }
    let null = branches.len() < before;
    if branches.iter().all(states_only_required) {
        // `required` alone narrows the values and not the type.
        return (Vec::new(), null);
    }
    remove_excluded_branches(lowering, merged, &mut branches);
    // A branch of another type than the schema around the union fits no value.
    if branches.iter().any(|branch| fits_types(branch, &merged.types)) {
        let stated = types_beside(lowering, group);
        branches.retain(|branch| fits_types(branch, &merged.types) || !fits_types(branch, &stated));
    }
    (branches, null)
}

/// Returns the `type` beside a `oneOf` or `anyOf`.
fn types_beside<'a>(lowering: &mut Lowering<'a, '_>, group: &Group<'a>) -> Vec<SchemaType> {
    Schema::read(group.node.clone(), lowering.diagnostics).types
}

fn is_only_null(branch: &Schema<'_>) -> bool {
    let says_more = Schema { null: false, ..branch.clone() }.is_structural();
    branch.nullable && !says_more && branch.reference.is_none()
}

/// Returns whether a branch beside a reference is `{ type: object, nullable: true }`. OpenAPI 3.0 has no type `null`,
/// and some documents describe null in this way.
fn is_null_of_3_0(branch: &Schema<'_>) -> bool {
    let says_more = Schema { nullable: false, types: Vec::new(), ..branch.clone() }.is_structural();
    let is_bare = branch.title.is_none() && branch.description.is_none();
    branch.nullable && branch.types == [SchemaType::Object] && !says_more && branch.reference.is_none() && is_bare
}

fn fits_types(branch: &Schema<'_>, types: &[SchemaType]) -> bool {
    let mut both = types.to_vec();
    narrow_types(&mut both, &branch.types)
}

/// Returns the branches that are not part of the type already.
fn new_branches<'a>(lowering: &mut Lowering<'a, '_>, merged: &Merged<'a>, group: &Group<'a>) -> Vec<Schema<'a>> {
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
        let parts = parts(lowering, target.clone());
        // The cat extends a pet, and the pet is a cat or a dog: here it is the cat.
        let extends_union = parts.iter().any(|part| !part.is(&target) && part.holds(node));
        if extends_union || !is_variant_of(lowering, node, &target) {
            return Vec::new();
        }
        lowering.diagnostics.warn(
            Code::SchemaCycle,
            node.place(),
            "a variant of this union is the schema itself",
            "octogen ignores this variant; remove it from `oneOf` or `anyOf`",
        );
    }
    if !merged.base.is_empty() && merged.opened.len() > MAX_LEVELS && !left.is_empty() {
        let message = "unions of the same object are nested too deeply";
        merged.warn(
            Code::DeepNesting,
            lowering.diagnostics,
            message,
            "octogen ignores the innermost union; list its variants in the union around it",
        );
        return Vec::new();
    }
    left
}

/// Returns whether a branch is in a schema, or in a variant of the schema, or in a variant of such a variant.
fn is_variant_of<'a>(lowering: &mut Lowering<'a, '_>, branch: &Node<'a>, schema: &Node<'a>) -> bool {
    let mut reached = vec![schema.clone()];
    let mut next = 0;
    while let Some(at) = reached.get(next).cloned() {
        if at.holds(branch) {
            return true;
        }
        next += 1;
        let schema = Schema::read(at, lowering.diagnostics);
        for variant in schema.one_of.into_iter().chain(schema.any_of) {
            let variant = Schema::read(variant, lowering.diagnostics);
            let Some(target) = target(lowering, &variant) else {
                continue;
            };
            if !reached.iter().any(|earlier| earlier.is(&target)) {
                reached.push(target);
            }
        }
    }
    false
}

fn is_bare(branch: &Schema<'_>, one: SchemaType) -> bool {
    branch.types == [one] && branch.values.is_none()
}

/// Lowers a branch together with the keywords beside the union.
fn branch_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    beside_union: &Surroundings<'a, '_>,
    branch: Schema<'a>,
    origin: Origin,
) -> TypeRef {
    if let Some(target) = target(lowering, &branch) {
        let parts = parts(lowering, target);
        // A branch that extends the schema around the union has all keywords of that schema.
        let has = |one: &Schema<'a>| states_only_a_type(one) || parts.iter().any(|part| part.is(&one.node));
        if beside_union.beside.len() == beside_union.merged.base.len() && beside_union.beside.iter().all(has) {
            return lowering.lower_schema(branch, origin);
        }
    } else if beside_union.beside.is_empty() {
        return lowering.lower_schema(branch, origin);
    }
    let stated = match target(lowering, &branch) {
        Some(target) => Schema::read(target, lowering.diagnostics),
        None => branch.clone(),
    };
    if !fits_types(&stated, &beside_union.merged.types) {
        lowering.diagnostics.warn(
            Code::ContradictoryVariant,
            branch.node.place(),
            "this variant does not have the `type` of the schema around it, so that no value fits both",
            "octogen ignores the `type` around it and accepts values of the variant; remove this `type`",
        );
        return lowering.lower_schema(branch, origin);
    }
    let ty = lowering.types.add(Type::new(Shape::Any, origin, branch.node.place()));
    let docs = Facts::read(lowering, std::slice::from_ref(&branch)).docs;
    // Null, the default and the direction are facts about the whole, and not about the branch.
    let beside = beside_union.beside.iter().map(|base| Schema {
        nullable: false,
        default: None,
        read_only: false,
        write_only: false,
        ..base.clone()
    });
    let parts = beside.chain([branch]).collect();
    lowering.lower_parts(ty, parts, &beside_union.merged.opened);
    lowering.types[ty].docs = docs;
    ty.into()
}

/// Returns whether a branch states required keys alone.
fn states_only_required(schema: &Schema<'_>) -> bool {
    let rest = Schema { required: Vec::new(), types: Vec::new(), ..schema.clone() };
    !schema.required.is_empty() && schema.reference.is_none() && !rest.is_structural()
}

fn union<'a>(
    lowering: &mut Lowering<'a, '_>,
    id: TypeId,
    beside_union: &Surroundings<'a, '_>,
    group: &Group<'a>,
    branches: Vec<Schema<'a>>,
) -> Shape {
    let own = beside_union.merged.discriminator.clone().map(|own| StatedDiscriminator::new(group.node.clone(), own));
    let is_inherited = own.is_none();
    let mut discriminator = own.or_else(|| inherited_discriminator(lowering, &branches));
    let mut variants: Vec<Variant> = Vec::new();
    for branch in branches {
        let named = bare_reference(lowering, &branch);
        let (label, node) = (label(lowering, &branch, named), branch.node.clone());
        let ty = branch_type(lowering, beside_union, branch, Origin::Within(id, Step::Variant(label.clone())));
        if variants.iter().any(|variant| variant.ty == ty) {
            continue;
        }
        let is_named = named.is_some_and(|named| ty == named.into() && component_name(lowering, named).is_some());
        let mut variant = Variant { label: (!is_named).then_some(label), ..Variant::new(ty, String::new()) };
        if let Some(stated) = &mut discriminator {
            variant.discriminator_values = stated_values(lowering, stated, named.unwrap_or(ty.id), &node);
            // The name of a schema outside of the hierarchy is not a value of an inherited discriminator.
            let may_be_value = !is_inherited || parts(lowering, node).iter().any(|part| part.is(&stated.node));
            variant.component = named.filter(|_| may_be_value).and_then(|named| component_name(lowering, named));
        }
        variants.push(variant);
    }
    lowering.types[id].place = group.node.place();
    Shape::Union(Union {
        variants,
        discriminator: discriminator.map(|stated| stated.discriminator.property.to_owned()),
        overlapping: group.overlapping,
        combined: None,
    })
}

/// Returns the label of a branch: the name of the component that it refers to, or its title. Other branches get their
/// labels when all types are known.
fn label(lowering: &Lowering<'_, '_>, branch: &Schema<'_>, named: Option<TypeId>) -> String {
    let component = named.and_then(|named| component_name(lowering, named));
    component.unwrap_or_else(|| branch.title.unwrap_or_default().to_owned())
}
