//! Credentials that are asked for: they end, and another one takes their place.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use super::credential::{Credential, Holds};
use super::transport::BoxError;
use crate::codec::scalars::Secret;
use crate::http::{Grants, Scheme};

/// What comes of asking a [`CredentialSource`].
pub type Providing<'a> = Pin<Box<dyn Future<Output = Result<Provided, BoxError>> + Send + 'a>>;

/// Gives the credential of each request, such as a token that ends after an hour.
///
/// A client asks it before each request that needs the credential, so also before each page. Where the server answers
/// 401, it asks for another one, once, and sends the request again; a 401 for that one is the result. What is read from
/// a stream is not sent again.
///
/// ```
/// use octogen_runtime::Secret;
/// use octogen_runtime::client::{CredentialSource, Provided, Providing};
///
/// struct File;
///
/// impl CredentialSource for File {
///     fn provide(&self) -> Providing<'_> {
///         Box::pin(async { Ok(Provided::new(std::fs::read_to_string("token")?)) })
///     }
/// }
/// ```
pub trait CredentialSource: Send + Sync + 'static {
    /// The secret for a request that is about to be sent.
    fn provide(&self) -> Providing<'_>;

    /// Another secret in place of one that the server has refused with 401. Many requests may be refused at once with
    /// the same one.
    fn renew<'a>(&'a self, refused: &'a Secret) -> Providing<'a> {
        let _ = refused;
        self.provide()
    }

    /// By what all its secrets are known as one credential: no secret itself, and the name of no other credential. Layers
    /// keep answers by it, and count limits; without one, each secret is a credential of its own. It is asked once.
    fn name(&self) -> Option<String> {
        None
    }

    /// By what the server counts the requests of its secrets, where other credentials count there as well: tokens that let
    /// in at different places may use up one budget. Without one, it is the [`CredentialSource::name`].
    fn budget(&self) -> Option<String> {
        None
    }

    /// Sees the head of each response to a request that had its secret; before [`CredentialSource::renew`], if that is
    /// called for it.
    fn answered(&self, status: StatusCode, headers: &HeaderMap) {
        let _ = (status, headers);
    }
}

/// A secret, and what is known of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Provided {
    /// The secret itself.
    pub secret: Secret,
    /// What is granted to it, where that is known: the client refuses operations that need more.
    pub granted: Option<Arc<Grants>>,
}

impl Provided {
    /// A secret of which no more is known.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { secret: secret.into(), granted: None }
    }

    /// Says what is granted to it.
    #[must_use]
    pub fn granted(self, permissions: impl Into<Arc<Grants>>) -> Self {
        Self { granted: Some(permissions.into()), ..self }
    }
}

/// A credential of the scheme `S` that is asked for, request by request.
///
/// ```
/// use octogen_runtime::client::{Client, ClientBuilder, CredentialSource, Sourced};
/// # use octogen_runtime::{Credential, Scheme, SchemeKind, Secret};
/// # struct Token(Secret);
/// # impl Scheme for Token {
/// #     const CREDENTIAL: Credential = Credential::new("token", SchemeKind::Bearer);
/// #     fn into_secret(self) -> Secret { self.0 }
/// # }
///
/// fn holding(source: impl CredentialSource) -> ClientBuilder<Token> {
///     Client::builder().credential(Sourced::new(source))
/// }
/// ```
pub struct Sourced<S> {
    source: Arc<dyn CredentialSource>,
    scheme: PhantomData<fn() -> S>,
}

impl<S: Scheme> Sourced<S> {
    /// What that source gives.
    pub fn new(source: impl CredentialSource) -> Self {
        Self::shared(Arc::new(source))
    }

    /// What that source gives, which others have as well.
    #[must_use]
    pub fn shared(source: Arc<dyn CredentialSource>) -> Self {
        Self { source, scheme: PhantomData }
    }
}

impl<S: Scheme> From<Sourced<S>> for Credential {
    fn from(sourced: Sourced<S>) -> Self {
        Self::asked(S::CREDENTIAL, sourced.source)
    }
}

impl<S: Scheme> Holds for Sourced<S> {
    type Held = S;
}

impl<S> Clone for Sourced<S> {
    fn clone(&self) -> Self {
        Self { source: Arc::clone(&self.source), scheme: PhantomData }
    }
}

impl<S: Scheme> fmt::Debug for Sourced<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sourced({:?})", Credential::from(self.clone()))
    }
}
