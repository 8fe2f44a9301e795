//! What went wrong, before it is known which type a documented error has.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::credential::Credential;
use super::transport::{BoxError, TransportError, TransportErrorKind, kind};
use crate::codec::error::DecodeError;
use crate::codec::value::Value;
use crate::http::{MissingPermissions, RequestError};

/// How much of a body an error keeps.
pub(crate) const KEPT: usize = 64 * 1024;

/// How much of a message of the server is shown.
const SHOWN: usize = 200;

/// An error without its type parameter, so that most code that meets it is compiled once.
pub(crate) struct Fault {
    pub(crate) cause: Cause,
    /// The id of the operation; none while a client is built.
    pub(crate) operation: Option<&'static str>,
    /// The media types that are documented.
    pub(crate) accept: &'static [&'static str],
    /// The URL with its secrets hidden.
    pub(crate) url: Option<String>,
    pub(crate) status: Option<StatusCode>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
    /// What goes along, which a server may say again.
    pub(crate) sent: Vec<Credential>,
    /// The permissions that are missing, by what is granted or by what the server says.
    pub(crate) missing: Option<Box<MissingPermissions>>,
}

pub(crate) enum Cause {
    /// The client can't be built this way.
    Build(String),
    /// A value that must not be sent.
    Request(RequestError),
    /// The credential doesn't fit, or not here.
    Credential(String),
    /// What gives the credential has none.
    Source(BoxError),
    /// A permission isn't granted; `missing` says which.
    Permission,
    Connect(BoxError),
    Timeout(BoxError),
    /// A layer didn't send it, since a limit would be waited for longer than there is time.
    Limited(BoxError),
    Transport(BoxError),
    /// The body is longer than this.
    TooLarge(usize),
    Redirect(String),
    /// The status is no success.
    Status,
    /// The body of an error isn't what is documented for it.
    Failure(DecodeError),
    Decode(DecodeError),
    /// The next page can't be reached.
    Page(String),
}

impl Cause {
    pub(crate) fn of_transport(error: BoxError) -> Self {
        let told = kind(&error);
        // What it wraps says more than that it is of a kind.
        let error = match error.downcast::<TransportError>() {
            Ok(known) => known.into_source(),
            Err(error) => error,
        };
        match told {
            Some(TransportErrorKind::Connect) => Self::Connect(error),
            Some(TransportErrorKind::Timeout) => Self::Timeout(error),
            Some(TransportErrorKind::Limited) => Self::Limited(error),
            None => Self::Transport(error),
        }
    }
}

impl Fault {
    pub(crate) fn new(operation: Option<&'static str>, cause: Cause) -> Box<Self> {
        let (headers, body, sent) = (HeaderMap::new(), Bytes::new(), Vec::new());
        Box::new(Self { cause, operation, accept: &[], url: None, status: None, headers, body, sent, missing: None })
    }

    /// The operation isn't sent, since it would be refused.
    pub(crate) fn missing(operation: &'static str, missing: MissingPermissions) -> Box<Self> {
        let mut fault = Self::new(Some(operation), Cause::Permission);
        fault.missing = Some(Box::new(missing));
        fault
    }

    /// The beginning of a body; a part of a longer one is copied, so that the rest is not kept alive.
    pub(crate) fn keep(mut self: Box<Self>, body: &Bytes) -> Box<Self> {
        self.body = match body.get(..KEPT) {
            Some(start) if body.len() > KEPT => Bytes::copy_from_slice(start),
            _ => body.clone(),
        };
        self
    }

    /// A text as it may be shown, whatever the server made of the credential that it was sent.
    pub(crate) fn masked(&self, text: String) -> String {
        self.sent.iter().flat_map(Credential::spellings).fold(text, |text, secret| without(&text, &secret))
    }

    /// What the server says for people: the texts under which error bodies commonly have it.
    fn message(&self) -> Option<String> {
        let body: Value = crate::decode(&self.body).ok()?;
        let keys = ["message", "error_description", "detail", "title", "error"];
        let text = keys.iter().find_map(|key| body.get(key).and_then(Value::as_str))?;
        // Before it is cut, so that no half of a secret is left.
        let text = self.masked(text.to_owned());
        let mut clean: String = text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
        if text.chars().nth(SHOWN).is_some() {
            clean.push('…');
        }
        Some(clean)
    }

    /// The media type, and the documented one, where it is another one.
    fn foreign_type(&self) -> Option<(&str, &'static str)> {
        let found = essence(self.headers.get(http::header::CONTENT_TYPE)?.to_str().ok()?);
        let wanted = self.accept.first()?;
        let fits =
            |accepted: &&str| found.eq_ignore_ascii_case(essence(accepted)) || (is_json(found) && is_json(accepted));
        (!found.is_empty() && !self.accept.iter().any(fits)).then_some((found, wanted))
    }
}

/// A text with stars in place of a secret, also where its letters became lower case, as in a host.
fn without(text: &str, secret: &str) -> String {
    let (low, secret) = (text.to_ascii_lowercase(), secret.to_ascii_lowercase());
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for (at, found) in low.match_indices(&secret) {
        shown += text.get(done..at).unwrap_or_default();
        shown += "***";
        done = at + found.len();
    }
    shown + text.get(done..).unwrap_or_default()
}

/// A media type without its parameters.
fn essence(written: &str) -> &str {
    written.split(';').next().unwrap_or_default().trim()
}

fn is_json(written: &str) -> bool {
    let name = essence(written).to_ascii_lowercase();
    name == "application/json" || name.ends_with("+json")
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked(Told(self).to_string()))
    }
}

/// What an error says, before what a server may say again is masked.
struct Told<'a>(&'a Fault);

impl fmt::Display for Told<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(fault) = self;
        if let Some(operation) = fault.operation {
            write!(f, "{operation}: ")?;
        }
        match &fault.cause {
            Cause::Build(message) | Cause::Credential(message) | Cause::Redirect(message) | Cause::Page(message) => {
                f.write_str(message)
            }
            Cause::Request(error) => error.fmt(f),
            Cause::Source(_) => f.write_str("there is no credential to send it with"),
            Cause::Connect(_) => f.write_str("there is no connection to the server"),
            Cause::Timeout(_) => f.write_str("the server took too long"),
            Cause::Limited(_) => f.write_str("nothing was sent, since its turn comes too late"),
            Cause::Transport(_) => f.write_str("the exchange with the server broke off"),
            Cause::TooLarge(limit) => write!(f, "the body of the response is longer than the limit of {limit} bytes"),
            Cause::Status | Cause::Failure(_) => {
                write!(f, "the server answered {}", Answered(fault.status))?;
                fault.message().map_or(Ok(()), |message| write!(f, ": {message}"))?;
                fault.missing.as_ref().map_or(Ok(()), |missing| write!(f, "; {missing}"))
            }
            Cause::Permission => fault.missing.as_ref().map_or(Ok(()), |missing| missing.fmt(f)),
            Cause::Decode(error) => match fault.foreign_type() {
                Some((found, wanted)) => {
                    write!(f, "the server answered {} with {found} instead of {wanted}", Answered(fault.status))
                }
                None => {
                    write!(f, "the body of the response ({}) is not as documented: {error}", Answered(fault.status))
                }
            },
        }
    }
}

struct Answered(Option<StatusCode>);

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.map_or(Ok(()), |status| write!(f, "{status}"))
    }
}
