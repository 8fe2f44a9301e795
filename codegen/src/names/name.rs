//! Identifiers as text.

use std::fmt;

use proc_macro2::{Ident, Span};

/// An identifier of a namespace. It is text, because an identifier of proc-macro2 cannot leave its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    pub(super) fn new(identifier: impl Into<String>) -> Self {
        Self(identifier.into())
    }

    /// The identifier as a token.
    #[must_use]
    pub fn ident(&self) -> Ident {
        fixed(&self.0)
    }

    /// The identifier as it is written, with `r#` in front of a keyword.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier without `r#`.
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

/// An identifier that does not depend on the document, such as a module or an item of the runtime.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "here identifiers are made")]
pub fn fixed(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A constant per member, such as `DEFAULT_PER_PAGE`. The constants are unique because the members are.
pub(super) fn constants(prefix: &str, members: &[Name]) -> Vec<Name> {
    let constant = |member: &Name| Name(format!("{prefix}_{}", member.bare().to_uppercase()));
    members.iter().map(constant).collect()
}
