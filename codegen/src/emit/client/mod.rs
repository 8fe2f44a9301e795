//! The client: operations, credentials, webhooks and servers.

mod bodies;
mod headers;
mod metadata;
mod operation_index;
mod operations;
mod parameters;
mod quick_start;
mod responses;
mod security;
mod servers;
mod service;
mod webhooks;

pub use operation_index::OperationGroup;
pub(in crate::emit) use operation_index::operation_index;
pub(in crate::emit) use quick_start::{QuickStart, quick_start};

use proc_macro2::TokenStream;

use crate::emit::context::Context;
use crate::emit::emitter::Emitter;
use crate::emit::module::Module;
use crate::names::Target;

/// The emitter of the client.
pub(super) const EMITTER: Emitter = Emitter {
    target: Target::Client,
    modules,
    root_items,
    root_modules: &[
        ("endpoints", "The operations of the API, by tag."),
        ("security", "The credentials for the security schemes of the API."),
        ("webhooks", "The payloads of webhooks, by event."),
    ],
};

fn root_items(cx: Context<'_>) -> Vec<TokenStream> {
    let mut items = servers::items(cx);
    items.extend(service::item(cx));
    items
}

fn modules(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut files = operations::files(cx);
    files.extend(security::file(cx));
    files.extend(webhooks::file(cx));
    files
}
