//! Security schemes, and credentials as types.

use crate::codec::Secret;

/// A security scheme of a description: its name, and the place of its secret in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecurityScheme {
    /// The name in the description.
    pub name: &'static str,
    /// The place of the secret.
    pub kind: SchemeKind,
}

impl SecurityScheme {
    /// Creates a security scheme.
    #[must_use]
    pub const fn new(name: &'static str, kind: SchemeKind) -> Self {
        Self { name, kind }
    }
}

/// The place of a secret in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Bearer …`, with a JSON Web Token.
    Jwt,
    /// `Authorization: Basic …`
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name. Its value is hidden wherever a URL is printed.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// A scheme that the description names and the client does not support, such as mutual TLS.
    Other,
}

/// A credential whose security scheme is known to the compiler. Generated crates have one type per scheme.
///
/// ```
/// use octogen_runtime::{SchemeCredential, SchemeKind, Secret, SecurityScheme};
///
/// struct ApiKey(Secret);
///
/// impl SchemeCredential for ApiKey {
///     const SCHEME: SecurityScheme = SecurityScheme::new("apiKey", SchemeKind::Header("x-api-key"));
///
///     fn into_secret(self) -> Secret {
///         self.0
///     }
/// }
/// ```
pub trait SchemeCredential {
    /// The security scheme.
    const SCHEME: SecurityScheme;

    /// Returns the secret. For [`SchemeKind::Basic`] it is the user and the password with a colon between them.
    fn into_secret(self) -> Secret;
}
