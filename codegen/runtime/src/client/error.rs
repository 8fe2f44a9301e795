//! The error type of the client.

use std::error::Error as StdError;
use std::fmt;

use http::{HeaderMap, StatusCode};

use super::error_details::{Cause, ErrorDetails};
#[cfg(feature = "resilience")]
use super::rate_limits;
use crate::codec::DecodeError;
use crate::http::MissingPermissions;

/// The error type of the client: an operation failed, so that there is no result.
///
/// The predicates such as [`Error::is_timeout`] say what kind of error it is. If there was a response, the error has its
/// status, headers, body and request id. `Display` and `Debug` print no credential, no header and no body. They print only a
/// message that the server has for people, in which `***` replaces the credential. [`Error::body`], [`Error::headers`] and
/// [`Error::failure`] are as the server sent them. [`StdError::source`] is the error of the transport.
///
/// `F` is the type of the documented error responses ([`Error::failure`]).
pub struct Error<F = ()> {
    details: Box<ErrorDetails>,
    failure: Option<Box<F>>,
}

impl<F> Error<F> {
    pub(crate) fn new(details: Box<ErrorDetails>, failure: Option<F>) -> Self {
        Self {
            details,
            failure: failure.map(Box::new),
        }
    }

    /// Returns whether this client error is about invalid settings of the client. The functions that build a client
    /// return such errors.
    #[must_use]
    pub fn is_build(&self) -> bool {
        matches!(self.details.cause, Cause::Build(_))
    }

    /// Returns whether this client error is about a parameter of the operation that must not be sent. Nothing was sent.
    #[must_use]
    pub fn is_request(&self) -> bool {
        matches!(self.details.cause, Cause::Request(_))
    }

    /// Returns whether this client error is about the credential: the client has none that the operation takes, its
    /// source has no secret, or the address may not receive it. [`StdError::source`] is the error of the source.
    #[must_use]
    pub fn is_credential(&self) -> bool {
        matches!(self.details.cause, Cause::Credential(_) | Cause::Source(_))
    }

    /// Returns whether this client error is about a permission that the operation needs and that is not granted. If the
    /// client knows the grants, it does not send the operation. Otherwise the server names the permission. See
    /// [`Error::missing_permissions`].
    #[must_use]
    pub fn is_permission(&self) -> bool {
        self.details.missing.is_some()
    }

