//! Results of a generation.

use crate::coverage::CoverageReport;
use crate::diagnostic::Diagnostic;
use crate::format::GeneratedFile;

/// The result of [`crate::generate`] for one OpenAPI document: the diagnostics, and the emitted library if there is no
/// error.
#[derive(Debug)]
pub struct Generated {
    /// All problems of the document, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    /// The output, or `None` if one of the problems is an error.
    pub output: Option<Output>,
}

/// The emitted Rust files of a library and of its tests, with the coverage report. The caller writes them to disk.
#[derive(Debug)]
pub struct Output {
    /// The modules of the library. With [`crate::Options::examples`], the table of the examples is among them.
    pub library: Vec<GeneratedFile>,
    /// The tests of the documented payloads.
    pub round_trips: GeneratedFile,
    /// The table of all types by name.
    pub type_table: GeneratedFile,
    /// The Cargo features, if [`crate::Options::features`] is set.
    pub features: Vec<String>,
    /// The numbers of operations, models and examples.
    pub counts: Counts,
    /// The round trip of each payload, and the types that payloads have widened.
    pub coverage: CoverageReport,
}

/// The numbers of operations, models and documented payloads of an API, for the summary of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Models: types that are emitted as structs or enums.
    pub models: usize,
    /// Documented payloads.
    pub examples: usize,
}

/// The result of [`crate::generate_crate`] for one OpenAPI document: the diagnostics, and the crate if there is no
/// error.
#[derive(Debug)]
pub struct GeneratedCrate {
    /// All problems of the document, in the order of the stages.
    pub diagnostics: Vec<Diagnostic>,
    /// The crate, or `None` if one of the problems is an error.
    pub output: Option<Crate>,
}

/// A stand-alone crate in memory: its package name and all its files. The caller writes them into a folder.
#[derive(Debug)]
pub struct Crate {
    /// The name of the package.
    pub name: String,
    /// All files, in the order of their paths.
    pub files: Vec<GeneratedFile>,
    /// The numbers of operations, models and examples.
    pub counts: Counts,
    /// As [`Output::coverage`].
    pub coverage: CoverageReport,
}
