//! Operations as data: what an endpoint needs to be sent, without a transport.

use std::fmt;

use crate::error::{DecodeError, ErrorKind};
use crate::slot::Slot;
use crate::value::Value;

/// A documented operation: a value that knows its request and how to read the responses.
pub trait Operation {
    /// What a successful response carries.
    type Output;

    /// What a documented error response carries.
    type Failure;

    /// What is known of the operation before it is sent.
    const ABOUT: About;

    /// Writes parameters and body into a request.
    fn write(&self, request: &mut Request);

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError>;

    /// Reads an error response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read_failure(response: &Response<'_>) -> Result<Self::Failure, DecodeError>;

    /// The request of this operation.
    ///
    /// # Errors
    ///
    /// Where a path parameter would change the route: an empty one, `.` or `..`.
    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(&Self::ABOUT);
        self.write(&mut request);
        request.checked()
    }
}

/// What is known of an operation before it is sent.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct About {
    /// The documented id, or the method and path where there is none.
    pub id: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its parameters in braces.
    pub path: &'static str,
    /// The media types that the responses are documented with, the preferred one first.
    pub accept: &'static [&'static str],
    /// The credentials that it takes: any one of the outer list, all of an inner one. Empty: none is needed.
    pub credentials: &'static [&'static [Credential]],
    /// The permissions that it needs: any one of the outer list, all of an inner one. `None`: not documented.
    pub permissions: Option<&'static [&'static [Permission]]>,
    /// How the result goes on, where it comes in pages.
    pub pagination: Option<Pagination>,
}

impl About {
    /// An operation of which only the route is known; the other parts follow with the `with_` functions.
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self { id, method, path, accept: &[], credentials: &[], permissions: None, pagination: None }
    }

    /// Sets the media types of the responses.
    #[must_use]
    pub const fn accepting(self, accept: &'static [&'static str]) -> Self {
        Self { accept, ..self }
    }

    /// Sets the credentials.
    #[must_use]
    pub const fn taking(self, credentials: &'static [&'static [Credential]]) -> Self {
        Self { credentials, ..self }
    }

    /// Sets the permissions.
    #[must_use]
    pub const fn needing(self, permissions: &'static [&'static [Permission]]) -> Self {
        Self { permissions: Some(permissions), ..self }
    }

    /// Sets the pagination.
    #[must_use]
    pub const fn paged(self, pagination: Pagination) -> Self {
        Self { pagination: Some(pagination), ..self }
    }
}

/// A method of HTTP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are those of HTTP")]
pub enum Method {
    Get,
    Put,
    Post,
    Delete,
    Options,
    Head,
    Patch,
    Trace,
}

impl Method {
    /// The method as it stands in a request line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Put => "PUT",
            Self::Post => "POST",
            Self::Delete => "DELETE",
            Self::Options => "OPTIONS",
            Self::Head => "HEAD",
            Self::Patch => "PATCH",
            Self::Trace => "TRACE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A credential that an operation takes, as the description names and describes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Credential {
    /// The name of the security scheme.
    pub scheme: &'static str,
    /// Where the secret goes.
    pub kind: SchemeKind,
}

impl Credential {
    /// The credential of a security scheme.
    #[must_use]
    pub const fn new(scheme: &'static str, kind: SchemeKind) -> Self {
        Self { scheme, kind }
    }
}

/// Where a secret goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SchemeKind {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`
    Basic,
    /// The header of this name.
    Header(&'static str),
    /// The query parameter of this name; it is redacted wherever a URL is shown.
    Query(&'static str),
    /// The cookie of this name.
    Cookie(&'static str),
    /// A way that the description names but that no request can be given here, such as mutual TLS.
    Other,
}

/// A permission and the level of it that is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Permission {
    /// The name, such as `deployments`.
    pub name: &'static str,
    /// The level, such as `write`.
    pub level: &'static str,
}

impl Permission {
    /// A permission at a level.
    #[must_use]
    pub const fn new(name: &'static str, level: &'static str) -> Self {
        Self { name, level }
    }
}

/// How a result goes on that comes in pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    /// What leads to the next page.
    pub by: PageStyle,
    /// The key under which the items stand, where the body is not the array itself.
    pub items: Option<&'static str>,
}

impl Pagination {
    /// A pagination of that style.
    #[must_use]
    pub const fn new(by: PageStyle, items: Option<&'static str>) -> Self {
        Self { by, items }
    }
}

/// What leads to the next page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// The `Link` header, with page numbers.
    Page,
    /// The `Link` header, with a cursor in the query parameter of this name.
    Cursor(&'static str),
}

