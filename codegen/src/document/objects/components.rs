//! The `components` object: objects that references name.

use super::{Callback, Example, Header, Link, Parameter, PathItem, RequestBody, Response, Schema, SecurityScheme};
use crate::document::read::{Map, RefOr, object};

object! {
    /// The `components` object of an OpenAPI document, parsed into typed fields for lowering: the schemas, parameters,
    /// responses and other objects that references name.
    pub struct Components<'a>: "`components`" {
        "schemas" => schemas: Map<'a, RefOr<'a, Schema<'a>>>,
        "responses" => responses: Map<'a, RefOr<'a, Response<'a>>>,
        "parameters" => parameters: Map<'a, RefOr<'a, Parameter<'a>>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
        "requestBodies" => request_bodies: Map<'a, RefOr<'a, RequestBody<'a>>>,
        "headers" => headers: Map<'a, RefOr<'a, Header<'a>>>,
        "securitySchemes" => security_schemes: Map<'a, RefOr<'a, SecurityScheme<'a>>>,
        "links" => links: Map<'a, RefOr<'a, Link<'a>>>,
        "callbacks" => callbacks: Map<'a, RefOr<'a, Callback<'a>>>,
        "pathItems" => path_items: Map<'a, RefOr<'a, PathItem<'a>>>
            [Since31 "write `openapi: 3.1.0`, or move the objects to `paths`"],
    }
}
