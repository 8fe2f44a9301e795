//! What an operation writes.

use std::any::Any;
use std::borrow::Cow;
use std::fmt;

use super::about::{About, Method};
use super::blob::{Blob, Content};
use super::form::{Encoding, multipart, urlencoded};
use super::route::{route, without_secrets};
use super::style::{Style, text, tree};
use crate::codec::scalars::Secret;
use crate::codec::slot::Slot;

/// A request, all but the server and the credential. `Debug` hides what is secret in the path.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, percent-encoded.
    pub path: String,
    /// The query: names and values, percent-encoded.
    pub query: Vec<(String, String)>,
    /// The headers, `accept` among them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<RequestBody>,
    /// The values that the path is waiting for, percent-encoded.
    values: Vec<(&'static str, String)>,
    /// Those of them that are shown to nobody.
    pub(crate) secrets: Vec<String>,
    /// Why it must not be sent.
    fault: Option<RequestError>,
}

/// The body of a request; it may hold secrets, so that `Debug` shows its size alone.
#[derive(Clone, PartialEq)]
pub struct RequestBody {
    pub(super) media_type: Cow<'static, str>,
    /// One after the other.
    pub(super) content: Vec<Content>,
}

impl RequestBody {
    fn new(media_type: &'static str, content: impl Into<Vec<u8>>) -> Self {
        Self { media_type: Cow::Borrowed(media_type), content: vec![Content::bytes(content.into())] }
    }

    /// The value of `content-type`.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// The bytes, unless there are some that are still to be read.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let parts: Option<Vec<&[u8]>> = self.content.iter().map(Content::as_bytes).collect();
        parts.map(|parts| parts.concat())
    }

    #[cfg(feature = "client")]
    pub(crate) fn into_content(self) -> Vec<Content> {
        self.content
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.media_type.split(';').next().unwrap_or_default();
        match self.bytes() {
            Some(bytes) => write!(f, "RequestBody({media_type}, {} bytes)", bytes.len()),
            None => write!(f, "RequestBody({media_type}, a stream)"),
        }
    }
}

/// A body that can be sent in several media types.
pub trait Body {
    /// Writes the body into a request.
    fn write(&self, request: &mut Request);
}

impl<B: Body> Body for Option<B> {
    fn write(&self, request: &mut Request) {
        if let Some(body) = self {
            body.write(request);
        }
    }
}

/// A parameter whose value must not be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    parameter: &'static str,
    reason: Reason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reason {
    /// A segment of the path would be empty, `.` or `..`.
    Route,
    /// A header would hold a control character: with a line break, it would end there and another one begin.
    Control,
    /// A body that can be read only once was read.
    #[cfg(feature = "client")]
    Spent,
}

impl RequestError {
    #[cfg(feature = "client")]
    pub(crate) fn spent() -> Self {
        Self { parameter: "body", reason: Reason::Spent }
    }

    /// The name of the parameter.
    #[must_use]
    pub fn parameter(&self) -> &'static str {
        self.parameter
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parameter = self.parameter;
        match self.reason {
            Reason::Route => {
                let segment = "makes a segment of the path empty, `.` or `..`, which would lead to another route";
                write!(f, "the path parameter `{parameter}` {segment}")
            }
            #[cfg(feature = "client")]
            Reason::Spent => f.write_str("the body is a stream that was sent already, and can't be read again"),
            Reason::Control => write!(f, "the parameter `{parameter}` holds a control character, which no header may"),
        }
    }
}

impl std::error::Error for RequestError {}

impl Request {
    pub(super) fn new(about: &About) -> Self {
        let accept = about.accept.first().map(|accept| ("accept".to_owned(), (*accept).to_owned()));
        Self {
            method: about.method,
            path: String::new(),
            query: Vec::new(),
            headers: accept.into_iter().collect(),
            body: None,
            values: Vec::new(),
            secrets: Vec::new(),
            fault: None,
        }
    }

    /// Asks for a media type, in place of the usual one.
    pub fn accept(&mut self, media_type: &str) {
        self.headers.retain(|(name, _)| name != "accept");
        self.headers.insert(0, ("accept".to_owned(), media_type.to_owned()));
    }

