use octogen_runtime::Method;

use super::bodies::{Body, ContentKind};
use super::parameters::Parameter;
use super::security::Scheme;
use super::servers::Server;
use super::{Docs, TypeId, TypeRef};

/// An operation of an API, after lowering: one HTTP method of a path, with its parameters, body and responses. The
/// emitted client has a method for it.
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
    /// Returns whether the response of a status is a result of this operation, which the emitted method returns, and
    /// not an error. Results are the successes, or else the redirects, or else the default response. An operation with
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

    /// Returns the documented responses that are results of this operation, so that the emitted method returns their
    /// content.
    pub fn results(&self) -> impl Iterator<Item = &Response> {
        self.responses.iter().filter(|response| self.is_result(response.status))
    }

    /// Returns the types of the parameters and of the body in a request of this operation. Analyze follows them to find
    /// the types that users build.
    #[must_use]
    pub fn request_types(&self) -> Vec<TypeId> {
        let bodies = self.body.iter().flat_map(|body| &body.contents).filter_map(|content| content.kind.ty());
        self.parameters.iter().map(|parameter| parameter.ty).chain(bodies).map(|used| used.id).collect()
    }

    /// Returns the types of the bodies and headers in all responses of this operation, errors included. Analyze follows
    /// them to find the operations that use a type.
    #[must_use]
    pub fn response_types(&self) -> Vec<TypeId> {
        let others = self.responses.iter().flat_map(|response| &response.others).map(|(_, kind)| *kind);
        let usual = self.responses.iter().filter_map(|response| response.content);
        let headers = self.headers().into_iter().map(|header| header.ty);
        usual.chain(others).filter_map(ContentKind::ty).chain(headers).map(|used| used.id).collect()
    }

    /// Returns the documented headers of the results of this operation, each name once. Emit makes typed accessors for
    /// them.
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

    /// Returns the further media types in which results of this operation can be requested, each once, with their
    /// content. The default media type is not among them.
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

/// A documented response of an operation, after lowering: its status, its headers and its content.
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

/// A documented header of an HTTP response, after lowering, with the type of its value. Emit makes a typed constant
/// from it.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// The text about it.
    pub description: Option<String>,
}

/// The key of a documented response: one HTTP status code, a range such as `4XX`, or `default`.
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
    /// Returns whether the status of a documented response is a success: a code from 200 to 299, or `2XX`.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Returns whether the status of a documented response is a redirect: a code such as 301, or `3XX`.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(301 | 302 | 303 | 307 | 308) | Self::Range(3))
    }

    /// Returns whether HTTP forbids a body in responses with this status, as with 204. Documented content is ignored
    /// then.
    #[must_use]
    pub fn is_bodiless(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
    }
}

/// The pagination of an operation, after lowering: how a client requests the next page, and where the items of a page
/// are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// The means to request the next page.
    pub by: PageStyle,
    /// The property of the result that holds the items. `None` if the result is the list.
    pub items: Option<String>,
}

/// The method by which a client requests the next page of a list: page numbers, or a cursor from the previous page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStyle {
    /// Page numbers.
    Page,
    /// A cursor in this query parameter.
    Cursor(String),
}

/// A webhook of an API, after lowering: an HTTP request that the service sends to the user, with the type of its
/// payload.
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
