//! The root of a description.

use super::{Components, ExternalDocs, Info, PathItem, SecurityRequirement, Server, Webhooks};
use crate::document::read::{Patterned, RefOr, Text, object};

object! {
    /// The root object of an OpenAPI document, parsed into typed fields from the entry file. Lowering starts from it.
    pub struct Document<'a>: "the document" {
        "openapi",
        // The URI of the document, which `Identifiers` reads.
        "$self",
        "info" => info: Option<Info<'a>> [Required "octogen names the API `API`"],
        "jsonSchemaDialect" => dialect: Option<Text<'a>> [Since31 "write `openapi: 3.1.0`, or remove the key"],
        "servers" => servers: Vec<Server<'a>>,
        "paths" => paths: Patterned<'a, RefOr<'a, PathItem<'a>>>
            [RequiredIn30 "octogen generates no operations"],
        "webhooks" => webhooks: Webhooks<'a>
            [Since31 "write `openapi: 3.1.0`, or name the key `x-webhooks`"],
        // The webhooks of a document of version 3.0.
        "x-webhooks" => extension_webhooks: Webhooks<'a>,
        "components" => components: Option<Components<'a>>,
        "security" => security: Vec<SecurityRequirement<'a>>,
        "tags" => tags: Vec<Tag<'a>>,
        "externalDocs" => external_docs: Option<ExternalDocs<'a>>,
    }
}

object! {
    /// A tag object of an OpenAPI document, parsed into typed fields for lowering: the name and the description of a
    /// group of operations.
    pub struct Tag<'a>: "a tag" {
        "name" => name: Option<Text<'a>> [Required "octogen ignores the tag"],
        "description" => description: Option<&'a str>,
        "externalDocs" => external_docs: Option<ExternalDocs<'a>>,
    }
}
