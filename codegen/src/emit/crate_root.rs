//! The root of a stand-alone crate, and its front page.

use quote::quote;

use super::context::Context;
use super::docs::attributes;
use super::emitter::Emitter;
use super::examples::{ExampleTable, FEATURE};
use super::gates::Gate;
use super::markdown::{code, line};
use super::module::{Module, SourceFile};
use super::root::RootModule;
use super::{client, root};
use crate::ir::Shape;

/// The content of the front page of a stand-alone crate, in escaped Markdown. The README of the crate is made
/// from it.
#[derive(Debug)]
pub struct FrontPage {
    /// The title, on one line.
    pub title: String,
    /// The version of the document.
    pub version: Option<String>,
    /// The example program.
    pub quick_start: client::QuickStart,
    /// The operations by module.
    pub operations: Vec<client::OperationGroup>,
}

/// Collects the content of the front page of a stand-alone crate from the API: title, version, an example program and
/// the index of operations.
#[must_use]
pub fn front_page(cx: Context<'_>, library: &str) -> FrontPage {
    FrontPage {
        title: line(&cx.api.title),
        version: cx.api.version.as_deref().filter(|version| !version.trim().is_empty()).map(code),
        quick_start: client::quick_start(cx, library),
        operations: client::operation_index(cx),
    }
}

/// Emits `lib.rs`.
pub(super) fn root<'a>(
    cx: Context<'a>,
    library: &'a str,
    emitters: &'a [Emitter],
    files: &[Module<'_>],
    examples: &'a ExampleTable<'a>,
) -> Module<'a> {
    let modules = root::modules(emitters, files);
    let mut module = Module::new(String::from("lib.rs"), Gate::new(), move || {
        let mut file = source_file(cx, library, emitters, &modules);
        file.items.extend(examples.declaration(Some(FEATURE), Some("../examples/models/mod.rs")));
        file
    });
    // With this feature, rustdoc names the Cargo features that an item needs.
    module.inner_attributes.push(String::from("#![cfg_attr(docsrs, feature(doc_cfg))]"));
    if let Some(limit) = cx.facts.recursion_limit() {
        module.inner_attributes.push(format!("#![recursion_limit = \"{limit}\"]"));
    }
    if cx.api.types.ids().any(|id| matches!(&cx.api.types[id].shape, Shape::Tuple(tuple) if tuple.rest.is_some())) {
        let reason = "an open tuple lists the types of all elements";
        module.inner_attributes.push(format!("#![allow(clippy::type_complexity, reason = \"{reason}\")]"));
    }
    module
}

/// The paragraph of the front page about the Cargo features that every crate has.
const FEATURES: [&str; 9] = [
    "",
    "The Cargo features:",
    "",
    "- `client` (default): The module `client`, which sends operations over HTTP.",
    "- `blocking`: The same client for programs without async.",
    "- `gzip`: Responses in gzip.",
    "- `resilience`: Retries, rate limits, a deadline, conditional requests and tracing.",
    "- `examples`: `example()` of each model, for tests and mocks.",
    "- `jiff`: Conversions of dates and times to and from jiff's types.",
];

/// Returns a module as an item of a list. A link to a module that is not compiled would be a warning of rustdoc.
fn listed(module: &RootModule) -> String {
    let RootModule { name, doc, gate } = module;
    if gate.is_empty() { format!("- [`{name}`]: {doc}") } else { format!("- `{name}`: {doc}") }
}

fn source_file(cx: Context<'_>, library: &str, emitters: &[Emitter], modules: &[RootModule]) -> SourceFile {
    let mut docs = root::title(cx);
    docs.extend(["", "```no_run"].map(str::to_owned));
    docs.extend(client::quick_start(cx, library).documentation());
    docs.extend(["```", "", "The modules:", "", "- `client`: The client, which sends operations."].map(str::to_owned));
    docs.extend(modules.iter().map(listed));
    docs.push(String::from("- `runtime`: The library that the generated code uses."));
    docs.extend(FEATURES.map(str::to_owned));
    if cx.gated {
        docs.push(String::from("- `full` (default): All operations, webhooks and models."));
        docs.push(String::from("- One feature for each tag: The operations of the tag and their models."));
    }
    // The description of the API comes last: it may be long, and it may have headings.
    docs.extend(root::description(cx));
    let client = attributes(&[String::from("The client, which sends operations.")]);
    let mut items = vec![
        quote! {
            pub use octogen_runtime as runtime;
        },
        quote! {
            #client
            #[cfg(feature = "client")]
            pub use octogen_runtime::client;
        },
    ];
    items.extend(root::items(cx, emitters, modules));
    SourceFile { docs, imports: Vec::new(), items }
}
