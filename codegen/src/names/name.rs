//! Identifiers as text.

use std::fmt;

use proc_macro2::{Ident, Span};

/// A Rust identifier of the output, unique in its namespace. It is text, because an identifier token of proc-macro2
/// cannot leave its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub(super) fn new(identifier: impl Into<String>) -> Self {
        Self(identifier.into())
    }

    /// Returns this Rust identifier as a token. Emitters put it into the code that they quote.
    #[must_use]
    pub fn ident(&self) -> Ident {
        fixed(&self.0)
    }

    /// Returns the text of this Rust identifier as code writes it, with `r#` in front of a keyword.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the text of this Rust identifier without `r#`. Use it to compare with a JSON key, or to make a longer
    /// identifier.
    #[must_use]
    pub fn bare(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Creates a Rust identifier token from a fixed text that does not depend on the document, such as the name of a module
/// or of a runtime item.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "here identifiers are made")]
pub fn fixed(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// Returns a constant per member, such as `DEFAULT_PER_PAGE`. The constants are unique because the members are.
pub(super) fn constants(prefix: &str, members: &[Name]) -> Vec<Name> {
    let constant = |member: &Name| Name(format!("{prefix}_{}", member.bare().to_uppercase()));
    members.iter().map(constant).collect()
}
