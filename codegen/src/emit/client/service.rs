//! Emits the conventions of the service: one constant, to which all operations refer.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::names::fixed;

/// Returns the constant, if the description states a convention.
pub(super) fn item(cx: Context<'_>) -> Option<TokenStream> {
    let service = &cx.api.service;
    let headers = [
        ("request_id_header", &service.request_id_header),
        ("accepted_permissions_header", &service.accepted_permissions_header),
        ("rate_limit_resource_header", &service.rate_limit_resource_header),
    ];
    let headers = headers.into_iter().filter_map(|(name, header)| {
        let (name, header) = (fixed(name), header.as_ref()?);
        Some(quote!(#name(#header)))
    });
    let texts = &service.rate_limit_texts;
    let texts = (!texts.is_empty()).then(|| quote!(rate_limit_texts(&[#(#texts),*])));
    let conventions = headers.chain(texts);
    (!service.is_empty()).then(|| quote!(octogen_runtime::service! { pub const SERVICE [#(#conventions),*] }))
}

/// Returns the part of an operation's facts that refers to the constant.
pub(super) fn reference(cx: Context<'_>) -> Option<TokenStream> {
    (!cx.api.service.is_empty()).then(|| quote!(.following(&SERVICE)))
}
