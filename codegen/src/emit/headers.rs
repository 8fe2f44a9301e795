//! Documented headers of responses: a constant each, which knows the type of the value.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{code, summary};
use super::types::{argument, runtime};
use crate::ir::{Docs, Operation, ResponseHeader};
use crate::names::{OperationNames, Room};

/// The constants of an operation.
pub(super) fn constants(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let header = runtime(cx, Room::Endpoints, "Header");
    let constant = |(of, name): (&ResponseHeader, _)| {
        let ResponseHeader { name: key, ty, description } = of;
        let ty = argument(cx, *ty);
        let said = summary(&Docs { description: description.clone(), ..Docs::default() });
        let doc = match said {
            Some(said) => format!(" {}: {said}", code(key)),
            None => format!(" The header {} of the response.", code(key)),
        };
        quote! {
            #[doc = #doc]
            pub const #name: #header<#ty> = #header::new(#key);
        }
    };
    operation.headers().into_iter().zip(&names.headers).map(constant).collect()
}
