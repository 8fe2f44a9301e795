//! Properties that only requests or only responses have.

use crate::ir::{Api, Field, Operation, Shape, TypeId, Types};

/// Makes required properties optional if one direction leaves them out.
///
/// A request leaves out read-only properties, a response write-only ones. One model serves both directions, so that a
/// required property is optional in each model that the other direction can hold. Requests still need a write-only one.
pub(super) fn relax_required(Api { types, operations, .. }: &mut Api) {
    let in_requests = reachable(types, operations.iter().flat_map(Operation::request_types).collect());
    let in_responses = reachable(types, operations.iter().flat_map(Operation::response_types).collect());
    for id in types.ids() {
        let Shape::Object(object) = &types[id].shape else {
            continue;
        };
        let is_left_out = |field: &Field| {
            let constraints = &types[field.ty.id].constraints;
            let read_only = field.constraints.read_only || constraints.read_only;
            let write_only = field.constraints.write_only || constraints.write_only;
            (read_only && in_requests[id.0], write_only && in_responses[id.0])
        };
        let left_out: Vec<(bool, bool)> = object.fields.iter().map(is_left_out).collect();
        if let Shape::Object(object) = &mut types[id].shape {
            for (field, (by_requests, by_responses)) in object.fields.iter_mut().zip(left_out) {
                field.required_in_requests |= field.required && by_responses && !by_requests;
                field.required_in_responses |= field.required && by_requests && !by_responses;
                field.required &= !by_requests && !by_responses;
            }
        }
    }
}

/// Returns for each type whether a value of one of the given types can hold it.
fn reachable(types: &Types, from: Vec<TypeId>) -> Vec<bool> {
    let mut reachable = vec![false; types.count()];
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut reachable[id.0], true) {
            waiting.extend(types[id].shape.children());
        }
    }
    reachable
}
