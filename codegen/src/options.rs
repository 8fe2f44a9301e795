//! Options of a generation.

use std::str::FromStr;

use crate::diagnostic::Levels;
use crate::evidence::Evidence;
use crate::format::Style;
use crate::lower::Selector;
use crate::package::Runtime;
use crate::source::Source;

/// The setting for undeclared keys of JSON objects: emitted models ignore them, or keep them in a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// Emitted models ignore undeclared keys.
    #[default]
    Drop,
    /// Each emitted model has a map of undeclared keys, and writes them back.
    Keep,
}

impl FromStr for UnknownFields {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "drop" => Ok(Self::Drop),
            "keep" => Ok(Self::Keep),
            _ => Err(String::from("write `drop` or `keep`")),
        }
    }
}

/// Whether the models of an emitted library have `example()`, which returns a documented value or a made one. Tests and
/// mocks call it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ExampleFunctions {
    /// No model has `example()`.
    #[default]
    Omitted,
    /// Each model has `example()`.
    Always,
    /// Each model has `example()` if this Cargo feature of the package around the library is on.
    Feature(String),
}

/// The options for generating a library with [`crate::generate`]: its module path, overlays, selected operations,
/// evidence and style.
#[derive(Clone, Debug)]
pub struct Options {
    /// The path of the library's module within its own crate.
    pub mount: String,
    /// The path of the library's module as the crate of the tests imports it.
    pub outside: String,
    /// Overlays of the OpenAPI Overlay Specification 1.0. They change the document before any stage reads it.
    pub overlays: Vec<Source>,
    /// The selected operations and webhooks. If the list is empty, all are selected. Models that none of them uses are
    /// left out.
    pub only: Vec<Selector>,
    /// Whether each tag becomes a Cargo feature that enables its operations and the models that only they use.
    pub features: bool,
    /// The handling of undeclared keys.
    pub unknown_fields: UnknownFields,
    /// Whether models have `example()`.
    pub examples: ExampleFunctions,
    /// Whether each place within an inline type that shares the definition of another one has an alias. No emitted code
    /// uses these aliases. A program that does is unchanged when the two types differ in a later document. Each costs a
    /// line.
    pub place_names: bool,
    /// The warnings that make the run fail, and those that are not printed.
    pub levels: Levels,
    /// The evidence that may widen types.
    pub evidence: Evidence,
    /// The style of the emitted code. It should be the style of the crate that the code is part of.
    pub style: Style,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            mount: String::from("crate"),
            outside: String::from("crate"),
            overlays: Vec::new(),
            only: Vec::new(),
            features: false,
            unknown_fields: UnknownFields::default(),
            examples: ExampleFunctions::default(),
            place_names: true,
            levels: Levels::default(),
            evidence: Evidence::default(),
            style: Style::default(),
        }
    }
}

/// The options for generating a stand-alone crate with [`crate::generate_crate`]: its name, its runtime, overlays and
/// selected operations.
#[derive(Clone, Debug, Default)]
pub struct CrateOptions {
    /// The name of the package. Without it, the name is made from the title of the document.
    pub name: Option<String>,
    /// The source of the runtime that the crate depends on.
    pub runtime: Runtime,
    /// Whether the crate is a member of the workspace around it. Otherwise it is a workspace of its own.
    pub is_member: bool,
    /// As [`Options::overlays`].
    pub overlays: Vec<Source>,
    /// As [`Options::only`].
    pub only: Vec<Selector>,
    /// As [`Options::features`]. The feature `full`, which is on by default, enables all of them.
    pub features: bool,
    /// As [`Options::unknown_fields`].
    pub unknown_fields: UnknownFields,
    /// As [`Options::evidence`].
    pub evidence: Evidence,
    /// As [`Options::levels`].
    pub levels: Levels,
}
