//! Which credential an operation takes, for the types to tell and for the client to check.

use crate::codec::scalars::Secret;

/// A credential that an operation takes, as the description names and describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Credential {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// Where the secret goes.
    pub kind: SchemeKind,
}

impl Credential {
    /// The credential of a security scheme.
    #[must_use]
    pub const fn new(scheme: &'static str, kind: SchemeKind) -> Self {
        Self { scheme, kind }
    }
}

/// Where a secret goes in a request.
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
    /// The query parameter of this name; it is redacted wherever a URL is shown.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// A way that the description names but that no request can be given here, such as mutual TLS.
    Other,
}

/// A security scheme as a type: a secret of which the compiler knows what it is for.
pub trait Scheme {
    /// What the description says of it.
    const CREDENTIAL: Credential;

    /// The secret; of [`SchemeKind::Basic`] the user and the password with a colon between them.
    fn into_secret(self) -> Secret;
}

/// An operation that can be sent with what a client holds.
///
/// Generated operations implement it for the schemes that they take by themselves. Where a client holds
/// [`AnyCredential`], the client looks before it sends.
#[diagnostic::on_unimplemented(
    message = "`{Self}` doesn't take the credential `{Held}`",
    label = "the documentation names other credentials for it",
    note = "give the client one of those that the operation documents (`with_credential`)"
)]
pub trait Takes<Held> {}

/// What a client holds of which the types don't know the scheme: several credentials, none, or one made by hand.
#[derive(Clone, Copy, Debug)]
pub enum AnyCredential {}

impl<O: super::Operation> Takes<AnyCredential> for O {}

impl<O: Takes<Held>, R, Held: Scheme> Takes<Held> for super::As<O, R> {}
