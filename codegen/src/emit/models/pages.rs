//! Envelopes: objects around the array that a paged operation is about.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::types::ty;
use crate::ir::{ContentKind, Shape, TypeId, TypeMap};

/// The envelopes that paged operations return, each with the key of its items.
pub(super) type Envelopes<'a> = TypeMap<&'a str>;

/// Returns all envelopes.
pub(super) fn envelopes(cx: Context<'_>) -> Envelopes<'_> {
    let mut envelopes = TypeMap::default();
    for operation in &cx.api.operations {
        let Some(items) = operation.pagination.as_ref().and_then(|paged| paged.items.as_deref()) else {
            continue;
        };
        for response in operation.responses.iter().filter(|response| response.status.is_success()) {
            if let Some(ContentKind::Json(used)) = response.content {
                let id = cx.facts.shared(used.id);
                envelopes.extend(envelope(cx, id, items).map(|_| (id, items)));
            }
        }
    }
    envelopes
}

/// Implements the page trait for an envelope whose items are under this key.
pub(super) fn envelope(cx: Context<'_>, id: TypeId, items: &str) -> Option<TokenStream> {
    let Shape::Object(object) = &cx.api.types[id].shape else {
        return None;
    };
    let names = cx.names.models.types.get(id)?;
    let at = object.fields.iter().position(|field| field.key == items)?;
    let (field, member) = (object.fields.get(at)?, names.members.get(at)?);
    let Shape::Array(item) = cx.api.types[field.ty.id].shape else {
        return None;
    };
    let value = match (field.required, field.ty.nullable) {
        (true, false) => quote!(#member),
        (true, true) | (false, false) => quote!(#member.unwrap_or_default()),
        (false, true) => quote!(#member.into_value().unwrap_or_default()),
    };
    let (name, item) = (&names.ty, ty(cx, item, None));
    Some(quote!(page! { #name of #item: #value }))
}
