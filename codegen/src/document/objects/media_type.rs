//! Media types of bodies, and headers, which have media types as well.

use octogen_runtime::Value;

use super::{Example, Examples, Schema};
use crate::diagnostic::{Diagnostics, Place};
use crate::document::Node;
use crate::document::read::{Map, RefOr, Text, object};

object! {
    /// A media type object of an OpenAPI document, parsed into typed fields for lowering: the schema and the examples
    /// of a body, or of a parameter, in one media type.
    pub struct MediaType<'a>: "a media type" {
        "schema" => schema: Option<RefOr<'a, Schema<'a>>>,
        "example" => example: Option<Node<'a>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
        "encoding" => encoding: Map<'a, Encoding<'a>>,
    }
}

impl<'a> MediaType<'a> {
    /// Returns the JSON value of the schema of this media type, before it is read as a schema.
    #[must_use]
    pub fn schema_value(&self) -> Option<&'a Value> {
        self.schema.as_ref().map(|schema| schema.node.value)
    }

    /// Reads the schema of this media type and discards its diagnostics. Use it to look ahead; the lowering of the
    /// schema reports the same diagnostics later.
    #[must_use]
    pub fn peek_schema(&self) -> Option<Schema<'a>> {
        self.schema.as_ref().map(|schema| Schema::read(schema.node.clone(), &mut Diagnostics::default()))
    }

    /// Returns the examples that the document gives for this media type of a body. Lowering makes payloads from them.
    #[must_use]
    pub fn examples(&self) -> Examples<'_, 'a> {
        Examples { unnamed: self.example.as_ref(), named: &self.examples }
    }
}

object! {
    /// An encoding object of an OpenAPI document, parsed into typed fields for lowering: it says how one property of a
    /// form body is written.
    pub struct Encoding<'a>: "an encoding" {
        "contentType" => content_type: Option<&'a str>,
        "headers" => headers: Option<Map<'a, RefOr<'a, Header<'a>>>>,
        "style" => style: Option<Text<'a>>,
        "explode" => explode: Option<bool>,
        "allowReserved" => allow_reserved: Option<bool>,
    }
}

object! {
    /// A header object of an OpenAPI document, parsed into typed fields for lowering: a header of an HTTP response. The
    /// keys `name` and `in` are accepted, because some documents repeat them here.
    pub struct Header<'a>: "a header" {
        "name",
        "in",
        "description" => description: Option<&'a str>,
        "required": bool,
        "deprecated": bool,
        "allowEmptyValue": bool,
        "style" => style: Option<Text<'a>>,
        "explode": bool,
        "allowReserved": bool,
        "schema" => schema: Option<RefOr<'a, Schema<'a>>>,
        "content" => content: Map<'a, MediaType<'a>>,
        "example" => example: Option<Node<'a>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
    }
}

impl Encoding<'_> {
    /// Returns the place of `headers`, for a diagnostic about all of them.
    #[must_use]
    pub fn headers_place(&self) -> Place {
        self.node.child("headers").place()
    }
}
