//! Uses of types.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use crate::ir::{Field, IntegerKind, Shape, StringKind, Tuple, TypeId, TypeRef};
use crate::names::{Name, Target, fixed};

/// Returns the Rust type for a use of a type. `owner` is the item that holds the value directly.
pub(super) fn ty(cx: Context<'_>, used: TypeRef, owner: Option<TypeId>) -> TokenStream {
    let written = without_null(cx, used.id, owner);
    if used.nullable && !fits_null(cx, used.id) { quote!(Option<#written>) } else { written }
}

/// Returns the Rust type of a field. There are four forms: the key may be absent, and the value may be null.
pub(super) fn field(cx: Context<'_>, field: &Field, owner: TypeId) -> TokenStream {
    if field.required { ty(cx, field.ty, Some(owner)) } else { optional(cx, field.ty, Some(owner)) }
}

/// Returns the Rust type of a value that may be absent.
fn optional(cx: Context<'_>, used: TypeRef, owner: Option<TypeId>) -> TokenStream {
    let written = without_null(cx, used.id, owner);
    if used.nullable && !fits_null(cx, used.id) {
        let maybe = runtime(cx, "Maybe");
        return quote!(#maybe<#written>);
    }
    quote!(Option<#written>)
}

/// Returns the Rust type of a parameter or a body, which cannot be null.
pub(super) fn argument(cx: Context<'_>, used: TypeRef) -> TokenStream {
    without_null(cx, used.id, None)
}

/// Returns whether users give a value of the type as text.
pub(super) fn is_text(cx: Context<'_>, used: TypeRef) -> bool {
    !used.nullable && cx.api.types[used.id].shape.is_text()
}

/// Returns whether functions take anything that converts into a value of the type: a text, a number of Rust, or a variant of
/// a union.
pub(super) fn is_converted(cx: Context<'_>, used: TypeRef) -> bool {
    let is_converted = |shape: &Shape| matches!(shape, Shape::Number | Shape::NumberOrText | Shape::Union(_));
    is_text(cx, used) || !used.nullable && is_converted(&cx.api.types[used.id].shape)
}

/// Returns a name of the runtime, with its path if an emitted item has the same name.
pub(super) fn runtime(cx: Context<'_>, name: &str) -> TokenStream {
    let ident = fixed(name);
    if cx.names.namespace(cx.target).contains(name) { quote!(octogen_runtime::#ident) } else { quote!(#ident) }
}

/// Returns the path of a model: its name alone among the models, and with the name of their module anywhere else.
pub(super) fn model_path(cx: Context<'_>, name: &Name) -> TokenStream {
    match cx.target {
        Target::Models => quote!(#name),
        Target::Client | Target::Tests => quote!(models::#name),
    }
}

/// Returns the Rust type behind an alias. The alias of a constant is another name of its literal.
pub(super) fn aliased_type(cx: Context<'_>, used: TypeRef) -> TokenStream {
    match cx.names.models.name(cx.facts, used.id) {
        Some(name) if cx.facts.is_constant(used.id) => model_path(cx, name),
        _ => ty(cx, used, None),
    }
}

/// Returns whether the only value of the shape is null.
pub(super) fn fits_null(cx: Context<'_>, id: TypeId) -> bool {
    matches!(cx.api.types[id].shape, Shape::Null)
}

fn without_null(cx: Context<'_>, id: TypeId, owner: Option<TypeId>) -> TokenStream {
    match &cx.api.types[id].shape {
        Shape::Any => runtime(cx, "Value"),
        Shape::Null => quote!(()),
        Shape::Boolean => quote!(bool),
        Shape::Integer(IntegerKind::Signed) => quote!(i64),
        Shape::Integer(IntegerKind::Unsigned) => quote!(u64),
        Shape::Number => runtime(cx, "Number"),
        Shape::NumberOrText => runtime(cx, "NumberOrText"),
        Shape::String(StringKind::Plain) => quote!(String),
        Shape::String(StringKind::Timestamp) => runtime(cx, "Timestamp"),
        Shape::String(StringKind::Date) => runtime(cx, "Date"),
        Shape::String(StringKind::Binary) => runtime(cx, "Blob"),
        Shape::String(StringKind::Secret) => runtime(cx, "Secret"),
        Shape::Array(items) => {
            let items = ty(cx, *items, None);
            quote!(Vec<#items>)
        }
        Shape::Map(values) => {
            let map = runtime(cx, "Map");
            let values = ty(cx, *values, None);
            quote!(#map<#values>)
        }
        Shape::Tuple(Tuple { elements, rest: None }) => {
            let elements = elements.iter().map(|&element| ty(cx, element, owner));
            quote!((#(#elements,)*))
        }
        Shape::Tuple(Tuple { elements, rest: Some(rest) }) => {
            let tuple = runtime(cx, "OpenTuple");
            let elements = elements.iter().map(|&element| optional(cx, element, owner));
            // `Value` is the default.
            let rest =
                (cx.api.types[rest.id].shape != Shape::Any).then(|| ty(cx, *rest, None)).map(|rest| quote!(, #rest));
            quote!(#tuple<(#(#elements,)*) #rest>)
        }
        Shape::Object(_) | Shape::Enum(_) | Shape::Union(_) => item(cx, id, owner),
    }
}

fn item(cx: Context<'_>, id: TypeId, owner: Option<TypeId>) -> TokenStream {
    let Some(name) = cx.names.models.name(cx.facts, id) else {
        return runtime(cx, "Value");
    };
    let path = model_path(cx, name);
    if cx.facts.is_constant(id) {
        let constant = runtime(cx, "Constant");
        return quote!(#constant<#path>);
    }
    if owner.is_some_and(|owner| cx.facts.is_circular(owner, id)) { quote!(Box<#path>) } else { path }
}
