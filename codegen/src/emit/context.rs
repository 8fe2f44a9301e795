//! The input of the emitters.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use crate::analyze::Facts;
use crate::ir::Api;
use crate::names::{Name, Names, Target};
use crate::samples::Samples;

/// The input of every function of the emit stage: the API, its facts, the Rust names and the settings of the output. It
/// is passed by copy.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The API, lowered and widened.
    pub api: &'a Api,
    /// The facts that the analyze stage derived from the API.
    pub facts: &'a Facts,
    /// The Rust names of all items.
    pub names: &'a Names,
    /// The values that were made from schemas.
    pub samples: &'a Samples,
    /// The path of the module that holds the output, such as `crate::apps`.
    pub mount: &'a str,
    /// Whether each tag is a Cargo feature.
    pub gated: bool,
    /// Whether each object keeps the properties that it does not declare.
    pub keeps_unknown: bool,
    /// The target that is written.
    pub target: Target,
}

impl Context<'_> {
    /// Returns this input of the emit stage for another target (models, client or tests), whose modules have their own
    /// namespace.
    #[must_use]
    pub fn for_target(self, target: Target) -> Self {
        Self { target, ..self }
    }
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend([TokenTree::Ident(self.ident())]);
    }
}
