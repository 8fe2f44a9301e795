//! Follows references, and reports those without a target.

use octogen_runtime::JsonType;
use rustc_hash::FxHashSet;

use super::check::FollowReference;
use super::files::Files;
use super::lookup::{Remark, Target};
use super::node::Node;
use super::pointer::unescape;
use super::read::{fallback, other_object, wrong_type};
use super::reference::Reference;
use super::unresolved_reference::UnresolvedReference;
use crate::diagnostic::{Code, Diagnostics, Place, Spot};

impl Files {
    /// Returns the JSON value that a `$ref` names, in the same file of the OpenAPI document or in another one. A
    /// relative reference is resolved against the `$id` around the node `from`, or else against its file.
    ///
    /// # Errors
    ///
    /// If the reference has no target. The error says why.
    pub fn resolve<'a>(&'a self, from: &Node<'a>, reference: &str) -> Result<Node<'a>, UnresolvedReference> {
        self.locate(from, reference).map(|target| self.enter(from, target.node))
    }

    /// Returns the JSON value to which a reference in a node refers. It can be a reference again, which is not followed. If
    /// there is no such value, a warning says what octogen does instead: `name` is the kind of the missing object, such as
    /// `a schema`.
    pub fn target<'a, 'r>(
        &'a self,
        from: &Node<'a>,
        reference: impl Into<Reference<'r>>,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Node<'a>> {
        let reference = reference.into();
        let place = || from.get(reference.keyword()).unwrap_or_else(|| from.clone()).place();
        let found = match reference.is_dynamic {
            true => self.locate_dynamic(from, reference.text),
            false => self.locate(from, reference.text),
        };
        match found {
            Ok(Target { node, remark }) => {
                if let Some(Remark { message, help }) = remark {
                    diagnostics.warn(Code::InexactReference, place(), message, help);
                }
                if let ["components", section, _] = *node.pointer.segments()
                    && let Some(found) = other_object(section, name)
                {
                    let message = format!("`{}` is {found}, but {name} is expected here", reference.text);
                    let help = format!("octogen reads it as {name}; correct the reference");
                    diagnostics.warn(Code::WrongReference, place(), message, help);
                }
                Some(self.enter(from, node))
            }
            Err(UnresolvedReference { message, help }) => {
                diagnostics.warn(Code::MissingReference, place(), message, format!("{}; {help}", fallback(name)));
                None
            }
        }
    }

    /// Returns the node at a place of a loaded file, if the place has a JSON pointer.
    #[must_use]
    pub fn node_at(&self, place: &Place) -> Option<Node<'_>> {
        let Spot::Pointer(pointer) = &place.spot else { return None };
        let file = self.files.values().flatten().find(|file| file.path == place.file)?;
        pointer.split('/').skip(1).try_fold(self.root_of(file), |node, part| node.step(&unescape(part)))
    }

    /// Follows references of an OpenAPI document until a value without `$ref` is reached. Returns its node, and before
    /// it the nodes with the references.
    ///
    /// A missing target is reported as a warning, and a cycle of references as an error.
    pub fn follow<'a>(&'a self, node: &Node<'a>, name: &str, diagnostics: &mut Diagnostics) -> Option<Vec<Node<'a>>> {
        let mut trail = vec![node.clone()];
        let mut seen = FxHashSet::from_iter([node.identity()]);
        while let Some(at) = trail.last()
            && let Some(reference) = read_reference(at, diagnostics)
        {
            let next = self.target(at, reference, name, diagnostics)?;
            let is_new = seen.insert(next.identity());
            trail.push(next);
            if !is_new {
                report_cycle(&trail, diagnostics);
                return None;
            }
        }
        Some(trail)
    }
}

/// Reports a cycle of references. The report is the same wherever the cycle is entered.
fn report_cycle(trail: &[Node<'_>], diagnostics: &mut Diagnostics) {
    let places: Vec<Place> = trail.iter().map(Node::place).collect();
    let first = places.iter().position(|place| Some(place) == places.last()).unwrap_or_default();
    let mut cycle = places[first + 1..].to_vec();
    let least = (0..cycle.len()).min_by_key(|&index| cycle[index].to_string()).unwrap_or_default();
    cycle.rotate_left(least);
    if let Some(place) = cycle.first().cloned() {
        cycle.push(place.clone());
        let message = format!("the references form a cycle: {}", describe_cycle(&cycle));
        let help = "replace one of these references by the object itself";
        diagnostics.error(Code::ReferenceCycle, place, message, help);
    }
}

/// Returns the message text for a cycle of references in an OpenAPI document: its JSON pointers, from the first one
/// that occurs twice. Pointers into other files than that of the first have the name of their file.
pub fn describe_cycle(places: &[Place]) -> String {
    let first = places.iter().position(|place| Some(place) == places.last()).unwrap_or_default();
    let own = places.get(first).map(|place| place.file.as_str()).unwrap_or_default();
    let pointer = |place: &Place| match &place.spot {
        Spot::Pointer(pointer) | Spot::Key(pointer) if place.file == own => format!("`#{pointer}`"),
        Spot::Pointer(pointer) | Spot::Key(pointer) => format!("`{}#{pointer}`", place.file),
        Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => format!("`{}`", place.file),
    };
    places[first..].iter().map(pointer).collect::<Vec<_>>().join(" → ")
}

impl FollowReference for Files {
    fn find_target<'a>(&'a self, from: &Node<'a>, reference: &str) -> Option<Node<'a>> {
        self.resolve(from, reference).ok()
    }

    fn report_target<'a>(
        &'a self,
        from: &Node<'a>,
        reference: &str,
        name: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Node<'a>> {
        self.target(from, reference, name, diagnostics)
    }
}

/// Returns the `$ref` of a node. Another type than a string is reported.
fn read_reference<'a>(node: &Node<'a>, diagnostics: &mut Diagnostics) -> Option<&'a str> {
    let stated = node.get("$ref")?;
    let reference = stated.value.as_str();
    if reference.is_none() {
        let message = wrong_type("`$ref`", stated.value, JsonType::String);
        let help = "octogen ignores the reference; write it as a string, such as `#/components/schemas/NAME`";
        diagnostics.warn(Code::WrongType, stated.place(), message, help);
    }
    reference
}

#[cfg(test)]
mod tests;
