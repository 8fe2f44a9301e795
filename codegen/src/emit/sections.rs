//! The named parts of what a macro is given.

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::fixed;

/// What stands in braces behind a word, if anything does.
pub(super) fn section(word: &str, entries: impl IntoIterator<Item = TokenStream>) -> Option<TokenStream> {
    let (word, entries) = (fixed(word), entries.into_iter().collect::<Vec<_>>());
    (!entries.is_empty()).then(|| quote!(#word { #(#entries),* }))
}
