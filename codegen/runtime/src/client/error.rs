//! The one error of the client.

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::fault::{Cause, Fault};
#[cfg(feature = "resilience")]
use super::rate_limits;
use crate::codec::error::DecodeError;
use crate::http::MissingPermissions;

/// Why an operation has no result.
///
/// The predicates tell what kind of error it is; status, headers, body and request id are there as soon as a response
/// is. Neither `Display` nor `Debug` shows a credential, a header or the body, only a message that the server has for
/// people; where that says the credential again, there is `***`. What you take out of the error is as the server sent it:
/// [`Error::body`], [`Error::headers`] and [`Error::failure`]. [`StdError::source`] has what a transport says.
///
/// `F` is what the documentation has for error responses, see [`Error::failure`].
pub struct Error<F = ()> {
    fault: Box<Fault>,
    failure: Option<Box<F>>,
}

impl<F> Error<F> {
    pub(crate) fn new(fault: Box<Fault>, failure: Option<F>) -> Self {
        Self { fault, failure: failure.map(Box::new) }
    }

    /// Whether the client can't be built the way it was asked for.
    #[must_use]
    pub fn is_build(&self) -> bool {
        matches!(self.fault.cause, Cause::Build(_))
    }

    /// Whether a parameter of the operation must not be sent.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.fault.cause, Cause::Request(_))
    }

    /// Whether the client has no credential that the operation takes, gets none where it is to be asked for, or would
    /// have to send it in the clear. Why it gets none is the [`StdError::source`].
    #[must_use]
    pub fn is_credential(&self) -> bool {
        matches!(self.fault.cause, Cause::Credential(_) | Cause::Source(_))
    }

    /// Whether the operation needs a permission that isn't granted, by what the client knows, so that nothing was sent, or
    /// by what the server says; [`Error::missing_permissions`] says which.
    #[must_use]
    pub fn is_permission(&self) -> bool {
        self.fault.missing.is_some()
    }

    /// Whether there was no connection, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.fault.cause, Cause::Connect(_))
    }

    /// Whether it took too long.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.fault.cause, Cause::Timeout(_))
    }

    /// Whether it went beyond a limit on the rate of requests: by what the server answered (429, or a 403 that says so), or
    /// by what the client knew, so that nothing was sent.
    #[cfg(feature = "resilience")]
    #[must_use]
    pub fn is_limited(&self) -> bool {
        matches!(self.fault.cause, Cause::Limited(_)) || self.refusal().is_some()
    }

    /// How long the server asks to wait; `None` where it doesn't say.
    #[cfg(feature = "resilience")]
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        if let Cause::Limited(error) = &self.fault.cause {
            return error.downcast_ref::<rate_limits::Limited>().map(|limited| limited.wait);
        }
        self.refusal().map_or_else(|| rate_limits::retry_after(self.headers()), |refusal| refusal.wait)
    }

    #[cfg(feature = "resilience")]
    fn refusal(&self) -> Option<rate_limits::Refusal> {
        rate_limits::refusal(self.status()?, self.headers(), self.body())
    }

    /// Whether the exchange broke off for any other reason of the transport.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        matches!(self.fault.cause, Cause::Transport(_))
    }

    /// Whether the response is longer than the client accepts.
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.fault.cause, Cause::TooLarge(_))
    }

    /// Whether the server answered with a redirect that isn't followed.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.fault.cause, Cause::Redirect(_))
    }

    /// Whether the server answered with an error; [`Error::status`] says which.
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.fault.cause, Cause::Status | Cause::Failure(_))
    }

    /// Whether the server answered with success, but not with what is documented.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.fault.cause, Cause::Decode(_))
    }

    /// Whether the next page can't be reached.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.fault.cause, Cause::Page(_))
    }

    /// The error response, where it is one of the documented ones.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        self.failure.as_deref()
    }

    /// The error response itself, where it is one of the documented ones.
    #[must_use]
    pub fn into_failure(self) -> Option<F> {
        self.failure.map(|failure| *failure)
    }

    /// The permissions that the operation needs, and which of them are missing.
    #[must_use]
    pub fn missing_permissions(&self) -> Option<&MissingPermissions> {
        self.fault.missing.as_deref()
    }

    /// The id of the operation.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.fault.operation
    }

    /// The URL that was asked last, with `***` for a credential in its query.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.fault.url.as_deref()
    }

    /// The status, where there was a response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.fault.status
    }

    /// The headers of the response; empty where there was none.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.fault.headers
    }

    /// The id under which the server knows the request, for a question to those who run it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let headers = self.headers();
        let id = headers.get("x-github-request-id").or_else(|| headers.get("x-request-id"))?;
        id.to_str().ok()
    }

    /// The first 64 KiB of the response's body, as it came; empty where there was none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.fault.body
    }

    /// Why the body is not what is documented: of a success if [`Error::is_decode`], else of an error response.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.fault.cause {
            Cause::Decode(error) | Cause::Failure(error) => Some(error),
            _ => None,
        }
    }

    /// The same without the documented type, so that errors of several operations have one type.
    #[must_use]
    pub fn untyped(self) -> Error {
        Error { fault: self.fault, failure: None }
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.fault.fmt(f)
    }
}

impl<F> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut told = self.fault.to_string();
        let mut next = self.source();
        while let Some(error) = next {
            told += &format!(": {error}");
            next = error.source();
        }
        match (self.url(), self.request_id()) {
            (Some(url), Some(id)) => told += &format!(" ({url}, request id {id:?})"),
            (Some(url), None) => told += &format!(" ({url})"),
            (None, _) => {}
        }
        f.write_str(&self.fault.masked(told))
    }
}

impl<F> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.fault.cause {
            Cause::Connect(error)
            | Cause::Timeout(error)
            | Cause::Limited(error)
            | Cause::Transport(error)
            | Cause::Source(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
