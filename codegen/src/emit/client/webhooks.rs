//! Webhooks: the payload of each event under the event's name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::docs::{attributes, header_list, type_lines};
use crate::emit::module::{Module, SourceFile};
use crate::emit::types::ty;
use crate::emit::{gates, imports};
use crate::ir::{Constraints, Webhook};
use crate::names::Name;

/// Returns the module of the webhooks, if there are any with a payload.
pub(super) fn file(cx: Context<'_>) -> Option<Module<'_>> {
    let is_there = cx.api.webhooks.iter().any(|webhook| webhook.payload.is_some());
    is_there.then(|| Module::new(String::from("webhooks.rs"), gates::of_webhooks(cx), move || written(cx)))
}

fn written(cx: Context<'_>) -> SourceFile {
    let sent = |webhook: &&Webhook| webhook.payload.is_some();
    let mut headers = cx.api.webhooks.iter().filter(sent).map(headers);
    // Headers that all webhooks share are documented once.
    let common = headers.next().filter(|first| headers.all(|other| other == *first)).unwrap_or_default();
    let named = cx.api.webhooks.iter().zip(&cx.names.client.webhooks);
    let items: Vec<TokenStream> =
        named.filter_map(|(webhook, name)| item(cx, webhook, name, common.is_empty())).collect();
    let mut docs = vec![String::from("The payloads of webhooks, by event.")];
    docs.extend(common);
    docs.extend(gates::requirement(&gates::of_webhooks(cx)));
    SourceFile { docs, imports: imports::of_endpoints(cx, &items), items }
}

fn headers(webhook: &Webhook) -> Vec<String> {
    let mut headers: Vec<_> = webhook.headers.iter().collect();
    headers.sort_by_key(|header| header.name.to_ascii_lowercase());
    header_list("Headers of the request", headers.into_iter())
}

fn item(cx: Context<'_>, webhook: &Webhook, name: &Name, with_headers: bool) -> Option<TokenStream> {
    let payload = ty(cx, webhook.payload?, None);
    let mut text = type_lines(&webhook.docs, &Constraints::default(), name);
    text.extend(with_headers.then(|| headers(webhook)).into_iter().flatten());
    let docs = attributes(&text);
    Some(quote! {
        #docs
        pub type #name = #payload;
    })
}
