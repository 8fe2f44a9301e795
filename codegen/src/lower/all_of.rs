//! The parts of a type: `$ref`, `allOf`, and the schemas behind them.

use super::Lowering;
use super::facts::{Facts, constraints, merge_constraints};
use super::integers::exceeds_64_bits;
use super::merge::{own_part, states_only_a_type};
use super::references::referenced;
use crate::diagnostic::Code;
use crate::document::{Node, Schema};
use crate::ir::Constraints;

/// The depth of references in `allOf`. Deeper parts are ignored with a warning.
const MAX_ALL_OF_DEPTH: usize = 64;

/// A part of a type.
pub(super) enum Part<'a> {
    /// A schema with keywords of its own.
    Own(Box<Schema<'a>>),
    /// A referenced schema, whose type may be the whole type.
    Reference(Node<'a>),
}

/// Opens `$ref` and `allOf` of schemas, but no referenced schema. Adds the facts of all parts.
pub(super) fn flatten_all_of<'a>(
    lowering: &mut Lowering<'a, '_>,
    schemas: Vec<Schema<'a>>,
    is_whole: bool,
    facts: &mut Facts,
) -> Vec<Part<'a>> {
    let mut flat = Vec::new();
    for schema in schemas {
        facts.add_part(&schema, is_whole, lowering.diagnostics);
        if let Some(reference) = schema.reference
            && let Some(node) = referenced(lowering, &schema.node, reference)
        {
            flat.push(Part::Reference(node));
        }
        let parts = schema.all_of.iter().map(|node| Schema::read(node.clone(), lowering.diagnostics)).collect();
        let own = own_part(schema);
        if own.is_structural() || widens_integers(&own) {
            flat.push(Part::Own(Box::new(own)));
        }
        flat.extend(flatten_all_of(lowering, parts, false, facts));
    }
    // `type: object` beside a reference adds nothing to it.
    if flat.iter().any(|part| matches!(part, Part::Reference(..))) {
        flat.retain(
            |part| !matches!(part, Part::Own(schema) if states_only_a_type(schema) && !widens_integers(schema)),
        );
    }
    flat
}

/// Returns whether the limits of a schema change which integer type holds the values.
fn widens_integers(schema: &Schema<'_>) -> bool {
    exceeds_64_bits(&constraints(schema))
}

/// The schemas behind references, those of their own `$ref` and `allOf` included.
#[derive(Default)]
pub(super) struct Expanded<'a> {
    /// The schemas with keywords about the shape.
    pub(super) schemas: Vec<Schema<'a>>,
    /// The constraints of all schemas.
    pub(super) constraints: Constraints,
    /// All schemas, each once: a schema that several parts share would double the work at each level.
    pub(super) opened: Vec<Node<'a>>,
}

/// Adds a schema, and the schemas behind its `$ref` and `allOf`.
pub(super) fn expand<'a>(
    lowering: &mut Lowering<'a, '_>,
    node: Node<'a>,
    trail: &mut Vec<Node<'a>>,
    expanded: &mut Expanded<'a>,
) {
    let around = trail.iter().any(|earlier| earlier.is(&node));
    if around || trail.len() > MAX_ALL_OF_DEPTH {
        let (code, message) = if around {
            let message = "the `allOf` of this schema contains the schema itself, directly or through other schemas";
            (Code::SchemaCycle, message)
        } else {
            (Code::DeepNesting, "the schemas under `allOf` are nested too deeply")
        };
        let help = "octogen ignores the parts of `allOf` from this schema on; remove the reference to it";
        lowering.diagnostics.warn(code, node.place(), message, help);
        return;
    }
    if expanded.opened.iter().any(|earlier| earlier.is(&node)) {
        return;
    }
    let schema = Schema::read(node.clone(), lowering.diagnostics);
    merge_constraints(&mut expanded.constraints, &constraints(&schema), &node, lowering.diagnostics);
    expanded.opened.push(node.clone());
    trail.push(node);
    if let Some(reference) = schema.reference
        && let Some(target) = referenced(lowering, &schema.node, reference)
    {
        expand(lowering, target, trail, expanded);
    }
    let inner = schema.all_of.clone();
    let own = own_part(schema);
    if own.is_structural() || own.nullable {
        expanded.schemas.push(own);
    }
    for node in inner {
        expand(lowering, node, trail, expanded);
    }
    trail.pop();
}

/// Returns the schemas that a schema consists of, itself included.
pub(super) fn parts<'a>(lowering: &mut Lowering<'a, '_>, node: Node<'a>) -> Vec<Node<'a>> {
    let mut expanded = Expanded::default();
    expand(lowering, node, &mut Vec::new(), &mut expanded);
    expanded.opened
}
