//! The dynamic scope of a value.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::identifiers::Location;

/// The schemas that the `$dynamicRef`s within a value refer to, by the names of their anchors. It is empty for most
/// values.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Scope(Option<Arc<BTreeMap<String, Location>>>);

impl Scope {
    pub(super) fn new(anchors: BTreeMap<String, Location>) -> Self {
        Self((!anchors.is_empty()).then(|| Arc::new(anchors)))
    }

    pub(super) fn get(&self, name: &str) -> Option<&Location> {
        self.0.as_ref()?.get(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_none()
    }
}
