//! The bodies that operations send: a type where there is one media type, an enum where there are several.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::docs::{attributes, code};
use super::parameters::stated;
use super::types::{argument as type_of, runtime};
use crate::ir::{Body, BodyKind, Content, ContentKind, Encoding, Operation, Shape};
use crate::names::{OperationNames, Room};

/// What a function takes, and what it makes of it.
pub(super) struct Argument {
    pub(super) ty: TokenStream,
    pub(super) value: TokenStream,
    pub(super) is_plain: bool,
}

/// The type of the field that holds the body.
pub(super) fn ty(cx: Context<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    match body.contents.as_slice() {
        [only] => content_type(cx, only.kind),
        _ => {
            let name = &names.bodies.ty;
            quote!(#name)
        }
    }
}

/// How a function takes the body: text, bytes and enums are whatever turns into them.
pub(super) fn argument(cx: Context<'_>, body: &Body, names: &OperationNames) -> Argument {
    let (name, ty) = (&names.body, ty(cx, body, names));
    let is_text = |kind: BodyKind| matches!(kind, BodyKind::Text(_));
    let is_typed = matches!(body.contents.as_slice(), [only] if only.kind.ty().is_some() && !is_text(only.kind));
    match is_typed {
        true => Argument { ty, value: quote!(#name), is_plain: true },
        false => Argument { ty: quote!(impl Into<#ty>), value: quote!(#name.into()), is_plain: false },
    }
}

/// The enum of several media types, and what turns into the usual one.
pub(super) fn items(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let contents = operation.body.as_ref().map(|body| body.contents.as_slice()).unwrap_or_default();
    let ([first, _, ..], [usual, ..]) = (contents, names.bodies.variants.as_slice()) else {
        return Vec::new();
    };
    let name = &names.bodies.ty;
    let docs = attributes(&[format!("What {} can send.", code(&operation.id))]);
    let variants = contents.iter().zip(&names.bodies.variants).map(|(content, variant)| {
        let (docs, ty) = (attributes(&[code(&content.media_type)]), boxed(cx, content.kind).0);
        quote! {
            #docs
            #variant(#ty),
        }
    });
    let (from, (_, is_boxed)) = (content_type(cx, first.kind), boxed(cx, first.kind));
    let value = if is_boxed { quote!(Box::new(body)) } else { quote!(body) };
    vec![
        quote! {
            #docs
            #[derive(Clone, Debug)]
            #[non_exhaustive]
            pub enum #name {
                #(#variants)*
            }
        },
        quote! {
            impl From<#from> for #name {
                fn from(body: #from) -> Self {
                    Self::#usual(#value)
                }
            }
        },
    ]
}

/// The statement that writes the body into `request`.
pub(super) fn written(cx: Context<'_>, body: &Body, names: &OperationNames) -> TokenStream {
    let (field, name) = (&names.body, &names.bodies.ty);
    if let [only] = body.contents.as_slice() {
        let is_blob = only.kind == BodyKind::Plain(ContentKind::Bytes);
        let value = if is_blob && !body.required { quote!(self.#field.as_ref()) } else { quote!(&self.#field) };
        let written = one(cx, only, &value);
        return quote!(#written;);
    }
    let arms = body.contents.iter().zip(&names.bodies.variants).map(|(content, variant)| {
        let write = one(cx, content, &quote!(body));
        let pattern = quote!(#name::#variant(body));
        let pattern = if body.required { pattern } else { quote!(Some(#pattern)) };
        quote!(#pattern => #write,)
    });
    let nothing = (!body.required).then(|| quote!(None => {}));
    quote! {
        match &self.#field {
            #(#arms)*
            #nothing
        }
    }
}

fn one(cx: Context<'_>, content: &Content, value: &TokenStream) -> TokenStream {
    let media_type = &content.media_type;
    match content.kind {
        BodyKind::Plain(ContentKind::Json(_)) => quote!(request.json(#media_type, #value)),
        BodyKind::Plain(ContentKind::Text) | BodyKind::Text(_) => quote!(request.text(#media_type, #value)),
        BodyKind::Plain(ContentKind::Bytes) => quote!(request.blob(#media_type, #value)),
        BodyKind::Form(_) => {
            let encodings = encodings(cx, content);
            quote!(request.form(#media_type, #value, &[#(#encodings),*]))
        }
        BodyKind::Multipart(_) => {
            let encodings = encodings(cx, content);
            quote!(request.multipart(#media_type, #value, &[#(#encodings),*]))
        }
    }
}

fn encodings(cx: Context<'_>, content: &Content) -> Vec<TokenStream> {
    let encoding = runtime(cx, Room::Endpoints, "Encoding");
    let one = |one: &Encoding| match one {
        Encoding::Styled(name, style) => {
            let style = stated(cx, *style);
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
        _ => runtime(cx, Room::Endpoints, "Blob"),
    }
}

/// Objects stand in a box, since variants of very different size would waste room.
fn boxed(cx: Context<'_>, kind: BodyKind) -> (TokenStream, bool) {
    let written = content_type(cx, kind);
    let is_object = |id| matches!(cx.api.types[cx.api.types.without_null(id).0].shape, Shape::Object(_));
    match kind.ty() {
        Some(id) if is_object(id) => (quote!(Box<#written>), true),
        _ => (written, false),
    }
}
