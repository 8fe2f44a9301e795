//! Aliases: further names of a type that has a definition already.

use proc_macro2::TokenStream;
use quote::quote;

use super::documented;
use crate::emit::context::Context;
use crate::emit::docs::attributes;
use crate::emit::types::aliased_type;
use crate::ir::TypeId;
use crate::names::Alias;

/// Emits the alias of a component that is another name of a type.
pub(super) fn component_alias(cx: Context<'_>, id: TypeId, alias: &Alias) -> TokenStream {
    let docs = attributes(&documented(cx, id, &alias.name));
    let (name, ty) = (&alias.name, aliased_type(cx, alias.ty));
    quote! {
        #docs
        pub type #name = #ty;
    }
}

/// Emits the alias of an inline type that shares the definition of another one. Its documentation is at the field or
/// the operation that uses it.
pub(super) fn place_alias(cx: Context<'_>, alias: &Alias) -> TokenStream {
    let (name, ty) = (&alias.name, aliased_type(cx, alias.ty));
    quote!(#name = #ty;)
}
