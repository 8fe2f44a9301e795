use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

use super::credential::Credential;
use super::into_credential::IntoCredential;
use super::source::CredentialSource;
use crate::http::SchemeCredential;

/// A credential of the security scheme `S` whose secret comes from a [`CredentialSource`], request by request. Pass it
/// to a client whose access token expires.
///
/// ```
/// use octogen_runtime::client::{Client, ClientBuilder, CredentialSource, SourcedCredential};
/// # use octogen_runtime::{SchemeCredential, SchemeKind, Secret, SecurityScheme};
/// # struct Token(Secret);
/// # impl SchemeCredential for Token {
/// #     const SCHEME: SecurityScheme = SecurityScheme::new("token", SchemeKind::Bearer);
/// #     fn into_secret(self) -> Secret { self.0 }
/// # }
///
/// fn builder(source: impl CredentialSource) -> ClientBuilder<Token> {
///     Client::builder().credential(SourcedCredential::new(source))
/// }
/// ```
pub struct SourcedCredential<S> {
    source: Arc<dyn CredentialSource>,
    scheme: PhantomData<fn() -> S>,
}

impl<S: SchemeCredential> SourcedCredential<S> {
    /// Creates a credential of one security scheme from the source of its secrets.
    pub fn new(source: impl CredentialSource) -> Self {
        Self::shared(Arc::new(source))
    }

    /// Creates a credential of one security scheme from a source of secrets in an `Arc`, which other clients may share.
    #[must_use]
    pub fn shared(source: Arc<dyn CredentialSource>) -> Self {
        Self {
            source,
            scheme: PhantomData,
        }
    }
}

impl<S: SchemeCredential> From<SourcedCredential<S>> for Credential {
    fn from(sourced: SourcedCredential<S>) -> Self {
        Self::from_source(S::SCHEME, sourced.source)
    }
}

impl<S: SchemeCredential> IntoCredential for SourcedCredential<S> {
    type Held = S;
}

impl<S> Clone for SourcedCredential<S> {
    fn clone(&self) -> Self {
        Self {
            source: Arc::clone(&self.source),
            scheme: PhantomData,
        }
    }
}

impl<S: SchemeCredential> fmt::Debug for SourcedCredential<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SourcedCredential({:?})", Credential::from(self.clone()))
    }
}
