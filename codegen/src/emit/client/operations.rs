//! Operations: structs that know their request and how to read the responses.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use super::metadata::metadata;
use super::responses::Outcome;
use super::{bodies, headers, parameters, responses, security, servers};
use crate::analyze::is_initial_parameter;
use crate::emit::context::Context;
use crate::emit::declarations;
use crate::emit::docs::{attributes, deprecation, lines, operation_lines, summary};
use crate::emit::markdown::{code, escaped};
use crate::emit::module::{Module, SourceFile};
use crate::emit::sections::section;
use crate::emit::{defaults, gates, imports};
use crate::ir::{Constraints, Operation, Parameter};
use crate::names::{Name, OperationNames, SHARED_MODULE};

/// Returns the operations of each module, in the order of the names of the modules.
pub(super) fn operations_by_module<'a>(cx: Context<'a>) -> BTreeMap<&'a str, Vec<(&'a Operation, &'a OperationNames)>> {
    let mut modules: BTreeMap<&str, Vec<(&Operation, &OperationNames)>> = BTreeMap::new();
    for (operation, names) in cx.api.operations.iter().zip(&cx.names.client.operations) {
        modules.entry(cx.names.operation_module(operation)).or_default().push((operation, names));
    }
    modules
}

/// Returns a module of operations for each tag, and for each resource of operations without a tag.
pub(super) fn files(cx: Context<'_>) -> Vec<Module<'_>> {
    let mut files = Vec::new();
    for (module, operations) in operations_by_module(cx) {
        let tag = operations.first().and_then(|(operation, _)| tag_of(operation));
        let write = move || {
            let described = cx.api.tags.iter().find(|(name, _)| Some(name.as_str()) == tag);
            let text = described.and_then(|(_, text)| text.as_deref()).filter(|text| !text.trim().is_empty());
            let mut docs = text.map_or_else(|| vec![without_description(tag, module)], escaped);
            docs.extend(gates::requirement(&gates::of_tag(cx, tag)));
            let items = operations.iter().flat_map(|&(operation, names)| operation_items(cx, operation, names));
            let items: Vec<TokenStream> = items.collect();
            SourceFile { docs, imports: imports::of_endpoints(cx, &items), items }
        };
        files.push(Module::new(format!("endpoints/{module}.rs"), gates::of_tag(cx, tag), write));
    }
    if !files.is_empty() {
        files.push(declarations::folder(&files, "endpoints", "The operations of the API, by tag.", || quote!(pub)));
    }
    files
}

/// Returns the documentation of a module without a description of its tag.
fn without_description(tag: Option<&str>, module: &str) -> String {
    match tag {
        Some(tag) => format!("Operations with the tag {}.", code(tag)),
        None if module == SHARED_MODULE => String::from("Operations without a tag."),
        None => String::from("Operations without a tag, grouped by the first segment of their paths."),
    }
}

fn tag_of(operation: &Operation) -> Option<&str> {
    operation.tags.first().map(String::as_str)
}

fn operation_items(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Vec<TokenStream> {
    let output = responses::output(cx, operation, names);
    let failure = responses::failure(cx, operation, names);
    let mut items = vec![operation_item(cx, operation, names, &output, failure.as_ref())];
    items.extend(bodies::item(cx, operation, names));
    items.extend(output.item);
    items.extend(failure.and_then(|failure| failure.item));
    items
}

fn operation_item(
    cx: Context<'_>,
    operation: &Operation,
    names: &OperationNames,
    output: &Outcome,
    failure: Option<&Outcome>,
) -> TokenStream {
    let docs = attributes(&operation_lines(operation, servers::own_server(cx, operation).map(|(_, own)| own)));
    let deprecated = deprecation(&operation.docs);
    let members = members(cx, operation, names);
    let default = (members.given.is_empty() && members.constants.is_empty()).then(|| quote!(#[derive(Default)]));
    let (name, given, about) = (&names.ty, &members.given, metadata(cx, operation));
    let arguments = cx.facts.operation_takes_struct(&cx.api.types, operation).then_some(&names.arguments);
    let new_takes = arguments.map(|arguments| quote!(new_takes #arguments;));
    let takes = section("takes", security::sufficient_credentials(cx, operation));
    let parameters = operation.parameters.iter().zip(&names.defaults);
    let defaults = section(
        "defaults",
        parameters.filter_map(|(parameter, name)| {
            defaults::constant(cx, parameter.ty, &parameter.constraints, &parameter.name, name)
        }),
    );
    let headers = section("headers", headers::constants(cx, operation, names));
    let constants = section("constants", members.constants);
    let options = section("options", members.options);
    let failure = failure.map(|failure| quote!(, #failure));
    let alternatives = section("alternatives", responses::alternatives(cx, operation, names));
    quote! {
        operation! {
            #docs
            #deprecated
            #default
            pub struct #name(#(#given),*) -> Result<#output #failure> = #about;
            #new_takes
            #takes
            #defaults
            #headers
            #constants
            #options
            #alternatives
        }
    }
}

/// The members of an operation struct: the required and the optional parameters, and the body.
#[derive(Default)]
struct Members {
    given: Vec<TokenStream>,
    /// The parameters with one documented value that `new` fills in.
    constants: Vec<TokenStream>,
    options: Vec<TokenStream>,
}

fn members(cx: Context<'_>, operation: &Operation, names: &OperationNames) -> Members {
    let mut members = Members::default();
    let all = || operation.parameters.iter().zip(&names.parameters);
    for index in cx.facts.required_parameters(&cx.api.types, operation) {
        members.given.extend(all().nth(index).map(|(parameter, name)| required(cx, parameter, name)));
    }
    for (parameter, name) in all() {
        let (ty, place) = (parameters::argument_type(cx, parameter), parameters::place(cx, parameter));
        if is_initial_parameter(&cx.api.types, parameter) {
            members.constants.push(quote!(#name #ty = #place));
        } else if !parameter.required {
            let ty = match cx.api.types.only_value(parameter.ty.id) {
                Some(_) => parameters::without_argument(cx, parameter),
                None => ty,
            };
            let docs = attributes(&or_else(
                lines(&parameter.docs, &parameter.constraints),
                &format!("Sets {}.", code(&parameter.name)),
            ));
            let deprecated = deprecation(&parameter.docs);
            members.options.push(quote!(#docs #deprecated #name #ty = #place));
        }
    }
    if let Some(body) = &operation.body {
        let (name, ty, place) = (&names.body, bodies::argument_type(cx, body, names), bodies::place(cx, body));
        if body.required {
            members.given.push(quote!(#name #ty = #place));
        } else {
            let docs = attributes(&or_else(lines(&body.docs, &Constraints::default()), "Sets the request body."));
            members.options.push(quote!(#docs #name #ty = #place));
        }
    }
    members
}

fn required(cx: Context<'_>, parameter: &Parameter, name: &Name) -> TokenStream {
    let (ty, place) = (parameters::argument_type(cx, parameter), parameters::place(cx, parameter));
    let doc = summary(&parameter.docs, &parameter.constraints)
        .map(|said| attributes(&[format!("- `{}`: {said}", name.bare())]));
    quote!(#doc #name #ty = #place)
}

fn or_else(lines: Vec<String>, otherwise: &str) -> Vec<String> {
    if lines.is_empty() { vec![otherwise.to_owned()] } else { lines }
}
