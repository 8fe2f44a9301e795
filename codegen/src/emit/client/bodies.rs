//! Request bodies of operations: a type for one media type, an enum for several.

use proc_macro2::TokenStream;
use quote::quote;

use super::parameters::style_code;
use crate::emit::context::Context;
use crate::emit::docs::attributes;
use crate::emit::markdown::code;
use crate::emit::types::{argument as type_of, runtime};
use crate::ir::{Body, BodyKind, Content, ContentKind, Encoding, Operation, Shape, TypeRef};
use crate::names::OperationNames;

/// Returns the Rust type of the argument for a request body. For text, bytes and enums, it is anything that converts
/// into them.
pub(super) fn argument_type(cx: Context<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    match body.contents.as_slice() {
        [only] => {
            let ty = content_type(cx, only.kind);
            let is_text = matches!(only.kind, BodyKind::Text(_));
            if only.kind.ty().is_some() && !is_text { quote!(: #ty) } else { quote!(into #ty) }
        }
        _ => {
            let name = &names.bodies.ty;
            quote!(into #name)
        }
    }
}

/// Returns the runtime function that writes the body into a request.
pub(super) fn place(cx: Context<'_>, body: &Body) -> TokenStream {
    match body.contents.as_slice() {
        [only] => one(cx, only),
        _ => quote!(body()),
    }
}

/// Returns the enum for a request body with several media types, and its conversion from the first of them.
pub(super) fn item(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Option<TokenStream> {
    let contents = operation.body.as_ref().map(|body| body.contents.as_slice()).unwrap_or_default();
    let [first, _, ..] = contents else { return None };
    let name = &names.bodies.ty;
    let docs = attributes(&[format!("The request body of {}: one variant for each media type.", code(&operation.id))]);
    let variants = contents.iter().zip(&names.bodies.variants).map(|(content, variant)| {
        let (place, ty) = (one(cx, content), boxed(cx, content.kind));
        quote!(#place #variant(#ty))
    });
    let from = content_type(cx, first.kind);
    Some(quote! {
        request_body! {
            #docs
            pub enum #name from #from { #(#variants),* }
        }
    })
}

fn one(cx: Context<'_>, content: &Content) -> TokenStream {
    let (media_type, encodings) = (&content.media_type, encodings(cx, content));
    match content.kind {
        BodyKind::Plain(ContentKind::Json(_)) => quote!(json(#media_type)),
        BodyKind::Plain(ContentKind::Text) | BodyKind::Text(_) => quote!(text(#media_type)),
        BodyKind::Plain(ContentKind::Bytes) => quote!(blob(#media_type)),
        BodyKind::Form(_) => quote!(form(#media_type, &[#(#encodings),*])),
        BodyKind::Multipart(_) => quote!(multipart(#media_type, &[#(#encodings),*])),
    }
}

fn encodings(cx: Context<'_>, content: &Content) -> Vec<TokenStream> {
    let encoding = runtime(cx, "Encoding");
    let one = |one: &Encoding| match one {
        Encoding::Styled(name, style) => {
            let style = style_code(cx, *style);
            quote!(#encoding::styled(#name, #style))
        }
        Encoding::OfType(name, media_type) => quote!(#encoding::of_type(#name, #media_type)),
    };
    content.encodings.iter().map(one).collect()
}

fn content_type(cx: Context<'_>, kind: BodyKind) -> TokenStream {
    match (kind, kind.ty()) {
        (_, Some(ty)) => type_of(cx, ty),
        (BodyKind::Plain(ContentKind::Text), None) => quote!(String),
        _ => runtime(cx, "Blob"),
    }
}

/// Returns the type of a variant. Objects are boxed, because variants of very different sizes would waste memory.
fn boxed(cx: Context<'_>, kind: BodyKind) -> TokenStream {
    let written = content_type(cx, kind);
    let is_object = |used: TypeRef| matches!(cx.api.types[used.id].shape, Shape::Object(_));
    if kind.ty().is_some_and(is_object) { quote!(Box<#written>) } else { written }
}
