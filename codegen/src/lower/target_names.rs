//! Names of the schemas that references name: a component has its own name, and any other schema the name of its place.

use super::media_types::{self, is_plain_json};
use crate::document::{Branch, ComponentKind, Node, PathStep};
use crate::ir::Origin;

/// Returns the origin of a schema that a reference names.
pub(super) fn origin(node: &Node<'_>) -> Origin {
    if let Some(name) = node.schema_component() {
        return Origin::Component(name.to_owned());
    }
    if node.has_meaningful_path() {
        let place = PlaceName::of(&node.path_steps());
        return Origin::Place { root: place.root.join(" "), steps: place.steps };
    }
    Origin::Component(node.last_name().unwrap_or("schema").to_owned())
}

/// The name of a place: the words that name an inline type at this place.
#[derive(Default)]
struct PlaceName {
    /// The component or the part of an operation around the place.
    root: Vec<String>,
    /// The steps from the root.
    steps: Vec<String>,
}

impl PlaceName {
    /// Returns the name of a place with this path.
    fn of(path: &[PathStep<'_>]) -> Self {
        let mut name = Self::default();
        for (index, step) in path.iter().enumerate() {
            let is_last = index + 1 == path.len();
            match step {
                PathStep::PathItem(path) => name.push_root(*path),
                PathStep::Operation { path, method, id } => {
                    name.push_root(id.map_or_else(|| format!("{method} {path}"), str::to_owned));
                }
                PathStep::Webhook(webhook) => name.push_root(*webhook),
                PathStep::Component { kind, name: component } => {
                    name.push_root(*component);
                    name.root.extend(role(*kind).map(str::to_owned));
                }
                PathStep::Parameter(parameter) => name.push_root(*parameter),
                PathStep::RequestBody => name.push_root("body"),
                PathStep::Response("200" | "2XX" | "2xx") => name.push_root("response"),
                PathStep::Response(status) => name.push_root(format!("response {}", status.to_ascii_lowercase())),
                PathStep::MediaType { name: media_type, all } => name.add_media_type(media_type, all),
                // The properties of a part of `allOf` belong to the whole.
                PathStep::Part(_) if !is_last => {}
                PathStep::Schema => {}
                PathStep::Part(branch) | PathStep::Branch(branch) => name.extend_last(&branch_name(*branch)),
                PathStep::Property(key) | PathStep::Other(key) => name.push(key),
                PathStep::Items => name.extend_last("item"),
                PathStep::Element(index) => name.extend_last(&format!("element{index}")),
                PathStep::AdditionalProperties => name.extend_last("value"),
            }
        }
        name
    }

    /// Adds a part of an operation. What comes before it is a part of the root.
    fn push_root(&mut self, part: impl Into<String>) {
        self.root.append(&mut self.steps);
        self.root.push(part.into());
    }

    /// Adds the label of a media type, unless octogen chooses that one: plain JSON, or else the first.
    fn add_media_type(&mut self, media_type: &str, all: &[&str]) {
        let chosen = all.iter().find(|one| is_plain_json(one)).or(all.first());
        if chosen != Some(&media_type) {
            self.root.insert(self.root.len().saturating_sub(1), media_types::label(media_type));
        }
    }

    /// Adds a step that has a name.
    fn push(&mut self, step: &str) {
        let words = if self.root.is_empty() { &mut self.root } else { &mut self.steps };
        words.push(step.to_owned());
    }

    /// Adds a step without a name of its own, such as the items of an array, to the step before it.
    fn extend_last(&mut self, words: &str) {
        match self.steps.last_mut() {
            Some(last) => {
                last.push(' ');
                last.push_str(words);
            }
            None => self.push(words),
        }
    }
}

fn role(kind: ComponentKind) -> Option<&'static str> {
    match kind {
        ComponentKind::Response => Some("response"),
        ComponentKind::RequestBody => Some("body"),
        ComponentKind::Header => Some("header"),
        ComponentKind::Other => None,
    }
}

/// Returns the name of a part of a composed schema: its title, its first property, or its position.
fn branch_name(branch: Branch<'_>) -> String {
    match (branch.title, branch.first_property) {
        (Some(title), _) => title.to_owned(),
        (None, Some(key)) => format!("with {key}"),
        (None, None) => format!("part {}", branch.index),
    }
}
