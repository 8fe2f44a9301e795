//! Results of a generation.

use crate::coverage::CoverageReport;
use crate::diagnostic::Diagnostic;
use crate::format::GeneratedFile;

/// The result for a document.
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
    /// The Cargo features of [`crate::Options::features`]; none without.
    pub features: Vec<String>,
    /// The numbers of operations, models and examples.
    pub counts: Counts,
    /// The result for each payload, and the types that payloads have widened.
    pub coverage: CoverageReport,
}

/// The numbers of operations, models and examples of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counts {
    /// Operations.
    pub operations: usize,
    /// Models: types that are written as items.
    pub models: usize,
    /// Documented payloads.
    pub examples: usize,
}

/// The result for a document as a crate.
#[derive(Debug)]
pub struct GeneratedCrate {
    /// All problems that were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The crate; `None` where a problem is an error.
    pub output: Option<Crate>,
}

/// A crate that stands alone.
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
