//! Parameters of operations: their arguments and their encoding.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::context::Context;
use crate::emit::types::{argument, is_converted, runtime};
use crate::ir::{Location, Parameter, ParameterStyle, Shape, StyleKind};
use crate::names::fixed;

/// Returns the Rust type of the argument for a parameter.
pub(super) fn argument_type(cx: Context<'_>, parameter: &Parameter) -> TokenStream {
    let ty = argument(cx, parameter.ty);
    if is_converted(cx, parameter.ty.id.into()) { quote!(into #ty) } else { quote!(: #ty) }
}

/// Returns the Rust type of an optional parameter with one documented value, whose setter takes no argument.
pub(super) fn without_argument(cx: Context<'_>, parameter: &Parameter) -> TokenStream {
    let ty = argument(cx, parameter.ty);
    quote!(as OneValue<#ty>)
}

/// Returns the runtime function that writes the parameter into a request, and the key of the parameter.
pub(super) fn place(cx: Context<'_>, parameter: &Parameter) -> TokenStream {
    let key = &parameter.name;
    let [plain, styled] = match parameter.location {
        Location::Path => ["path", "path_styled"],
        Location::Query => ["query", "query_styled"],
        Location::Header => ["header", "header_styled"],
        Location::Cookie => ["cookie", "cookie_styled"],
    }
    .map(fixed);
    match style(cx, parameter) {
        None => quote!(#plain(#key)),
        Some(style) => {
            let style = style_code(cx, style);
            quote!(#styled(#key, #style))
        }
    }
}

/// Returns the style of a parameter if it is not the default of its location.
fn style(cx: Context<'_>, parameter: &Parameter) -> Option<ParameterStyle> {
    let (mut style, usual) = (parameter.style, ParameterStyle::usual(parameter.location));
    if style.kind == usual.kind && is_scalar(cx, parameter) {
        style.exploded = usual.exploded;
    }
    (style != usual).then_some(style)
}

/// Returns whether a parameter is neither an array nor an object. Only those can be exploded.
fn is_scalar(cx: Context<'_>, parameter: &Parameter) -> bool {
    matches!(
        cx.api.types[parameter.ty.id].shape,
        Shape::Boolean | Shape::Integer(_) | Shape::Number | Shape::NumberOrText | Shape::String(_) | Shape::Enum(_)
    )
}

/// Returns the code for a style of the runtime.
pub(super) fn style_code(cx: Context<'_>, style: ParameterStyle) -> TokenStream {
    let name = runtime(cx, "Style");
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
