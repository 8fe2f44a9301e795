//! Generates Rust from OpenAPI: models, operations, and a test for every documented payload.
//!
//! [`generate`] returns a module and [`generate_crate`] a stand-alone package. They take a text and return texts; they
//! read and write no file themselves.
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
//!
//! # In a build script
//!
//! Without its default features the generator is light enough for a `build.rs`:
//!
//! ```toml
//! [dependencies]
//! octogen-runtime = { version = "0.1", features = ["reqwest"] }
//!
//! [build-dependencies]
//! octogen = { version = "0.1", default-features = false }
//! ```
//!
//! ```no_run
//! // build.rs
//! use std::path::{Path, PathBuf};
//!
//! use octogen::files::{Folder, read, write_module};
//! use octogen::{ExampleFunctions, Options, generate};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     println!("cargo::rerun-if-changed=openapi.yaml");
//!     let document = Path::new("openapi.yaml");
//!     let source = read(document, "openapi.yaml").map_err(|problem| problem.message)?;
//!     let options =
//!         Options { mount: "crate::api".to_owned(), examples: ExampleFunctions::Always, ..Options::default() };
//!     let generated = generate(&source, &Folder::of(document), &options);
//!     for problem in &generated.diagnostics {
//!         println!("cargo::warning={}: {}", problem.place, problem.message);
//!     }
//!     let output = generated.output.ok_or("openapi.yaml has errors")?;
//!     write_module(&PathBuf::from(std::env::var("OUT_DIR")?), "api", &output.library)?;
//!     Ok(())
//! }
//! ```
//!
//! `src/lib.rs` then takes the module in by `include!(concat!(env!("OUT_DIR"), "/api.rs"));`. Each model has `example()`, for
//! tests and mocks. [`ExampleFunctions::Feature`] enables it by a Cargo feature of the package.

#[cfg(feature = "cli")]
pub mod command;
pub mod coverage;
pub mod diagnostic;
pub mod files;
pub mod predict;
pub mod report;
pub mod source;

mod analyze;
mod document;
mod emit;
mod evidence;
mod format;
mod ir;
mod lower;
mod names;
mod options;
mod output;
mod package;
mod samples;

pub use evidence::{Evidence, Mode, Recorded, Widening};
pub use format::{GeneratedFile, Heuristics, Style};
pub use lower::Selector;
pub use options::{CrateOptions, ExampleFunctions, Options, UnknownFields};
pub use output::{Counts, Crate, Generated, GeneratedCrate, Output};
pub use package::Runtime;

use std::collections::BTreeMap;

use coverage::CoverageReport;
use diagnostic::{Code, Diagnostic, Diagnostics, Levels, Place, Spot};
use emit::CheckFunction;
use evidence::{widen, widen_selection};
use source::{Loader, Source};

/// Generates Rust modules from an OpenAPI document: models, client and tests. Call it to make a library that is a
/// module of another crate, for example from its build script.
#[must_use]
pub fn generate(source: &Source, loader: &dyn Loader, options: &Options) -> Generated {
    let mut diagnostics = Diagnostics::default();
    let output = library(source, loader, options, &mut diagnostics);
    let (diagnostics, output) = apply_levels(diagnostics, output, &options.levels);
    Generated { diagnostics, output }
}

/// Generates a stand-alone Rust crate from an OpenAPI document in memory: `Cargo.toml`, sources, and tests of the
/// documented payloads.
///
/// ```
/// use octogen::source::{NoFiles, Source};
/// use octogen::{CrateOptions, generate_crate};
///
/// let text = r#"{"openapi":"3.1.0","info":{"title":"The Zoo API","version":"1"}}"#.to_owned();
/// let result = generate_crate(&Source { path: "zoo.json".to_owned(), text }, &NoFiles, &CrateOptions::default());
/// let output = result.output.expect("the document has no error");
/// assert_eq!(output.name, "the-zoo-api");
/// assert!(output.files.iter().any(|file| file.path == "src/lib.rs"));
/// ```
#[must_use]
pub fn generate_crate(source: &Source, loader: &dyn Loader, options: &CrateOptions) -> GeneratedCrate {
    let mut diagnostics = Diagnostics::default();
    let output = stand_alone(source, loader, options, &mut diagnostics);
    let (diagnostics, output) = apply_levels(diagnostics, output, &options.levels);
    GeneratedCrate { diagnostics, output }
}

