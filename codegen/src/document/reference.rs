//! The keywords by which a schema refers to another one.

/// A `$ref` or a `$dynamicRef`, not resolved yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The URI reference.
    pub text: &'a str,
    /// Whether the keyword is `$dynamicRef`.
    pub is_dynamic: bool,
}

impl<'a> From<&'a str> for Reference<'a> {
    fn from(text: &'a str) -> Self {
        Self { text, is_dynamic: false }
    }
}

impl Reference<'_> {
    /// Returns the keyword of this reference: `$ref` or `$dynamicRef`.
    #[must_use]
    pub fn keyword(self) -> &'static str {
        if self.is_dynamic { "$dynamicRef" } else { "$ref" }
    }
}
