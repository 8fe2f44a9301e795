//! Declarations that several targets write: constants and modules.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::attributes;
use super::gates::{Gate, attribute};
use super::module::{Module, SourceFile};
use crate::names::fixed;

/// Emits a public string constant.
pub(super) fn constant(name: &str, doc: &str, value: &str) -> TokenStream {
    let (name, doc) = (fixed(name), attributes(&[doc.to_owned()]));
    quote! {
        #doc
        pub const #name: &str = #value;
    }
}

/// Emits the `mod.rs` of a folder: it declares the modules of the folder and re-exports their items.
pub(super) fn folder<'a>(
    files: &[Module<'_>],
    folder: &'static str,
    doc: &'static str,
    visibility: fn() -> TokenStream,
) -> Module<'a> {
    let modules = inside(files, &format!("{folder}/"));
    Module::new(format!("{folder}/mod.rs"), Gate::new(), move || {
        let items = [declarations(&modules, &visibility()), reexports(&modules)].concat();
        SourceFile { docs: vec![doc.to_owned()], imports: Vec::new(), items }
    })
}

/// Returns the names and gates of the files directly in a folder.
fn inside(files: &[Module<'_>], folder: &str) -> Vec<(String, Gate)> {
    let stem = |file: &Module<'_>| Some(file.path.strip_prefix(folder)?.strip_suffix(".rs")?.to_owned());
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

fn reexports(modules: &[(String, Gate)]) -> Vec<TokenStream> {
    let item = |(name, gate): &(String, Gate)| {
        let (name, gate) = (fixed(name), attribute(gate));
        quote!(#gate pub use self::#name::*;)
    };
    modules.iter().map(item).collect()
}