    /// Returns whether this client error means that there was no connection to the server, so that nothing was sent.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        matches!(self.details.cause, Cause::Connect(_))
    }

    /// Returns whether this client error means that the timeout or the deadline of the operation passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        matches!(self.details.cause, Cause::Timeout(_))
    }

    /// Returns whether this client error means that a rate limit is exceeded. Either the server refused the request
    /// (429, or a 403 that names the limit), or a layer did not send it.
    #[cfg(feature = "resilience")]
    #[must_use]
    pub fn is_limited(&self) -> bool {
        matches!(self.details.cause, Cause::Limited(_)) || self.refusal().is_some()
    }

    /// Returns the time to wait before another request: the wait that the server asks for in the error response, or the
    /// wait that was too long for a layer.
    #[cfg(feature = "resilience")]
    #[must_use]
    pub fn retry_after(&self) -> Option<std::time::Duration> {
        if let Cause::Limited(error) = &self.details.cause {
            return error
                .downcast_ref::<rate_limits::WaitTooLong>()
                .map(|error| error.wait);
        }
        self.refusal().map_or_else(
            || rate_limits::parse_retry_after(self.headers()),
            |refusal| refusal.wait,
        )
    }

    #[cfg(feature = "resilience")]
    fn refusal(&self) -> Option<rate_limits::Refusal> {
        rate_limits::parse_refusal(
            self.details.service,
            self.status()?,
            self.headers(),
            self.body(),
        )
    }

    /// Returns whether this client error means that the transport failed for another reason than a missing connection,
    /// a timeout or a rate limit.
    #[must_use]
    pub fn is_transport(&self) -> bool {
        matches!(self.details.cause, Cause::Transport(_))
    }

    /// Returns whether this client error means that the response body is longer than the limit of the client
    /// ([`super::ClientBuilder::body_limit`]).
    #[must_use]
    pub fn is_too_large(&self) -> bool {
        matches!(self.details.cause, Cause::TooLarge(_))
    }

    /// Returns whether this client error means that the server answered with a redirect that the client does not
    /// follow.
    #[must_use]
    pub fn is_redirect(&self) -> bool {
        matches!(self.details.cause, Cause::Redirect(_))
    }

    /// Returns whether this client error means that the server answered with an error status code ([`Error::status`]).
    #[must_use]
    pub fn is_status(&self) -> bool {
        matches!(self.details.cause, Cause::Status | Cause::Failure(_))
    }

    /// Returns whether this client error means that the server answered with success, and the body is not as
    /// documented.
    #[must_use]
    pub fn is_decode(&self) -> bool {
        matches!(self.details.cause, Cause::Decode(_))
    }

    /// Returns whether this client error means that the next page of a result cannot be requested, for example because
    /// its link has another origin.
    #[must_use]
    pub fn is_page(&self) -> bool {
        matches!(self.details.cause, Cause::Page(_))
    }

    /// Returns the decoded body of the error response, if the operation documents one for the status code.
    #[must_use]
    pub fn failure(&self) -> Option<&F> {
        self.failure.as_deref()
    }

    /// Returns the decoded body of the error response and consumes the client error, if the operation documents one for
    /// the status code.
    #[must_use]
    pub fn into_failure(self) -> Option<F> {
        self.failure.map(|failure| *failure)
    }

    /// Returns the permissions that the operation needs and those that are missing, if this client error is about
    /// permissions.
    #[must_use]
    pub fn missing_permissions(&self) -> Option<&MissingPermissions> {
        self.details.missing.as_deref()
    }

    /// Returns the id of the operation that failed with this client error, if the error belongs to one.
    #[must_use]
    pub fn operation(&self) -> Option<&'static str> {
        self.details.operation
    }

    /// Returns the URL of the last request before this client error. `***` replaces secrets in it.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        self.details.url.as_deref()
    }

    /// Returns the HTTP status code of the error response, or `None` if there was no response.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.details.status
    }

    /// Returns the HTTP headers of the error response. They are empty if there was no response.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.details.headers
    }

    /// Returns the id that the server gave to the failed request. Quote it if you ask the service about the error. It is
    /// in the header that the OpenAPI document names, or in `x-request-id`.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let headers = self.headers();
        let own = self
            .details
            .service
            .request_id_header
            .and_then(|name| headers.get(name));
        own.or_else(|| headers.get("x-request-id"))?.to_str().ok()
    }

    /// Returns the first 64 KiB of the error response's body, as the server sent them. They are empty if there was no
    /// response.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.details.body
    }

    /// Returns the decoding error of a response body that is not as documented: the body of a success if
    /// [`Error::is_decode`], otherwise that of an error response.
    #[must_use]
    pub fn decode_error(&self) -> Option<&DecodeError> {
        match &self.details.cause {
            Cause::Decode(error) | Cause::Failure(error) => Some(error),
            _ => None,
        }
    }

    /// Removes the decoded error response from this client error, so that errors of several operations have one type.
    #[must_use]
    pub fn untyped(self) -> Error {
        Error {
            details: self.details,
            failure: None,
        }
    }
}

impl<F> fmt::Display for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.details.fmt(f)
    }
}

impl<F> fmt::Debug for Error<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = self.details.to_string();
        let mut next = self.source();
        while let Some(error) = next {
            text += &format!(": {error}");
            next = error.source();
        }
        match (self.url(), self.request_id()) {
            (Some(url), Some(id)) => text += &format!(" ({url}, request id {id:?})"),
            (Some(url), None) => text += &format!(" ({url})"),
            (None, _) => {}
        }
        f.write_str(&self.details.mask_secrets(text))
    }
}

impl<F> StdError for Error<F> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.details.cause {
            Cause::Connect(error)
            | Cause::Timeout(error)
            | Cause::Limited(error)
            | Cause::Transport(error)
            | Cause::Source(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
