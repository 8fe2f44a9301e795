//! Why an app has no credential.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::causes;
use crate::client::{BoxError, Error};

/// Why an app has no credential. One error may be that of many tasks that waited for the same token, so that a clone
/// costs nothing. It shows no secret.
///
/// Where an operation failed for want of a credential, it is the `source` of that error.
#[derive(Clone)]
pub struct AppError(Arc<Cause>);

enum Cause {
    NoIssuer,
    Build(Error),
    Sign(BoxError),
    /// A signer or a store of the program's own.
    Panicked,
    Mint(i64, Error),
    Expiry,
    /// A list that is to narrow a token down has nothing in it.
    NothingOf(&'static str),
    Short {
        asked: u64,
        left: i64,
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

    pub(super) fn panicked() -> Self {
        Self::new(Cause::Panicked)
    }

    pub(super) fn minting(installation: i64, error: Error) -> Self {
        Self::new(Cause::Mint(installation, error))
    }

    pub(super) fn expiry() -> Self {
        Self::new(Cause::Expiry)
    }

    pub(super) fn nothing_of(what: &'static str) -> Self {
        Self::new(Cause::NothingOf(what))
    }

    pub(super) fn short(asked: u64, left: i64) -> Self {
        Self::new(Cause::Short { asked, left })
    }

    /// Why the server gave no token, with status, headers and body; `None` where it wasn't asked.
    #[must_use]
    pub fn request(&self) -> Option<&Error> {
        match &*self.0 {
            Cause::Mint(_, error) => Some(error),
            _ => None,
        }
    }

    /// Whether the app isn't installed there, or not any more.
    #[must_use]
    pub fn is_not_installed(&self) -> bool {
        self.request().and_then(Error::status).is_some_and(|status| status == http::StatusCode::NOT_FOUND)
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.0 {
            Cause::NoIssuer => f.write_str("an app needs its client id, or its app id"),
            Cause::Build(error) => error.fmt(f),
            Cause::Sign(_) => f.write_str("the token of the app can't be signed"),
            Cause::Panicked => f.write_str("what was to give the token, such as a signer or a store, panicked"),
            Cause::Mint(installation, _) => write!(f, "installation {installation} has no token"),
            Cause::Expiry => f.write_str("the server gave a token, but when it ends (`expires_at`) is no moment"),
            Cause::NothingOf(what) => {
                write!(f, "a token for no {what} can't be had: an empty list narrows nothing down")
            }
            Cause::Short { asked, left } => {
                write!(f, "a new token lives for {left} seconds, and one that lives for {asked} was asked for")
            }
        }
    }
}

impl fmt::Debug for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        causes::shown(self, f)
    }
}

impl StdError for AppError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Cause::Build(error) => error.source(),
            Cause::Sign(error) => Some(error.as_ref()),
            Cause::Mint(_, error) => Some(error),
            Cause::NoIssuer | Cause::Panicked | Cause::Expiry | Cause::NothingOf(_) | Cause::Short { .. } => None,
        }
    }
}
