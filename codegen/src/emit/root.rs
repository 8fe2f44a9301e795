//! The root module of the output.

use proc_macro2::TokenStream;
use quote::quote;

use super::client;
use super::context::Context;
use super::declarations::constant;
use super::docs::{attributes, escaped};
use super::gates::{Gate, attribute};
use super::module::{Module, SourceFile};
use crate::names::fixed;

/// `mod.rs` of the whole output.
pub(super) fn root<'a>(cx: Context<'a>, files: &[Module<'_>]) -> Module<'a> {
    let modules = at_root(files);
    Module::new(String::from("mod.rs"), Gate::new(), move || {
        let docs = [title(cx), description(cx)].concat();
        SourceFile { docs, imports: Vec::new(), items: items(cx, &modules) }
    })
}

/// The modules right below the root that are there.
pub(super) fn at_root(files: &[Module<'_>]) -> Vec<(&'static str, Gate)> {
    let is_there = |name: &str, file: &Module<'_>| {
        file.path.strip_prefix(name).is_some_and(|rest| rest == "/mod.rs" || rest == ".rs")
    };
    let found = |name| Some((name, files.iter().find(|file| is_there(name, file))?.gate.clone()));
    ["endpoints", "models", "security", "webhooks"].into_iter().filter_map(found).collect()
}

/// The title as the first paragraph.
pub(super) fn title(cx: Context<'_>) -> Vec<String> {
    escaped(&format!("{}.", cx.api.title.trim_end_matches('.')))
}

/// What the document says of itself, below an empty line.
pub(super) fn description(cx: Context<'_>) -> Vec<String> {
    let text = cx.api.description.as_deref().filter(|text| !text.trim().is_empty());
    text.map(|text| [vec![String::new()], escaped(text)].concat()).unwrap_or_default()
}

/// The constants and modules at the root of the output.
pub(super) fn items(cx: Context<'_>, modules: &[(&'static str, Gate)]) -> Vec<TokenStream> {
    let mut items = Vec::new();
    items.extend(client::server_items(cx));
    if let Some(version) = &cx.api.api_version {
        items.push(constant("API_VERSION", "The version of the API, as a client names it in its requests.", version));
    }
    for (module, gate) in modules {
        let doc = match *module {
            "endpoints" => "Operations: what can be sent.",
            "models" => "Models: what is sent and received.",
            "security" => "Credentials: what operations are sent with.",
            _ => "Webhooks: what the service sends by itself.",
        };
        let (doc, name, gate) = (attributes(&[doc.to_owned()]), fixed(module), attribute(gate));
        items.push(quote! {
            #doc
            #gate
            pub mod #name;
        });
    }
    items
}
