//! Why a delivery isn't let in.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::runtime::DecodeError;

pub(super) const DELIVERY: &str = "X-GitHub-Delivery";
pub(super) const EVENT: &str = "X-GitHub-Event";

/// Why a delivery isn't let in. What it shows comes from the receiver and not from the sender,
/// but for the place where the body of one whose signature was right is no JSON.
#[derive(Debug)]
pub struct ReceiveError(Why);

#[derive(Debug)]
enum Why {
    TooLarge(usize),
    Unsigned,
    Sha1Alone,
    Malformed,
    Wrong,
    NoSecret,
    Header(&'static str),
    Form,
    NoJson(DecodeError),
    #[cfg(any(feature = "axum", feature = "tower"))]
    Broken,
}

impl ReceiveError {
    pub(super) fn too_large(limit: usize) -> Self {
        Self(Why::TooLarge(limit))
    }

    pub(super) fn unsigned() -> Self {
        Self(Why::Unsigned)
    }

    pub(super) fn sha1_alone() -> Self {
        Self(Why::Sha1Alone)
    }

    pub(super) fn malformed_signature() -> Self {
        Self(Why::Malformed)
    }

    pub(super) fn wrong_signature() -> Self {
        Self(Why::Wrong)
    }

    pub(super) fn no_secret() -> Self {
        Self(Why::NoSecret)
    }

    pub(super) fn no_json(headers: &HeaderMap, error: DecodeError) -> Self {
        let is_form =
            headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"application/x-www-form"));
        Self(if is_form { Why::Form } else { Why::NoJson(error) })
    }

    #[cfg(any(feature = "axum", feature = "tower"))]
    pub(super) fn broken() -> Self {
        Self(Why::Broken)
    }

    /// What a server answers: 401 where the signature is missing or wrong, 413 where the body is too large, else 400.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self.0 {
            Why::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Why::Unsigned | Why::Sha1Alone | Why::Malformed | Why::Wrong | Why::NoSecret => StatusCode::UNAUTHORIZED,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    /// Whether the signature is missing or wrong: who sends that isn't GitHub, or has another secret.
    #[must_use]
    pub fn is_signature(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Why::TooLarge(limit) => write!(f, "the body is larger than {limit} bytes"),
            Why::Unsigned => f.write_str("the delivery isn't signed: give the webhook a secret"),
            Why::Sha1Alone => f.write_str("the delivery is signed with SHA-1 alone, which isn't taken"),
            Why::Malformed => {
                f.write_str("`X-Hub-Signature-256` is not `sha256=` with 64 lower-case hexadecimal digits")
            }
            Why::Wrong => f.write_str("the signature is not that of the body with this secret"),
            Why::NoSecret => f.write_str("the receiver has no secret, by which it could let anything in"),
            Why::Header(name) => write!(f, "the header `{name}` is missing or no text"),
            Why::Form => f.write_str("the webhook sends forms: set its content type to `application/json`"),
            Why::NoJson(error) => write!(f, "the body is no JSON: {error}"),
            #[cfg(any(feature = "axum", feature = "tower"))]
            Why::Broken => f.write_str("the body broke off"),
        }
    }
}

impl std::error::Error for ReceiveError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0 {
            Why::NoJson(error) => Some(error),
            _ => None,
        }
    }
}

/// The text of a header that every delivery has.
pub(super) fn text<'h>(headers: &'h HeaderMap, name: &'static str) -> Result<&'h str, ReceiveError> {
    let value = headers.get(name).and_then(|value| value.to_str().ok());
    value.filter(|text| !text.is_empty()).ok_or(ReceiveError(Why::Header(name)))
}
