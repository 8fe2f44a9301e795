//! From the named description to the tokens of its modules.

mod defaults;
mod docs;
mod endpoints;
mod examples;
mod gates;
mod imports;
mod models;
mod modules;
mod outcomes;
mod pages;
mod security;
mod tables;
mod types;
mod webhooks;

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

use crate::analyze::Facts;
use crate::ir::Api;
use crate::names::Names;

/// A module as tokens.
#[derive(Debug)]
pub struct SourceFile {
    /// The path within the output, with `/` between its parts.
    pub path: String,
    /// The Cargo features of which any brings the module; none where it is always there.
    pub gate: BTreeSet<String>,
    /// The documentation of the module, a line each.
    pub docs: Vec<String>,
    /// The `use` declarations.
    pub imports: Vec<TokenStream>,
    /// The items; each is printed alone.
    pub items: Vec<TokenStream>,
}

/// What the emitters are given.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The description.
    pub api: &'a Api,
    /// What is true of it.
    pub facts: &'a Facts,
    /// What everything is called.
    pub names: &'a Names,
    /// Where the output is mounted, such as `crate::apps`.
    pub mount: &'a str,
    /// Whether each tag is a Cargo feature.
    pub gated: bool,
}

/// The modules of the crate.
#[must_use]
pub fn library(cx: Context<'_>) -> Vec<SourceFile> {
    let mut files = models::files(cx);
    files.extend(endpoints::files(cx));
    files.extend(security::file(cx));
    files.extend(webhooks::file(cx));
    files.push(modules::root(cx, &files));
    files
}

/// The tests of the documented payloads, to stand in a crate that depends on the output under the name of `mount`.
#[must_use]
pub fn round_trips(cx: Context<'_>) -> SourceFile {
    examples::round_trips(cx)
}

/// The table of all types by name, for programs that are told a type by its name.
#[must_use]
pub fn type_table(cx: Context<'_>) -> SourceFile {
    examples::type_table(cx)
}
