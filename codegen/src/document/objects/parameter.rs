//! Parameters.

use super::{Example, Examples, MediaType, Schema};
use crate::document::Node;
use crate::document::read::{Map, RefOr, Text, object};

object! {
    /// A parameter object of an OpenAPI document, parsed into typed fields for lowering: a path, query, header or
    /// cookie parameter of an operation.
    pub struct Parameter<'a>: "a parameter" {
        "name" => name: Option<Text<'a>> [Required "octogen ignores the parameter"],
        "in" => location: Option<Text<'a>> [Required "octogen ignores the parameter"],
        "description" => description: Option<&'a str>,
        "required" => required: bool,
        "deprecated" => deprecated: bool,
        "allowEmptyValue" => allow_empty_value: bool,
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
