//! Aliases: further names of a type that has a definition already.

use indexmap::IndexMap;
use proc_macro2::TokenStream;
use quote::quote;

use super::documented;
use crate::emit::context::Context;
use crate::emit::docs::attributes;
use crate::emit::types::aliased_type;
use crate::ir::TypeId;
use crate::names::{Alias, Name};

/// Emits the alias of a component that is another name of a type.
pub(super) fn component_alias(cx: Context<'_>, id: TypeId, alias: &Alias) -> TokenStream {
    let docs = attributes(&documented(cx, id, &alias.name));
    let (name, ty) = (&alias.name, aliased_type(cx, alias.ty));
    quote! {
        #docs
        pub type #name = #ty;
    }
}

/// Emits the aliases of inline types that share the definitions of others, by definition. Their documentation is at the
/// fields and the operations that use them.
pub(super) fn place_aliases(cx: Context<'_>, aliases: &[&Alias]) -> TokenStream {
    let mut names: IndexMap<String, (TokenStream, Vec<&Name>)> = IndexMap::new();
    for alias in aliases {
        let ty = aliased_type(cx, alias.ty);
        names.entry(ty.to_string()).or_insert_with(|| (ty, Vec::new())).1.push(&alias.name);
    }
    let lists = names.values().map(|(ty, names)| quote!(#ty [#(#names),*];));
    quote!(aliases! { #(#lists)* })
}
