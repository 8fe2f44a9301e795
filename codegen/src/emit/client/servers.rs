//! Servers: constants, and a function if the URL has variables.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::declarations::constant;
use crate::emit::docs::attributes;
use crate::emit::markdown::{code, escaped};
use crate::ir::{Operation, Server, ServerVariable};
use crate::names::fixed;

/// Returns the items about servers for the root module.
pub(super) fn items(cx: Context<'_>) -> Vec<TokenStream> {
    let Some(first) = cx.api.servers.first() else {
        return Vec::new();
    };
    let docs = if first.is_complete() {
        "The URL of the first server in the OpenAPI document."
    } else {
        "The URL of the first server in the OpenAPI document. It is not a base URL for a client."
    };
    let mut items = vec![constant("SERVER", docs, &first.url())];
    if cx.api.servers.len() > 1 {
        items.push(all(&cx.api.servers));
    }
    if !first.variables.is_empty() {
        items.push(function(cx, first));
    }
    items
}

/// Returns the constant of all servers, each with its description.
fn all(servers: &[Server]) -> TokenStream {
    let mut lines = vec![String::from("The URLs of all servers in the OpenAPI document."), String::new()];
    for server in servers {
        lines.push(format!("- {}{}", code(&server.template), said(server.description.as_deref())));
    }
    let (docs, name) = (attributes(&lines), fixed("SERVERS"));
    let urls = servers.iter().map(Server::url);
    quote! {
        #docs
        pub const #name: &[&str] = &[#(#urls),*];
    }
}

fn function(cx: Context<'_>, server: &Server) -> TokenStream {
    let mut lines = vec![
        format!("Returns the URL of the server {} with the given values of its variables.", code(&server.template)),
        String::new(),
    ];
    lines.extend(server.variables.iter().map(variable_line));
    let docs = attributes(&lines);
    let (template, arguments) = (&server.template, &cx.names.client.server);
    let names = server.variables.iter().map(|variable| &variable.name);
    quote! {
        #docs
        #[must_use]
        pub fn server(#(#arguments: &str),*) -> String {
            octogen_runtime::server_url(#template, &[#((#names, #arguments)),*])
        }
    }
}

fn variable_line(variable: &ServerVariable) -> String {
    let mut line = format!("- {}{}", code(&variable.name), said(variable.description.as_deref()));
    if !line.ends_with('.') {
        line.push('.');
    }
    if !variable.values.is_empty() {
        let values: Vec<String> = variable.values.iter().map(|value| code(value)).collect();
        line.push_str(&format!(" One of {}.", values.join(", ")));
    }
    if !variable.default.is_empty() {
        line.push_str(&format!(" Default: {}.", code(&variable.default)));
    }
    line
}

fn said(description: Option<&str>) -> String {
    let text = description.map(escaped).unwrap_or_default().join(" ");
    if text.is_empty() { text } else { format!(": {}", text.trim()) }
}

/// Returns the first server of the document and the server of an operation, if they differ.
pub(super) fn own_server(cx: Context<'_>, operation: &Operation) -> Option<(String, String)> {
    let own = operation.server.as_ref()?.url();
    let usual = cx.api.servers.first().map(Server::url).unwrap_or_else(|| String::from("/"));
    (own.trim_end_matches('/') != usual.trim_end_matches('/')).then_some((usual, own))
}
