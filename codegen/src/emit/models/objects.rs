//! Objects: structs, and the setters of those that requests contain.

use proc_macro2::TokenStream;
use quote::quote;

use super::documented;
use super::tables::has_rest;
use crate::emit::context::Context;
use crate::emit::defaults;
use crate::emit::docs::{attributes, code, deprecation, lines};
use crate::emit::sections::section;
use crate::emit::types::{field, is_text, runtime, ty};
use crate::ir::{Field, Object, TypeId, TypeRef};
use crate::names::{Name, TypeNames};

pub(super) fn object_item(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let name = &names.ty;
    let default = has_default(object).then(|| quote!(#[derive(Default)]));
    let fields = object.fields.iter().zip(&names.members).map(|(key, name)| struct_field(cx, id, key, name));
    let rest = has_rest(cx, object).then(|| {
        let map = runtime(cx, "Map");
        let any = || runtime(cx, "Value");
        let values = object.rest.map_or_else(any, |values| ty(cx, values, None));
        let name = &names.other;
        quote! {
            #[doc = " All further keys."]
            pub #name: #map<#values>,
        }
    });
    quote! {
        #docs
        #default
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #rest
        }
    }
}

/// Returns whether a value of the type needs no arguments. Only then is its `Default` public.
fn has_default(object: &Object) -> bool {
    object.fields.iter().all(|field| !field.required)
}

fn struct_field(cx: Context<'_>, owner: TypeId, key: &Field, name: &Name) -> TokenStream {
    let docs = attributes(&lines(&key.docs, &key.constraints));
    let deprecated = deprecation(&key.docs);
    let ty = field(cx, key, owner);
    quote! {
        #docs
        #deprecated
        pub #name: #ty,
    }
}

/// Functions that every model has. A field with such a name has no setter.
const SHADOWING: [&str; 3] = ["new", "default", "clone"];

pub(super) fn setters(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> Option<TokenStream> {
    // Only the decoder creates models that no request contains.
    if !cx.facts.in_requests(id) {
        return None;
    }
    let name = &names.ty;
    let all = || object.fields.iter().zip(&names.members);
    let given = all().filter(|(field, _)| field.required).map(|(key, name)| {
        let ty = field(cx, key, id);
        if is_text(cx, key.ty) { quote!(#name into #ty) } else { quote!(#name: #ty) }
    });
    let is_set = |field: &Field, name: &Name| {
        !field.required && !field.constraints.read_only && !SHADOWING.contains(&name.bare())
    };
    let set = all().filter(|(field, name)| is_set(field, name)).map(|(field, name)| setter(cx, id, field, name));
    let members = object.fields.iter().zip(&names.defaults);
    let defaults =
        members.filter_map(|(field, name)| defaults::constant(cx, field.ty, &field.constraints, &field.key, name));
    let defaults = section("defaults", defaults);
    Some(quote!(setters! { #name(#(#given),*) { #(#set),* } #defaults }))
}

fn setter(cx: Context<'_>, owner: TypeId, key: &Field, name: &Name) -> TokenStream {
    let inner = TypeRef::from(key.ty.id);
    let ty = field(cx, &Field { required: true, ty: inner, ..key.clone() }, owner);
    let ty = if is_text(cx, inner) { quote!(into #ty) } else { quote!(: #ty) };
    // If the name is the key, the field has the documentation.
    let doc = (name.bare() != key.key).then(|| attributes(&[format!("Sets {}.", code(&key.key))]));
    let deprecated = deprecation(&key.docs);
    quote!(#doc #deprecated #name #ty)
}
