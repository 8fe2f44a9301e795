//! Request bodies.

use super::MediaType;
use crate::document::read::{Map, object};

object! {
    /// The body of a request.
    pub struct RequestBody<'a>: "a request body" {
        "description" => description: Option<&'a str>,
        "content" => content: Map<'a, MediaType<'a>>,
        "required" => required: bool,
    }
}
