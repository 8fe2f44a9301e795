//! What the responses of an operation are read into.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{attributes, code, escaped};
use super::types::{runtime, ty};
use crate::ir::{ContentKind, Operation, Response, Shape, Status};
use crate::names::{Name, OperationNames, OutcomeNames, Room};

/// The type of an outcome and how it is read.
pub(super) struct Outcome {
    pub(super) ty: TokenStream,
    /// How it is read, where its type doesn't say that.
    pub(super) read: Option<TokenStream>,
    /// The enum, where there is one, and how it is read.
    pub(super) items: Vec<TokenStream>,
}

/// The redirects that are the result.
pub(super) fn redirects(operation: &Operation) -> Vec<u16> {
    let code = |response: &Response| match response.status {
        Status::Range(3) => vec![301, 302, 303, 307, 308],
        Status::Code(code) => vec![code],
        _ => Vec::new(),
    };
    operation.results().filter(|response| response.status.is_redirect()).flat_map(code).collect()
}

/// What a successful response is read into.
pub(super) fn output(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Outcome {
    if !redirects(operation).is_empty() {
        let ty = runtime(cx, Room::Endpoints, "Location");
        return Outcome { ty, read: None, items: Vec::new() };
    }
    outcome(cx, operation, &names.output, &|status| operation.is_result(status))
}

/// The error responses.
pub(super) fn failure(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Outcome {
    let has_result = operation.responses.iter().any(|one| one.status.is_success() || one.status.is_redirect());
    outcome(cx, operation, &names.failure, &|status| match status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => has_result,
    })
}

fn outcome(cx: Context<'_>, operation: &Operation, names: &OutcomeNames, wanted: &dyn Fn(Status) -> bool) -> Outcome {
    let all = operation.responses.iter().zip(&names.variants);
    let chosen: Vec<(&Response, &Name)> = all.filter(|(response, _)| wanted(response.status)).collect();
    let contents: Vec<(String, TokenStream)> = chosen
        .iter()
        .map(|(response, _)| (reading(response.content), content_type(cx, response.content)))
        .map(|(reading, written)| (format!("{reading} {written}"), written))
        .collect();
    match contents.as_slice() {
        [] => Outcome { ty: quote!(()), read: None, items: Vec::new() },
        [(first, ty), rest @ ..] if rest.iter().all(|(other, _)| other == first) => {
            let content = chosen.first().and_then(|(response, _)| response.content);
            let read = (content == Some(ContentKind::Text)).then(|| quote!(response.text()));
            Outcome { ty: ty.clone(), read, items: Vec::new() }
        }
        _ => several(cx, operation, names, &chosen),
    }
}

/// How a body is read: a string may be JSON or text, and nothing is not the same as null.
fn reading(content: Option<ContentKind>) -> &'static str {
    match content {
        None => "nothing",
        Some(ContentKind::Json(_)) => "json",
        Some(ContentKind::Text) => "text",
        Some(ContentKind::Bytes) => "bytes",
    }
}

fn content_type(cx: Context<'_>, content: Option<ContentKind>) -> TokenStream {
    match content {
        None => quote!(()),
        Some(ContentKind::Json(id)) => ty(cx, Room::Endpoints, id, None),
        Some(ContentKind::Text) => quote!(String),
        Some(ContentKind::Bytes) => quote!(Vec<u8>),
    }
}

fn several(cx: Context<'_>, operation: &Operation, names: &OutcomeNames, chosen: &[(&Response, &Name)]) -> Outcome {
    let name = &names.ty;
    let doc = attributes(&[format!("What {} answers with.", code(&operation.id))]);
    let variants = chosen.iter().map(|(response, variant)| variant_item(cx, response, variant));
    let mut ordered: Vec<_> = chosen.to_vec();
    ordered.sort_by_key(|(response, _)| response.status);
    let codes: Vec<u16> = ordered.iter().filter_map(|(response, _)| code_of(response.status)).collect();
    let arms = ordered.iter().map(|(response, variant)| arm(response, variant, &codes));
    let table = quote!(answer! { #name { #(#arms),* } });
    let item = quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
        }
    };
    Outcome { ty: quote!(#name), read: None, items: vec![item, table] }
}

fn variant_item(cx: Context<'_>, response: &Response, variant: &Name) -> TokenStream {
    let status = match response.status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}xx"),
        Status::Default => String::from("Any other status"),
    };
    let mut lines = response.description.as_deref().map(escaped).unwrap_or_default();
    match lines.first_mut() {
        Some(first) => *first = format!("{status}: {first}"),
        None => lines.push(status),
    }
    let docs = attributes(&lines);
    let Some(content) = response.content else {
        return quote! {
            #docs
            #variant,
        };
    };
    let written = boxed_type(cx, content);
    quote! {
        #docs
        #variant(#written),
    }
}

/// Objects stand in a box, since variants of very different size would waste room.
fn boxed_type(cx: Context<'_>, content: ContentKind) -> TokenStream {
    let written = content_type(cx, Some(content));
    match content {
        ContentKind::Json(id) if matches!(cx.api.types[cx.api.types.behind(id)].shape, Shape::Object(_)) => {
            quote!(Box<#written>)
        }
        _ => written,
    }
}

fn code_of(status: Status) -> Option<u16> {
    match status {
        Status::Code(code) => Some(code),
        Status::Range(_) | Status::Default => None,
    }
}

/// The statuses of a range that have no response of their own; `codes` are those that have one, in their order.
fn gaps(digit: u8, codes: &[u16]) -> Vec<TokenStream> {
    let start = u16::from(digit) * 100;
    let end = start + 100;
    let mut next = start;
    let mut gaps = Vec::new();
    for &code in codes.iter().filter(|code| (start..end).contains(*code)).chain([&end]) {
        let (first, last) = (Literal::u16_unsuffixed(next), Literal::u16_unsuffixed(code.saturating_sub(1)));
        match code.saturating_sub(next) {
            0 => {}
            1 => gaps.push(quote!(#first)),
            _ => gaps.push(quote!(#first..=#last)),
        }
        next = code + 1;
    }
    gaps
}

fn arm(response: &Response, variant: &Name, codes: &[u16]) -> TokenStream {
    let pattern = match response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let gaps = gaps(digit, codes);
            quote!(#(#gaps)|*)
        }
        Status::Default => quote!(_),
    };
    match response.content {
        None => quote!(#pattern => #variant),
        Some(ContentKind::Json(_)) => quote!(#pattern => #variant(json)),
        Some(ContentKind::Text) => quote!(#pattern => #variant(text)),
        Some(ContentKind::Bytes) => quote!(#pattern => #variant(bytes)),
    }
}

/// A function for each media type that says something else than the usual one of the result.
pub(super) fn others(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let as_type = runtime(cx, Room::Endpoints, "As");
    let one = |((media_type, kind), name): (&(String, ContentKind), &Name)| {
        let docs = attributes(&[format!("Asks for {} instead.", code(media_type))]);
        let reads = match kind {
            ContentKind::Json(id) => {
                let (json, ty) = (runtime(cx, Room::Endpoints, "Json"), ty(cx, Room::Endpoints, *id, None));
                quote!(#json<#ty>)
            }
            ContentKind::Text => runtime(cx, Room::Endpoints, "Text"),
            ContentKind::Bytes => runtime(cx, Room::Endpoints, "Bytes"),
        };
        quote! {
            #docs
            pub fn #name(self) -> #as_type<Self, #reads> {
                #as_type::new(self, #media_type)
            }
        }
    };
    operation.others().into_iter().zip(&names.others).map(one).collect()
}
