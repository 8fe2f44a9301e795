//! A step of a dispatch plan: a variant, and the tests that select it.

pub use octogen_runtime::Proof;
use octogen_runtime::{JsonType, Value};

use super::profile::are_disjoint;
use crate::ir::{TypeMap, are_equal_scalars};

/// A type alias for a map from each union type to its dispatch plan: the tests that select one of its variants.
pub type Plans = TypeMap<Vec<VariantPlan>>;

/// A step of the dispatch plan of a union: the tests that emitted code makes on a JSON value before it decodes the value
/// as this variant. A variant can have several steps.
#[derive(Clone, Debug, PartialEq)]
pub struct VariantPlan {
    /// The index of the variant in the union.
    pub variant: usize,
    /// The tests. Every value of the variant passes those of one of its steps.
    pub tests: Vec<Test>,
    /// The effect of passing the tests.
    pub proof: Proof,
}

/// A test in a dispatch plan: a condition on a JSON value that selects a variant of a union before the value is
/// decoded. The runtime has the same tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The value is of one of these types.
    Type(Vec<JsonType>),
    /// The object has one of these strings under the key.
    Tag(String, Vec<String>),
    /// The object has one of these scalars under the key.
    Constant(String, Vec<Value>),
    /// The value is one of these scalars.
    Is(Vec<Value>),
    /// The object has the key.
    Has(String),
    /// The object has none of the keys.
    Lacks(Vec<String>),
    /// The object has none of the keys, which only other variants declare. The test does not count if no variant passes
    /// its tests and decodes.
    LacksUndeclared(Vec<String>),
    /// The object has no other keys.
    HasOnly(Vec<String>),
}

impl Test {
    /// Returns whether a JSON value passes this test of a dispatch plan. The check of payloads calls it to choose the
    /// variant that emitted code would choose.
    #[must_use]
    pub fn passes(&self, value: &Value) -> bool {
        let is_among = |values: &[Value], value: &Value| values.iter().any(|one| are_equal_scalars(one, value));
        match self {
            Self::Type(kinds) => kinds.contains(&value.kind()),
            Self::Tag(key, values) => {
                value.get(key).and_then(Value::as_str).is_some_and(|tag| values.iter().any(|value| value == tag))
            }
            Self::Constant(key, values) => value.get(key).is_some_and(|constant| is_among(values, constant)),
            Self::Is(values) => is_among(values, value),
            Self::Has(key) => value.get(key).is_some(),
            Self::Lacks(keys) | Self::LacksUndeclared(keys) => {
                value.as_object().is_some_and(|entries| !keys.iter().any(|key| entries.contains_key(key)))
            }
            Self::HasOnly(keys) => value.as_object().is_none_or(|entries| entries.keys().all(|key| keys.contains(key))),
        }
    }

    /// Returns whether no value passes both tests.
    fn excludes(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Tag(one, values), Self::Tag(other, rivals)) => {
                one == other && !values.iter().any(|value| rivals.contains(value))
            }
            (Self::Constant(one, values), Self::Constant(other, rivals)) => {
                one == other && are_disjoint(values, rivals)
            }
            (
                Self::Lacks(keys) | Self::LacksUndeclared(keys),
                Self::Tag(key, _) | Self::Constant(key, _) | Self::Has(key),
            )
            | (
                Self::Tag(key, _) | Self::Constant(key, _) | Self::Has(key),
                Self::Lacks(keys) | Self::LacksUndeclared(keys),
            ) => keys.contains(key),
            _ => false,
        }
    }
}

impl VariantPlan {
    /// Creates a step of a dispatch plan from the index of its variant, its tests and their effect.
    pub(super) fn new(variant: usize, tests: Vec<Test>, proof: Proof) -> Self {
        Self { variant, tests, proof }
    }

    /// Returns whether no value passes the tests of both steps.
    pub(super) fn excludes(&self, other: &Self) -> bool {
        self.tests.iter().any(|test| other.tests.iter().any(|rival| test.excludes(rival)))
    }
}
