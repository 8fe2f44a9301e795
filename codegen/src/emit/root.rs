//! The root module of the output.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::declarations::constant;
use super::emitter::Emitter;
use super::examples::ExampleTable;
use super::gates::{Gate, attribute};
use super::markdown::escaped;
use super::module::{Module, SourceFile};
use crate::names::fixed;

/// Emits the `mod.rs` of the output.
pub(super) fn root<'a>(
    cx: Context<'a>,
    emitters: &'a [Emitter],
    files: &[Module<'_>],
    examples: Option<(&'a ExampleTable<'a>, Option<&'a str>)>,
) -> Module<'a> {
    let modules = modules(emitters, files);
    Module::new(String::from("mod.rs"), Gate::new(), move || {
        let docs = [title(cx), description(cx)].concat();
        let mut items = items(cx, emitters, &modules);
        items.extend(examples.and_then(|(table, feature)| table.declaration(feature, None)));
        SourceFile { docs, imports: Vec::new(), items }
    })
}

/// A module directly below the root.
pub(super) struct RootModule {
    pub(super) name: &'static str,
    pub(super) doc: &'static str,
    pub(super) gate: Gate,
}

/// Returns the modules directly below the root that have files, by name.
pub(super) fn modules(emitters: &[Emitter], files: &[Module<'_>]) -> Vec<RootModule> {
    let is_file_of = |name: &str, file: &Module<'_>| {
        file.path.strip_prefix(name).is_some_and(|rest| rest == "/mod.rs" || rest == ".rs")
    };
    let declared = emitters.iter().flat_map(|emitter| emitter.root_modules);
    let mut modules: Vec<RootModule> = declared
        .filter_map(|&(name, doc)| {
            let file = files.iter().find(|file| is_file_of(name, file))?;
            Some(RootModule { name, doc, gate: file.gate.clone() })
        })
        .collect();
    modules.sort_by_key(|module| module.name);
    modules
}

/// Returns the title as the first paragraph.
pub(super) fn title(cx: Context<'_>) -> Vec<String> {
    escaped(&format!("{}.", cx.api.title.trim_end_matches('.')))
}

/// Returns the description of the API, after an empty line.
pub(super) fn description(cx: Context<'_>) -> Vec<String> {
    let text = cx.api.description.as_deref().filter(|text| !text.trim().is_empty());
    text.map(|text| [vec![String::new()], escaped(text)].concat()).unwrap_or_default()
}

/// Returns the constants and modules at the root of the output.
pub(super) fn items(cx: Context<'_>, emitters: &[Emitter], modules: &[RootModule]) -> Vec<TokenStream> {
    let interface = Literal::u32_unsuffixed(octogen_runtime::INTERFACE);
    let mut items = vec![quote!(octogen_runtime::requires_interface! { #interface })];
    items.extend(emitters.iter().flat_map(|emitter| (emitter.root_items)(cx)));
    if let Some(version) = &cx.api.api_version {
        items.push(constant("API_VERSION", "The version of the API that requests ask for.", version));
    }
    for module in modules {
        let (name, gate) = (fixed(module.name), attribute(&module.gate));
        items.push(quote! {
            #gate
            pub mod #name;
        });
    }
    items
}
