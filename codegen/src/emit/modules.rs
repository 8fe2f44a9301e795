//! The modules that hold the others together.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{attributes, escaped};
use super::gates::{Gate, attribute};
use super::{Context, SourceFile, servers};
use crate::names::fixed;

/// `mod.rs` of the whole output.
pub(super) fn root(cx: Context<'_>, files: &[SourceFile]) -> SourceFile {
    let docs = [title(cx), description(cx)].concat();
    SourceFile { path: String::from("mod.rs"), gate: Gate::new(), docs, imports: Vec::new(), items: items(cx, files) }
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
pub(super) fn items(cx: Context<'_>, files: &[SourceFile]) -> Vec<TokenStream> {
    let mut items = Vec::new();
    items.extend(servers::items(cx));
    if let Some(version) = &cx.api.api_version {
        items.push(constant("API_VERSION", "The version of the API, as a client names it in its requests.", version));
    }
    let modules = [
        ("endpoints", "Operations: what can be sent."),
        ("models", "Models: what is sent and received."),
        ("security", "Credentials: what operations are sent with."),
        ("webhooks", "Webhooks: what the service sends by itself."),
    ];
    for (name, doc) in modules {
        let is_there = |file: &&SourceFile| file.path == format!("{name}/mod.rs") || file.path == format!("{name}.rs");
        if let Some(file) = files.iter().find(is_there) {
            let (doc, name, gate) = (attributes(&[doc.to_owned()]), fixed(name), attribute(&file.gate));
            items.push(quote! {
                #doc
                #gate
                pub mod #name;
            });
        }
    }
    items
}

/// `models/mod.rs` and `models/tables/mod.rs`.
pub(super) fn of_models(files: &[SourceFile]) -> Vec<SourceFile> {
    let mut modules = inside(files, "models/");
    let tables = inside(files, "models/tables/");
    let shown = uses(&modules);
    if !tables.is_empty() {
        modules.push((String::from("tables"), Gate::new()));
    }
    let mut items = declarations(&modules, &quote!());
    items.extend(shown);
    let docs = vec![String::from("The models.")];
    let root = SourceFile { path: String::from("models/mod.rs"), gate: Gate::new(), docs, imports: Vec::new(), items };
    let docs = vec![String::from("What the codec is given of each model.")];
    let items = declarations(&tables, &quote!());
    let tables =
        SourceFile { path: String::from("models/tables/mod.rs"), gate: Gate::new(), docs, imports: Vec::new(), items };
    vec![root, tables]
}

/// `endpoints/mod.rs`.
pub(super) fn of_endpoints(files: &[SourceFile]) -> Option<SourceFile> {
    let modules = inside(files, "endpoints/");
    if modules.is_empty() {
        return None;
    }
    let mut items = declarations(&modules, &quote!(pub));
    items.extend(uses(&modules));
    let docs = vec![String::from("The operations, by tag.")];
    Some(SourceFile { path: String::from("endpoints/mod.rs"), gate: Gate::new(), docs, imports: Vec::new(), items })
}

pub(super) fn constant(name: &str, doc: &str, value: &str) -> TokenStream {
    let (name, doc) = (fixed(name), attributes(&[doc.to_owned()]));
    quote! {
        #doc
        pub const #name: &str = #value;
    }
}

/// The files that lie directly in a folder: their names, and what brings them.
fn inside(files: &[SourceFile], folder: &str) -> Vec<(String, Gate)> {
    let stem = |file: &SourceFile| Some(file.path.strip_prefix(folder)?.strip_suffix(".rs")?.to_owned());
    let inside = files.iter().filter_map(|file| Some((stem(file)?, file.gate.clone())));
    inside.filter(|(stem, _)| !stem.contains('/')).collect()
}

fn declarations(modules: &[(String, Gate)], visibility: &TokenStream) -> Vec<TokenStream> {
    let item = |(name, gate): &(String, Gate)| {
        let (name, gate) = (fixed(name), attribute(gate));
        quote!(#gate #visibility mod #name;)
    };
    modules.iter().map(item).collect()
}

fn uses(modules: &[(String, Gate)]) -> Vec<TokenStream> {
    let item = |(name, gate): &(String, Gate)| {
        let (name, gate) = (fixed(name), attribute(gate));
        quote!(#gate pub use self::#name::*;)
    };
    modules.iter().map(item).collect()
}