/// A request, all but the server and the credential.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, percent-encoded.
    pub path: String,
    /// The query, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The headers, `accept` among them.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Option<RequestBody>,
    /// The parameter that would change the route.
    fault: Option<&'static str>,
}

/// The body of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestBody {
    /// The value of `content-type`.
    pub media_type: &'static str,
    /// The bytes.
    pub content: Vec<u8>,
}

/// A path parameter whose value would lead to another route.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError {
    parameter: &'static str,
}

impl RequestError {
    /// The name of the parameter.
    #[must_use]
    pub fn parameter(&self) -> &'static str {
        self.parameter
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the path parameter `{}` is empty, `.` or `..`, which would lead to another route", self.parameter)
    }
}

impl std::error::Error for RequestError {}

impl Request {
    fn new(about: &About) -> Self {
        let accept = about.accept.first().map(|accept| ("accept".to_owned(), (*accept).to_owned()));
        Self {
            method: about.method,
            path: about.path.to_owned(),
            query: Vec::new(),
            headers: accept.into_iter().collect(),
            body: None,
            fault: None,
        }
    }

    /// Puts a value at its place in the path.
    pub fn path(&mut self, name: &'static str, value: &dyn Slot) {
        let text = texts(value).join(",");
        let placeholder = format!("{{{name}}}");
        let Some(at) = self.path.find(&placeholder) else {
            return;
        };
        let end = at + placeholder.len();
        let whole_segment = self.path[..at].ends_with('/') && !self.path[end..].starts_with(|c| c != '/');
        if whole_segment && matches!(text.as_str(), "" | "." | "..") {
            self.fault.get_or_insert(name);
        }
        self.path.replace_range(at..end, &percent_encoded(&text));
    }

    /// Adds a query parameter; one that is absent is left out, an array stands once per element.
    pub fn query(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.query.extend(texts(value).into_iter().map(|text| (name.to_owned(), text)));
        }
    }

    /// Adds a query parameter; the elements of an array are joined by commas.
    pub fn query_joined(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.query.push((name.to_owned(), texts(value).join(",")));
        }
    }

    /// Adds a query parameter that holds JSON.
    pub fn query_json(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.query.push((name.to_owned(), crate::encode(value)));
        }
    }

    /// Adds a cookie; one that is absent is left out.
    pub fn cookie(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.headers.push(("cookie".to_owned(), format!("{name}={}", percent_encoded(&texts(value).join(",")))));
        }
    }

    /// Adds a header; one that is absent is left out.
    pub fn header(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.headers.push((name.to_ascii_lowercase(), texts(value).join(",")));
        }
    }

    /// Sets a JSON body; one that is absent is left out.
    pub fn json(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(RequestBody { media_type, content: crate::encode(value).into_bytes() });
        }
    }

    /// Sets a body of text.
    pub fn text(&mut self, media_type: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            self.body = Some(RequestBody { media_type, content: texts(value).join("\n").into_bytes() });
        }
    }

    /// Sets a body of bytes.
    pub fn bytes(&mut self, media_type: &'static str, content: &[u8]) {
        self.body = Some(RequestBody { media_type, content: content.to_vec() });
    }

    fn checked(self) -> Result<Self, RequestError> {
        match self.fault {
            Some(parameter) => Err(RequestError { parameter }),
            None => Ok(self),
        }
    }
}

/// The texts of a parameter: one of a scalar, one for each element of an array.
fn texts(value: &dyn Slot) -> Vec<String> {
    fn text(value: &Value) -> String {
        match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => crate::encode(other),
        }
    }
    match crate::decode::<Value>(crate::encode(value).as_bytes()) {
        Ok(Value::Array(items)) => items.iter().map(text).collect(),
        Ok(scalar) => vec![text(&scalar)],
        Err(_) => Vec::new(),
    }
}

/// A value within a path: everything but the unreserved characters of RFC 3986 is encoded.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}

/// A response whose body has arrived.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    status: u16,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// A response of that status and body.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Where it is not what `T` documents.
    pub fn json<T: Slot>(&self) -> Result<T, DecodeError> {
        crate::decode(self.body)
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// Where it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::new(ErrorKind::Syntax("the body is not UTF-8"), error.valid_up_to())),
        }
    }

    /// The body as it is.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.body.to_vec()
    }

    /// The error that no response is documented for this status.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        DecodeError::new(ErrorKind::Syntax("no response is documented for this status"), 0)
    }
}
