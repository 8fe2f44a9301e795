//! Errors without the type of a documented error response.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::credential::Credential;
use super::error_message::read_message;
use super::transport::{TransportError, TransportErrorKind, error_kind};
use crate::codec::DecodeError;
use crate::http::{
    BoxError, MissingPermissions, RequestError, ServiceConventions, essence, is_json,
};

/// The maximum number of bytes of a body that an error keeps.
pub(crate) const MAX_KEPT_BODY: usize = 64 * 1024;

/// The maximum number of characters of a server's message that an error prints.
const MAX_MESSAGE_LENGTH: usize = 200;

/// The content of an error, without a type parameter, so that most code that handles errors is compiled once.
pub(crate) struct ErrorDetails {
    pub(crate) cause: Cause,
    /// The id of the operation. `None` while a client is built.
    pub(crate) operation: Option<&'static str>,
    /// The documented media types.
    pub(crate) accept: &'static [&'static str],
    pub(crate) service: &'static ServiceConventions,
    /// The URL without its secrets.
    pub(crate) url: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// The credentials of the request. A server may repeat them in its message.
    pub(crate) sent: Vec<Credential>,
    /// The missing permissions, if the grants are known or the server names them.
    pub(crate) missing: Option<Box<MissingPermissions>>,
}

/// The cause of an error.
pub(crate) enum Cause {
    /// The settings of the client are invalid.
    Build(String),
    /// A parameter must not be sent.
    Request(RequestError),
    /// The operation takes another credential, or the address may not receive it.
    Credential(String),
    /// The source of the credential has no secret.
    Source(BoxError),
    /// A permission is not granted.
    Permission,
    Connect(BoxError),
    Timeout(BoxError),
    /// A layer did not send the request, since the wait for a rate limit is longer than the deadline.
    Limited(BoxError),
    Transport(BoxError),
    /// The body is longer than this limit.
    TooLarge(usize),
    Redirect(String),
    /// The status is an error.
    Status,
    /// The status is an error, and its body is not as documented.
    Failure(DecodeError),
    /// The body of a success is not as documented.
    Decode(DecodeError),
    /// The next page cannot be requested.
    Page(String),
}

impl Cause {
    /// Classifies the error of a transport.
    pub(crate) fn from_transport(error: BoxError) -> Self {
        let kind = error_kind(&error);
        // The wrapped error says more than its kind.
        let error = match error.downcast::<TransportError>() {
            Ok(known) => known.into_source(),
            Err(error) => error,
        };
        match kind {
            Some(TransportErrorKind::Connect) => Self::Connect(error),
            Some(TransportErrorKind::Timeout) => Self::Timeout(error),
            Some(TransportErrorKind::Limited) => Self::Limited(error),
            None => Self::Transport(error),
        }
    }
}

impl ErrorDetails {
    pub(crate) fn new(operation: Option<&'static str>, cause: Cause) -> Box<Self> {
        let (headers, body, sent) = (HeaderMap::new(), Bytes::new(), Vec::new());
        let service = &ServiceConventions::STANDARD;
        let (accept, url, status, missing) = (&[], None, None, None);
        Box::new(Self {
            cause,
            operation,
            accept,
            service,
            url,
            status,
            headers,
            body,
            sent,
            missing,
        })
    }

    /// Creates the error of an operation that is not sent, since permissions are missing.
    pub(crate) fn missing(operation: &'static str, missing: MissingPermissions) -> Box<Self> {
        let mut details = Self::new(Some(operation), Cause::Permission);
        details.missing = Some(Box::new(missing));
        details
    }

    /// Keeps the beginning of a body. A part of a longer body is copied, so that the rest does not stay in memory.
    pub(crate) fn keep_body(mut self: Box<Self>, body: &Bytes) -> Box<Self> {
        self.body = match body.get(..MAX_KEPT_BODY) {
            Some(start) if body.len() > MAX_KEPT_BODY => Bytes::copy_from_slice(start),
            _ => body.clone(),
        };
        self
    }

    /// Replaces all spellings of the credentials in a text by `***`.
    pub(crate) fn mask_secrets(&self, text: String) -> String {
        self.sent
            .iter()
            .flat_map(Credential::spellings)
            .fold(text, |text, secret| mask(&text, &secret))
    }

    /// Returns the server's message for people, from the keys under which error bodies commonly have one.
    fn message(&self) -> Option<String> {
        let text = read_message(&self.body)?;
        // Masked before it is cut, so that no half of a secret is left.
        let text = self.mask_secrets(text);
        let mut clean: String = text
            .chars()
            .take(MAX_MESSAGE_LENGTH)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        if text.chars().nth(MAX_MESSAGE_LENGTH).is_some() {
            clean.push('…');
        }
        Some(clean)
    }

    /// Returns the media type of the response and the documented one, if they differ.
    fn undocumented_media_type(&self) -> Option<(&str, &'static str)> {
        let found = essence(
            self.headers
                .get(http::header::CONTENT_TYPE)?
                .to_str()
                .ok()?,
        );
        let wanted = self.accept.first()?;
        let fits = |accepted: &&str| {
            found.eq_ignore_ascii_case(essence(accepted)) || (is_json(found) && is_json(accepted))
        };
        (!found.is_empty() && !self.accept.iter().any(fits)).then_some((found, wanted))
    }
}

/// Replaces a secret in a text by `***`. Case does not matter, since a host is in lower case.
fn mask(text: &str, secret: &str) -> String {
    let (low, secret) = (text.to_ascii_lowercase(), secret.to_ascii_lowercase());
    let mut masked = String::with_capacity(text.len());
    let mut done = 0;
    for (at, found) in low.match_indices(&secret) {
        masked += text.get(done..at).unwrap_or_default();
        masked += "***";
        done = at + found.len();
    }
    masked + text.get(done..).unwrap_or_default()
}

