//! Which operations reach a type.

use std::collections::BTreeMap;

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
    let mut roots: BTreeMap<&str, Vec<TypeId>> = BTreeMap::new();
    for operation in &api.operations {
        let tag = operation.tags.first().map_or("", String::as_str);
        roots.entry(tag).or_default().extend(of_request(operation).into_iter().chain(of_responses(operation)));
    }
    // One walk per tag, not per operation: large descriptions have thousands of operations that reach the same types.
    let mut areas: Vec<Area<'_>> = vec![Area::Nobody; api.types.count()];
    for (tag, roots) in roots {
        let mut reached = vec![false; api.types.count()];
        reach(api, shared, roots, &mut reached);
        for (area, _) in areas.iter_mut().zip(reached).filter(|(_, reached)| *reached) {
            *area = if *area == Area::Nobody { Area::One(tag) } else { Area::Several };
        }
    }
    let name = |area: Area<'_>| match area {
        Area::One(tag) if !tag.is_empty() => Some(tag.to_owned()),
        _ => None,
    };
    areas.into_iter().map(name).collect()
}

/// Whose operations reach a type.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area<'a> {
    Nobody,
    One(&'a str),
    Several,
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