/// The Rust names that a test of a stand-alone crate needs to decode JSON values of the schemas of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RustNames {
    /// The types of the schemas by their places, such as `openapi.yaml#/components/schemas/Pet`.
    pub types: BTreeMap<String, String>,
    /// The variants of the unions, by the places of the union and of the schema of the variant.
    pub variants: BTreeMap<(String, String), String>,
}

/// Returns the Rust names of the types of an OpenAPI document, as a test of the stand-alone crate writes them. The exam of
/// the workspace compiles made values with it. The names are empty if the document has an error.
#[must_use]
pub fn rust_names(source: &Source, loader: &dyn Loader, options: &CrateOptions) -> RustNames {
    let documents = (source, options.overlays.as_slice(), loader);
    let asked = (&options.evidence, true);
    let Some(described) = described(documents, &options.only, asked, &mut Diagnostics::default()) else {
        return RustNames::default();
    };
    let context = described.context("crate", false, options.unknown_fields);
    let Described { api, facts, names, .. } = &described;
    let schemas = api.schemas.iter();
    let types = schemas.map(|(place, ty)| (place.to_string(), emit::type_text(context, *ty))).collect();
    let mut variants = BTreeMap::new();
    for id in api.types.ids() {
        let ir::Shape::Union(union) = &api.types[id].shape else { continue };
        let Some(named) = names.models.types.get(facts.shared(id)) else { continue };
        for (variant, name) in union.variants.iter().zip(&named.members) {
            let places = [id, variant.ty.id].map(|id| api.types[id].place.to_string());
            variants.insert(places.into(), name.to_string());
        }
    }
    RustNames { types, variants }
}

/// Returns whether a text can be the name of an emitted Rust module. Check names from users with it.
#[must_use]
pub fn is_module_name(name: &str) -> bool {
    names::is_module(name)
}

/// Returns whether a text can be the package name of a stand-alone crate. Check names from users with it.
#[must_use]
pub fn is_package_name(name: &str) -> bool {
    names::is_package(name)
}

fn apply_levels<T>(found: Diagnostics, output: Option<T>, levels: &Levels) -> (Vec<Diagnostic>, Option<T>) {
    let (found, has_failed) = levels.apply(found.into_vec());
    (found, output.filter(|_| !has_failed))
}

/// An API after the stages from reading to names, ready to be emitted.
struct Described {
    api: ir::Api,
    facts: analyze::Facts,
    names: names::Names,
    coverage: CoverageReport,
    samples: samples::Samples,
}

impl Described {
    fn context<'a>(&'a self, mount: &'a str, gated: bool, unknown: UnknownFields) -> emit::Context<'a> {
        let keeps_unknown = unknown == UnknownFields::Keep;
        let target = names::Target::Models;
        let Self { api, facts, names, samples, .. } = self;
        emit::Context { api, facts, names, samples, mount, gated, keeps_unknown, target }
    }

    fn features(&self, gated: bool) -> Vec<String> {
        let mut features: Vec<String> = self.names.features.values().filter(|_| gated).cloned().collect();
        features.sort();
        features
    }

    fn counts(&self) -> Counts {
        let operations = self.api.operations.len();
        let examples = (0..self.api.examples.len()).filter(|&index| self.facts.outcome(index).is_some()).count();
        Counts { operations, models: self.names.models.types.count(), examples }
    }
}

/// A document with its overlays, and the files beside it.
type Documents<'a> = (&'a Source, &'a [Source], &'a dyn Loader);

fn described(
    (source, overlays, loader): Documents<'_>,
    only: &[Selector],
    (evidence, place_names): (&Evidence, bool),
    diagnostics: &mut Diagnostics,
) -> Option<Described> {
    let documents = document::load(source, overlays, loader, diagnostics)?;
    let mut api = lower::lower(&documents, only, diagnostics)?;
    if diagnostics.has_errors() {
        return None;
    }
    // The types and names of a selection are decided over the whole document.
    let mut whole = if only.is_empty() { None } else { lower::lower(&documents, &[], &mut Diagnostics::default()) };
    let mut widened = widen(whole.as_mut().unwrap_or(&mut api), evidence, diagnostics);
    if whole.is_some() {
        widened = widen_selection(&mut api, evidence, widened);
    }
    let facts = analyze::analyze(&api, whole.as_ref(), diagnostics);
    let names = names::choose_names(&api, whole.as_ref(), &facts, place_names);
    let coverage = coverage::report_coverage(&api, &facts, widened);
    let samples = samples::make_samples(&documents, &api, &facts, diagnostics);
    Some(Described { api, facts, names, coverage, samples })
}

