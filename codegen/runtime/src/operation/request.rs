//! What an operation writes.

use std::fmt;

use super::about::{About, Method};
use crate::slot::Slot;
use crate::value::Value;

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
    /// Why it must not be sent.
    fault: Option<RequestError>,
}

/// The body of a request; it may hold secrets, so that `Debug` shows its size alone.
#[derive(Clone, PartialEq, Eq)]
pub struct RequestBody {
    /// The value of `content-type`.
    pub media_type: &'static str,
    /// The bytes.
    pub content: Vec<u8>,
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RequestBody({}, {} bytes)", self.media_type, self.content.len())
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
        let parameter = self.parameter;
        match self.reason {
            Reason::Route => {
                let segment = "makes a segment of the path empty, `.` or `..`, which would lead to another route";
                write!(f, "the path parameter `{parameter}` {segment}")
            }
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
            path: about.path.to_owned(),
            query: Vec::new(),
            headers: accept.into_iter().collect(),
            body: None,
            fault: None,
        }
    }

    /// Puts a value at its place in the path.
    pub fn path(&mut self, name: &'static str, value: &dyn Slot) {
        // An encoded value has no brace, so that none can pass for a placeholder that is still to come.
        self.path = self.path.replace(&format!("{{{name}}}"), &percent_encoded(&texts(value).join(",")));
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
            let text = self.printable(name, value);
            self.headers.push(("cookie".to_owned(), format!("{name}={}", percent_encoded(&text))));
        }
    }

    /// Adds a header; one that is absent is left out.
    pub fn header(&mut self, name: &'static str, value: &dyn Slot) {
        if !value.is_absent() {
            let text = self.printable(name, value);
            self.headers.push((name.to_ascii_lowercase(), text));
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

    /// The text of a header or a cookie.
    fn printable(&mut self, parameter: &'static str, value: &dyn Slot) -> String {
        let text = texts(value).join(",");
        if text.chars().any(char::is_control) {
            self.fault.get_or_insert(RequestError { parameter, reason: Reason::Control });
        }
        text
    }

    /// The request, if it may be sent to the route of that template.
    pub(super) fn checked(self, template: &'static str) -> Result<Self, RequestError> {
        match self.fault.clone().or_else(|| self.detour(template)) {
            Some(fault) => Err(fault),
            None => Ok(self),
        }
    }

    /// The parameter that leads to another route. A value never holds a slash, so that the segments correspond.
    fn detour(&self, template: &'static str) -> Option<RequestError> {
        let mut named = false;
        let stated = template.split(|c| {
            named = c == '{' || (named && c != '}');
            c == '/' && !named
        });
        stated.zip(self.path.split('/')).find_map(|(stated, segment)| {
            let (_, behind) = stated.split_once('{')?;
            let (parameter, _) = behind.split_once('}')?;
            matches!(segment, "" | "." | "..").then_some(RequestError { parameter, reason: Reason::Route })
        })
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

/// A value within a path or a query: everything but the unreserved characters of RFC 3986 is encoded.
pub(crate) fn percent_encoded(text: &str) -> String {
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
