//! Objects: structs, and the setters of those that requests contain.

use proc_macro2::TokenStream;
use quote::quote;

use super::documented;
use super::tables::has_rest;
use crate::emit::context::Context;
use crate::emit::defaults;
use crate::emit::docs::{attributes, deprecation, named_lines};
use crate::emit::markdown::code;
use crate::emit::sections::section;
use crate::emit::types::{field, fits_null, is_converted, runtime, ty};
use crate::ir::{Field, Object, TypeId, TypeRef};
use crate::names::{Name, TypeNames};

pub(super) fn object_item(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let name = &names.ty;
    let is_default_derived = !cx.facts.in_requests(id) && has_default(cx, id, object);
    let default = is_default_derived.then(|| quote!(#[derive(Default)]));
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

/// Returns whether a new object has no keys, so that it can have a `Default`. That of a model in requests is `new`.
fn has_default(cx: Context<'_>, id: TypeId, object: &Object) -> bool {
    let fields = object.fields.iter().enumerate();
    fields.into_iter().all(|(index, field)| !field.required && !cx.facts.is_initial(&cx.api.types, (id, index), field))
}

fn struct_field(cx: Context<'_>, owner: TypeId, key: &Field, name: &Name) -> TokenStream {
    let docs = attributes(&named_lines(&key.docs, &key.constraints, name.bare()));
    let deprecated = deprecation(&key.docs);
    let ty = field(cx, key, owner);
    quote! {
        #docs
        #deprecated
        pub #name: #ty,
    }
}

/// Functions that every model has. A field with such a name has no setter.
const SHADOWING: [&str; 4] = ["new", "default", "clone", "example"];

pub(super) fn setters(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> Option<TokenStream> {
    // Only the decoder creates models that no request contains.
    if !cx.facts.in_requests(id) {
        return None;
    }
    let name = &names.ty;
    let all = || object.fields.iter().zip(&names.members).enumerate();
    let is_initial = |index: usize, field: &Field| cx.facts.is_initial(&cx.api.types, (id, index), field);
    let arguments = cx.facts.arguments(&cx.api.types, id, object);
    let given = arguments.iter().filter_map(|&index| object.fields.get(index).zip(names.members.get(index)));
    let given = given.map(|(key, name)| {
        let ty = field(cx, key, id);
        let value = TypeRef::from(key.ty.id);
        let required = |ty: TypeRef| field(cx, &Field { required: true, ty, ..(*key).clone() }, id);
        if !key.required && !key.ty.nullable {
            let inner = required(key.ty);
            quote!(#name as Option<#inner>)
        } else if !key.required && !fits_null(cx, value.id) {
            let inner = required(value);
            quote!(#name as Maybe<#inner>)
        } else if is_converted(cx, key.ty) {
            quote!(#name into #ty)
        } else {
            quote!(#name: #ty)
        }
    });
    let given = match &names.arguments {
        Some(name) => quote!(#name { #(#given),* }),
        None => quote!(#(#given),*),
    };
    let constants = all().filter(|&(index, (key, _))| is_initial(index, key)).map(|(_, (_, name))| quote!(#name));
    let is_set = |index: usize, field: &Field, name: &Name| {
        cx.facts.is_optional_argument(&cx.api.types, (id, index), field) && !SHADOWING.contains(&name.bare())
    };
    let set = all().filter(|&(index, (field, name))| is_set(index, field, name)).map(|(_, set)| set);
    let (only, set): (Vec<_>, Vec<_>) = set.partition(|(field, _)| cx.api.types.only_value(field.ty.id).is_some());
    let set = set.into_iter().map(|(field, name)| setter(cx, id, field, name));
    let only = only.into_iter().map(|(field, name)| {
        let about = about_setter(field, name);
        quote!(#about #name)
    });
    let (constants, only) = (section("constants", constants), section("constant_setters", only));
    let members = object.fields.iter().zip(&names.defaults);
    let defaults =
        members.filter_map(|(field, name)| defaults::constant(cx, field.ty, &field.constraints, &field.key, name));
    let defaults = section("defaults", defaults);
    Some(quote!(setters! { #name(#given) { #(#set),* } #constants #only #defaults }))
}

fn setter(cx: Context<'_>, owner: TypeId, key: &Field, name: &Name) -> TokenStream {
    let inner = TypeRef::from(key.ty.id);
    let ty = field(cx, &Field { required: true, ty: inner, ..key.clone() }, owner);
    let ty = match key.ty.nullable && !fits_null(cx, inner.id) {
        true => quote!(as Maybe<#ty>),
        false if is_converted(cx, inner) => quote!(into #ty),
        false => quote!(: #ty),
    };
    let about = about_setter(key, name);
    quote!(#about #name #ty)
}

/// Returns the attributes of a setter.
fn about_setter(key: &Field, name: &Name) -> TokenStream {
    // If the name is the key, the field has the documentation.
    let doc = (name.bare() != key.key).then(|| attributes(&[format!("Sets {}.", code(&key.key))]));
    let deprecated = deprecation(&key.docs);
    quote!(#doc #deprecated)
}
