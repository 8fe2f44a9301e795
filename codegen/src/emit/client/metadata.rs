//! The metadata of an operation: method, path, media types, credentials, permissions, pagination.

use indexmap::IndexSet;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{responses, security, servers, service};
use crate::emit::context::Context;
use crate::emit::types::runtime;
use crate::ir::{Operation, PageStyle};
use crate::names::fixed;

/// Returns the metadata of an operation: its HTTP method, id, path and further facts.
pub(super) fn metadata(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let method = fixed(match operation.method.as_str() {
        "GET" => "get",
        "PUT" => "put",
        "POST" => "post",
        "DELETE" => "delete",
        "OPTIONS" => "options",
        "HEAD" => "head",
        "PATCH" => "patch",
        _ => "trace",
    });
    let mut known = quote!(#method(#id, #path));
    match accepted_media_types(operation).as_slice() {
        [] => known = quote!(#known.accepting_any()),
        // This is the default.
        ["application/json"] => {}
        accepted => known = quote!(#known.accepting(&[#(#accepted),*])),
    }
    if let Some((usual, own)) = servers::own_server(cx, operation) {
        known = quote!(#known.at(#usual, #own));
    }
    let redirects = responses::redirects(operation);
    if !redirects.is_empty() {
        let redirects = redirects.into_iter().map(Literal::u16_unsuffixed);
        known = quote!(#known.redirecting(&[#(#redirects),*]));
    }
    if !operation.credentials.is_empty() {
        let alternatives = operation.credentials.iter().map(|all| {
            let all = all.iter().map(|one| security::taken(cx, one));
            quote!(&[#(#all),*])
        });
        known = quote!(#known.taking(&[#(#alternatives),*]));
    }
    if let Some(permissions) = &operation.permissions {
        let permission = runtime(cx, "Permission");
        let alternatives = permissions.iter().map(|all| {
            let all = all.iter().map(|(name, level)| quote!(#permission::new(#name, #level)));
            quote!(&[#(#all),*])
        });
        known = quote!(#known.needing(&[#(#alternatives),*]));
    }
    if let Some(paged) = &operation.pagination {
        let [pagination, style] = ["Pagination", "PageStyle"].map(|name| runtime(cx, name));
        let by = match &paged.by {
            PageStyle::Page => quote!(#style::Page),
            PageStyle::Cursor(parameter) => quote!(#style::Cursor(#parameter)),
        };
        let items = paged.items.as_ref().map_or_else(|| quote!(None), |items| quote!(Some(#items)));
        known = quote!(#known.paged(#pagination::new(#by, #items)));
    }
    let service = service::reference(cx);
    quote!(#known #service)
}

/// Returns the media types of the results.
fn accepted_media_types(operation: &Operation) -> Vec<&str> {
    let media_types = operation.results().flat_map(|response| &response.media_types);
    let accepted: IndexSet<&str> = media_types.map(String::as_str).collect();
    accepted.into_iter().collect()
}
