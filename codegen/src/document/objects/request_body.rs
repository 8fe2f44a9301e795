//! Request bodies.

use super::MediaType;
use crate::document::read::{Map, object};

object! {
    /// A request body object of an OpenAPI document, parsed into typed fields for lowering: the media types that the
    /// body of an HTTP request can have.
    pub struct RequestBody<'a>: "a request body" {
        "description" => description: Option<&'a str>,
        "content" => content: Map<'a, MediaType<'a>> [Required "octogen sends no body"],
        "required" => required: bool,
    }
}
