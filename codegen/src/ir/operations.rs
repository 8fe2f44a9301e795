use octogen_runtime::{Method, Value};

use super::bodies::{Body, ContentKind};
use super::servers::Server;
use super::{Constraints, Docs, TypeId, TypeRef};
use crate::diagnostic::Place;

/// An endpoint: a method on a path.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The documented id, or the method and the path.
    pub id: String,
    /// The method.
    pub method: Method,
    /// The path, its parameters in braces.
    pub path: String,
    /// What the description says of it.
    pub docs: Docs,
    /// The tags.
    pub tags: Vec<String>,
    /// The parameters, those of the path first.
    pub parameters: Vec<Parameter>,
    /// The request body.
    pub body: Option<Body>,
    /// The responses, in the order of the description.
    pub responses: Vec<Response>,
    /// The credentials: any of the outer list, all of an inner one.
    pub credentials: Vec<Vec<Scheme>>,
    /// The permissions, by name and level: any of the outer list, all of an inner one; `None` where undocumented.
    pub permissions: Option<Vec<Vec<(String, String)>>>,
    /// How the result goes on.
    pub pagination: Option<Pagination>,
    /// The server, where the operation or its path states one.
    pub server: Option<Server>,
}

impl Operation {
    /// Whether a response is what the operation is for: a success; where none is documented, what it leads to
    /// elsewhere; and where that isn't either, whatever is documented.
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

    /// The responses that are what the operation is for.
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

    /// The media types of the results that say something else than the usual one, each once.
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

/// A parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in the request.
    pub name: String,
    /// Where it goes.
    pub location: Location,
    /// Whether every request has it.
    pub required: bool,
    /// How its value is written.
    pub style: Style,
    /// The type of its value.
    pub ty: TypeRef,
    /// The facts about its value that hold here.
    pub constraints: Constraints,
    /// The text about it.
    pub docs: Docs,
}

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// How the value of a parameter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// What parts its elements and keys.
    pub kind: StyleKind,
    /// Whether each of them stands alone.
    pub exploded: bool,
    /// Whether reserved characters stay as they are.
    pub reserved: bool,
    /// Whether a slash parts segments of the path.
    pub segmented: bool,
}

/// What parts the elements and keys of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Style {
    /// A style without anything special about it.
    #[must_use]
    pub fn new(kind: StyleKind, exploded: bool) -> Self {
        Self { kind, exploded, reserved: false, segmented: false }
    }

    /// The style where none is stated.
    #[must_use]
    pub fn usual(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::new(StyleKind::Simple, false),
            Location::Query | Location::Cookie => Self::new(StyleKind::Form, true),
        }
    }
}

/// A documented response.
#[derive(Clone, Debug)]
pub struct Response {
    /// For which status.
    pub status: Status,
    /// The media types, in the order of the description.
    pub media_types: Vec<String>,
    /// What its body holds, if it has one.
    pub content: Option<ContentKind>,
    /// The media types whose bodies say something else, for those who ask for them.
    pub others: Vec<(String, ContentKind)>,
    /// The headers that come with it.
    pub headers: Vec<ResponseHeader>,
    /// What the description says of it.
    pub description: Option<String>,
}

/// A header of a response.
#[derive(Clone, Debug)]
pub struct ResponseHeader {
    /// The name.
    pub name: String,
    /// The type of its value.
    pub ty: TypeRef,
    /// What the description says of it.
    pub description: Option<String>,
}

/// Which statuses a response is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// One.
    Code(u16),
    /// A hundred of them, by the first digit.
    Range(u8),
    /// All others.
    Default,
}

impl Status {
    /// Whether the response is a success.
    #[must_use]
    pub fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether the response leads elsewhere.
    #[must_use]
    pub fn is_redirect(self) -> bool {
        matches!(self, Self::Code(301 | 302 | 303 | 307 | 308) | Self::Range(3))
    }

    /// Whether no body comes with the status, as HTTP has it.
    #[must_use]
    pub fn is_bodiless(self) -> bool {
        matches!(self, Self::Code(100..=199 | 204 | 205 | 304) | Self::Range(1))
    }
}

/// A credential that an operation takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// The name of the security scheme.
    pub name: String,
    /// Where the secret goes.
    pub kind: SchemeKind,
}

/// A security scheme, and what the description says of it.
#[derive(Clone, Debug)]
pub struct DescribedScheme {
    /// The scheme.
    pub scheme: Scheme,
    /// What the description says of it.
    pub docs: Docs,
}

/// Where a secret goes in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    Bearer,
    Jwt,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    Other,
}

/// How a result goes on that comes in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pagination {
    /// What leads to the next page.
    pub by: PageStyle,
    /// The key under which the items stand.
    pub items: Option<String>,
}

/// What leads to the next page.
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
    /// What the description says of it.
    pub docs: Docs,
    /// The type of the payload.
    pub payload: Option<TypeRef>,
    /// The headers that come with it.
    pub headers: Vec<Parameter>,
}

/// A documented payload.
#[derive(Clone, Debug)]
pub struct Example {
    /// The operation or webhook, by its id.
    pub owner: String,
    /// Where it goes.
    pub role: ExampleRole,
    /// The name under `examples`; empty for `example`.
    pub name: String,
    /// The type that it is an example of.
    pub ty: TypeRef,
    /// The payload.
    pub value: Value,
    /// The place in the documents.
    pub place: Place,
    /// Whether it was recorded, and the document does not show it.
    pub recorded: bool,
}

/// A documented payload that no type carries.
#[derive(Clone, Debug)]
pub struct Unsupported {
    /// The operation or webhook, by its id.
    pub owner: String,
    /// Where it goes.
    pub role: ExampleRole,
    /// Why there is no type for it.
    pub reason: String,
    /// The place in the documents.
    pub place: Place,
}

/// Where a documented payload goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleRole {
    /// A request body; of another media type than the usual one, with what that is called.
    Request(String),
    /// The response of a status; of another media type than the usual one, with what that is called.
    Response(Status, String),
    /// A parameter, by its name.
    Parameter(String),
}

impl ExampleRole {
    /// Whether both go to the same place, be it as another media type.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Request(_), Self::Request(_)) => true,
            (Self::Response(one, _), Self::Response(other, _)) => one == other,
            (one, other) => one == other,
        }
    }
}

/// A value that a schema states of itself.
#[derive(Clone, Debug)]
pub struct Stated {
    /// As what it is stated: "example" or "default".
    pub what: &'static str,
    /// The type that states it.
    pub ty: TypeRef,
    /// The value.
    pub value: Value,
    /// The place in the documents.
    pub place: Place,
}
