//! Documented defaults: offered as constants, never written by themselves.

use octogen_runtime::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::types::model_path;
use crate::ir::{Constraints, IntegerKind, Shape, StringKind, TypeRef};
use crate::names::Name;

/// Returns the entry for the default of a key or a parameter, if it has a default of its own type.
pub(super) fn constant(
    cx: Context<'_>,
    used: TypeRef,
    constraints: &Constraints,
    key: &str,
    name: &Name,
) -> Option<TokenStream> {
    let inner = used.id;
    let default = constraints.default.as_ref().or(cx.api.types[inner].constraints.default.as_ref())?;
    let (ty, value) = match (&cx.api.types[inner].shape, default) {
        (Shape::Boolean, Value::Boolean(value)) => (quote!(bool), quote!(#value)),
        (Shape::Integer(IntegerKind::Signed), Value::Number(number)) => {
            let value = proc_macro2::Literal::i64_unsuffixed(number.as_i64()?);
            (quote!(i64), quote!(#value))
        }
        (Shape::String(StringKind::Plain), Value::String(text)) => (quote!(&'static str), quote!(#text)),
        (Shape::Enum(stated), default) if !cx.facts.is_constant(inner) => {
            let names = cx.names.models.types.get(cx.facts.shared(inner))?;
            let variant = names.members.get(stated.values.iter().position(|value| value == default)?)?;
            let ty = model_path(cx, cx.names.models.name(cx.facts, inner)?);
            (ty.clone(), quote!(#ty::#variant))
        }
        _ => return None,
    };
    Some(quote!(#key #name: #ty = #value))
}
