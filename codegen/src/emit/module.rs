//! Modules of the output, before they are text.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;

/// A Rust module of the output whose tokens are not made yet, so that any thread can do it. The emit stage returns a
/// list of them.
pub struct Module<'a> {
    /// The path within the output, with `/` between its parts.
    pub path: String,
    /// The Cargo features that enable the module: one of them is enough. If there is none, the module is always compiled.
    pub gate: BTreeSet<String>,
    /// The inner attributes, one entry per line.
    pub inner_attributes: Vec<String>,
    write: Box<dyn Fn() -> SourceFile + Send + Sync + 'a>,
}

impl<'a> Module<'a> {
    pub(super) fn new(path: String, gate: BTreeSet<String>, write: impl Fn() -> SourceFile + Send + Sync + 'a) -> Self {
        Self { path, gate, inner_attributes: Vec::new(), write: Box::new(write) }
    }

    /// Makes the Rust tokens of this module. The format stage calls it on the thread that prints them, because tokens
    /// cannot leave their thread.
    #[must_use]
    pub fn write(&self) -> SourceFile {
        (self.write)()
    }
}

/// The content of one Rust file of the output as tokens: documentation, imports and items. The format stage prints it
/// as text.
#[derive(Debug, Default)]
pub struct SourceFile {
    /// The documentation of the module, one entry per line.
    pub docs: Vec<String>,
    /// The `use` declarations.
    pub imports: Vec<TokenStream>,
    /// The items.
    pub items: Vec<TokenStream>,
}
