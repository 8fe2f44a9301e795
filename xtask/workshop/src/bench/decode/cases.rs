//! Reads the payloads of a generated crate from its tests, as cases of the codec benchmark.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, ExprCall, GenericArgument, Item, Lit, PathArguments, Stmt};

use super::shapes::{last, words};

/// The payloads of a crate, and the types that decode them in both codecs.
pub(super) struct Cases {
    pub(super) payloads: TokenStream,
    pub(super) ours: TokenStream,
    pub(super) theirs: TokenStream,
}

/// Returns the payloads that are objects or arrays.
pub(super) fn cases(tests: &syn::File, buffered: &BTreeSet<String>) -> Cases {
    let mut types: IndexMap<String, TokenStream> = IndexMap::new();
    let mut cases = Vec::new();
    for (ty, name, json) in tests.items.iter().filter_map(check).filter(|(.., json)| json.starts_with(['{', '['])) {
        let is_plain = words(ty.clone()).is_disjoint(buffered);
        let is_recorded = is_recorded(&name);
        let entry = types.entry(ty.to_string());
        let ty_index = entry.index();
        entry.or_insert(ty);
        cases.push(quote! {
            Case { name: #name, ty: #ty_index, is_plain: #is_plain, is_recorded: #is_recorded, json: #json }
        });
    }
    let codecs = |library: &str, runtime: &str| {
        let imported: String = tests.items.iter().filter_map(|item| imports(item, runtime)).collect();
        let uses: TokenStream = format!("{imported} use {library}::models;").parse().unwrap_or_default();
        let types = types.values();
        quote!(#[allow(unused_imports, reason = "the tests name more than the payloads do")] #uses pub static TYPES: &[Codec] = &[#(codec!(#types)),*];)
    };
    Cases {
        payloads: quote!(const CASES: &[Case] = &[#(#cases),*];),
        ours: codecs("ours", "octogen_runtime"),
        theirs: codecs("theirs", "theirs"),
    }
}

/// Returns the import of runtime types in a test file, with another path of the runtime.
fn imports(item: &Item, runtime: &str) -> Option<String> {
    let Item::Use(item) = item else { return None };
    let text = item.to_token_stream().to_string();
    text.contains("octogen_runtime").then(|| text.replace("octogen_runtime", runtime))
}

/// Returns whether the payload was recorded. Recorded payloads are named after their file, as in `push/1`.
fn is_recorded(name: &str) -> bool {
    let file = name.rsplit(' ').next().and_then(|word| word.rsplit_once('/'));
    file.is_some_and(|(_, number)| number.parse::<usize>().is_ok())
}

/// Returns the type, the name and the JSON of the payload that an emitted test checks.
fn check(item: &Item) -> Option<(TokenStream, String, String)> {
    let Item::Fn(function) = item else { return None };
    let call = function.block.stmts.iter().find_map(|statement| match statement {
        Stmt::Expr(Expr::Call(call), _) => Some(call),
        _ => None,
    })?;
    let ExprCall { func, args, .. } = call;
    let Expr::Path(path) = &**func else { return None };
    let PathArguments::AngleBracketed(given) = &path.path.segments.last()?.arguments else { return None };
    let Some(GenericArgument::Type(ty)) = given.args.first() else { return None };
    let mut texts = args.iter().filter_map(|argument| match argument {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    (last(&path.path) == "check").then(|| Some((ty.to_token_stream(), texts.next()?, texts.next()?)))?
}
