//! Cargo features that enable items.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::analyze::Area;
use crate::ir::{Operation, Origin, TypeId};

/// The Cargo features that enable an item: one of them is enough. If it is empty, the item is always compiled.
pub(super) type Gate = BTreeSet<String>;

/// Returns the gate of an operation.
pub(super) fn of_operation(cx: Context<'_>, operation: &Operation) -> Gate {
    of_tag(cx, operation.tags.first().map(String::as_str))
}

/// Returns the gate of the operations whose first tag this is.
pub(super) fn of_tag(cx: Context<'_>, tag: Option<&str>) -> Gate {
    let area = tag.map_or(Area::Untagged, |tag| Area::Tag(tag.to_owned()));
    of(cx, &mut std::iter::once(&area))
}

/// Returns the gate of the webhooks.
pub(super) fn of_webhooks(cx: Context<'_>) -> Gate {
    of(cx, &mut std::iter::once(&Area::Webhooks))
}

/// The maximum number of features that a type is gated by. A type that more features use is always compiled, because each
/// combination of features needs a module of its own.
const MAX_FEATURES: usize = 3;

/// Returns the gate of a type: every feature whose operations or webhooks use the type under this name.
pub(super) fn of_type(cx: Context<'_>, id: TypeId) -> Gate {
    let gate = of(cx, &mut cx.facts.reached_from(declared_beside(cx, id)));
    if gate.len() > MAX_FEATURES { Gate::new() } else { gate }
}

/// Returns the definition in whose module the name of a type is declared. The alias of an inline type is beside the
/// type that contains it, because only that type uses the alias.
pub(super) fn declared_beside(cx: Context<'_>, id: TypeId) -> TypeId {
    let definition = cx.names.models.aliases.get(id).map_or(cx.facts.shared(id), |alias| alias.ty.id);
    if definition == id {
        return id;
    }
    let mut at = id;
    while let Origin::Within(owner, _) = cx.api.types[at].origin {
        if cx.api.types[owner].shape.is_item() {
            return if cx.facts.shared(owner) == owner { owner } else { definition };
        }
        at = owner;
    }
    definition
}

/// Returns the gate as an attribute.
pub(super) fn attribute(gate: &Gate) -> Option<TokenStream> {
    let mut names = gate.iter();
    match (names.next(), names.next()) {
        (None, _) => None,
        (Some(name), None) => Some(quote!(#[cfg(feature = #name)])),
        _ => Some(quote!(#[cfg(any(#(feature = #gate),*))])),
    }
}

/// Returns the paragraph of documentation that names the features of a gate, after an empty line.
pub(super) fn requirement(gate: &Gate) -> Vec<String> {
    let features: Vec<String> = gate.iter().map(|feature| format!("`{feature}`")).collect();
    match features.as_slice() {
        [] => Vec::new(),
        [feature] => vec![String::new(), format!("Requires the feature {feature}.")],
        features => vec![String::new(), format!("Requires one of the features {}.", features.join(", "))],
    }
}

fn of(cx: Context<'_>, areas: &mut dyn Iterator<Item = &Area>) -> Gate {
    if !cx.gated {
        return Gate::new();
    }
    // A type that operations without a tag use is always compiled.
    let features: Option<Gate> = areas.map(|area| cx.names.features.get(area).cloned()).collect();
    features.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::requirement;

    #[test]
    fn documentation_names_the_features_of_a_gate() {
        for (features, lines) in [
            (&[][..], &[][..]),
            (&["pets"], &["", "Requires the feature `pets`."]),
            (&["pets", "keepers"], &["", "Requires one of the features `keepers`, `pets`."]),
        ] {
            let gate = features.iter().map(|feature: &&str| (*feature).to_owned()).collect();
            assert_eq!(requirement(&gate), lines, "{features:?}");
        }
    }
}
