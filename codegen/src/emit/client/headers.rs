//! Documented headers of responses: a constant each, which knows the type of the value.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::docs::{attributes, summary};
use crate::emit::types::argument;
use crate::ir::{Constraints, Docs, Operation, ResponseHeader};
use crate::names::OperationNames;

/// Returns the constants for the response headers of an operation.
pub(super) fn constants(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let constant = |(of, name): (&ResponseHeader, _)| {
        let ResponseHeader { name: key, ty, description } = of;
        let ty = argument(cx, *ty);
        let said = summary(&Docs { description: description.clone(), ..Docs::default() }, &Constraints::default());
        let docs = said.map(|said| attributes(&[said]));
        quote!(#docs #key #name: #ty)
    };
    operation.headers().into_iter().zip(&names.headers).map(constant).collect()
}
