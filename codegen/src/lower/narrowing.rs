//! Narrowing: parts of an `allOf` that leave only some variants of a union.

use octogen_runtime::Value;

use super::Lowering;
use super::all_of::{Expanded, Part, expand, parts};
use super::merge::Merged;
use super::references::referenced;
use crate::document::{Node, OpenApiObject, Schema, SchemaType};
use crate::ir::are_equal_scalars;

/// Removes each union that another part narrows, such as to one of its variants: the other part decides the type.
pub(super) fn remove_narrowed_unions<'a>(lowering: &mut Lowering<'a, '_>, flat: &mut Vec<Part<'a>>) {
    let mut index = 0;
    while index < flat.len() && flat.len() > 1 {
        let variants = union_of_references(lowering, &flat[index]);
        let is_narrowed = variants.is_some_and(|variants| {
            let mut others = (0..flat.len()).filter(|other| *other != index);
            others.any(|other| narrows(lowering, &flat[other], &variants, other < index))
        });
        if is_narrowed {
            flat.remove(index);
        } else {
            index += 1;
        }
    }
}

/// Returns whether a part admits only values of these variants: it extends one of them, or it is a union of some of them.
/// If two unions have the same variants, the first one remains.
fn narrows<'a>(lowering: &mut Lowering<'a, '_>, part: &Part<'a>, variants: &[Node<'a>], is_earlier: bool) -> bool {
    if let Some(own) = union_of_references(lowering, part) {
        return has_all(variants, &own) && (is_earlier || own.len() < variants.len());
    }
    match part {
        Part::Reference(node) => {
            let extended = parts(lowering, node.clone());
            extended.iter().any(|part| variants.iter().any(|variant| variant.is(part)))
        }
        Part::Own(_) => false,
    }
}

/// Returns whether the first list has all schemas of the second one.
pub(super) fn has_all(all: &[Node<'_>], some: &[Node<'_>]) -> bool {
    some.iter().all(|one| all.iter().any(|other| other.is(one)))
}

/// Returns the variants of a part that is a union of references and nothing else.
fn union_of_references<'a>(lowering: &mut Lowering<'a, '_>, part: &Part<'a>) -> Option<Vec<Node<'a>>> {
    let schema = match part {
        Part::Own(schema) => (**schema).clone(),
        Part::Reference(node) => Schema::read(node.clone(), lowering.diagnostics),
    };
    let branches = [schema.one_of.as_slice(), schema.any_of.as_slice()].concat();
    let is_one_union = schema.one_of.is_empty() != schema.any_of.is_empty() && schema.reference.is_none();
    let types = schema.types.iter().copied().filter(|one| *one != SchemaType::Object).collect();
    let rest = Schema { one_of: Vec::new(), any_of: Vec::new(), types, ..schema };
    if !is_one_union || rest.is_structural() {
        return None;
    }
    let branches: Vec<Schema<'a>> =
        branches.into_iter().map(|branch| Schema::read(branch, lowering.diagnostics)).collect();
    referenced_variants(lowering, &branches)
}

/// Returns the schemas that branches refer to, if each branch is a bare reference.
pub(super) fn referenced_variants<'a>(
    lowering: &mut Lowering<'a, '_>,
    branches: &[Schema<'a>],
) -> Option<Vec<Node<'a>>> {
    // The types of these schemas are not needed yet.
    let node = |branch: &Schema<'a>| {
        let reference = branch.reference.filter(|_| !branch.is_structural())?;
        lowering.files.target(&branch.node, reference, Schema::NAME, lowering.diagnostics)
    };
    branches.iter().map(node).collect()
}

/// Returns the schema that a branch refers to, if the branch has no other keywords.
pub(super) fn target<'a>(lowering: &mut Lowering<'a, '_>, branch: &Schema<'a>) -> Option<Node<'a>> {
    let reference = branch.reference.filter(|_| !branch.is_structural())?;
    referenced(lowering, &branch.node, reference)
}

/// Removes the branches that no value fits, because a required key has other listed values beside the union.
pub(super) fn remove_excluded_branches<'a>(
    lowering: &mut Lowering<'a, '_>,
    merged: &Merged<'a>,
    branches: &mut Vec<Schema<'a>>,
) {
    let listed = merged.properties.iter().filter_map(|(key, nodes)| Some((*key, listed_values(lowering, nodes)?)));
    let listed: Vec<(&str, Vec<&Value>)> = listed.collect();
    if listed.is_empty() {
        return;
    }
    let is_excluded: Vec<bool> = branches.iter().map(|branch| excludes(lowering, merged, &listed, branch)).collect();
    if is_excluded.contains(&false) {
        let mut is_excluded = is_excluded.into_iter();
        branches.retain(|_| !is_excluded.next().unwrap_or_default());
    }
}

fn excludes<'a>(
    lowering: &mut Lowering<'a, '_>,
    merged: &Merged<'a>,
    listed: &[(&str, Vec<&Value>)],
    branch: &Schema<'a>,
) -> bool {
    let mut expanded = Expanded::default();
    expand(lowering, branch.node.clone(), &mut Vec::new(), &mut expanded);
    listed.iter().any(|(key, values)| {
        let is_required =
            merged.required.contains(key) || expanded.schemas.iter().any(|part| part.required.contains(key));
        let own = expanded.schemas.iter().flat_map(|part| &part.properties).filter(|(own, _)| own == key);
        let own: Vec<Node<'a>> = own.map(|(_, node)| node.clone()).collect();
        is_required
            && listed_values(lowering, &own)
                .is_some_and(|own| !own.iter().any(|one| values.iter().any(|other| are_equal_scalars(one, other))))
    })
}

/// Returns the values that schemas of the same value list in common, if one of them lists values and none admits null.
fn listed_values<'a>(lowering: &mut Lowering<'a, '_>, nodes: &[Node<'a>]) -> Option<Vec<&'a Value>> {
    let mut expanded = Expanded::default();
    for node in nodes {
        expand(lowering, node.clone(), &mut Vec::new(), &mut expanded);
    }
    if expanded.schemas.iter().any(|part| part.nullable) {
        return None;
    }
    let lists = expanded.schemas.into_iter().filter(|part| !part.has_open_values).filter_map(|part| part.values);
    lists.reduce(|one, other| one.into_iter().filter(|value| other.contains(value)).collect())
}