fn library(source: &Source, loader: &dyn Loader, options: &Options, diagnostics: &mut Diagnostics) -> Option<Output> {
    for path in [&options.mount, &options.outside] {
        if let Some(wrong) = path.split("::").find(|part| *part != "crate" && !is_module_name(part)) {
            let place = Place { file: source.path.clone(), spot: Spot::File };
            diagnostics.error(
                Code::InvalidName,
                place,
                format!("`{wrong}` is not a valid name of a module"),
                "choose another path for `mount`",
            );
            return None;
        }
    }
    let documents = (source, options.overlays.as_slice(), loader);
    let asked = (&options.evidence, options.place_names);
    let described = described(documents, &options.only, asked, diagnostics)?;
    let outside = described.context(&options.outside, options.features, options.unknown_fields);
    let origin = format::origin(&source.path);
    let printed = |module: emit::Module<'_>| format::format(&module, &origin, options.style);
    let inside = emit::Context { mount: &options.mount, ..outside };
    let table = emit::ExampleTable::new(inside);
    let examples = match &options.examples {
        ExampleFunctions::Omitted => None,
        ExampleFunctions::Always => Some((&table, None)),
        ExampleFunctions::Feature(name) => Some((&table, Some(name.as_str()))),
    };
    let mut library = format::print_modules(&emit::emit_library(inside, examples), &origin, options.style);
    library.extend(examples.and_then(|(table, _)| format::print_table(table, &origin)));
    Some(Output {
        library,
        round_trips: printed(emit::round_trips(outside, CheckFunction::OfTests)),
        type_table: printed(emit::type_table(outside)),
        features: described.features(options.features),
        counts: described.counts(),
        coverage: described.coverage.clone(),
    })
}

fn stand_alone(
    source: &Source,
    loader: &dyn Loader,
    options: &CrateOptions,
    diagnostics: &mut Diagnostics,
) -> Option<Crate> {
    if let Some(wrong) = options.name.as_deref().filter(|name| !is_package_name(name)) {
        let place = Place { file: source.path.clone(), spot: Spot::File };
        let help = "use lower-case letters, digits and `-`, and no name that Rust or Cargo reserves";
        diagnostics.error(Code::InvalidName, place, format!("`{wrong}` is not a valid name of a crate"), help);
        return None;
    }
    let documents = (source, options.overlays.as_slice(), loader);
    let described = described(documents, &options.only, (&options.evidence, true), diagnostics)?;
    if described.api.servers.is_empty() && !described.api.operations.is_empty() {
        let place = Place { file: source.path.clone(), spot: Spot::File };
        let help = "the client has no default base URL, and its user passes one to `ClientBuilder::base_url`; state a server \
                    under `servers`";
        diagnostics.warn(Code::IncompleteServer, place, "the document states no server", help);
    }
    let name = options.name.clone().unwrap_or_else(|| names::package(&described.api.title));
    let crate_name = names::library_of(&name);
    let outside = described.context(&crate_name, options.features, options.unknown_fields);
    let inside = emit::Context { mount: "crate", ..outside };
    // The emitted files name only the file name of the document, so that they do not depend on its folder.
    let origin = format::origin(source.path.rsplit(['/', '\\']).next().unwrap_or_default());
    let table = emit::ExampleTable::new(inside);
    let mut printed = {
        // Cargo builds the tests and the example with all features alone.
        let whole = emit::Context { gated: false, ..outside };
        let tests = [emit::round_trips(whole, CheckFunction::Own), emit::type_table(whole)];
        let library = emit::crate_library(inside, &crate_name, &table);
        let modules: Vec<_> = tests.into_iter().chain(table.module("mod.rs")).chain(library).collect();
        format::print_modules(&modules, &origin, Style::default()).into_iter()
    };
    let (round_trips, type_table) = (printed.next()?, printed.next()?);
    let examples = match format::print_table(&table, &origin) {
        Some(table) => vec![printed.next()?, table],
        None => Vec::new(),
    };
    let emitted = package::Emitted { library: printed.collect(), round_trips, type_table, examples };
    let payloads = emit::count_payloads(outside);
    let page = emit::front_page(outside, &crate_name);
    let about = package::About {
        name: &name,
        title: &described.api.title,
        heading: &page.title,
        version: page.version.as_deref(),
        origin: &origin,
        quick_start: &page.quick_start.program(),
        operations: &page.operations,
        documented: payloads.documented,
        made: payloads.made,
        features: &described.features(options.features),
        runtime: &options.runtime,
        is_member: options.is_member,
    };
    let files = package::assemble_package(&about, emitted);
    Some(Crate { name, files, counts: described.counts(), coverage: described.coverage })
}