impl fmt::Display for ErrorDetails {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.mask_secrets(Unmasked(self).to_string()))
    }
}

/// The message of an error before secrets are masked.
struct Unmasked<'a>(&'a ErrorDetails);

impl fmt::Display for Unmasked<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(details) = self;
        if let Some(operation) = details.operation {
            write!(f, "{operation}: ")?;
        }
        match &details.cause {
            Cause::Build(message)
            | Cause::Credential(message)
            | Cause::Redirect(message)
            | Cause::Page(message) => f.write_str(message),
            Cause::Request(error) => error.fmt(f),
            Cause::Source(_) => f.write_str("there is no credential to send it with"),
            Cause::Connect(_) => f.write_str("there is no connection to the server"),
            Cause::Timeout(_) => f.write_str("the server took too long"),
            Cause::Limited(_) => {
                f.write_str("the request was not sent, since its wait for a rate limit is too long")
            }
            Cause::Transport(_) => f.write_str("the exchange with the server broke off"),
            Cause::TooLarge(limit) => write!(
                f,
                "the body of the response is longer than the limit of {limit} bytes"
            ),
            Cause::Status | Cause::Failure(_) => {
                write!(f, "the server answered {}", Status(details.status))?;
                details
                    .message()
                    .map_or(Ok(()), |message| write!(f, ": {message}"))?;
                details
                    .missing
                    .as_ref()
                    .map_or(Ok(()), |missing| write!(f, "; {missing}"))
            }
            Cause::Permission => details
                .missing
                .as_ref()
                .map_or(Ok(()), |missing| missing.fmt(f)),
            Cause::Decode(error) => match details.undocumented_media_type() {
                Some((found, wanted)) => {
                    write!(
                        f,
                        "the server answered {} with {found} instead of {wanted}",
                        Status(details.status)
                    )
                }
                None => {
                    write!(
                        f,
                        "the body of the response ({}) is not as documented: {error}",
                        Status(details.status)
                    )
                }
            },
        }
    }
}

/// A status for messages.
struct Status(Option<StatusCode>);

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |status| write!(f, "{status}"))
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::StatusCode;

    use super::{Cause, ErrorDetails, MAX_KEPT_BODY, mask};
    use crate::client::credential::Credential;

    #[test]
    fn secrets_are_masked_in_any_case() {
        assert_eq!(
            mask("a Secret and SECRETsecret", "secret"),
            "a *** and ******"
        );
        assert_eq!(mask("éa", "É"), "éa");
    }

    #[test]
    fn the_message_of_a_server_is_short_and_without_secrets() {
        let cases = [
            (
                r#"{"message":"no ghs_1 here"}"#,
                Some("no *** here".to_owned()),
            ),
            (
                "{\"error\":\"x\",\"detail\":\"a\\nb\"}",
                Some("a b".to_owned()),
            ),
            (r#"{"message":7,"title":"t"}"#, Some("t".to_owned())),
            (
                r#"{"title":"Bad","status":422,"errors":[{"detail":"too long"}]}"#,
                Some("Bad".to_owned()),
            ),
            (
                r#"{"error":{"message":"no such card","code":7}}"#,
                Some("no such card".to_owned()),
            ),
            (
                r#"{"detail":[{"loc":["body","items",0],"msg":"Field required","type":"missing"},{"msg":"b"}]}"#,
                Some("body.items.0: Field required; b".to_owned()),
            ),
            (
                r#"{"errors":["a","b","c","d"]}"#,
                Some("a; b; c".to_owned()),
            ),
            (
                r#"{"error":{"error":{"error":{"error":{"error":"deep"}}}}}"#,
                None,
            ),
            (r#"{"detail":[],"title":""}"#, None),
            (r#"["message"]"#, None),
            ("no JSON", None),
        ];
        for (body, expected) in cases {
            let mut details = ErrorDetails::new(None, Cause::Status).keep_body(&Bytes::from(body));
            details.sent = vec![Credential::bearer("ghs_1")];
            assert_eq!(details.message(), expected, "{body}");
        }
        let long = format!("{{\"message\":\"{}ghs_1\"}}", "x".repeat(198));
        let mut details = ErrorDetails::new(None, Cause::Status).keep_body(&Bytes::from(long));
        details.sent = vec![Credential::bearer("ghs_1")];
        assert_eq!(details.message(), Some(format!("{}**…", "x".repeat(198))));
    }

    #[test]
    fn long_bodies_are_cut() {
        let body = Bytes::from(vec![b'x'; MAX_KEPT_BODY + 1]);
        assert_eq!(
            ErrorDetails::new(None, Cause::Status)
                .keep_body(&body)
                .body
                .len(),
            MAX_KEPT_BODY
        );
    }

    #[test]
    fn another_media_type_is_named() {
        let found = |content_type: &'static str, accept: &'static [&'static str]| {
            let mut details = ErrorDetails::new(None, Cause::Status);
            details.status = Some(StatusCode::OK);
            details.accept = accept;
            details
                .headers
                .insert("content-type", http::HeaderValue::from_static(content_type));
            details
                .undocumented_media_type()
                .map(|(found, documented)| format!("{found} instead of {documented}"))
        };
        assert_eq!(
            found("text/html; a=b", &["application/json"]).as_deref(),
            Some("text/html instead of application/json")
        );
        assert_eq!(
            found("application/problem+json", &["application/json"]),
            None
        );
        assert_eq!(found("Text/CSV", &["text/csv; header=present"]), None);
        assert_eq!(found("text/html", &[]), None);
        assert_eq!(found("", &["text/csv"]), None);
    }
}
