//! Payloads that the documentation writes once and shows at several places.

use std::collections::HashSet;

use crate::ir::{Api, TypeId};

/// By payload: whether an earlier one is the same text of the document, of a type of the same structure. What stands in
/// a shared parameter is a payload of each operation that has it, and proves the same each time.
pub(super) fn find_repeated(api: &Api, shared: &[TypeId]) -> Vec<bool> {
    let mut seen = HashSet::new();
    api.examples.iter().map(|example| !seen.insert((&example.place, shared[example.ty.id.0]))).collect()
}
