//! Errors of receiving a delivery.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::{DecodeError, ErrorKind};

pub(super) const DELIVERY: &str = "X-GitHub-Delivery";
pub(super) const EVENT: &str = "X-GitHub-Event";

/// An error of receiving a webhook delivery: the signature, a header or the body is missing or wrong. It shows nothing
/// of the delivery.
#[derive(Debug)]
pub struct ReceiveError(Cause);

#[derive(Debug)]
enum Cause {
    TooLarge(usize),
    Unsigned,
    Sha1Alone,
    Malformed,
    Wrong,
    NoSecret,
    Header(&'static str),
    Form,
    /// The byte at which the body cannot be read, and the reason. The path of the value has keys of the body.
    Unreadable(usize, &'static str),
    #[cfg(any(feature = "axum", feature = "tower"))]
    Interrupted,
}

impl ReceiveError {
    pub(super) fn too_large(limit: usize) -> Self {
        Self(Cause::TooLarge(limit))
    }

    pub(super) fn unsigned() -> Self {
        Self(Cause::Unsigned)
    }

    pub(super) fn sha1_alone() -> Self {
        Self(Cause::Sha1Alone)
    }

    pub(super) fn malformed_signature() -> Self {
        Self(Cause::Malformed)
    }

    pub(super) fn wrong_signature() -> Self {
        Self(Cause::Wrong)
    }

    pub(super) fn no_secret() -> Self {
        Self(Cause::NoSecret)
    }

    pub(super) fn unreadable(headers: &HeaderMap, error: &DecodeError) -> Self {
        let is_form =
            headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form"));
        let reason = if let ErrorKind::Syntax(reason) = error.kind() { reason } else { "a value has another type" };
        Self(if is_form { Cause::Form } else { Cause::Unreadable(error.offset(), reason) })
    }

    #[cfg(any(feature = "axum", feature = "tower"))]
    pub(super) fn interrupted() -> Self {
        Self(Cause::Interrupted)
    }

    /// Returns the HTTP status with which your server should refuse this webhook delivery: 401 if the signature is
    /// missing or wrong, 413 if the body is too large, else 400.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.0 {
            Cause::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Cause::Unsigned | Cause::Sha1Alone | Cause::Malformed | Cause::Wrong | Cause::NoSecret => {
                StatusCode::UNAUTHORIZED
            }
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Reports whether the signature of the webhook delivery is missing or wrong: the sender is not GitHub, or the
    /// webhook has another secret than the receiver.
    #[must_use]
    pub fn is_signature(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::TooLarge(limit) => write!(f, "the body is larger than {limit} bytes"),
            Cause::Unsigned => f.write_str("the delivery is not signed: set a secret in the settings of the webhook"),
            Cause::Sha1Alone => f.write_str("the delivery is signed with SHA-1 only, which is not accepted"),
            Cause::Malformed => {
                f.write_str("`X-Hub-Signature-256` is not `sha256=` and 64 lower-case hexadecimal digits")
            }
            Cause::Wrong => f.write_str("the signature does not match the body and the secret"),
            Cause::NoSecret => f.write_str("the receiver has no secret, so it refuses every delivery"),
            Cause::Header(name) => write!(f, "the header `{name}` is missing, empty or not text"),
            Cause::Form => f.write_str("the webhook sends forms: set its content type to `application/json`"),
            Cause::Unreadable(offset, reason) => write!(f, "the body can't be read as JSON (byte {offset}): {reason}"),
            #[cfg(any(feature = "axum", feature = "tower"))]
            Cause::Interrupted => f.write_str("the connection was closed before the end of the body"),
        }
    }
}

impl std::error::Error for ReceiveError {}

/// Returns the text of a required header of a webhook delivery.
pub(super) fn required_text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, ReceiveError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.filter(|text| !text.is_empty()).ok_or(ReceiveError(Cause::Header(name)))
}
