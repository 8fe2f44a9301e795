//! Operations.

use super::{ExternalDocs, Parameter, RequestBody, Response, SecurityRequirement, Server};
use crate::document::Node;
use crate::document::read::{Map, Patterned, RefOr, Text, object};

object! {
    /// An operation object of an OpenAPI document, parsed into typed fields for lowering: one HTTP method of a path, or
    /// the request of a webhook.
    pub struct Operation<'a>: "an operation" {
        "tags" => tags: Vec<&'a str>,
        "summary" => summary: Option<&'a str>,
        "description" => description: Option<&'a str>,
        "externalDocs" => external_docs: Option<ExternalDocs<'a>>,
        "operationId" => id: Option<Text<'a>>,
        "parameters" => parameters: Vec<RefOr<'a, Parameter<'a>>>,
        "requestBody" => request_body: Option<RefOr<'a, RequestBody<'a>>>,
        "responses" => responses: Patterned<'a, RefOr<'a, Response<'a>>>,
        "callbacks" => callbacks: Option<Node<'a>>,
        "deprecated" => deprecated: bool,
        // `None` if the requirements of the document hold.
        "security" => security: Option<Vec<SecurityRequirement<'a>>>,
        "servers" => servers: Vec<Server<'a>>,
        "x-removal-date" => removal_date: Option<&'a str>,
        // Alternatives, each with the level of every permission that it needs.
        "x-permissions" => permissions: Option<Vec<Map<'a, &'a str>>>,
        "x-pagination" => pagination: Option<Pagination<'a>>,
    }
}

object! {
    /// The extension `x-pagination` of an operation in an OpenAPI document, parsed into typed fields for lowering: it
    /// says how a client gets the next page.
    pub struct Pagination<'a>: "`x-pagination`" {
        // `page` or `cursor`.
        "by" => by: Option<&'a str>,
        // The query parameter that selects the page.
        "parameter" => parameter: Option<&'a str>,
        // The property of the response that holds the items.
        "items" => items: Option<&'a str>,
    }
}
