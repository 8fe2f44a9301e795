//! Responses.

use super::{Header, Link, MediaType};
use crate::diagnostic::Place;
use crate::document::Node;
use crate::document::read::{Map, RefOr, object};

object! {
    /// A response object of an OpenAPI document, parsed into typed fields for lowering: the headers and the media types
    /// of one HTTP response.
    pub struct Response<'a>: "a response" {
        "description" => description: Option<&'a str> [Required "octogen documents the response without a text"],
        "headers" => headers: Map<'a, RefOr<'a, Header<'a>>>,
        "content" => content: Map<'a, MediaType<'a>>,
        "links" => links: Option<Map<'a, RefOr<'a, Link<'a>>>>,
    }
}

impl<'a> Response<'a> {
    /// Returns a response that says nothing, for a reference without a target.
    #[must_use]
    pub fn missing(node: Node<'a>) -> Self {
        Self { node, description: None, headers: Vec::new(), content: Vec::new(), links: None }
    }
}

impl Response<'_> {
    /// Returns the place of `links`, for a diagnostic about all of them.
    #[must_use]
    pub fn links_place(&self) -> Place {
        self.node.child("links").place()
    }
}
