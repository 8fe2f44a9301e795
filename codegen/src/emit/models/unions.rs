//! Unions: enums whose variants are types.

use proc_macro2::TokenStream;
use quote::quote;

use super::dispatch_docs::dispatch_sentence;
use super::{documented, tables};
use crate::emit::context::Context;
use crate::emit::docs::{attributes, type_lines, with_sentence};
use crate::emit::types::runtime;
use crate::ir::{TypeId, Union};
use crate::names::TypeNames;

pub(super) fn union_item(cx: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let docs = with_sentence(documented(cx, id, &names.ty), &dispatch_sentence(cx.facts.plan(id), names));
    let docs = attributes(&docs);
    let (name, unknown) = (&names.ty, &names.other);
    let value = runtime(cx, "Value");
    let variants = union.variants.iter().zip(&names.members).map(|(variant, name)| {
        let content = tables::variant_type(cx, id, variant.ty);
        let ty = &cx.api.types[variant.ty.id];
        let docs = attributes(&type_lines(variant.docs.as_ref().unwrap_or(&ty.docs), &ty.constraints, name));
        quote! {
            #docs
            #name(#content),
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown(#value),
        }
    }
}
