use octogen_runtime::Method;

use super::bodies::{Body, ContentKind};
use super::parameters::Parameter;
use super::security::Scheme;
use super::servers::Server;
use super::{Docs, TypeId, TypeRef};

/// An operation: a method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The documented id, or the method and the path.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path, with its parameters in braces.
    pub path: String,
    /// The text about it.
    pub docs: Docs,
    /// The tags.
    pub tags: Vec<String>,
    /// The parameters. Those of the path come first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in the order of the description.
    pub responses: Vec<Response>,
    /// The credentials: any of the outer list, all of an inner one.
    pub credentials: Vec<Vec<Scheme>>,
    /// The permissions, by name and level: any of the outer list, all of an inner one. `None` if they are not documented.
    pub permissions: Option<Vec<Vec<(String, String)>>>,
    /// Pagination of the result.
    pub pagination: Option<Pagination>,
    /// The server that the operation or its path states.
    pub server: Option<Server>,
}

impl Operation {
    /// Whether a response is a result: a success, or else a redirect, or else the default response. An operation with
    /// documented successes has no other results.
    #[must_use]
    pub fn is_result(&self, status: Status) -> bool {
        let some = |wanted: fn(Status) -> bool| self.responses.iter().any(|response| wanted(response.status));
        if some(Status::is_success) {
            status.is_success()
        } else if some(Status::is_redirect) {
            status.is_redirect()
        } else {
            status == Status::Default
        }
    }

    /// The responses that are results.
    pub fn results(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| self.is_result(response.status))
    }

    /// The types that a request holds.
    #[must_use]
    pub fn request_types(&self) -> Vec<TypeId> {
        let bodies = self.body.iter().flat_map(|body| &body.contents).filter_map(|content| content.kind.ty());
        self.parameters.iter().map(|parameter| parameter.ty).chain(bodies).map(|used| used.id).collect()
    }

    /// The types that the responses hold.
    #[must_use]
    pub fn response_types(&self) -> Vec<TypeId> {
        let others = self.responses.iter().flat_map(|response| &response.others).map(|(_, kind)| *kind);
        let usual = self.responses.iter().filter_map(|response| response.content);
        let headers = self.headers().into_iter().map(|header| header.ty);
        usual.chain(others).filter_map(ContentKind::ty).chain(headers).map(|used| used.id).collect()
    }

    /// The headers of the results, each once.
    #[must_use]
    pub fn headers(&self) -> Vec<&ResponseHeader> {
        let mut headers: Vec<&ResponseHeader> = Vec::new();
        for header in self.results().flat_map(|response| &response.headers) {
            if !headers.iter().any(|known| known.name.eq_ignore_ascii_case(&header.name)) {
                headers.push(header);
            }
        }
        headers
    }

    /// The media types of the results with another content than the default media type, each once.
    #[must_use]
    pub fn others(&self) -> Vec<&(String, ContentKind)> {
        let mut others: Vec<&(String, ContentKind)> = Vec::new();
        for other in self.results().flat_map(|response| &response.others) {
            if !others.iter().any(|earlier| earlier.0 == other.0) {
                others.push(other);
            }
        }
        others
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status, or the statuses.
    pub status: Status,
    /// The media types, in the order of the description.
    pub media_types: Vec<String>,
    /// The content of the body in the default media type.
    pub content: Option<ContentKind>,
    /// The media types with another content. A client gets them on request.
    pub others: Vec<(String, ContentKind)>,
    /// The headers that come with it.
    pub headers: Vec<ResponseHeader>,
    /// The text about it.
    pub description: Option<String>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// The text about it.
    pub description: Option<String>,
}

/// The statuses of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One status.
    Code(u16),
    /// All statuses with this first digit.
    Range(u8),
    /// All statuses without a response of their own.
    Default,
}

impl Status {
    /// Whether the response is a success.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether the response is a redirect.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(301 | 302 | 303 | 307 | 308) | Self::Range(3))
    }

    /// Whether HTTP forbids a body.
    #[must_use]
    pub fn is_bodiless(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
    }
}

/// Pagination of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The means to request the next page.
    pub by: PageStyle,
    /// The property of the result that holds the items. `None` if the result is the list.
    pub items: Option<String>,
}

/// The means to request the next page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// Page numbers.
    Page,
    /// A cursor in this query parameter.
    Cursor(String),
}

/// A request that the service sends.
#[derive(Clone, Debug)]
pub struct Webhook {
    /// The name of the event.
    pub name: String,
    /// The text about it.
    pub docs: Docs,
    /// The type of the payload.
    pub payload: Option<TypeRef>,
    /// The headers that come with it.
    pub headers: Vec<Parameter>,
}
