//! The text and the constraints of a schema, merged over the parts of its `allOf`.

use super::Lowering;
use crate::diagnostic::{Code, Diagnostics};
use crate::document::{Node, Schema};
use crate::ir::{Constraints, Docs, ValueDocs};

/// The facts that a schema states beside the shape of its values.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) docs: Docs,
    pub(super) constraints: Constraints,
}

impl Facts {
    /// Reads the facts of schemas that describe a value together, and of the parts of their `allOf`.
    ///
    /// A schema behind a `$ref` is left out: its text describes that schema, and its constraints belong to its type.
    pub(super) fn read<'a>(lowering: &mut Lowering<'a, '_>, schemas: &[Schema<'a>]) -> Self {
        let mut facts = Self::default();
        for schema in schemas {
            facts.add_part(schema, true, lowering.diagnostics);
            let mut waiting: Vec<Node<'a>> = schema.all_of.iter().rev().cloned().collect();
            while let Some(node) = waiting.pop() {
                let part = Schema::read(node, lowering.diagnostics);
                facts.add_part(&part, false, lowering.diagnostics);
                waiting.extend(part.all_of.into_iter().rev());
            }
        }
        facts
    }

    /// Adds the facts that a schema states. A text that is there already stays, so that the outermost schema comes
    /// first. The title of a part names the part, and not the whole.
    pub(super) fn add_part(&mut self, schema: &Schema<'_>, is_whole: bool, diagnostics: &mut Diagnostics) {
        let docs = &mut self.docs;
        let title = schema.title.filter(|_| is_whole);
        docs.title = docs.title.take().or_else(|| title.map(str::to_owned));
        docs.description = docs.description.take().or_else(|| schema.description.map(str::to_owned));
        docs.deprecated |= schema.deprecated;
        docs.removal_date = docs.removal_date.take().or_else(|| schema.removal_date.map(str::to_owned));
        docs.values.extend(schema.value_docs.iter().map(|docs| ValueDocs {
            value: docs.value.clone(),
            name: docs.name.map(str::to_owned),
            description: docs.description.map(str::to_owned),
        }));
        merge_constraints(&mut self.constraints, &constraints(schema), &schema.node, diagnostics);
    }
}

/// Merges the constraints of a schema into those of the other schemas of a type. Reports limits that contradict theirs.
pub(super) fn merge_constraints(
    merged: &mut Constraints,
    other: &Constraints,
    node: &Node<'_>,
    diagnostics: &mut Diagnostics,
) {
    let were_possible = merged.has_possible_limits() && other.has_possible_limits();
    merged.add(other);
    if were_possible && !merged.has_possible_limits() {
        let message = "the limits contradict those of another schema that `allOf` or `$ref` combines with this one, so \
            that no value fits";
        let help = "octogen documents the limits and does not check them; correct one of them";
        diagnostics.warn(Code::AllOfConflict, node.place(), message, help);
    }
}

/// The constraints that the keywords of one schema state.
pub(super) fn constraints(schema: &Schema<'_>) -> Constraints {
    Constraints {
        minimum: schema.minimum.cloned(),
        maximum: schema.maximum.cloned(),
        is_constant: schema.is_constant,
        read_only: schema.read_only,
        write_only: schema.write_only,
        default: schema.default.as_ref().map(|default| default.value.clone()),
        is_untyped: is_untyped(schema),
        keys_are_data: !schema.patterns.is_empty() || schema.names_keys,
    }
}

fn is_untyped(schema: &Schema<'_>) -> bool {
    let parts = [&schema.all_of, &schema.one_of, &schema.any_of];
    let is_alone = schema.reference.is_none() && parts.iter().all(|part| part.is_empty());
    schema.types.is_empty() && !schema.properties.is_empty() && is_alone
}
