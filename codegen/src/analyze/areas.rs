//! Which operations reach a type.

use std::collections::BTreeSet;

use super::children;
use crate::ir::{Api, ContentKind, Operation, TypeId};

/// By type: whether a request can hold it.
pub(super) fn in_requests(api: &Api, shared: &[TypeId]) -> Vec<bool> {
    let mut reached = vec![false; api.types.count()];
    for operation in &api.operations {
        reach(api, shared, of_request(operation), &mut reached);
    }
    reached
}

/// By type: the first tag of the operations that reach it, if it is the same for all of them.
pub(super) fn areas(api: &Api, shared: &[TypeId]) -> Vec<Option<String>> {
    let mut tags: Vec<BTreeSet<&str>> = vec![BTreeSet::new(); api.types.count()];
    for operation in &api.operations {
        let mut reached = vec![false; api.types.count()];
        reach(api, shared, of_request(operation), &mut reached);
        reach(api, shared, of_responses(operation), &mut reached);
        let tag = operation.tags.first().map_or("", String::as_str);
        for (id, _) in reached.iter().enumerate().filter(|(_, reached)| **reached) {
            tags[id].insert(tag);
        }
    }
    let only = |tags: BTreeSet<&str>| if tags.len() == 1 { tags.first().map(|tag| (*tag).to_owned()) } else { None };
    tags.into_iter().map(only).map(|tag| tag.filter(|tag| !tag.is_empty())).collect()
}

fn of_request(operation: &Operation) -> Vec<TypeId> {
    let body = operation.body.as_ref().and_then(|body| json(body.content.kind));
    operation.parameters.iter().map(|parameter| parameter.ty).chain(body).collect()
}

fn of_responses(operation: &Operation) -> Vec<TypeId> {
    operation.responses.iter().filter_map(|response| response.content).filter_map(json).collect()
}

fn json(kind: ContentKind) -> Option<TypeId> {
    match kind {
        ContentKind::Json(ty) => Some(ty),
        ContentKind::Text | ContentKind::Bytes => None,
    }
}

fn reach(api: &Api, shared: &[TypeId], from: Vec<TypeId>, reached: &mut [bool]) {
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        let id = shared[id.0];
        if !std::mem::replace(&mut reached[id.0], true) {
            waiting.extend(children(&api.types[id].shape));
        }
    }
}
