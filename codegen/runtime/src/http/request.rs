//! Requests of operations.

use std::any::Any;
use std::fmt;

use super::blob::Blob;
use super::form::{Encoding, urlencoded};
use super::info::OperationInfo;
use super::method::Method;
use super::multipart::multipart;
use super::request_body::RequestBody;
use super::route::{mask_segments, resolve_route};
use super::style::{Style, scalar_text, to_value};
use crate::codec::{Secret, Slot, Value, Writer, decode};

/// The name of the parameter that is the request body.
const BODY: &str = "body";

/// An HTTP request that an operation writes, without the server and the credential: method, path, query, headers and
/// body. The client adds the rest. `Debug` hides the secrets of the path.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The HTTP method of the request.
    pub method: Method,
    /// The path of the request, percent-encoded.
    pub path: String,
    /// The query of the request: names and values, percent-encoded.
    pub query: Vec<(String, String)>,
    /// The headers of the request, including `accept`.
    pub headers: Vec<(String, String)>,
    /// The body of the request, if it has one.
    pub body: Option<RequestBody>,
    /// The values of path parameters, percent-encoded.
    values: Vec<(&'static str, String)>,
    /// The values among them that are never printed.
    pub(crate) secrets: Vec<String>,
    /// The reason why the request must not be sent.
    error: Option<RequestError>,
}

/// The error that an operation must not be sent because of one parameter: a segment of the path would be empty, `.` or
/// `..`, a header would contain a control character, a number is NaN or infinite, or the body is a stream that was sent
/// already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    parameter: &'static str,
    reason: Reason,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Reason {
    /// A segment of the path would be empty, `.` or `..`.
    Route,
    /// A header would contain a control character. After a line break, another header would begin.
    Control,
    /// A number is NaN or infinite. The path names its field.
    Number(String),
    /// The body is a stream that was sent already.
    #[cfg(feature = "client")]
    Spent,
}

impl RequestError {
    #[cfg(feature = "client")]
    pub(crate) fn spent() -> Self {
        Self {
            parameter: BODY,
            reason: Reason::Spent,
        }
    }

    /// Returns the name of the operation's parameter that must not be sent.
    #[must_use]
    pub fn parameter(&self) -> &'static str {
        self.parameter
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameter = self.parameter;
        match &self.reason {
            Reason::Route => {
                let segment =
                    "makes a segment of the path empty, `.` or `..`, which would change the route";
                write!(f, "the path parameter `{parameter}` {segment}")
            }
            #[cfg(feature = "client")]
            Reason::Spent => f.write_str(
                "the body is a stream that was sent already, and it can't be read again",
            ),
            Reason::Control => write!(
                f,
                "the parameter `{parameter}` holds a control character, which no header may"
            ),
            Reason::Number(path) => write!(
                f,
                "the parameter `{parameter}` holds NaN or an infinite number at `{path}`, which JSON can't hold"
            ),
        }
    }
}

impl std::error::Error for RequestError {}

impl Request {
    pub(super) fn new(info: &OperationInfo) -> Self {
        let accept = info
            .accept
            .first()
            .map(|accept| ("accept".to_owned(), (*accept).to_owned()));
        Self {
            method: info.method,
            path: String::new(),
            query: Vec::new(),
            headers: accept.into_iter().collect(),
            body: None,
            values: Vec::new(),
            secrets: Vec::new(),
            error: None,
        }
    }

    /// Sets the media type that this HTTP request accepts for its response, in place of the documented one.
    pub fn accept(&mut self, media_type: &str) {
        self.headers.retain(|(name, _)| name != "accept");
        self.headers
            .insert(0, ("accept".to_owned(), media_type.to_owned()));
    }

    /// Sets the value of a path parameter of this HTTP request, in the default style. Emitted operations call it.
    pub fn path(&mut self, name: &'static str, value: &dyn Slot) {
        self.path_styled(name, Style::SIMPLE, value);
    }

