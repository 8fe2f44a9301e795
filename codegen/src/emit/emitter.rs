//! The interface between the targets and the root of the output.

use proc_macro2::TokenStream;

use super::context::Context;
use super::module::Module;
use crate::names::Target;

/// The emitter of a target of the library.
pub(super) struct Emitter {
    /// The target that it writes.
    pub(super) target: Target,
    /// The modules of the target.
    pub(super) modules: for<'a> fn(Context<'a>) -> Vec<Module<'a>>,
    /// The items that the target adds to the root module.
    pub(super) root_items: fn(Context<'_>) -> Vec<TokenStream>,
    /// The modules directly below the root, each with its documentation.
    pub(super) root_modules: &'static [(&'static str, &'static str)],
}
