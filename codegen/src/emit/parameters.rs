//! How an operation writes its parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::Context;
use super::types::runtime;
use crate::ir::{Location, Operation, Parameter, Shape, Style, StyleKind};
use crate::names::{Name, OperationNames, Room, fixed};

/// The statements that write parameters into `request`, in their order: those that are written alike in one.
pub(super) fn written(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let all: Vec<(&Parameter, &Name)> = operation.parameters.iter().zip(&names.parameters).collect();
    let manner = |parameter: &Parameter| (parameter.location, style(cx, parameter));
    let alike = all.chunk_by(|(one, _), (other, _)| manner(one) == manner(other));
    alike.flat_map(|alike| together(cx, alike)).collect()
}

fn together(cx: Context<'_>, alike: &[(&Parameter, &Name)]) -> Vec<TokenStream> {
    let several = match alike {
        [(first, _), _, ..] if style(cx, first).is_none() => match first.location {
            Location::Path => Some(fixed("paths")),
            Location::Query => Some(fixed("queries")),
            Location::Header | Location::Cookie => None,
        },
        _ => None,
    };
    let Some(several) = several else {
        return alike.iter().map(|(parameter, name)| alone(cx, parameter, name)).collect();
    };
    let all = alike.iter().map(|(parameter, name)| {
        let key = &parameter.name;
        quote!((#key, &self.#name))
    });
    vec![quote!(request.#several(&[#(#all),*]);)]
}

fn alone(cx: Context<'_>, parameter: &Parameter, name: &Name) -> TokenStream {
    let key = &parameter.name;
    let [plain, styled] = match parameter.location {
        Location::Path => ["path", "path_styled"],
        Location::Query => ["query", "query_styled"],
        Location::Header => ["header", "header_styled"],
        Location::Cookie => ["cookie", "cookie_styled"],
    }
    .map(fixed);
    match style(cx, parameter) {
        None => quote!(request.#plain(#key, &self.#name);),
        Some(style) => {
            let style = stated(cx, style);
            quote!(request.#styled(#key, #style, &self.#name);)
        }
    }
}

/// The style, where it isn't the usual one of its location.
fn style(cx: Context<'_>, parameter: &Parameter) -> Option<Style> {
    let (mut style, usual) = (parameter.style, Style::usual(parameter.location));
    if style.kind == usual.kind && is_scalar(cx, parameter) {
        style.exploded = usual.exploded;
    }
    (style != usual).then_some(style)
}

/// Whether its value is neither an array nor an object, which alone can be exploded.
fn is_scalar(cx: Context<'_>, parameter: &Parameter) -> bool {
    let (inner, _) = cx.api.types.without_null(parameter.ty);
    matches!(
        cx.api.types[inner].shape,
        Shape::Boolean | Shape::Integer(_) | Shape::Number | Shape::String(_) | Shape::Enum(_)
    )
}

/// A style of the runtime.
pub(super) fn stated(cx: Context<'_>, style: Style) -> TokenStream {
    let name = runtime(cx, Room::Endpoints, "Style");
    let kind = fixed(match style.kind {
        StyleKind::Simple => "SIMPLE",
        StyleKind::Label => "LABEL",
        StyleKind::Matrix => "MATRIX",
        StyleKind::Form => "FORM",
        StyleKind::SpaceDelimited => "SPACE_DELIMITED",
        StyleKind::PipeDelimited => "PIPE_DELIMITED",
        StyleKind::DeepObject => "DEEP_OBJECT",
        StyleKind::Json => "JSON",
    });
    let exploded = style.exploded.then(|| quote!(.exploded()));
    let reserved = style.reserved.then(|| quote!(.reserved()));
    let segmented = style.segmented.then(|| quote!(.segmented()));
    quote!(#name::#kind #exploded #reserved #segmented)
}
