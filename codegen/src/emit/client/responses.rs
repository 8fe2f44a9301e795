//! The types of responses.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::emit::context::Context;
use crate::emit::docs::attributes;
use crate::emit::markdown::escaped;
use crate::emit::types::{runtime, ty};
use crate::ir::{ContentKind, Operation, Response, Shape, Status};
use crate::names::{Name, OperationNames, OutcomeNames, fixed};

/// The Rust type of the successes or of the errors of an operation, and the code that reads it.
pub(super) struct Outcome {
    ty: TokenStream,
    /// Whether the body is read as text: the type does not say it.
    is_text: bool,
    /// The enum, if there are several responses.
    pub(super) item: Option<TokenStream>,
}

impl ToTokens for Outcome {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let (ty, text) = (&self.ty, self.is_text.then(|| quote!(as text)));
        tokens.extend(quote!(#ty #text));
    }
}

/// Returns the statuses of the redirects that are results of an operation.
pub(super) fn redirects(operation: &Operation) -> Vec<u16> {
    let code = |response: &Response| match response.status {
        Status::Range(3) => vec![301, 302, 303, 307, 308],
        Status::Code(code) => vec![code],
        _ => Vec::new(),
    };
    operation.results().filter(|response| response.status.is_redirect()).flat_map(code).collect()
}

/// Returns the type of the successful responses of an operation.
pub(super) fn output(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Outcome {
    if !redirects(operation).is_empty() {
        let ty = runtime(cx, "Location");
        return Outcome { ty, is_text: false, item: None };
    }
    outcome(cx, operation, &names.output, &|status| operation.is_result(status))
}

/// Returns the type of the error responses of an operation, if any are documented.
pub(super) fn failure(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Option<Outcome> {
    let has_result = operation.responses.iter().any(|one| one.status.is_success() || one.status.is_redirect());
    let is_failure = |status| match status {
        Status::Code(code) => code >= 400,
        Status::Range(digit) => digit >= 4,
        Status::Default => has_result,
    };
    let is_documented = operation.responses.iter().any(|response| is_failure(response.status));
    is_documented.then(|| outcome(cx, operation, &names.failure, &is_failure))
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
        [] => Outcome { ty: quote!(()), is_text: false, item: None },
        [(first, ty), rest @ ..] if rest.iter().all(|(other, _)| other == first) => {
            let content = chosen.first().and_then(|(response, _)| response.content);
            Outcome { ty: ty.clone(), is_text: content == Some(ContentKind::Text), item: None }
        }
        _ => several(cx, names, &chosen),
    }
}

/// Returns the runtime's word for how a body is read. A string may be JSON or text, and an absent body differs from
/// null.
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
        Some(ContentKind::Json(id)) => ty(cx, id, None),
        Some(ContentKind::Text) => quote!(String),
        Some(ContentKind::Bytes) => quote!(Vec<u8>),
    }
}

fn several(cx: Context<'_>, names: &OutcomeNames, chosen: &[(&Response, &Name)]) -> Outcome {
    let name = &names.ty;
    let mut ordered: Vec<_> = chosen.to_vec();
    ordered.sort_by_key(|(response, _)| response.status);
    let codes: Vec<u16> = ordered.iter().filter_map(|(response, _)| code_of(response.status)).collect();
    let variants = ordered.iter().map(|(response, name)| variant(cx, response, name, &codes));
    let item = quote! {
        responses! {
            pub enum #name { #(#variants),* }
        }
    };
    Outcome { ty: quote!(#name), is_text: false, item: Some(item) }
}

fn variant(cx: Context<'_>, response: &Response, name: &Name, codes: &[u16]) -> TokenStream {
    let lines = response.description.as_deref().map(escaped).unwrap_or_default();
    let statuses = statuses(response.status, codes);
    let content = response.content.map(|content| {
        let (reads, ty) = (fixed(reading(Some(content))), boxed_type(cx, content));
        quote!((#reads #ty))
    });
    let (text, more) = match lines.split_first() {
        Some((first, [])) => (Some(quote!(: #first)), None),
        Some(_) => (None, Some(attributes(&lines))),
        None => (None, None),
    };
    quote!(#more #statuses => #name #content #text)
}

/// Returns the type of a variant. Objects are boxed, because variants of very different sizes would waste memory.
fn boxed_type(cx: Context<'_>, content: ContentKind) -> TokenStream {
    let written = content_type(cx, Some(content));
    match content {
        ContentKind::Json(used) if !used.nullable && matches!(cx.api.types[used.id].shape, Shape::Object(_)) => {
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

/// Returns patterns for the statuses of a range that have no response of their own. `codes` are those that have one, in
/// order.
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

/// Returns the pattern of the statuses that a response covers.
fn statuses(status: Status, codes: &[u16]) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => {
            let gaps = gaps(digit, codes);
            quote!(#(#gaps)|*)
        }
        Status::Default => quote!(_),
    }
}

/// Returns a function for each further media type of the response, with the type that reads it.
pub(super) fn alternatives(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let alternative = |((media_type, kind), name): (&(String, ContentKind), &Name)| {
        let reads = match kind {
            ContentKind::Json(id) => {
                let (json, ty) = (runtime(cx, "Json"), ty(cx, *id, None));
                quote!(#json<#ty>)
            }
            ContentKind::Text => runtime(cx, "Text"),
            ContentKind::Bytes => runtime(cx, "Bytes"),
        };
        quote!(#name: #reads = #media_type)
    };
    operation.others().into_iter().zip(&names.others).map(alternative).collect()
}
