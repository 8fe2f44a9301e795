//! Sections of macro calls.

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::fixed;

/// Returns a section of a macro call: a word and its entries in braces. A section without entries is left out.
pub(super) fn section(word: &str, entries: impl IntoIterator<Item = TokenStream>) -> Option<TokenStream> {
    let (word, entries) = (fixed(word), entries.into_iter().collect::<Vec<_>>());
    (!entries.is_empty()).then(|| quote!(#word { #(#entries),* }))
}
