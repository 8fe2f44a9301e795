//! Parameters and headers.

use super::{Example, Examples, MediaType, Schema};
use crate::document::Node;
use crate::document::read::{Map, RefOr, Text, object};

object! {
    /// A parameter object of an OpenAPI document, parsed into typed fields for lowering: a path, query, header or
    /// cookie parameter of an operation.
    pub struct Parameter<'a>: "a parameter" {
        "name" => name: Option<Text<'a>>,
        "in" => location: Option<Text<'a>>,
        "description" => description: Option<&'a str>,
        "required" => required: bool,
        "deprecated" => deprecated: bool,
        "allowEmptyValue",
        "style" => style: Option<Text<'a>>,
        "explode" => explode: Option<bool>,
        "allowReserved" => allow_reserved: Option<bool>,
        "schema" => schema: Option<RefOr<'a, Schema<'a>>>,
        "content" => content: Map<'a, MediaType<'a>>,
        "example" => example: Option<Node<'a>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
        "x-removal-date" => removal_date: Option<&'a str>,
        // Whether a slash in the value separates segments of the path.
        "x-multi-segment" => multi_segment: bool,
    }
}

impl<'a> Parameter<'a> {
    /// Returns the examples that the document gives for the value of this parameter of an operation. Lowering makes
    /// payloads from them.
    #[must_use]
    pub fn examples(&self) -> Examples<'_, 'a> {
        Examples { unnamed: self.example.as_ref(), named: &self.examples }
    }
}

object! {
    /// A header object of an OpenAPI document, parsed into typed fields for lowering: a header of an HTTP response. The
    /// keys `name` and `in` are accepted, because some documents repeat them here.
    pub struct Header<'a>: "a header" {
        "name",
        "in",
        "description" => description: Option<&'a str>,
        "required",
        "deprecated",
        "allowEmptyValue",
        "style",
        "explode",
        "allowReserved",
        "schema" => schema: Option<RefOr<'a, Schema<'a>>>,
        "content" => content: Map<'a, MediaType<'a>>,
        "example",
        "examples",
    }
}
