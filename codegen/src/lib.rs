//! From OpenAPI to Rust: models, operations, and a test for every documented payload.
//!
//! [`generate`] is the whole of it. It takes a text and gives texts; it reads and writes no file itself.
//!
//! ```
//! use octogen::source::{NoFiles, Source};
//! use octogen::{Options, generate};
//!
//! let text = "openapi: 3.1.0
//! info: { title: Zoo, version: '1' }
//! components: { schemas: { Animal: { type: object, properties: { name: { type: string } } } } }
//! ";
//! let source = Source { path: "zoo.yaml".to_owned(), text: text.to_owned() };
//! let result = generate(&source, &NoFiles, &Options::default());
//! let output = result.output.expect("the document has no error");
//! assert!(output.library.iter().any(|file| file.text.contains("pub struct Animal")));
//! ```

pub mod diagnostic;
pub mod report;
pub mod source;

mod analyze;
mod document;
mod emit;
mod format;
mod ir;
mod lower;
mod names;

pub use format::GeneratedFile;
pub use lower::Selector;

use diagnostic::{Diagnostic, Diagnostics, Place, Severity, Spot};
use source::{Loader, Source};

/// What the output is to look like.
#[derive(Clone, Debug)]
pub struct Options {
    /// The module that the library stands in, seen from its crate.
    pub mount: String,
    /// The module that the library stands in, seen from the crate of the tests.
    pub outside: String,
    /// Files of the OpenAPI Overlay Specification 1.0, which change the document before anything is made of it.
    pub overlays: Vec<Source>,
    /// What is wanted of the description; all of it where this is empty. Models that nothing wanted refers to are left out.
    pub only: Vec<Selector>,
    /// Whether the operations of each tag, with the models that they alone refer to, are behind a Cargo feature.
    pub features: bool,
    /// Whether warnings count as errors.
    pub deny_warnings: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mount: String::from("crate"),
            outside: String::from("crate"),
            overlays: Vec::new(),
            only: Vec::new(),
            features: false,
            deny_warnings: false,
        }
    }
}

/// What came of a document.
#[derive(Debug)]
pub struct Generated {
    /// All problems that were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The output; `None` where a problem is an error.
    pub output: Option<Output>,
}

/// The texts that were generated.
#[derive(Debug)]
pub struct Output {
    /// The modules of the library.
    pub library: Vec<GeneratedFile>,
    /// The tests of the documented payloads.
    pub round_trips: GeneratedFile,
    /// The table of all types by name.
    pub type_table: GeneratedFile,
    /// The Cargo features of [`Options::features`]; none without.
    pub features: Vec<String>,
    /// How much of what there is.
    pub counts: Counts,
}

/// How much of what a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Models: types that are written as items.
    pub models: usize,
    /// Documented payloads.
    pub examples: usize,
}

/// Generates a library from a document.
#[must_use]
pub fn generate(source: &Source, loader: &dyn Loader, options: &Options) -> Generated {
    let mut diagnostics = Diagnostics::default();
    let output = stages(source, loader, options, &mut diagnostics);
    let denied = |one: &Diagnostic| options.deny_warnings || one.severity == Severity::Error;
    let diagnostics = diagnostics.into_vec();
    let output = output.filter(|_| !diagnostics.iter().any(denied));
    Generated { diagnostics, output }
}

/// Whether a module can have that name.
#[must_use]
pub fn is_module_name(name: &str) -> bool {
    names::is_module(name)
}

fn stages(source: &Source, loader: &dyn Loader, options: &Options, diagnostics: &mut Diagnostics) -> Option<Output> {
    for path in [&options.mount, &options.outside] {
        if let Some(wrong) = path.split("::").find(|part| *part != "crate" && !is_module_name(part)) {
            let place = Place { file: source.path.clone(), spot: Spot::File };
            diagnostics.error(place, format!("`{wrong}` is no name for a module"), "mount the output elsewhere");
            return None;
        }
    }
    let documents = document::load(source, &options.overlays, loader, diagnostics)?;
    let api = lower::lower(&documents, &options.only, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    let facts = analyze::analyze(&api, diagnostics);
    let names = names::names(&api, &facts);
    let inside =
        emit::Context { api: &api, facts: &facts, names: &names, mount: &options.mount, gated: options.features };
    let outside = emit::Context { mount: &options.outside, ..inside };
    let origin = source.path.as_str();
    let library = emit::library(inside).iter().map(|file| format::format(file, origin)).collect::<Result<Vec<_>, _>>();
    let round_trips = format::format(&emit::round_trips(outside), origin);
    let type_table = format::format(&emit::type_table(outside), origin);
    let counts = Counts { operations: api.operations.len(), models: names.types.len(), examples: api.examples.len() };
    let mut features: Vec<String> = names.features.values().filter(|_| options.features).cloned().collect();
    features.sort();
    match (library, round_trips, type_table) {
        (Ok(library), Ok(round_trips), Ok(type_table)) => {
            Some(Output { library, round_trips, type_table, features, counts })
        }
        (Err(error), ..) | (_, Err(error), _) | (.., Err(error)) => {
            let place = Place { file: error.path, spot: Spot::File };
            let help = "this is a fault of the generator: please report it with the document";
            diagnostics.error(place, format!("the emitted code is no Rust: {}", error.message), help);
            None
        }
    }
}
