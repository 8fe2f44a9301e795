//! Schema resources: the values to which references within them are relative.

use super::files::Files;
use super::identifiers::{Location, own_uri};
use super::node::Node;
use super::relative::uri_of_file;

/// The resource that a value belongs to.
pub(super) struct Resource<'a> {
    pub(super) root: Node<'a>,
    pub(super) uri: String,
}

impl Files {
    /// Returns the resource that a value belongs to: the innermost schema around it with an `$id`, or its file.
    pub(super) fn resource_of<'a>(&'a self, from: &Node<'a>) -> Resource<'a> {
        let mut at = self.root_of(from.file);
        let mut resource = Resource { root: at.clone(), uri: uri_of_file(self.path_of(from.file)) };
        if self.identifiers.resources.is_empty() {
            return resource;
        }
        for segment in std::iter::once(None).chain(from.pointer.segments().into_iter().map(Some)) {
            match segment.map(|segment| at.step(segment)) {
                None => {}
                Some(Some(child)) => at = child,
                Some(None) => break,
            }
            if let Some(uri) = own_uri(at.value, &resource.uri) {
                resource = Resource { root: at.clone(), uri };
            }
        }
        resource
    }

    /// Returns the location of the root of the resource that a value belongs to.
    pub(super) fn resource_location(&self, location: &Location) -> Location {
        let root = self.value_at(location).map(|node| self.location_of(&self.resource_of(&node).root));
        root.unwrap_or_else(|| Location { file: location.file.clone(), segments: Vec::new() })
    }

    /// Returns the value at a location.
    pub(super) fn value_at(&self, location: &Location) -> Option<Node<'_>> {
        let file = self.files.get(&location.file)?.as_ref().ok()?;
        location.segments.iter().try_fold(self.root_of(file), |node, segment| node.step(segment))
    }

    /// Returns the location of a value.
    pub(super) fn location_of(&self, node: &Node<'_>) -> Location {
        let segments = node.pointer.segments().into_iter().map(str::to_owned).collect();
        Location { file: self.path_of(node.file).to_owned(), segments }
    }
}
