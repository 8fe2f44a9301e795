//! How an operation writes its parameters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::types::runtime;
use crate::ir::{Location, Parameter, Shape, Style, StyleKind};
use crate::names::{Room, fixed};

/// The statement that writes a parameter into `request`.
pub(super) fn written(cx: Context<'_>, parameter: &Parameter, name: &Ident) -> TokenStream {
    let (key, usual) = (&parameter.name, Style::usual(parameter.location));
    let mut style = parameter.style;
    if style.kind == usual.kind && is_scalar(cx, parameter) {
        style.exploded = usual.exploded;
    }
    let [plain, styled] = match parameter.location {
        Location::Path => ["path", "path_styled"],
        Location::Query => ["query", "query_styled"],
        Location::Header => ["header", "header_styled"],
        Location::Cookie => ["cookie", "cookie_styled"],
    }
    .map(fixed);
    if style == usual {
        return quote!(request.#plain(#key, &self.#name););
    }
    let style = stated(cx, style);
    quote!(request.#styled(#key, #style, &self.#name);)
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
