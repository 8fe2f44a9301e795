//! Media types of bodies.

use octogen_runtime::Value;

use super::{Example, Examples, Schema};
use crate::diagnostic::Diagnostics;
use crate::document::Node;
use crate::document::read::{Map, RefOr, Text, object};

object! {
    /// A body, or the value of a parameter, in one media type.
    pub struct MediaType<'a>: "a media type" {
        "schema" => schema: Option<RefOr<'a, Schema<'a>>>,
        "example" => example: Option<Node<'a>>,
        "examples" => examples: Map<'a, RefOr<'a, Example<'a>>>,
        "encoding" => encoding: Map<'a, Encoding<'a>>,
    }
}

impl<'a> MediaType<'a> {
    /// Returns the schema as it is written.
    #[must_use]
    pub fn schema_value(&self) -> Option<&'a Value> {
        self.schema.as_ref().map(|schema| schema.node.value)
    }

    /// Reads the schema without its diagnostics: they are reported when the schema is lowered.
    #[must_use]
    pub fn peek_schema(&self) -> Option<Schema<'a>> {
        self.schema.as_ref().map(|schema| Schema::read(schema.node.clone(), &mut Diagnostics::default()))
    }

    /// Returns the examples.
    #[must_use]
    pub fn examples(&self) -> Examples<'_, 'a> {
        Examples { unnamed: self.example.as_ref(), named: &self.examples }
    }
}

object! {
    /// The encoding of a property of a form.
    pub struct Encoding<'a>: "an encoding" {
        "contentType" => content_type: Option<&'a str>,
        "headers" => headers: Option<Node<'a>>,
        "style" => style: Option<Text<'a>>,
        "explode" => explode: Option<bool>,
        "allowReserved" => allow_reserved: Option<bool>,
    }
}
