//! Keys that only requests or only responses have.

use crate::ir::{Operation, Shape, TypeId, Types};

/// A key that is required is so only where it is sent at all: a request leaves out what is read-only, a response what is
/// write-only. One model serves both, so that the key is optional in each model that the other side can hold.
pub(super) fn relax(types: &mut Types, operations: &[Operation]) {
    let in_requests = reached(types, operations.iter().flat_map(Operation::request_types).collect());
    let in_responses = reached(types, operations.iter().flat_map(Operation::response_types).collect());
    for id in types.ids() {
        let Shape::Object(mut object) = types[id].shape.clone() else {
            continue;
        };
        for field in object.fields.iter_mut().filter(|field| field.required) {
            let constraints = &types[types.behind(field.ty)].constraints;
            let read_only = field.constraints.read_only || constraints.read_only;
            let write_only = field.constraints.write_only || constraints.write_only;
            field.required = !(read_only && in_requests[id.0] || write_only && in_responses[id.0]);
        }
        types[id].shape = Shape::Object(object);
    }
}

fn reached(types: &Types, from: Vec<TypeId>) -> Vec<bool> {
    let mut reached = vec![false; types.count()];
    let mut waiting = from;
    while let Some(id) = waiting.pop() {
        if !std::mem::replace(&mut reached[id.0], true) {
            waiting.extend(types[id].shape.children());
        }
    }
    reached
}
