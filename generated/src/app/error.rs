//! Errors of an app's credentials.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::client::{BoxError, Error};
use crate::error_chain::write_error_chain;
use crate::single_flight::Panicked;

/// An error of getting a credential of a GitHub App: its signed JWT, or the token of an installation. Tasks that waited
/// for the same token share one error, so a clone is cheap. It shows no secret.
///
/// If an operation failed because it got no credential, this error is the `source` of the operation's error.
#[derive(Clone)]
pub struct AppError(Arc<Cause>);

enum Cause {
    NoIssuer,
    Build(Error),
    Sign(BoxError),
    /// A signer or a store panicked.
    Panicked,
    /// The installation, and the error of the request for its token.
    Request(i64, Error),
    /// `expires_at` of a token is not a time.
    Expiry,
    /// A list that restricts a token is empty.
    EmptyList(&'static str),
    /// A new token expires sooner than the caller needs it, both in seconds.
    TooShort {
        needed: u64,
        remaining: i64,
    },
}

impl AppError {
    fn new(cause: Cause) -> Self {
        Self(Arc::new(cause))
    }

    pub(super) fn no_issuer() -> Self {
        Self::new(Cause::NoIssuer)
    }

    pub(crate) fn build(error: Error) -> Self {
        Self::new(Cause::Build(error))
    }

    pub(super) fn signing(error: BoxError) -> Self {
        Self::new(Cause::Sign(error))
    }

    pub(super) fn token_request(installation: i64, error: Error) -> Self {
        Self::new(Cause::Request(installation, error))
    }

    pub(super) fn expiry() -> Self {
        Self::new(Cause::Expiry)
    }

    pub(super) fn empty_list(name: &'static str) -> Self {
        Self::new(Cause::EmptyList(name))
    }

    pub(super) fn too_short(needed: u64, remaining: i64) -> Self {
        Self::new(Cause::TooShort { needed, remaining })
    }

    /// Returns the HTTP client's error, with status, headers and body, if the request for an installation token failed.
    /// Returns `None` if this error has another cause.
    #[must_use]
    pub fn request(&self) -> Option<&Error> {
        match &*self.0 {
            Cause::Request(_, error) => Some(error),
            _ => None,
        }
    }

    /// Reports whether the request for a token failed because the installation of the app does not exist, or no longer
    /// exists (404).
    #[must_use]
    pub fn is_not_installed(&self) -> bool {
        self.request().and_then(Error::status).is_some_and(|status| status == http::StatusCode::NOT_FOUND)
    }
}

impl From<Panicked> for AppError {
    fn from(_: Panicked) -> Self {
        Self::new(Cause::Panicked)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::NoIssuer => f.write_str("the id of the app is empty: pass its client id or its app id"),
            Cause::Build(error) => error.fmt(f),
            Cause::Sign(_) => f.write_str("the token of the app could not be signed"),
            Cause::Panicked => f.write_str("the signer or the store of the app panicked"),
            Cause::Request(installation, _) => write!(f, "the server gave no token for installation {installation}"),
            Cause::Expiry => f.write_str("the server gave a token whose `expires_at` is not a time"),
            Cause::EmptyList(name) => {
                write!(f, "the list of {name} is empty, and GitHub would not restrict the token: name at least one")
            }
            Cause::TooShort { needed, remaining } => {
                write!(f, "a new token is valid for {remaining} seconds, and {needed} are needed")
            }
        }
    }
}

impl fmt::Debug for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_error_chain(self, f)
    }
}

impl StdError for AppError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Cause::Build(error) => error.source(),
            Cause::Sign(error) => Some(error.as_ref()),
            Cause::Request(_, error) => Some(error),
            Cause::NoIssuer | Cause::Panicked | Cause::Expiry | Cause::EmptyList(_) | Cause::TooShort { .. } => None,
        }
    }
}
