//! Models: each type, followed by its codec table and its setters.

mod pages;
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use octogen_runtime::Value;
use proc_macro2::TokenStream;
use quote::quote;

use self::pages::Envelopes;
use self::tables::has_rest;
use crate::emit::context::Context;
use crate::emit::declarations;
use crate::emit::docs::{attributes, code, deprecation, lines, type_lines};
use crate::emit::emitter::Emitter;
use crate::emit::gates::{self, Gate};
use crate::emit::module::{Module, SourceFile};
use crate::emit::sections::section;
use crate::emit::types::{field, is_text, runtime, ty};
use crate::emit::{defaults, imports};
use crate::ir::{Field, Object, Origin, Shape, TypeId, TypeRef, Union};
use crate::names::{Alias, Name, Target, TypeNames};

/// The number of fields and variants after which a new module begins: about 2,000 lines.
const MAX_MEMBERS: usize = 800;

/// An entry of a module.
#[derive(Clone, Copy)]
enum Named<'a> {
    Model(TypeId, &'a TypeNames),
    Alias(&'a Alias),
}

impl Named<'_> {
    fn members(&self) -> usize {
        match self {
            Self::Model(_, names) => names.members.len(),
            Self::Alias(_) => 1,
        }
    }
}

/// The emitter of the models.
pub(super) const EMITTER: Emitter = Emitter {
    target: Target::Models,
    modules: files,
    root_items: |_| Vec::new(),
    root_modules: &[("models", "The types of requests and responses.")],
};

/// Returns the modules of the models and of their tables.
fn files(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut areas: BTreeMap<(String, Gate), Vec<Named<'_>>> = BTreeMap::new();
    let models = cx.names.models.types.iter().map(|(&id, names)| (id, Named::Model(id, names)));
    let aliases = cx.names.models.aliases.iter().map(|alias| (alias.ty.id, Named::Alias(alias)));
    for (id, named) in models.chain(aliases) {
        let module = cx.names.module(cx.facts.area(id)).to_owned();
        areas.entry((module, gates::of_type(cx, id))).or_default().push(named);
    }
    let mut files = Vec::new();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let envelopes = Arc::new(pages::envelopes(cx));
    for ((area, gate), all) in areas {
        for part in parts(all) {
            let module = free(cx, &area, &taken);
            let (path, envelopes) = (format!("models/{module}.rs"), Arc::clone(&envelopes));
            files.push(Module::new(path, gate.clone(), move || models_file(cx, &part, &envelopes)));
            taken.insert(module);
        }
    }
    files.push(declarations::folder(&files, "models", "The types of requests and responses.", || quote!()));
    files
}

/// Returns a free module name for an area: its own name, or the name with a number that is not the module of a tag.
fn free(cx: Context<'_>, area: &str, taken: &BTreeSet<String>) -> String {
    let is_free = |module: &String| !taken.contains(module) && !cx.names.modules.values().any(|tag| tag == module);
    let numbered = (2..).map(|number| format!("{area}_{number}"));
    let own = Some(area.to_owned()).filter(|area| !taken.contains(area));
    own.or_else(|| numbered.into_iter().find(is_free)).unwrap_or_else(|| area.to_owned())
}

