//! Dynamic references: `$dynamicRef` and `$dynamicAnchor` of JSON Schema 2020-12.
//!
//! A `$dynamicRef` refers to the outermost schema with its `$dynamicAnchor` among the schemas through which it was
//! reached. A schema that contains one is therefore a template, and each schema that refers to it can give it another
//! meaning. A node carries this meaning as its scope.
//! <https://json-schema.org/draft/2020-12/json-schema-core#section-8.2.3.2>

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::files::Files;
use super::identifiers::Location;
use super::node::Node;
use super::reference::Reference;
use super::scope::Scope;

impl Files {
    /// Finds the names of the dynamic anchors on which each referenced schema depends, directly or through others.
    pub(super) fn find_dynamic_names(&self) -> FxHashMap<Location, BTreeSet<String>> {
        let mut names: FxHashMap<Location, BTreeSet<String>> = FxHashMap::default();
        if !self.identifiers.has_dynamic_references {
            return names;
        }
        let mut referrers: FxHashMap<Location, Vec<Location>> = FxHashMap::default();
        let roots = self.files.keys().map(|file| Location { file: file.clone(), segments: Vec::new() });
        let mut waiting: Vec<Location> = roots.collect();
        while let Some(schema) = waiting.pop() {
            let Some(node) = self.value_at(&schema).filter(|_| !names.contains_key(&schema)) else { continue };
            let mut own = BTreeSet::new();
            for (from, reference) in references_within(node) {
                let mut targets: Vec<Location> =
                    self.resolve(&from, reference.text).iter().map(|node| self.location_of(node)).collect();
                if let Some((_, name)) = reference.text.split_once('#').filter(|_| reference.is_dynamic) {
                    own.insert(name.to_owned());
                    let anchors = self.identifiers.anchors.get(name).into_iter().flatten();
                    targets.extend(anchors.filter(|anchor| anchor.is_dynamic).map(|anchor| anchor.schema.clone()));
                }
                for target in targets {
                    referrers.entry(target.clone()).or_default().push(schema.clone());
                    waiting.push(target);
                }
            }
            names.insert(schema, own);
        }
        let mut changed: Vec<Location> = names.keys().cloned().collect();
        while let Some(target) = changed.pop() {
            let inner = names.get(&target).cloned().unwrap_or_default();
            for referrer in referrers.get(&target).into_iter().flatten() {
                let outer = names.entry(referrer.clone()).or_default();
                if !inner.is_subset(outer) {
                    outer.extend(inner.iter().cloned());
                    changed.push(referrer.clone());
                }
            }
        }
        names.retain(|_, names| !names.is_empty());
        names
    }

    /// Returns the target of a reference in the scope in which `from` refers to it.
    pub(super) fn enter<'a>(&'a self, from: &Node<'a>, target: Node<'a>) -> Node<'a> {
        if self.dynamic_names.is_empty() {
            return target;
        }
        let mut anchors = BTreeMap::new();
        for name in self.dynamic_names.get(&self.location_of(&target)).into_iter().flatten() {
            let bound = self.dynamic_anchor(from, name);
            // An anchor that the target has itself is not a difference.
            if let Some(bound) = bound.filter(|bound| self.anchor_around(&target, name) != Some(*bound)) {
                anchors.insert(name.clone(), bound.clone());
            }
        }
        Node { scope: Scope::new(anchors), ..target }
    }

    /// Returns the schema that a `$dynamicRef` with that name refers to, if it is within `from`.
    pub(super) fn dynamic_anchor<'a>(&'a self, from: &'a Node<'_>, name: &str) -> Option<&'a Location> {
        from.scope.get(name).or_else(|| self.anchor_around(from, name))
    }

    /// Returns the outermost schema with a dynamic anchor that belongs to a schema around `node`: it is one of them, is
    /// among their `$defs`, or has the same `$id` around it.
    fn anchor_around(&self, node: &Node<'_>, name: &str) -> Option<&Location> {
        let at = self.location_of(node);
        let anchors = || {
            let anchors = self.identifiers.anchors.get(name).into_iter().flatten();
            anchors.filter(|anchor| anchor.is_dynamic && anchor.schema.file == at.file)
        };
        let around = anchors().filter(|anchor| at.segments.starts_with(owner(&anchor.schema.segments)));
        let outermost = around.min_by_key(|anchor| owner(&anchor.schema.segments).len());
        let resource = self.resource_location(&at);
        outermost
            .or_else(|| anchors().find(|anchor| anchor.resource == resource && !resource.segments.is_empty()))
            .map(|anchor| &anchor.schema)
    }
}

/// Returns the pointer of the schema that an anchor belongs to: that which has the schema under `$defs`, or else the
/// schema itself.
fn owner(schema: &[String]) -> &[String] {
    match schema {
        [outer @ .., keyword, _] if matches!(keyword.as_str(), "$defs" | "definitions") => outer,
        own => own,
    }
}

/// Returns the references within a value, each with the node that has it.
fn references_within(value: Node<'_>) -> Vec<(Node<'_>, Reference<'_>)> {
    let mut found = Vec::new();
    let mut waiting = vec![value];
    while let Some(node) = waiting.pop() {
        let text = |keyword: &str| node.value.get(keyword).and_then(|value| value.as_str());
        found.extend(text("$ref").map(|text| (node.clone(), Reference::from(text))));
        found.extend(text("$dynamicRef").map(|text| (node.clone(), Reference { text, is_dynamic: true })));
        waiting.extend(node.items());
        waiting.extend(node.entries().into_iter().map(|(_, child)| child));
    }
    found
}
