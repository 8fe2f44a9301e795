//! Sources of credentials that expire and are replaced.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use http::{HeaderMap, StatusCode};

use crate::codec::Secret;
use crate::http::{BoxError, Grants};

/// The type alias of the future that a [`CredentialSource`] returns: it yields the secret, or the error that there is
/// none.
pub type ProvideFuture<'a> = Pin<Box<dyn Future<Output = Result<Provided, BoxError>> + Send + 'a>>;

/// A trait of sources that provide the secret of a credential for each HTTP request, such as an access token that
/// expires after an hour. Implement it to replace expired tokens.
///
/// The client asks it before each request that needs the credential, including the request of each page. If the server
/// answers 401, the client asks once for another secret and sends the request again. A second 401 is the result. A request
/// whose body is a stream is not sent again.
///
/// ```
/// use octogen_runtime::Secret;
/// use octogen_runtime::client::{CredentialSource, ProvideFuture, Provided};
///
/// struct TokenFile;
///
/// impl CredentialSource for TokenFile {
///     fn provide(&self) -> ProvideFuture<'_> {
///         Box::pin(async { Ok(Provided::new(std::fs::read_to_string("token")?)) })
///     }
/// }
/// ```
pub trait CredentialSource: Send + Sync + 'static {
    /// Returns the secret for the next HTTP request. The client calls it before each request that needs the credential.
    fn provide(&self) -> ProvideFuture<'_>;

    /// Returns another secret, after the server refused this one with 401. Many requests may be refused with the same
    /// secret at the same time, so compare `refused` with your current secret first. By default it calls
    /// [`CredentialSource::provide`].
    fn renew<'a>(&'a self, refused: &'a Secret) -> ProvideFuture<'a> {
        let _ = refused;
        self.provide()
    }

    /// Returns the name that identifies all secrets of this source as one credential. It must not be a secret, and no other
    /// credential may have the same name. Layers cache responses and count rate limits by it. Without a name, each secret is
    /// a credential of its own. The client calls this once.
    fn name(&self) -> Option<String> {
        None
    }

    /// Returns the name of the rate limit that the server counts these requests against, if other credentials share it. By
    /// default it is the [`CredentialSource::name`].
    fn budget(&self) -> Option<String> {
        None
    }

    /// Receives the status code and the headers of each HTTP response to a request with a secret of this source. For a
    /// 401 this happens before [`CredentialSource::renew`]. By default it does nothing.
    fn answered(&self, status: StatusCode, headers: &HeaderMap) {
        let _ = (status, headers);
    }
}

/// The secret that a [`CredentialSource`] provides for an HTTP request, with the permissions that are granted to the
/// secret.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Provided {
    /// The secret, such as an access token.
    pub secret: Secret,
    /// The permissions that are granted to the secret, if they are known. The client refuses operations that need
    /// others.
    pub granted: Option<Arc<Grants>>,
}

impl Provided {
    /// Creates the answer of a credential source from a secret whose permissions are not known.
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            secret: secret.into(),
            granted: None,
        }
    }

    /// Sets the permissions that are granted to the secret of a credential source. The client then refuses operations
    /// that need others.
    #[must_use]
    pub fn granted(self, permissions: impl Into<Arc<Grants>>) -> Self {
        Self {
            granted: Some(permissions.into()),
            ..self
        }
    }
}