fn parts(all: Vec<Named<'_>>) -> Vec<Vec<Named<'_>>> {
    let mut parts: Vec<Vec<Named<'_>>> = Vec::new();
    let mut members = MAX_MEMBERS;
    for named in all {
        if members >= MAX_MEMBERS {
            parts.push(Vec::new());
            members = 0;
        }
        members += named.members();
        if let Some(part) = parts.last_mut() {
            part.push(named);
        }
    }
    parts
}

fn models_file(cx: Context<'_>, part: &[Named<'_>], envelopes: &Envelopes<'_>) -> SourceFile {
    let (mut items, mut places, mut imported) = (Vec::new(), Vec::new(), Vec::new());
    let mut own = BTreeSet::new();
    let is_component = |alias: &Alias| matches!(cx.api.types[alias.id].origin, Origin::Component(_));
    for named in part {
        let (id, names) = match named {
            Named::Model(id, names) => (*id, *names),
            Named::Alias(alias) => {
                if is_component(alias) {
                    items.push(component_alias(cx, alias));
                    imported.extend(items.last().cloned());
                } else {
                    places.push(place_alias(cx, alias));
                }
                continue;
            }
        };
        own.insert(names.ty.to_string());
        let (model, setters) = match &cx.api.types[id].shape {
            Shape::Object(object) => (object_item(cx, id, object, names), setters(cx, id, object, names)),
            Shape::Enum(values) => (enum_item(cx, id, values, names), None),
            Shape::Union(union) => (union_item(cx, id, union, names), None),
            _ => continue,
        };
        let table = tables::table(cx, id, names);
        let envelope = envelopes.get(&id).and_then(|items| pages::envelope(cx, id, items));
        imported.extend([Some(&model), setters.as_ref(), envelope.as_ref()].into_iter().flatten().cloned());
        items.push(model);
        if let Some(table) = table {
            items.push(table.item);
            imported.push(table.named);
        }
        items.extend(setters);
        items.extend(envelope);
    }
    if !places.is_empty() {
        let item = quote!(aliases! { #(#places)* });
        imported.push(item.clone());
        items.push(item);
    }
    SourceFile { docs: Vec::new(), imports: imports::of_models(cx, &imported, &own), items }
}

fn documented(cx: Context<'_>, id: TypeId, name: &Name) -> Vec<String> {
    let ty = &cx.api.types[id];
    type_lines(&ty.docs, &ty.constraints, name)
}

/// Emits the alias of a component that is another name of a type.
fn component_alias(cx: Context<'_>, alias: &Alias) -> TokenStream {
    let docs = attributes(&documented(cx, alias.id, &alias.name));
    let (name, ty) = (&alias.name, ty(cx, alias.ty, None));
    quote! {
        #docs
        pub type #name = #ty;
    }
}

/// Emits the alias of an inline type that shares the definition of another one. Its documentation is at the field or
/// the operation that uses it.
fn place_alias(cx: Context<'_>, alias: &Alias) -> TokenStream {
    let (name, ty) = (&alias.name, ty(cx, alias.ty, None));
    quote!(#name = #ty;)
}

fn object_item(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> TokenStream {
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

fn setters(cx: Context<'_>, id: TypeId, object: &Object, names: &TypeNames) -> Option<TokenStream> {
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

fn enum_item(cx: Context<'_>, id: TypeId, values: &[Value], names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let (name, unknown) = (&names.ty, &names.other);
    if tables::is_plain_enum(values) {
        let values = values.iter().zip(&names.members);
        let variants = values.filter_map(|(value, name)| value.as_str().map(|text| quote!(#text #name,)));
        return quote!(string_enum! { #docs pub enum #name { #(#variants)* else #unknown } });
    }
    let of_strings = tables::is_string_enum(values);
    let derives = if of_strings { quote!(Clone, Debug, PartialEq, Eq, Hash) } else { quote!(Clone, Debug, PartialEq) };
    let content = if of_strings { quote!(String) } else { runtime(cx, "Value") };
    let variants = values.iter().zip(&names.members).map(|(value, name)| {
        let doc = format!(" {}", code(&octogen_runtime::encode(value)));
        quote! {
            #[doc = #doc]
            #name,
        }
    });
    quote! {
        #docs
        #[derive(#derives)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value that is not documented; it is kept and written back."]
            #unknown(#content),
        }
    }
}

fn union_item(cx: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let docs = attributes(&documented(cx, id, &names.ty));
    let (name, unknown) = (&names.ty, &names.other);
    let value = runtime(cx, "Value");
    let variants = union.variants.iter().zip(&names.members).map(|(variant, name)| {
        let content = tables::variant_type(cx, id, variant.ty);
        let ty = &cx.api.types[variant.ty.id];
        let docs = attributes(&type_lines(variant.docs.as_ref().unwrap_or(&ty.docs), &ty.constraints, name));
        quote! {
            #docs
            #name(#content),
        }
    });
    quote! {
        #docs
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #[doc = " A value of no documented form; it is kept and written back."]
            #unknown(#value),
        }
    }
}
