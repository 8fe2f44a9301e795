//! Operations: structs that know their request and how to read the responses.

use std::collections::BTreeMap;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{attributes, code, deprecation, lines, operation_lines, summary};
use super::parameters::written;
use super::types::{argument, is_text, runtime};
use super::{
    Context, Module, SourceFile, bodies, defaults, gates, headers, imports, modules, outcomes, security, servers,
};
use crate::ir::{Operation, PageStyle, Parameter};
use crate::names::{Name, OperationNames, Room, fixed};

/// A module for each tag.
pub(super) fn files(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut modules: BTreeMap<&str, Vec<(&Operation, &OperationNames)>> = BTreeMap::new();
    for (operation, names) in cx.api.operations.iter().zip(&cx.names.operations) {
        modules.entry(cx.names.module(tag_of(operation))).or_default().push((operation, names));
    }
    let mut files = Vec::new();
    for (module, operations) in modules {
        let tag = operations.first().and_then(|(operation, _)| tag_of(operation));
        let write = move || {
            let described = cx.api.tags.iter().find(|(name, _)| Some(name.as_str()) == tag);
            let docs = described.and_then(|(_, text)| text.as_deref()).map(super::docs::escaped).unwrap_or_default();
            let items = operations.iter().flat_map(|&(operation, names)| operation_items(cx, operation, names));
            let items: Vec<TokenStream> = items.collect();
            SourceFile { docs, imports: imports::of_endpoints(cx, &items), items }
        };
        files.push(Module::new(format!("endpoints/{module}.rs"), gates::of_tag(cx, tag), write));
    }
    files.extend(modules::of_endpoints(&files));
    files
}

fn tag_of(operation: &Operation) -> Option<&str> {
    operation.tags.first().map(String::as_str)
}

fn operation_items(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let mut items = vec![struct_item(cx, operation, names), functions(cx, operation, names)];
    let output = outcomes::output(cx, operation, names);
    let failure = outcomes::failure(cx, operation, names);
    items.push(operation_impl(cx, operation, names, &output, &failure));
    items.extend(security::takes(cx, operation, &names.ty));
    items.extend(bodies::items(cx, operation, names));
    items.extend(output.items);
    items.extend(failure.items);
    items
}

