//! The parts of a schema: its own keywords, those behind `$ref` and `allOf`, and those of one branch of each union.

use std::rc::Rc;

use octogen_runtime::Value;
use rustc_hash::FxHashMap;

use crate::diagnostic::Diagnostics;
use crate::document::{Additional, Files, Identity, Node, Schema};

/// The maximum number of schemas that describe one value together.
const MAX_PARTS: usize = 64;

/// Keywords that constrain a value in a way that the maker does not follow.
const OPAQUE: [&str; 13] = [
    "not",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "contains",
    "contentSchema",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
    "$dynamicRef",
    "$recursiveRef",
    "$id",
];

/// The schemas that hold for one value.
pub(super) struct Parts<'a> {
    pub(super) schemas: Vec<Rc<Schema<'a>>>,
    /// The largest number of branches of a union among them.
    pub(super) branches: usize,
    /// Discriminator properties with their values for the chosen branches.
    pub(super) tags: Vec<(&'a str, String)>,
}

/// The schemas of a document. Each is read once for all values of one schema.
pub(super) struct Schemas<'a> {
    files: &'a Files,
    /// The schemas that were read. `None` is a schema that the maker does not follow.
    read: FxHashMap<Identity, Option<Rc<Schema<'a>>>>,
    /// The targets of references, by the value with the reference.
    targets: FxHashMap<Identity, Option<Node<'a>>>,
}

impl<'a> Schemas<'a> {
    pub(super) fn new(files: &'a Files) -> Self {
        Self { files, read: FxHashMap::default(), targets: FxHashMap::default() }
    }