    /// Puts a value at its place in the path.
    pub fn path(&mut self, name: &'static str, value: &dyn Slot) {
        self.path_styled(name, Style::SIMPLE, value);
    }

    /// Puts a value at its place in the path, written in a style.
    pub fn path_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        let text = style.in_path(name, value);
        let any: &dyn Any = value;
        if any.is::<Secret>() {
            self.secrets.push(text.clone());
        }
        self.values.push((name, text));
    }

    /// Adds a query parameter; one that is absent is left out, an array stands once per element.
    pub fn query(&mut self, name: &'static str, value: &dyn Slot) {
        self.query_styled(name, Style::FORM.exploded(), value);
    }

    /// Adds a query parameter, written in a style.
    pub fn query_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        if !value.is_absent() {
            self.query.extend(style.in_query(name, value));
        }
    }

    /// Adds a header; one that is absent is left out.
    pub fn header(&mut self, name: &'static str, value: &dyn Slot) {
        self.header_styled(name, Style::SIMPLE, value);
    }

    /// Adds a header, written in a style.
    pub fn header_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        let text = if value.is_absent() { None } else { style.in_header(value) };
        if let Some(text) = text {
            self.refuse_controls(name, &text);
            self.headers.push((name.to_ascii_lowercase(), text));
        }
    }

    /// Adds a cookie; one that is absent is left out, an array stands once per element.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Slot) {
        self.cookie_styled(name, Style::FORM.exploded(), value);
    }

    /// Adds a cookie, written in a style.
    pub fn cookie_styled(&mut self, name: &'static str, style: Style, value: &dyn Slot) {
        if !value.is_absent() {
            for (name, text) in style.in_cookie(name, value) {
                self.headers.push(("cookie".to_owned(), format!("{name}={text}")));
            }
        }
    }

    /// Sets a JSON body; one that is absent is left out.
    pub fn json(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(RequestBody::new(media_type, crate::encode(value)));
        }
    }

    /// Sets a body of text.
    pub fn text(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(RequestBody::new(media_type, text(&tree(value))));
        }
    }

    /// Sets a body of bytes, of their own media type where they state one; one that is absent is left out.
    pub fn blob<'a>(&mut self, media_type: &'static str, blob: impl Into<Option<&'a Blob>>) {
        if let Some(blob) = blob.into() {
            let own = blob.media_type().map(|own| Cow::Owned(own.to_owned()));
            let media_type = own.unwrap_or(Cow::Borrowed(media_type));
            self.body = Some(RequestBody { media_type, content: vec![blob.content()] });
        }
    }

    /// Sets a body of `application/x-www-form-urlencoded`; one that is absent is left out.
    pub fn form(&mut self, media_type: &'static str, encodings: &[Encoding], value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(RequestBody::new(media_type, urlencoded(value, encodings)));
        }
    }

    /// Sets a body of `multipart/form-data`; one that is absent is left out.
    pub fn multipart(&mut self, media_type: &'static str, encodings: &[Encoding], value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(multipart(media_type, value, encodings));
        }
    }

    /// Sets a body of one of several media types; one that is absent is left out.
    pub fn several(&mut self, body: &impl Body) {
        body.write(self);
    }

    /// With a line break, a header would end there and another one begin.
    fn refuse_controls(&mut self, parameter: &'static str, text: &str) {
        if text.chars().any(char::is_control) {
            self.fault.get_or_insert(RequestError { parameter, reason: Reason::Control });
        }
    }

    /// The request, if it may be sent to the route of that template.
    pub(super) fn checked(self, template: &'static str) -> Result<Self, RequestError> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let route =
            route(template, &self.values).map_err(|parameter| RequestError { parameter, reason: Reason::Route })?;
        let query = route.query.into_iter().chain(self.query).collect();
        Ok(Self { path: route.path, query, values: Vec::new(), ..self })
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("path", &without_secrets(&self.path, &self.secrets))
            .field("query", &self.query)
            .field("headers", &self.headers)
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}