fn struct_item(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let docs = attributes(&operation_lines(operation, servers::own(cx, operation).map(|(_, own)| own)));
    let deprecated = deprecation(&operation.docs);
    let name = &names.ty;
    let derives = if has_default(operation) { quote!(Clone, Debug, Default) } else { quote!(Clone, Debug) };
    let fields = operation.parameters.iter().zip(&names.parameters).map(|(parameter, name)| {
        let ty = argument(cx, parameter.ty);
        let ty = if parameter.required { ty } else { quote!(Option<#ty>) };
        quote!(#name: #ty)
    });
    let body = operation.body.as_ref().map(|body| {
        let (name, ty) = (&names.body, bodies::ty(cx, body, names));
        let ty = if body.required { ty } else { quote!(Option<#ty>) };
        quote!(#name: #ty)
    });
    let fields: Vec<_> = fields.chain(body).collect();
    // Private fields keep others from building the struct; where there is none, this does.
    let sealed = fields.is_empty().then(|| quote!(#[non_exhaustive]));
    quote! {
        #docs
        #deprecated
        #[derive(#derives)]
        #[must_use = "an operation does nothing until it is sent"]
        #sealed
        pub struct #name {
            #(#fields),*
        }
    }
}

fn has_default(operation: &Operation) -> bool {
    !operation.parameters.iter().any(|parameter| parameter.required)
        && !operation.body.as_ref().is_some_and(|body| body.required)
}

fn functions(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let name = &names.ty;
    let deprecated = expected(operation);
    let new = new_function(cx, operation, names);
    let optional = operation.parameters.iter().zip(&names.parameters).filter(|(parameter, _)| !parameter.required);
    let setters = optional.map(|(parameter, name)| setter(cx, parameter, name));
    let members = operation.parameters.iter().zip(&names.defaults);
    let defaults = members.filter_map(|(parameter, name)| {
        defaults::constant(cx, Room::Endpoints, parameter.ty, &parameter.docs, &parameter.name, name)
    });
    let headers = headers::constants(cx, operation, names);
    let body = operation.body.as_ref().filter(|body| !body.required).map(|body| {
        let (name, bodies::Argument { ty, value, .. }) = (&names.body, bodies::argument(cx, body, names));
        let docs = attributes(&or_else(lines(&body.docs), "Sets the request body."));
        quote! {
            #docs
            pub fn #name(mut self, #name: #ty) -> Self {
                self.#name = Some(#value);
                self
            }
        }
    });
    let others = outcomes::others(cx, operation, names);
    quote! {
        #deprecated
        impl #name {
            #(#defaults)*
            #(#headers)*
            #new
            #(#setters)*
            #body
            #(#others)*
        }
    }
}

fn new_function(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    if has_default(operation) {
        return quote! {
            #[doc = " The operation without parameters."]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let (mut arguments, mut values, mut docs) = (Vec::new(), Vec::new(), Vec::new());
    for (parameter, name) in operation.parameters.iter().zip(&names.parameters) {
        if !parameter.required {
            values.push(quote!(#name: None));
            continue;
        }
        let ty = argument(cx, parameter.ty);
        if is_text(cx, cx.api.types.without_null(parameter.ty).0) {
            arguments.push(quote!(#name: impl Into<#ty>));
            values.push(quote!(#name: #name.into()));
        } else {
            arguments.push(quote!(#name: #ty));
            values.push(quote!(#name));
        }
        if let Some(description) = summary(&parameter.docs) {
            docs.push(format!("- `{}`: {description}", name.bare()));
        }
    }
    if let Some(body) = &operation.body {
        let name = &names.body;
        if body.required {
            let bodies::Argument { ty, value, is_plain } = bodies::argument(cx, body, names);
            arguments.push(quote!(#name: #ty));
            values.push(if is_plain { quote!(#name) } else { quote!(#name: #value) });
        } else {
            values.push(quote!(#name: None));
        }
    }
    let docs = attributes(&or_else(docs, "The operation with what every request has."));
    let many = (arguments.len() > 7)
        .then(|| quote!(#[expect(clippy::too_many_arguments, reason = "one for each that every request has")]));
    quote! {
        #docs
        #many
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values),* }
        }
    }
}

fn setter(cx: Context<'_>, parameter: &Parameter, name: &Name) -> TokenStream {
    let docs = attributes(&or_else(lines(&parameter.docs), &format!("Sets {}.", code(&parameter.name))));
    let deprecated = deprecation(&parameter.docs);
    let ty = argument(cx, parameter.ty);
    let is_text = is_text(cx, cx.api.types.without_null(parameter.ty).0);
    let (argument, value) = if is_text { (quote!(impl Into<#ty>), quote!(#name.into())) } else { (ty, quote!(#name)) };
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #argument) -> Self {
            self.#name = Some(#value);
            self
        }
    }
}

fn or_else(lines: Vec<String>, otherwise: &str) -> Vec<String> {
    if lines.is_empty() { vec![otherwise.to_owned()] } else { lines }
}

fn operation_impl(
    cx: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    output: &outcomes::Outcome,
    failure: &outcomes::Outcome,
) -> TokenStream {
    let [operation_trait, about, request, response, error] =
        ["Operation", "About", "Request", "Response", "DecodeError"].map(|name| runtime(cx, Room::Endpoints, name));
    let name = &names.ty;
    let known = known(cx, operation);
    let body = operation.body.as_ref().map(|body| bodies::written(cx, body, names));
    let writes: Vec<_> = written(cx, operation, names).into_iter().chain(body).collect();
    let write = (!writes.is_empty()).then(|| {
        quote! {
            fn write(&self, request: &mut #request) {
                #(#writes)*
            }
        }
    });
    let read = |function: &str, outcome: &outcomes::Outcome| {
        let (function, ty, read) = (fixed(function), &outcome.ty, outcome.read.as_ref()?);
        Some(quote!(fn #function(response: &#response<'_>) -> Result<#ty, #error> { #read }))
    };
    let (read_output, read_failure) = (read("read", output), read("read_failure", failure));
    let (output, failure, deprecated) = (&output.ty, &failure.ty, expected(operation));
    quote! {
        #deprecated
        impl #operation_trait for #name {
            type Output = #output;
            type Failure = #failure;
            const ABOUT: #about = #known;

            #write
            #read_output
            #read_failure
        }
    }
}

/// What keeps the compiler from warning of a deprecated operation where it is written.
pub(super) fn expected(operation: &Operation) -> Option<TokenStream> {
    operation.docs.deprecated.then(|| quote!(#[expect(deprecated, reason = "it is still documented")]))
}

/// What is known of the operation before it is sent.
fn known(cx: Context<'_>, operation: &Operation) -> TokenStream {
    let about = runtime(cx, Room::Endpoints, "About");
    let (id, path) = (&operation.id, &operation.path);
    let method = fixed(match operation.method.as_str() {
        "GET" => "get",
        "PUT" => "put",
        "POST" => "post",
        "DELETE" => "delete",
        "OPTIONS" => "options",
        "HEAD" => "head",
        "PATCH" => "patch",
        _ => "trace",
    });
    let mut known = quote!(#about::#method(#id, #path));
    let mut accept: Vec<&String> = Vec::new();
    for media_type in operation.results().flat_map(|response| &response.media_types) {
        if !accept.contains(&media_type) {
            accept.push(media_type);
        }
    }
    if matches!(accept.as_slice(), [only] if only.as_str() == "application/json") {
        known = quote!(#known.accepting_json());
    } else if !accept.is_empty() {
        known = quote!(#known.accepting(&[#(#accept),*]));
    }
    if let Some((usual, own)) = servers::own(cx, operation) {
        known = quote!(#known.at(#usual, #own));
    }
    let redirects = outcomes::redirects(operation);
    if !redirects.is_empty() {
        let redirects = redirects.into_iter().map(Literal::u16_unsuffixed);
        known = quote!(#known.redirecting(&[#(#redirects),*]));
    }
    if !operation.credentials.is_empty() {
        let alternatives = operation.credentials.iter().map(|all| {
            let all = all.iter().map(|one| security::taken(cx, one));
            quote!(&[#(#all),*])
        });
        known = quote!(#known.taking(&[#(#alternatives),*]));
    }
    if let Some(permissions) = &operation.permissions {
        let permission = runtime(cx, Room::Endpoints, "Permission");
        let alternatives = permissions.iter().map(|all| {
            let all = all.iter().map(|(name, level)| quote!(#permission::new(#name, #level)));
            quote!(&[#(#all),*])
        });
        known = quote!(#known.needing(&[#(#alternatives),*]));
    }
    if let Some(paged) = &operation.pagination {
        let [pagination, style] = ["Pagination", "PageStyle"].map(|name| runtime(cx, Room::Endpoints, name));
        let by = match &paged.by {
            PageStyle::Page => quote!(#style::Page),
            PageStyle::Cursor(parameter) => quote!(#style::Cursor(#parameter)),
        };
        let items = paged.items.as_ref().map_or_else(|| quote!(None), |items| quote!(Some(#items)));
        known = quote!(#known.paged(#pagination::new(#by, #items)));
    }
    known
}
