//! The root of a stand-alone crate, and its front page.

use quote::quote;

use super::context::Context;
use super::docs::{attributes, code, line};
use super::emitter::Emitter;
use super::gates::Gate;
use super::module::{Module, SourceFile};
use super::root::RootModule;
use super::{client, root};

/// The content of the front page of a stand-alone crate, in escaped Markdown. The README of the crate is made
/// from it.
#[derive(Debug)]
pub struct FrontPage {
    /// The title, on one line.
    pub title: String,
    /// The version of the document.
    pub version: Option<String>,
    /// The lines of an example program. Lines that start with `#` are hidden in the documentation.
    pub steps: Vec<String>,
}

/// Collects the content of the front page of a stand-alone crate from the API: title, version and an example program.
#[must_use]
pub fn front_page(cx: Context<'_>, library: &str) -> FrontPage {
    FrontPage {
        title: line(&cx.api.title),
        version: cx.api.version.as_deref().filter(|version| !version.trim().is_empty()).map(code),
        steps: client::quick_start(cx, library),
    }
}

/// Emits `lib.rs`.
pub(super) fn root<'a>(cx: Context<'a>, library: &'a str, emitters: &'a [Emitter], files: &[Module<'_>]) -> Module<'a> {
    let modules = root::modules(emitters, files);
    Module::new(String::from("lib.rs"), Gate::new(), move || source_file(cx, library, emitters, &modules))
}

fn source_file(cx: Context<'_>, library: &str, emitters: &[Emitter], modules: &[RootModule]) -> SourceFile {
    let mut docs = root::title(cx);
    let paragraphs = [
        "",
        "`models` carry JSON without changing it. `endpoints` are operations as data: what is sent, with which credential,",
        "and what comes back. The feature `client`, on by default, adds the module `client`, which sends them; the feature",
        "`jiff` converts timestamps.",
        "",
        "```no_run",
    ];
    docs.extend(paragraphs.map(str::to_owned));
    docs.extend(client::quick_start(cx, library));
    docs.push(String::from("```"));
    // It may be long, and it may have headings.
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
