//! The tests that select the variants of a union.

use super::enums::Literal;
use super::json_type::JsonType;

/// A struct with the tests that select one variant of a generated union for a JSON value, without decoding the value.
/// Each union has a list of them.
#[derive(Clone, Copy, Debug)]
pub struct Variant {
    /// The name of the variant in Rust. A variant with several lists of tests is there several times.
    pub name: &'static str,
    /// The tests of the variant. A JSON value of the variant passes all of them.
    pub tests: &'static [Test],
    /// The effect of passing the tests.
    pub proof: Proof,
}

/// The effect of the tests of a union variant that a JSON value passes, as an enum: the variant is proven, is tried, or
/// is the last resort.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// The value is of this variant for certain. If it does not decode, that is an error.
    Proven,
    /// The value is of this variant if it decodes. If it does not, the other candidates are tried. If none of them decodes
    /// either, that is an error.
    Likely,
    /// The value may be of this variant. It is decoded and compared with the other candidates.
    Tried,
    /// The variant holds any JSON, so that it is selected only if no other variant fits.
    Any,
}

impl Variant {
    /// Creates the tests of a union variant that decide for certain: if a JSON value passes them and fails to decode,
    /// that is an error. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn proven(name: &'static str, tests: &'static [Test]) -> Self {
        Self {
            name,
            tests,
            proof: Proof::Proven,
        }
    }

    /// Creates the tests of a union variant that make the variant likely, such as a key that no other variant declares: a
    /// JSON value that passes them is of this variant if it decodes as it. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn likely(name: &'static str, tests: &'static [Test]) -> Self {
        Self {
            name,
            tests,
            proof: Proof::Likely,
        }
    }

    /// Creates the tests of a union variant that do not decide alone. If a JSON value passes such tests of several
    /// variants, it is decoded as each of these, and the variant that fits best is selected. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn tried(name: &'static str, tests: &'static [Test]) -> Self {
        Self {
            name,
            tests,
            proof: Proof::Tried,
        }
    }

    /// Creates the tests of a union variant of any JSON. The macro [`union!`](crate::union!) calls it.
    #[must_use]
    pub const fn any(name: &'static str, tests: &'static [Test]) -> Self {
        Self {
            name,
            tests,
            proof: Proof::Any,
        }
    }
}

/// A test of a JSON value that selects a variant of a union before decoding: an enum of checks of the type, the keys,
/// and the scalars under keys.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// The value has one of these JSON types.
    Type(&'static [JsonType]),
    /// The object has one of these strings under this key, which is the discriminator property or a constant.
    Discriminator(&'static str, &'static [&'static str]),
    /// The object has one of these scalars under this key.
    Constant(&'static str, &'static [Literal]),
    /// The value is one of these scalars.
    Is(&'static [Literal]),
    /// The object has each of these keys.
    Has(&'static [&'static str]),
    /// The object has none of these keys.
    Lacks(&'static [&'static str]),
    /// The object has none of these keys. The variant does not declare them, and another one does. The test does not count
    /// if no variant passes its tests and decodes.
    LacksUndeclared(&'static [&'static str]),
    /// The object has no other keys than these.
    HasOnly(&'static [&'static str]),
}

impl Test {
    /// Creates the test that a JSON value has one of these types. The macro [`union!`](crate::union!) calls it to select a
    /// variant, as it calls the other constructors.
    #[must_use]
    pub const fn json_type(types: &'static [JsonType]) -> Self {
        Self::Type(types)
    }

    /// Creates the test that a JSON object has one of these strings under this key: a discriminator property, or a
    /// constant. It selects a variant of a union.
    #[must_use]
    pub const fn discriminator(key: &'static str, values: &'static [&'static str]) -> Self {
        Self::Discriminator(key, values)
    }

    /// Creates the test that a JSON object has one of these constants under this key. It selects a variant of a union.
    #[must_use]
    pub const fn constant(key: &'static str, values: &'static [Literal]) -> Self {
        Self::Constant(key, values)
    }

    /// Creates the test that a JSON value is one of these scalars. It selects a variant of a union.
    #[must_use]
    pub const fn is(values: &'static [Literal]) -> Self {
        Self::Is(values)
    }

    /// Creates the test that a JSON object has all of these keys. It selects a variant of a union.
    #[must_use]
    pub const fn has(keys: &'static [&'static str]) -> Self {
        Self::Has(keys)
    }

    /// Creates the test that a JSON object has none of these keys. It selects a variant of a union.
    #[must_use]
    pub const fn lacks(keys: &'static [&'static str]) -> Self {
        Self::Lacks(keys)
    }

    /// Creates the test that a JSON object has none of these keys, which only other variants declare. It selects a variant
    /// of a union.
    #[must_use]
    pub const fn lacks_undeclared(keys: &'static [&'static str]) -> Self {
        Self::LacksUndeclared(keys)
    }

    /// Creates the test that a JSON object has no other keys than these. It selects a variant of a union.
    #[must_use]
    pub const fn has_only(keys: &'static [&'static str]) -> Self {
        Self::HasOnly(keys)
    }

    /// Returns whether the test depends on the presence of a key.
    pub(super) fn needs_key(&self, name: &str) -> bool {
        match self {
            Self::Type(_) | Self::Is(_) => false,
            Self::Discriminator(key, _) | Self::Constant(key, _) => *key == name,
            Self::Has(keys) | Self::Lacks(keys) | Self::LacksUndeclared(keys) => {
                keys.contains(&name)
            }
            Self::HasOnly(_) => true,
        }
    }

    /// Returns whether the test depends on the value under a key.
    pub(super) fn needs_value(&self, name: &str) -> bool {
        matches!(self, Self::Discriminator(key, _) | Self::Constant(key, _) if *key == name)
    }
}
