//! From the named description to the tokens of its modules.

mod about;
mod bodies;
mod crate_root;
mod defaults;
mod docs;
mod endpoints;
mod examples;
mod gates;
mod headers;
mod imports;
mod models;
mod modules;
mod outcomes;
mod pages;
mod parameters;
mod sections;
mod security;
mod servers;
mod steps;
mod tables;
mod types;
mod webhooks;

pub use crate_root::FrontPage;

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use crate::analyze::Facts;
use crate::ir::Api;
use crate::names::{Name, Names};

/// A module that can be written, on any thread.
pub struct Module<'a> {
    /// The path within the output, with `/` between its parts.
    pub path: String,
    /// The Cargo features of which any brings the module; none where it is always there.
    pub gate: BTreeSet<String>,
    write: Box<dyn Fn() -> SourceFile + Send + Sync + 'a>,
}

impl<'a> Module<'a> {
    fn new(path: String, gate: BTreeSet<String>, write: impl Fn() -> SourceFile + Send + Sync + 'a) -> Self {
        Self { path, gate, write: Box::new(write) }
    }

    /// What stands in it. Tokens stay on the thread that makes them.
    #[must_use]
    pub fn written(&self) -> SourceFile {
        (self.write)()
    }
}

/// A module as tokens.
#[derive(Debug, Default)]
pub struct SourceFile {
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
    /// Whether each object keeps the keys that it does not declare.
    pub keeps_unknown: bool,
}

/// What the tests of the documented payloads call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The function of the package `tests`.
    OfTests,
    /// A module that lies beside them.
    Own,
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend([TokenTree::Ident(self.ident())]);
    }
}

/// The modules of the output, below one that holds them.
#[must_use]
pub fn library(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut files = modules_of(cx);
    files.push(modules::root(cx, &files));
    files
}

/// The modules of a crate of its own; `library` is its name as others write it.
#[must_use]
pub fn crate_library<'a>(cx: Context<'a>, library: &'a str) -> Vec<Module<'a>> {
    let mut files = modules_of(cx);
    files.push(crate_root::root(cx, library, &files));
    files
}

/// The front page of a crate of its own.
#[must_use]
pub fn front_page(cx: Context<'_>, library: &str) -> FrontPage {
    crate_root::front_page(cx, library)
}

/// The tests of the documented payloads, to stand in a crate that depends on the output under the name of `mount`.
#[must_use]
pub fn round_trips(cx: Context<'_>, proof: Proof) -> Module<'_> {
    Module::new(String::from("round_trips.rs"), BTreeSet::new(), move || examples::round_trips(cx, proof))
}

/// The table of all types by name, for programs that are told a type by its name.
#[must_use]
pub fn type_table(cx: Context<'_>) -> Module<'_> {
    Module::new(String::from("types.rs"), BTreeSet::new(), move || examples::type_table(cx))
}

fn modules_of(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut files = models::files(cx);
    files.extend(endpoints::files(cx));
    files.extend(security::file(cx));
    files.extend(webhooks::file(cx));
    files
}
