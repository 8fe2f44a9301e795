//! Payloads that the document writes once and uses at several places.

use rustc_hash::FxHashSet;

use crate::ir::{Api, TypeId};

/// Returns for each payload whether an earlier one is at the same place and has a type of the same structure. The example
/// of a shared parameter is a payload of each operation with that parameter, and one test is enough.
pub(super) fn find_repeated(api: &Api, shared: &[TypeId]) -> Vec<bool> {
    let mut seen = FxHashSet::default();
    api.examples.iter().map(|example| !seen.insert((&example.place, shared[example.ty.id.0]))).collect()
}