    /// Sets the value of a path parameter of this HTTP request, in the given style. Emitted operations call it.
    pub fn path_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        self.refuse_numbers(name, value);
        let text = style.in_path(name, value);
        let any: &dyn Any = value;
        if any.is::<Secret>() {
            self.secrets.push(text.clone());
        }
        self.values.push((name, text));
    }

    /// Adds a query parameter to this HTTP request, unless its value is absent. An array becomes one pair for each
    /// element. Emitted operations call it.
    pub fn query(&mut self, name: &'static str, value: &dyn Slot) {
        self.query_styled(name, Style::FORM.exploded(), value);
    }

    /// Adds a query parameter to this HTTP request in the given style, unless its value is absent. Emitted operations
    /// call it.
    pub fn query_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        if !value.is_absent() {
            self.refuse_numbers(name, value);
            self.query.extend(style.in_query(name, value));
        }
    }

    /// Adds a header to this HTTP request, unless its value is absent. Emitted operations call it for header
    /// parameters.
    pub fn header(&mut self, name: &'static str, value: &dyn Slot) {
        self.header_styled(name, Style::SIMPLE, value);
    }

    /// Adds a header to this HTTP request in the given style, unless its value is absent. Emitted operations call it
    /// for header parameters.
    pub fn header_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        let text = if value.is_absent() {
            None
        } else {
            self.refuse_numbers(name, value);
            style.in_header(value)
        };
        if let Some(text) = text {
            self.refuse_controls(name, &text);
            self.headers.push((name.to_ascii_lowercase(), text));
        }
    }

    /// Adds a cookie to this HTTP request, unless its value is absent. An array becomes one cookie for each element.
    /// Emitted operations call it for cookie parameters.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Slot) {
        self.cookie_styled(name, Style::FORM.exploded(), value);
    }

    /// Adds a cookie to this HTTP request in the given style, unless its value is absent. Emitted operations call it
    /// for cookie parameters.
    pub fn cookie_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        if !value.is_absent() {
            self.refuse_numbers(name, value);
            for (name, text) in style.in_cookie(name, value) {
                self.headers
                    .push(("cookie".to_owned(), format!("{name}={text}")));
            }
        }
    }

    /// Sets a JSON body for this HTTP request, unless the value is absent. Emitted operations call it.
    pub fn json(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            let mut writer = Writer::new();
            value.encode(&mut writer);
            self.refuse(BODY, &writer);
            self.body = Some(RequestBody::new(media_type, writer.finish()));
        }
    }

    /// Sets a plain text body for this HTTP request, unless the value is absent. Emitted operations call it.
    pub fn text(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.refuse_numbers(BODY, value);
            self.body = Some(RequestBody::new(media_type, scalar_text(&to_value(value))));
        }
    }

    /// Sets a binary body for this HTTP request, unless it is absent. The media type of the blob takes precedence over
    /// `media_type`. Emitted operations call it.
    pub fn blob<'a>(&mut self, media_type: &'static str, blob: impl Into<Option<&'a Blob>>) {
        if let Some(blob) = blob.into() {
            self.body = Some(RequestBody::from_blob(media_type, blob));
        }
    }

    /// Sets a form body of `application/x-www-form-urlencoded` for this HTTP request, unless the value is absent.
    /// Emitted operations call it.
    pub fn form(&mut self, media_type: &'static str, encodings: &[Encoding], value: &dyn Slot) {
        if !value.is_absent() {
            self.refuse_numbers(BODY, value);
            self.body = Some(RequestBody::new(media_type, urlencoded(value, encodings)));
        }
    }

    /// Sets a body of `multipart/form-data` for this HTTP request, unless the value is absent. Emitted operations call
    /// it.
    pub fn multipart(
        &mut self,
        media_type: &'static str,
        encodings: &[Encoding],
        value: &dyn Slot,
    ) {
        if !value.is_absent() {
            self.refuse_numbers(BODY, value);
            self.body = Some(multipart(media_type, value, encodings));
        }
    }

    /// Sets the body of this HTTP request from an enum with one variant for each documented media type. Emitted
    /// operations call it.
    pub fn body(&mut self, body: &impl WriteBody) {
        body.write(self);
    }

    /// Records an error if a header contains a control character.
    fn refuse_controls(&mut self, parameter: &'static str, text: &str) {
        if text.chars().any(char::is_control) {
            self.error.get_or_insert(RequestError {
                parameter,
                reason: Reason::Control,
            });
        }
    }

    /// Records an error if a value contains NaN or an infinite number.
    fn refuse_numbers(&mut self, parameter: &'static str, value: &dyn Slot) {
        // Attachments are bytes, and need not become text.
        let mut writer = Writer::with_attachments();
        value.encode(&mut writer);
        self.refuse(parameter, &writer);
    }

    /// Records the place of the first number that is no JSON, if the writer was given one.
    fn refuse(&mut self, parameter: &'static str, writer: &Writer) {
        let Some(text) = writer.refused() else { return };
        if let Err(error) = decode::<Value>(text.as_bytes()) {
            self.error.get_or_insert_with(|| RequestError {
                parameter,
                reason: Reason::Number(error.path()),
            });
        }
    }

    /// Fills in the path template. Returns an error if the request must not be sent.
    pub(super) fn finish(self, template: &'static str) -> Result<Self, RequestError> {
        if let Some(error) = self.error {
            return Err(error);
        }
        let route = resolve_route(template, &self.values).map_err(|parameter| RequestError {
            parameter,
            reason: Reason::Route,
        })?;
        let query = route.query.into_iter().chain(self.query).collect();
        Ok(Self {
            path: route.path,
            query,
            values: Vec::new(),
            ..self
        })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &mask_segments(&self.path, &self.secrets))
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

/// A trait of request bodies that can be sent in several media types. Generated enums implement it by
/// [`request_body!`](crate::request_body!).
pub trait WriteBody {
    /// Writes this body into an HTTP request, with the media type of its variant.
    fn write(&self, request: &mut Request);
}

impl<B: WriteBody> WriteBody for Option<B> {
    fn write(&self, request: &mut Request) {
        if let Some(body) = self {
            body.write(request);
        }
    }
}
