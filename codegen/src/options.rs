//! Options of a generation.

use std::str::FromStr;

use crate::evidence::Evidence;
use crate::format::Style;
use crate::lower::Selector;
use crate::package::Runtime;
use crate::source::Source;

/// The setting for undeclared keys of JSON objects: emitted models ignore them, or keep them in a map.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// They are ignored.
    #[default]
    Drop,
    /// Each model has a map of them, which is written back.
    Keep,
}

impl FromStr for UnknownFields {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "drop" => Ok(Self::Drop),
            "keep" => Ok(Self::Keep),
            _ => Err(String::from("undeclared keys are either to `drop` or to `keep`")),
        }
    }
}

/// The options for generating a library with [`crate::generate`]: its module path, overlays, selected operations,
/// evidence and style.
#[derive(Clone, Debug)]
pub struct Options {
    /// The path of the library's module in its own crate.
    pub mount: String,
    /// The path of the library's module from the crate of the tests.
    pub outside: String,
    /// Files of the OpenAPI Overlay Specification 1.0, which change the document before anything is made of it.
    pub overlays: Vec<Source>,
    /// The selected parts of the description; if empty, all of it. Models that no selected part refers to are left out.
    pub only: Vec<Selector>,
    /// Whether the operations of each tag, with the models that they alone refer to, are behind a Cargo feature.
    pub features: bool,
    /// The handling of undeclared keys.
    pub unknown_fields: UnknownFields,
    /// Whether a place whose type is written elsewhere has a name of its own, as an alias. It costs a line for each place;
    /// without it, a place that comes first in a later description can take a name over.
    pub place_names: bool,
    /// Whether warnings count as errors.
    pub deny_warnings: bool,
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
            place_names: true,
            deny_warnings: false,
            evidence: Evidence::default(),
            style: Style::default(),
        }
    }
}

/// The options for generating a stand-alone crate with [`crate::generate_crate`]: its name, its runtime, overlays and
/// selected operations.
#[derive(Clone, Debug, Default)]
pub struct CrateOptions {
    /// The name of the package; without one, the title of the document gives it.
    pub name: Option<String>,
    /// The runtime of the crate.
    pub runtime: Runtime,
    /// Whether a workspace around the crate has it as a member; otherwise it is a workspace of its own.
    pub is_member: bool,
    /// As [`Options::overlays`].
    pub overlays: Vec<Source>,
    /// As [`Options::only`].
    pub only: Vec<Selector>,
    /// As [`Options::features`]; the feature `full`, which is on by default, brings all of them.
    pub features: bool,
    /// As [`Options::unknown_fields`].
    pub unknown_fields: UnknownFields,
    /// As [`Options::evidence`].
    pub evidence: Evidence,
    /// Whether warnings count as errors.
    pub deny_warnings: bool,
}
