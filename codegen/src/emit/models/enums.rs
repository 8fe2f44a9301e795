//! Enums of documented values, and constants.

use octogen_runtime::Value;
use proc_macro2::TokenStream;
use quote::quote;

use super::{documented, tables};
use crate::emit::context::Context;
use crate::emit::docs::attributes;
use crate::emit::markdown::{code, escaped};
use crate::emit::types::runtime;
use crate::ir::{Enum, TypeId};
use crate::names::TypeNames;

/// Emits the literal of a constant. Fields have the type `Constant` of it.
pub(super) fn constant_item(cx: Context<'_>, id: TypeId, only: &Value, names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let (name, literal) = (&names.ty, tables::literal(cx, only));
    let literal = only.as_str().map_or(literal, |text| quote!(#text));
    quote!(constant! { #docs pub struct #name = #literal; })
}

pub(super) fn enum_item(cx: Context<'_>, id: TypeId, stated: &Enum, names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let (name, unknown, values) = (&names.ty, &names.other, &stated.values);
    if tables::is_plain_enum(values) {
        let last = tables::other_texts(stated, names);
        let values = values.iter().zip(&names.members);
        let variants = values.filter_map(|(value, name)| {
            let docs = attributes(&value_lines(cx, id, value));
            value.as_str().map(|text| quote!(#docs #text #name,))
        });
        return quote!(string_enum! { #docs pub enum #name { #(#variants)* #last } });
    }
    let of_strings = tables::is_string_enum(values);
    let derives = if of_strings { quote!(Clone, Debug, PartialEq, Eq, Hash) } else { quote!(Clone, Debug, PartialEq) };
    let about_others = match stated.open {
        true => " Any other text.",
        false => " A value that is not documented; it is kept and written back.",
    };
    let content = if of_strings { quote!(String) } else { runtime(cx, "Value") };
    let variants = values.iter().zip(&names.members).map(|(value, name)| {
        let mut lines = value_lines(cx, id, value);
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(code(&octogen_runtime::encode(value)));
        let docs = attributes(&lines);
        quote! {
            #docs
            #name,
        }
    });
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = #about_others]
            #unknown(#content),
        }
    }
}

/// Returns the description of a value, one line each.
fn value_lines(cx: Context<'_>, id: TypeId, value: &Value) -> Vec<String> {
    let docs = cx.api.types[id].docs.of_value(value);
    docs.and_then(|docs| docs.description.as_deref()).map(escaped).unwrap_or_default()
}
