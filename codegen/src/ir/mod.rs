//! The description, resolved and typed: nothing is a reference by text any more, and no version of OpenAPI shows.

mod bodies;
mod constraints;
mod graph;
mod operations;
mod servers;
mod structure;
mod types;

pub use bodies::{Body, BodyKind, Content, ContentKind, Encoding};
pub use constraints::{Constraints, as_f64};
pub use graph::{components, on_cycle};
pub use operations::{
    DescribedScheme, Example, ExampleRole, Location, Operation, PageStyle, Pagination, Parameter, Response,
    ResponseHeader, Scheme, SchemeKind, Stated, Status, Style, StyleKind, Unsupported, Webhook,
};
pub use servers::{Server, ServerVariable};
pub use types::{
    Docs, Edge, Field, IntegerKind, Object, Origin, Shape, Step, StringKind, Type, TypeId, Types, Union, Variant,
};

/// A whole description.
#[derive(Debug)]
pub struct Api {
    /// `info.title`
    pub title: String,
    /// `info.description`
    pub description: Option<String>,
    /// `info.version`
    pub version: Option<String>,
    /// `x-api-version` of `info`: what a client names in its requests.
    pub api_version: Option<String>,
    /// The servers; the first is the usual one.
    pub servers: Vec<Server>,
    /// The tags that the description describes.
    pub tags: Vec<(String, Option<String>)>,
    /// All types.
    pub types: Types,
    /// All operations, in the order of the description.
    pub operations: Vec<Operation>,
    /// The security schemes that an operation takes and that a request can be given.
    pub schemes: Vec<DescribedScheme>,
    /// All webhooks.
    pub webhooks: Vec<Webhook>,
    /// All documented payloads.
    pub examples: Vec<Example>,
    /// The documented payloads that no type carries.
    pub unsupported: Vec<Unsupported>,
    /// The examples and defaults that stand within schemas: values that are documented, but nothing that is sent.
    pub stated: Vec<Stated>,
}
