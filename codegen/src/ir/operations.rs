use octogen_runtime::{Method, Value};

use super::{Docs, TypeId};

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
    pub ty: TypeId,
    /// What the description says of it.
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
pub enum Style {
    /// An array stands once per element, where its place allows that.
    Exploded,
    /// The elements of an array are joined by commas.
    Joined,
    /// As JSON.
    Json,
}

/// A request body.
#[derive(Clone, Debug)]
pub struct Body {
    /// Whether every request has one.
    pub required: bool,
    /// What it holds; the first documented media type that can be typed.
    pub content: Content,
    /// What the description says of it.
    pub docs: Docs,
}

/// What a body holds.
#[derive(Clone, Debug)]
pub struct Content {
    /// The media type.
    pub media_type: String,
    /// How it is read and written.
    pub kind: ContentKind,
}

/// How a body is read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ContentKind {
    /// JSON of a type.
    Json(TypeId),
    /// Text.
    Text,
    /// Bytes, as they are.
    Bytes,
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
    /// The headers that come with it, and what the description says of each.
    pub headers: Vec<(String, Option<String>)>,
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
    pub payload: Option<TypeId>,
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
    pub ty: TypeId,
    /// The payload.
    pub value: Value,
    /// The file that it stands in.
    pub file: String,
    /// The way to it in the file.
    pub pointer: String,
}

/// Where a documented payload goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleRole {
    /// A request body.
    Request,
    /// The response of a status.
    Response(Status),
    /// A parameter, by its name.
    Parameter(String),
}

/// A value that a schema states of itself.
#[derive(Clone, Debug)]
pub struct Stated {
    /// As what it is stated: "example" or "default".
    pub what: &'static str,
    /// The type that states it.
    pub ty: TypeId,
    /// The value.
    pub value: Value,
    /// The file that it stands in.
    pub file: String,
    /// The way to it in the file.
    pub pointer: String,
}

impl Operation {
    /// The types that a request holds.
    #[must_use]
    pub fn request_types(&self) -> Vec<TypeId> {
        let body = self.body.as_ref().and_then(|body| body.content.kind.json());
        self.parameters.iter().map(|parameter| parameter.ty).chain(body).collect()
    }

    /// The types that the responses hold.
    #[must_use]
    pub fn response_types(&self) -> Vec<TypeId> {
        self.responses.iter().filter_map(|response| response.content).filter_map(ContentKind::json).collect()
    }
}

impl ContentKind {
    fn json(self) -> Option<TypeId> {
        match self {
            Self::Json(ty) => Some(ty),
            Self::Text | Self::Bytes => None,
        }
    }
}
