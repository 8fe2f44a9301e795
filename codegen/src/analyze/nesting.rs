//! The depth of types within one another, which the Rust compiler follows by recursion.

use crate::diagnostic::{Code, Diagnostics};
use crate::ir::{TypeId, Types, components, order_by_component};

/// The depth from which the compiler's usual recursion limit, 128, may be too low: an array of a type counts five
/// times.
const MAX_DEPTH: usize = 40;

/// The compiler's recursion for each level of types.
const PER_LEVEL: usize = 8;

/// Returns the recursion limit that the compiler needs for the deepest type, if the usual one may be too low. The type
/// is reported.
pub(super) fn find_recursion_limit(types: &Types, diagnostics: &mut Diagnostics) -> Option<usize> {
    let (deepest, depth) = deepest(types)?;
    if depth <= MAX_DEPTH {
        return None;
    }
    let limit = (128 + depth * PER_LEVEL).next_power_of_two();
    let message =
        format!("{depth} types are nested within one another, which may exceed the compiler's recursion limit");
    let help = format!(
        "octogen sets the limit in `lib.rs` of a stand-alone crate; add `#![recursion_limit = \"{limit}\"]` to a \
         program if the compiler asks for it"
    );
    diagnostics.warn(Code::DeepTypes, types[deepest].place.clone(), message, help);
    Some(limit)
}

/// Returns the type with the longest chain of types within it, and the length of that chain. A cycle counts once.
fn deepest(types: &Types) -> Option<(TypeId, usize)> {
    let edges = |id: usize| types[TypeId(id)].shape.children().into_iter().map(|id| id.0).collect();
    let component = components(types.count(), &edges);
    // The parts of a type come before the type.
    let order = order_by_component(&component);
    let mut depth = vec![0; component.iter().max().map_or(0, |last| last + 1)];
    for id in &order {
        let own = component[id.0];
        let within = types[*id].shape.children().into_iter().map(|inner| component[inner.0]);
        let below = within.filter(|inner| *inner != own).map(|inner| depth[inner] + 1).max().unwrap_or(0);
        depth[own] = depth[own].max(below);
    }
    order.into_iter().map(|id| (id, depth[component[id.0]])).max_by_key(|(_, depth)| *depth)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::testing::{object, set_first_field, string};

    #[test]
    fn a_chain_is_as_deep_as_its_types_and_a_cycle_counts_once() {
        let mut types = Types::default();
        let mut last = string(&mut types);
        for _ in 0..45 {
            last = object(&mut types, &[("next", last)]);
        }
        assert_eq!(deepest(&types), Some((last.id, 45)));
        let mut diagnostics = Diagnostics::default();
        assert_eq!(find_recursion_limit(&types, &mut diagnostics), Some(512));
        assert_eq!(diagnostics.into_vec().len(), 1);
        set_first_field(&mut types, TypeId(1), last);
        assert_eq!(deepest(&types).map(|(_, depth)| depth), Some(0));
    }
}
