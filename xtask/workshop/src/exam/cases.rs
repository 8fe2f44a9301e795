//! The kinds of made values, and a made value with its origin.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::schemas::Id;

/// The kind of a case: what distinguishes a made value from the minimal one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Kind {
    Minimal,
    Maximal,
    Type,
    Null,
    Boolean,
    Enum,
    Number,
    NumberLimit,
    Text,
    LengthLimit,
    Pattern,
    Format,
    Branch,
    SeveralBranches,
    Condition,
    Dependent,
    Present,
    Absent,
    Undeclared,
    Entries,
    ArrayLength,
    Tuple,
}

impl Kind {
    /// The kinds of values whose parts are the arguments of constructors.
    pub(super) const CONSTRUCTED: [Self; 4] = [Self::Minimal, Self::Maximal, Self::Branch, Self::Condition];
}

/// The choice of a branch of a union while a value was made.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    /// The path to the value of the union, as octogen writes it.
    pub(super) path: String,
    /// The keys and indices of the path.
    pub(super) steps: Vec<String>,
    /// The schema with the union.
    pub(super) union: Id,
    pub(super) keyword: &'static str,
    /// The index of the branch.
    pub(super) branch: usize,
}

/// A made value.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) kind: Kind,
    pub(super) value: Value,
    pub(super) choices: Vec<Choice>,
    /// The paths to values that no schema describes.
    pub(super) free: Vec<String>,
}
