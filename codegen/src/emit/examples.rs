//! Examples of the models of a stand-alone crate: a table of JSON, and the functions that decode it.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::attributes;
use super::gates::{self, Gate};
use super::imports;
use super::module::{Module, SourceFile};
use crate::ir::TypeId;
use crate::names::Name;

/// The Cargo feature of the examples.
pub(super) const FEATURE: &str = "examples";

/// The name of the file with the table of examples, beside the module.
pub const EXAMPLE_TABLE: &str = "examples.tsv";

/// Returns the features that enable the module of the examples: one of them is enough, beside [`FEATURE`]. A crate without
/// models has no such module.
pub(super) fn gate(cx: Context<'_>) -> Option<Gate> {
    let gates: Vec<Gate> = examples(cx).into_iter().map(|(_, id, _)| gates::of_type(cx, id)).collect();
    let is_always_used = gates.iter().any(Gate::is_empty);
    (!gates.is_empty()).then(|| gates.into_iter().filter(|_| !is_always_used).flatten().collect())
}

/// Emits the module of the examples of a stand-alone crate. It is outside of `src`, beside the table that it reads, because
/// it only lists the models.
#[must_use]
pub fn model_examples(cx: Context<'_>) -> Module<'_> {
    Module::new(String::from("mod.rs"), Gate::new(), move || {
        let mut groups: BTreeMap<Gate, Vec<&Name>> = BTreeMap::new();
        for (name, id, _) in examples(cx) {
            groups.entry(gates::of_type(cx, id)).or_default().push(name);
        }
        let about = attributes(&[String::from("A line for each model: its name, a tab, and its example as JSON.")]);
        let table = quote! {
            #about
            const EXAMPLES: &str = include_str!(#EXAMPLE_TABLE);
        };
        SourceFile {
            docs: vec![String::from("The examples of the models.")],
            imports: vec![
                quote!(
                    use octogen_runtime::examples;
                ),
                imports::of_module(cx, "models"),
            ],
            items: std::iter::once(table).chain(groups.iter().map(|(gate, names)| group(gate, names))).collect(),
        }
    })
}

/// Returns the table of the examples of all models: the text of the file [`EXAMPLE_TABLE`]. It is empty if there are none.
#[must_use]
pub fn example_table(cx: Context<'_>) -> String {
    examples(cx).into_iter().map(|(name, _, json)| format!("{name}\t{json}\n")).collect()
}

fn group(gate: &Gate, names: &[&Name]) -> TokenStream {
    let gate = gates::attribute(gate);
    quote!(examples! { #gate EXAMPLES: models [#(#names),*] })
}

/// Returns the models that have an example, by name.
fn examples(cx: Context<'_>) -> Vec<(&Name, TypeId, &str)> {
    let models = cx.names.models.types.iter().filter(|(id, _)| !cx.facts.is_constant(*id));
    let mut examples: Vec<_> =
        models.filter_map(|(id, names)| Some((&names.ty, id, cx.samples.example(cx.facts, id)?))).collect();
    examples.sort_by_key(|(name, ..)| name.as_str());
    examples
}
