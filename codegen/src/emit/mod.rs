//! From the named description to the tokens of its modules.
//!
//! Each target has a folder: `models`, `client` and `tests`. The other files are shared by the targets.

mod client;
mod context;
mod crate_root;
mod declarations;
mod defaults;
mod docs;
mod emitter;
mod examples;
mod gates;
mod html;
mod imports;
mod literal;
mod markdown;
mod models;
mod module;
mod root;
mod sections;
mod tests;
mod types;

pub use client::OperationGroup;
pub use context::Context;
pub use crate_root::front_page;
pub use examples::{EXAMPLE_TABLE, ExampleTable};
pub use module::Module;
pub use tests::{CheckFunction, count_payloads, round_trips, type_table, type_text};

use emitter::Emitter;

/// The targets of the library. A further target adds its emitter here.
const EMITTERS: &[Emitter] = &[models::EMITTER, client::EMITTER];

/// Emits the Rust modules of a library that becomes a module of a larger crate. It is the emit stage for
/// [`crate::generate`]. `examples` are the examples of the models, if the library has them, and the Cargo feature that
/// enables them.
#[must_use]
pub fn emit_library<'a>(cx: Context<'a>, examples: Option<(&'a ExampleTable<'a>, Option<&'a str>)>) -> Vec<Module<'a>> {
    let mut files = target_modules(cx);
    files.push(root::root(cx, EMITTERS, &files, examples));
    files.extend(examples.and_then(|(table, _)| table.module("examples.rs")));
    files
}

/// Emits the Rust modules of a stand-alone crate, with its crate root. It is the emit stage for
/// [`crate::generate_crate`]. `library` is the name by which other crates import it.
#[must_use]
pub fn crate_library<'a>(cx: Context<'a>, library: &'a str, examples: &'a ExampleTable<'a>) -> Vec<Module<'a>> {
    let mut files = target_modules(cx);
    files.push(crate_root::root(cx, library, EMITTERS, &files, examples));
    files
}

/// Returns the modules of all targets of the library.
fn target_modules(cx: Context<'_>) -> Vec<Module<'_>> {
    EMITTERS.iter().flat_map(|emitter| (emitter.modules)(cx.for_target(emitter.target))).collect()
}
