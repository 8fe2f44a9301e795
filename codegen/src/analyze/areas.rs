//! The operations and webhooks that use a type.

use std::collections::BTreeMap;

use crate::ir::{Api, TypeId};

/// Returns for each type whether a request can hold it. Without operations and webhooks, the document has types for requests
/// and responses that it does not describe.
pub(super) fn in_requests(api: &Api, shared: &[TypeId]) -> Vec<bool> {
    if api.operations.is_empty() && api.webhooks.is_empty() {
        return vec![true; api.types.count()];
    }
    let mut reached = vec![false; api.types.count()];
    for operation in &api.operations {
        reach(api, shared, operation.request_types(), &mut reached);
    }
    reached
}

/// A group of operations or webhooks that uses a type: the operations of one tag, those without a tag, or the webhooks.
/// It decides which Cargo feature and which module of the emitted crate a type belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The operations with this first tag.
    Tag(String),
    /// The operations without a tag.
    Untagged,
    /// The webhooks.
    Webhooks,
    /// No operation and no webhook uses the type.
    Nowhere,
}

/// The areas that use each type.
#[derive(Debug)]
pub(super) struct Areas {
    pub(super) all: Vec<Area>,
    /// For each type, the indices of its areas.
    pub(super) of: Vec<Vec<usize>>,
}

/// Finds the areas that use each type.
pub(super) fn areas(api: &Api, shared: &[TypeId]) -> Areas {
    let mut roots: BTreeMap<Area, Vec<TypeId>> = BTreeMap::new();
    for operation in &api.operations {
        let area = operation.tags.first().map_or(Area::Untagged, |tag| Area::Tag(tag.clone()));
        roots.entry(area).or_default().extend(operation.request_types().into_iter().chain(operation.response_types()));
    }
    if !api.webhooks.is_empty() {
        roots.insert(
            Area::Webhooks,
            api.webhooks.iter().filter_map(|webhook| webhook.payload).map(|used| used.id).collect(),
        );
    }
    // One walk per area, not per operation: large descriptions have thousands of operations that reach the same types.
    let mut areas = Areas { all: Vec::new(), of: vec![Vec::new(); api.types.count()] };
    for (area, roots) in roots {
        add(api, shared, &mut areas, area, roots);
    }
    let left = api.types.ids().filter(|id| areas.of[shared[id.0].0].is_empty()).collect();
    add(api, shared, &mut areas, Area::Nowhere, left);
    areas
}

fn add(api: &Api, shared: &[TypeId], areas: &mut Areas, area: Area, roots: Vec<TypeId>) {
    let mut reached = vec![false; api.types.count()];
    reach(api, shared, roots, &mut reached);
    for (of, _) in areas.of.iter_mut().zip(reached).filter(|(_, reached)| *reached) {
        of.push(areas.all.len());
    }
    areas.all.push(area);
}

fn reach(api: &Api, shared: &[TypeId], from: Vec<TypeId>, reached: &mut [bool]) {
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        let id = shared[id.0];
        if !std::mem::replace(&mut reached[id.0], true) {
            waiting.extend(api.types[id].shape.children());
        }
    }
}
