//! The client: operations, credentials, webhooks and servers.

mod bodies;
mod headers;
mod metadata;
mod operations;
mod parameters;
mod quick_start;
mod responses;
mod security;
mod servers;
mod webhooks;

pub(in crate::emit) use quick_start::quick_start;
pub(in crate::emit) use servers::items as server_items;

use crate::emit::context::Context;
use crate::emit::module::Module;

/// The modules of the client.
pub(super) fn files(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut files = operations::files(cx);
    files.extend(security::file(cx));
    files.extend(webhooks::file(cx));
    files
}