    fn read(&mut self, node: Node<'a>) -> Option<Rc<Schema<'a>>> {
        self.read.entry(node.identity()).or_insert_with(|| read(node)).clone()
    }

    /// Forgets the schemas that were read, since all schemas of a large document take much memory.
    pub(super) fn forget(&mut self) {
        self.read.clear();
    }

    /// Returns the schema that the `$ref` of a node names.
    pub(super) fn target(&mut self, node: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        let resolve = || self.files.resolve(node, reference).ok();
        self.targets.entry(node.identity()).or_insert_with(resolve).clone()
    }
}

/// Reads a schema. Returns `None` if it has no value, or a keyword that the maker does not follow.
fn read(node: Node<'_>) -> Option<Rc<Schema<'_>>> {
    let keywords = node.value.as_object().into_iter().flatten();
    let is_opaque = keywords.into_iter().any(|(keyword, _)| OPAQUE.contains(&keyword.as_str()));
    let schema = (!is_opaque).then(|| Schema::read(node, &mut Diagnostics::default()))?;
    (!schema.nothing).then(|| Rc::new(schema))
}

/// Collects the parts of a schema, with the branch of each union that the number selects. Returns `None` if a part has a
/// keyword that the maker does not follow.
pub(super) fn collect<'a>(schemas: &mut Schemas<'a>, node: &Node<'a>, number: usize) -> Option<Parts<'a>> {
    let mut parts = Parts { schemas: Vec::new(), branches: 0, tags: Vec::new() };
    let root = node;
    let mut waiting = vec![node.clone()];
    while let Some(node) = waiting.pop() {
        if parts.schemas.iter().any(|earlier| earlier.node.is(&node)) {
            continue;
        }
        let schema = schemas.read(node)?;
        if parts.schemas.len() == MAX_PARTS {
            return None;
        }
        if let Some(reference) = schema.reference {
            if reference.is_dynamic {
                return None;
            }
            waiting.push(schemas.target(&schema.node, reference.text)?);
        }
        waiting.extend(schema.all_of.iter().cloned());
        let has_groups = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        // Branches of two unions at once may exclude one another.
        let is_second = parts.branches > 0 && parts.schemas.iter().any(|schema| !schema.all_of.is_empty());
        if (!schema.one_of.is_empty() && !schema.any_of.is_empty()) || (has_groups && is_second) {
            return None;
        }
        for group in [&schema.one_of, &schema.any_of] {
            let Some(branch) = group.get(number % group.len().max(1)) else { continue };
            // A schema that extends the schema of the union is the branch itself.
            if group.iter().any(|branch| parts.has_target(schemas, branch)) {
                if parts.branches > 0 {
                    return None;
                }
                continue;
            }
            parts.branches = parts.branches.max(group.len());
            waiting.push(branch.clone());
        }
        if let Some(discriminator) = &schema.discriminator {
            let branches = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
            let branch = branches.get(number % branches.len().max(1));
            let chosen = match branch {
                Some(branch) => branch.reference().map(|reference| (reference.to_owned(), last_segment(reference))),
                // The schema extends this one, whose own values need a discriminator value as well.
                None => component_name(root),
            };
            let (reference, name) = chosen?;
            // The schema is a base, whose values are those of its subtypes.
            if branches.is_empty() && last_segment(&schema.node.pointer.text()) == name {
                return None;
            }
            let names = |target: &str| target == reference || last_segment(target) == name;
            let mapped = discriminator.mapping.iter().find(|(_, target)| names(target.text));
            parts.tags.push((discriminator.property, mapped.map_or(name.clone(), |(value, _)| (*value).to_owned())));
        }
        parts.schemas.push(schema);
    }
    Some(parts)
}

/// Returns the reference to a component and its name, for a component or a reference to it.
fn component_name(node: &Node<'_>) -> Option<(String, String)> {
    let own = || format!("#{}", node.pointer);
    let reference = node.reference().map_or_else(own, str::to_owned);
    let name = last_segment(&reference);
    let is_component = reference.rsplit_once('/').is_some_and(|(before, _)| before.ends_with("/components/schemas"));
    is_component.then_some((reference, name))
}

fn last_segment(reference: &str) -> String {
    reference.rsplit('/').next().unwrap_or_default().replace("~1", "/").replace("~0", "~")
}

impl<'a> Parts<'a> {
    /// Returns whether a branch refers to one of the parts.
    fn has_target(&self, schemas: &mut Schemas<'a>, branch: &Node<'a>) -> bool {
        let target = branch.reference().and_then(|reference| schemas.target(branch, reference));
        target.is_some_and(|target| self.schemas.iter().any(|schema| schema.node.is(&target)))
    }

    /// Returns the values of a keyword in all parts.
    pub(super) fn keyword(&self, keyword: &str) -> impl Iterator<Item = &'a Value> {
        self.schemas.iter().filter_map(move |schema| schema.node.value.get(keyword))
    }

    /// Returns whether any part has a keyword.
    pub(super) fn has(&self, keyword: &str) -> bool {
        self.keyword(keyword).next().is_some()
    }

    /// Returns the greatest lower limit and the least upper limit of counts, such as lengths.
    pub(super) fn counts(&self, least: &str, most: &str) -> (usize, Option<usize>) {
        let count = |value: &Value| usize::try_from(value.as_i64()?).ok();
        (self.keyword(least).filter_map(count).max().unwrap_or(0), self.keyword(most).filter_map(count).min())
    }

    /// Returns the documented values that all parts have in common, if any part lists values.
    pub(super) fn values(&self) -> Option<Vec<&'a Value>> {
        let mut lists = self.schemas.iter().filter_map(|schema| schema.values.as_ref());
        let first = lists.next()?.clone();
        Some(lists.fold(first, |common, list| common.into_iter().filter(|value| list.contains(value)).collect()))
    }

    /// Returns the schemas of a property in all parts.
    pub(super) fn property(&self, key: &str) -> Vec<Node<'a>> {
        let all = self.schemas.iter().flat_map(|schema| &schema.properties);
        all.filter(|(name, _)| *name == key).map(|(_, node)| node.clone()).collect()
    }

    /// Returns the schema of undeclared keys: `None` if there may be none, and `Some(None)` if they have any value.
    pub(super) fn additional(&self) -> Option<Option<Node<'a>>> {
        let mut stated = self.schemas.iter().filter(|schema| !matches!(schema.additional, Additional::Unstated));
        match (stated.next().map(|schema| &schema.additional), stated.next()) {
            (Some(Additional::Schema(node)), None) => Some(Some(node.clone())),
            (Some(Additional::Any), None) => Some(None),
            _ => None,
        }
    }
}
