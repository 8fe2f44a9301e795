//! Properties under a condition: those that `then`, `else` and `dependentSchemas` declare.

use std::collections::VecDeque;

use indexmap::IndexMap;

use super::Lowering;
use crate::document::{Condition, Node, OpenApiObject, Schema};

/// A property that only schemas under a condition declare.
#[derive(Debug, Default)]
pub(super) struct ConditionalProperty<'a> {
    /// The schemas that declare it, one of which applies.
    pub(super) nodes: Vec<Node<'a>>,
    /// One of the schemas applies to every value. If not, any value fits where no condition holds.
    pub(super) is_always_declared: bool,
}

/// The properties of schemas that apply under a condition, by their keys.
type Properties<'a> = IndexMap<&'a str, ConditionalProperty<'a>>;

/// Returns the properties that schemas under these conditions declare.
pub(super) fn conditional_properties<'a>(
    lowering: &mut Lowering<'a, '_>,
    conditions: &[Condition<'a>],
) -> Properties<'a> {
    let mut found = Properties::new();
    for condition in conditions {
        let then = declared_in(lowering, condition.then.as_ref());
        let otherwise = declared_in(lowering, condition.otherwise.as_ref());
        add_branches(&mut found, then, otherwise);
    }
    found
}

/// Adds the properties of the two branches of a condition.
fn add_branches<'a>(found: &mut Properties<'a>, then: Properties<'a>, otherwise: Properties<'a>) {
    let always = |branch: &Properties<'a>, key: &str| branch.get(key).is_some_and(|one| one.is_always_declared);
    let in_both: Vec<&str> = then.keys().copied().filter(|key| always(&then, key) && always(&otherwise, key)).collect();
    for (key, property) in then.into_iter().chain(otherwise) {
        let all = found.entry(key).or_default();
        all.is_always_declared |= in_both.contains(&key);
        all.nodes.extend(property.nodes);
    }
}

/// Returns the properties that a schema declares, itself or through `$ref`, `allOf`, `oneOf`, `anyOf` and further
/// conditions.
fn declared_in<'a>(lowering: &mut Lowering<'a, '_>, schema: Option<&Node<'a>>) -> Properties<'a> {
    let mut found = Properties::new();
    let mut seen: Vec<Node<'a>> = Vec::new();
    let mut waiting: VecDeque<(Node<'a>, bool)> = schema.map(|node| (node.clone(), true)).into_iter().collect();
    while let Some((node, always)) = waiting.pop_front() {
        if seen.iter().any(|earlier| earlier.is(&node)) {
            continue;
        }
        seen.push(node.clone());
        let schema = Schema::read(node, lowering.diagnostics);
        for (key, node) in schema.properties {
            let property = found.entry(key).or_default();
            property.is_always_declared |= always;
            property.nodes.push(node);
        }
        let target = schema
            .reference
            .and_then(|reference| lowering.files.target(&schema.node, reference, Schema::NAME, lowering.diagnostics));
        waiting.extend(target.into_iter().chain(schema.all_of).map(|node| (node, always)));
        let branches = schema.conditions.into_iter().flat_map(|one| one.then.into_iter().chain(one.otherwise));
        waiting.extend(schema.one_of.into_iter().chain(schema.any_of).chain(branches).map(|node| (node, false)));
    }
    found
}
