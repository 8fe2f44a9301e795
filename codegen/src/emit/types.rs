//! How a type is written where it is used.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::ir::{Field, IntegerKind, Shape, StringKind, TypeId};
use crate::names::{Room, fixed};

/// A type, as it is written in a room; `owner` is the item that holds it by value.
pub(super) fn ty(cx: Context<'_>, room: Room, id: TypeId, owner: Option<TypeId>) -> TokenStream {
    let (inner, nullable) = cx.api.types.without_null(id);
    let written = without_null(cx, room, inner, owner);
    if nullable && !fits_null(cx, inner) { quote!(Option<#written>) } else { written }
}

/// The type of a field: whether its key may be absent and whether its value may be null make four forms.
pub(super) fn field(cx: Context<'_>, field: &Field, owner: TypeId) -> TokenStream {
    let (inner, nullable) = cx.api.types.without_null(field.ty);
    let written = without_null(cx, Room::Models, inner, Some(owner));
    match (field.required, nullable && !fits_null(cx, inner)) {
        (true, false) => written,
        (true, true) | (false, false) => quote!(Option<#written>),
        (false, true) => {
            let maybe = runtime(cx, Room::Models, "Maybe");
            quote!(#maybe<#written>)
        }
    }
}

/// A parameter or a body: null can't be sent.
pub(super) fn argument(cx: Context<'_>, id: TypeId) -> TokenStream {
    without_null(cx, Room::Endpoints, cx.api.types.without_null(id).0, None)
}

/// Whether people give a value of the type as text, so that its functions take whatever turns into it.
pub(super) fn is_text(cx: Context<'_>, id: TypeId) -> bool {
    let (inner, nullable) = cx.api.types.without_null(id);
    !nullable && matches!(cx.api.types[inner].shape, Shape::String(_))
}

/// A name of the runtime, with its path where something else has the name.
pub(super) fn runtime(cx: Context<'_>, room: Room, name: &str) -> TokenStream {
    let ident = fixed(name);
    if cx.names.is_taken(room, name) { quote!(octogen_runtime::#ident) } else { quote!(#ident) }
}

/// Whether the shape stands for null itself.
pub(super) fn fits_null(cx: Context<'_>, id: TypeId) -> bool {
    matches!(cx.api.types[id].shape, Shape::Null)
}

fn without_null(cx: Context<'_>, room: Room, id: TypeId, owner: Option<TypeId>) -> TokenStream {
    match &cx.api.types[id].shape {
        Shape::Any => runtime(cx, room, "Value"),
        Shape::Null => quote!(()),
        Shape::Boolean => quote!(bool),
        Shape::Integer(IntegerKind::Signed) => quote!(i64),
        Shape::Integer(IntegerKind::Unsigned) => quote!(u64),
        Shape::Number => runtime(cx, room, "Number"),
        Shape::String(StringKind::Plain) => quote!(String),
        Shape::String(StringKind::Timestamp) => runtime(cx, room, "Timestamp"),
        Shape::String(StringKind::Date) => runtime(cx, room, "Date"),
        Shape::String(StringKind::Binary) => runtime(cx, room, "Blob"),
        Shape::String(StringKind::Secret) => runtime(cx, room, "Secret"),
        Shape::Array(items) => {
            let items = ty(cx, room, *items, None);
            quote!(Vec<#items>)
        }
        Shape::Map(values) => {
            let map = runtime(cx, room, "Map");
            let values = ty(cx, room, *values, None);
            quote!(#map<#values>)
        }
        Shape::Tuple(elements) => {
            let elements = elements.iter().map(|&element| ty(cx, room, element, owner));
            quote!((#(#elements,)*))
        }
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => item(cx, room, id, owner),
        // Names and null were followed already.
        Shape::Nullable(inner) | Shape::Alias(inner) => ty(cx, room, *inner, owner),
    }
}

fn item(cx: Context<'_>, room: Room, id: TypeId, owner: Option<TypeId>) -> TokenStream {
    let Some(names) = cx.names.types.get(&cx.facts.shared(id)) else {
        return runtime(cx, room, "Value");
    };
    let name = &names.ty;
    let path = match room {
        Room::Models => quote!(#name),
        Room::Endpoints => quote!(models::#name),
    };
    if owner.is_some_and(|owner| cx.facts.is_circular(owner, id)) { quote!(Box<#path>) } else { path }
}
