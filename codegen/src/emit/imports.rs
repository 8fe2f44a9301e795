//! The `use` declarations that items need, read off their tokens.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::quote;

use super::context::Context;
use crate::names::fixed;

/// Names of the runtime that emitters write without a path.
const RUNTIME: [&str; 24] = [
    "Blob",
    "Bytes",
    "Constant",
    "Date",
    "Encoding",
    "Json",
    "JsonType",
    "Literal",
    "Location",
    "Map",
    "Maybe",
    "NumberOrText",
    "OpenTuple",
    "Number",
    "PageStyle",
    "Pagination",
    "Permission",
    "SchemeKind",
    "Secret",
    "SecurityScheme",
    "Style",
    "Text",
    "Timestamp",
    "Value",
];

/// Macros of the runtime, which emitters write without a path.
const MACROS: [&str; 12] = [
    "aliases",
    "constant",
    "credential",
    "object",
    "operation",
    "page",
    "request_body",
    "responses",
    "setters",
    "string_enum",
    "union",
    "value_enum",
];

/// Returns the imports of a module of models: items of the runtime, and models of other modules.
pub(super) fn of_models(cx: Context<'_>, items: &[TokenStream], own: &BTreeSet<String>) -> Vec<TokenStream> {
    let used = idents(items);
    let others: Vec<_> =
        used.intersection(&cx.names.models.items).filter(|name| !own.contains(*name)).map(|name| fixed(name)).collect();
    let mut imports = runtime(cx, &used);
    if !others.is_empty() {
        let models = mounted(cx, "models");
        imports.push(quote!(use #models::{#(#others),*};));
    }
    imports
}

/// Returns the imports of a module that refers to models by their path.
pub(super) fn of_endpoints(cx: Context<'_>, items: &[TokenStream]) -> Vec<TokenStream> {
    let used = idents(items);
    let mut imports = runtime(cx, &used);
    let mount = path(cx.mount);
    let constant = used.contains("SERVICE").then_some("SERVICE");
    let modules = ["models", "security"].into_iter().filter(|module| used.contains(&format!("{module}::")));
    let names: Vec<_> = constant.into_iter().chain(modules).map(fixed).collect();
    match names.as_slice() {
        [] => {}
        [name] => imports.push(quote!(use #mount::#name;)),
        names => imports.push(quote!(use #mount::{#(#names),*};)),
    }
    imports
}

/// Returns the import of a module of the output.
pub(super) fn of_module(cx: Context<'_>, module: &str) -> TokenStream {
    let module = mounted(cx, module);
    quote!(use #module;)
}

/// Returns the imports of the module of the credentials. No credential has the name of an item of the runtime.
pub(super) fn of_credentials(items: &[TokenStream]) -> Vec<TokenStream> {
    let used = idents(items);
    vec![runtime_import(used_names(&used, |_| true))]
}

/// Returns a path of modules as tokens.
pub(super) fn path(text: &str) -> TokenStream {
    let segments = text.split("::").map(fixed);
    quote!(#(#segments)::*)
}

fn mounted(cx: Context<'_>, module: &str) -> TokenStream {
    path(&format!("{}::{module}", cx.mount))
}

fn runtime(cx: Context<'_>, used: &BTreeSet<String>) -> Vec<TokenStream> {
    let names = used_names(used, |name| !cx.names.namespace(cx.target).contains(name));
    if names.is_empty() { Vec::new() } else { vec![runtime_import(names)] }
}

/// Returns the items of the runtime that are used, except those whose names are taken.
fn used_names(used: &BTreeSet<String>, is_free: impl Fn(&str) -> bool) -> Vec<Ident> {
    let types = RUNTIME.iter().filter(|name| used.contains(**name) && is_free(name));
    let macros = MACROS.iter().filter(|name| used.contains(&format!("{name}!")));
    types.chain(macros).map(|name| fixed(name)).collect()
}

fn runtime_import(names: Vec<Ident>) -> TokenStream {
    quote!(use octogen_runtime::{#(#names),*};)
}

/// Returns all identifiers that are alone or start a path, except variants of enums, in their declaration and behind the
/// `=>` of a table: those that start a path also with `::`, and those of macros with `!`. Attributes need no imports.
fn idents(items: &[TokenStream]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Most identifiers occur often: this saves a copy for each repetition.
    let mut insert = |name: &str| {
        if !found.contains(name) {
            found.insert(name.to_owned());
        }
    };
    let mut waiting: Vec<(TokenStream, bool)> = items.iter().map(|item| (item.clone(), false)).collect();
    while let Some((tokens, are_variants)) = waiting.pop() {
        let (mut colons, mut in_enum) = (0, false);
        let mut last = String::new();
        // The punctuation directly before the token.
        let mut before = String::new();
        for token in tokens {
            let punctuation = match &token {
                TokenTree::Punct(punct) => Some(punct.as_char()),
                _ => None,
            };
            match token {
                TokenTree::Ident(ident) => {
                    in_enum |= ident == "enum";
                    last = ident.to_string();
                    if colons < 2 && !are_variants && before != "=>" {
                        insert(&last);
                    }
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => {
                    colons += 1;
                    if colons == 2 {
                        last.push_str("::");
                        insert(&last);
                    }
                }
                TokenTree::Punct(punct) if punct.as_char() == '!' => {
                    last.push('!');
                    insert(&last);
                }
                TokenTree::Group(_) if before == "#" => {}
                TokenTree::Group(group) => {
                    waiting.push((group.stream(), in_enum && group.delimiter() == Delimiter::Brace));
                    colons = 0;
                }
                _ => colons = 0,
            }
            match punctuation {
                Some(one) => before.push(one),
                None => before.clear(),
            }
        }
    }
    found
}
