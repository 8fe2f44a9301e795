//! Tests: one per documented payload, and a table of all types by name.

mod values;

use proc_macro2::TokenStream;
use quote::quote;
use rustc_hash::FxHashMap;

use crate::emit::context::Context;
use crate::emit::gates::{self, Gate, attribute};
use crate::emit::imports;
use crate::emit::literal::string_literal;
use crate::emit::markdown::line;
use crate::emit::module::{Module, SourceFile};
use crate::emit::types::ty;
use crate::ir::{Example, ExampleRole, Operation, Shape, Status, TypeRef};
use crate::names::{Target, fixed};

/// The location of the helper function that the emitted tests of documented payloads call: in this repository, or in
/// the emitted crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckFunction {
    /// The function of the package `tests` in this repository.
    OfTests,
    /// A module of the emitted crate, beside the tests.
    Own,
}

/// Emits the Rust file of tests that decode each documented payload and compare it after writing. The tests import the
/// emitted library by the path `mount` of the context.
#[must_use]
pub fn round_trips(cx: Context<'_>, check: CheckFunction) -> Module<'_> {
    let cx = cx.for_target(Target::Tests);
    Module::new(String::from("round_trips.rs"), Gate::new(), move || write_round_trips(cx, check))
}

/// Emits the Rust file with a table of all model types by name. The example program `round_trip` of an emitted crate
/// looks types up in it.
#[must_use]
pub fn type_table(cx: Context<'_>) -> Module<'_> {
    let cx = cx.for_target(Target::Tests);
    Module::new(String::from("types.rs"), Gate::new(), move || write_type_table(cx))
}

/// Returns the Rust type for a use of a type, as tests write it: a model is in the module `models`.
#[must_use]
pub fn type_text(cx: Context<'_>, used: TypeRef) -> String {
    ty(cx.for_target(Target::Tests), used, None).to_string()
}

/// The numbers of payloads that the emitted tests check, for the README of a crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PayloadCounts {
    /// The payloads that the document states.
    pub documented: usize,
    /// The values that octogen made from the schemas.
    pub made: usize,
}

/// Counts the payloads that the emitted tests check.
#[must_use]
pub fn count_payloads(cx: Context<'_>) -> PayloadCounts {
    let named = cx.names.tests.examples.iter().filter(|(index, _)| cx.facts.proves(*index)).count();
    let values = values::Values::new(cx.for_target(Target::Tests));
    PayloadCounts { documented: named + values.documented.len(), made: values.made.len() }
}

fn write_round_trips(cx: Context<'_>, check: CheckFunction) -> SourceFile {
    let mut items = Vec::new();
    let operations = cx.api.operations.iter().map(|operation| (operation.id.as_str(), operation));
    let operations: FxHashMap<&str, &Operation> = operations.collect();
    let owned = |owner: &str| match operations.get(owner) {
        Some(operation) => gates::of_operation(cx, operation),
        None => gates::of_webhooks(cx),
    };
    for (index, name) in cx.names.tests.examples.iter().filter(|(index, _)| cx.facts.proves(*index)) {
        let example = &cx.api.examples[*index];
        let ty = ty(cx, example.ty, None);
        let title = title(example);
        let json = string_literal(&octogen_runtime::encode(&example.value));
        let gate = attribute(&owned(&example.owner));
        items.push(quote! {
            #[test]
            #gate
            fn #name() {
                check::<#ty>(#title, #json);
            }
        });
    }
    let values = values::Values::new(cx).tests(cx, check);
    let functions = [("check", !items.is_empty()), ("check_value", !values.is_empty())];
    let functions = functions.into_iter().filter(|(_, is_called)| *is_called).map(|(name, _)| fixed(name));
    items.extend(values);
    let mut imports = imports::of_endpoints(cx, &items);
    if !items.is_empty() {
        match check {
            CheckFunction::OfTests => imports.push(quote!(
                use tests::round_trip::{#(#functions),*};
            )),
            CheckFunction::Own => {
                let module = quote!(
                    mod check;
                );
                imports.insert(0, module);
                imports.push(quote!(
                    use self::check::check;
                ));
            }
        }
    }
    let docs = vec![format!("Round-trip tests of the documented payloads of {}.", line(&cx.api.title))];
    SourceFile { docs, imports, items }
}

fn write_type_table(cx: Context<'_>) -> SourceFile {
    // The literal of a constant is not a value by itself.
    let items = cx.names.models.types.iter().filter(|(id, _)| !cx.facts.is_constant(*id));
    let items = items.map(|(id, names)| (id, &names.ty));
    let aliases = cx.names.models.aliases.iter().filter(|(_, alias)| {
        // A test of an alias for any JSON, or for null, would prove nothing.
        let is_trivial = matches!(cx.api.types[alias.ty.id].shape, Shape::Any | Shape::Null);
        !is_trivial && !cx.facts.is_constant(alias.ty.id)
    });
    let entries: Vec<TokenStream> = items
        .chain(aliases.map(|(id, alias)| (id, &alias.name)))
        .map(|(id, name)| {
            let gate = attribute(&gates::of_type(cx, id));
            quote!(#gate #name)
        })
        .collect();
    let imports = if entries.is_empty() { Vec::new() } else { vec![imports::of_module(cx, "models")] };
    let docs = vec![format!("The models of {}, by name.", line(&cx.api.title))];
    SourceFile { docs, imports, items: vec![quote!(entries! { #(#entries),* })] }
}

fn title(example: &Example) -> String {
    let role = match &example.role {
        ExampleRole::Request(media) => format!("request {media}"),
        ExampleRole::Response(Status::Code(code), media) => format!("response {code} {media}"),
        ExampleRole::Response(Status::Range(digit), media) => format!("response {digit}xx {media}"),
        ExampleRole::Response(Status::Default, media) => format!("response default {media}"),
        ExampleRole::Parameter(name) => format!("parameter {name}"),
        // A table of values has a title of its own.
        ExampleRole::Schema => String::new(),
    };
    [example.owner.as_str(), role.trim_end(), example.name.as_str()].join(" ").trim_end().to_owned()
}
