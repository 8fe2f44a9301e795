//! Webhooks: the payload of each event under the event's name.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs::{attributes, code, summary, type_lines};
use super::types::ty;
use super::{Context, SourceFile, gates, imports};
use crate::ir::Webhook;
use crate::names::Room;

/// The module of the webhooks, if there are any with a payload.
pub(super) fn file(cx: Context<'_>) -> Option<SourceFile> {
    let named = cx.api.webhooks.iter().zip(&cx.names.webhooks);
    let items: Vec<TokenStream> = named.filter_map(|(webhook, name)| item(cx, webhook, name)).collect();
    if items.is_empty() {
        return None;
    }
    let docs = vec![String::from("The payloads that the service sends by itself, by event.")];
    Some(SourceFile {
        path: String::from("webhooks.rs"),
        gate: gates::of_webhooks(cx),
        docs,
        imports: imports::of_endpoints(cx, &items),
        items,
    })
}

fn item(cx: Context<'_>, webhook: &Webhook, name: &proc_macro2::Ident) -> Option<TokenStream> {
    let payload = ty(cx, Room::Endpoints, webhook.payload?, None);
    let mut text = type_lines(&webhook.docs);
    if !webhook.headers.is_empty() {
        text.extend([String::new(), String::from("Headers that come with it:"), String::new()]);
    }
    for header in &webhook.headers {
        let description = summary(&header.docs).map_or_else(String::new, |line| format!(": {line}"));
        text.push(format!("- {}{description}", code(&header.name)));
    }
    let docs = attributes(&text);
    Some(quote! {
        #docs
        pub type #name = #payload;
    })
}
