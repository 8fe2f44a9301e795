//! Named examples.

use crate::document::Node;
use crate::document::read::{RefOr, Text, object};

object! {
    /// An example object of an OpenAPI document, parsed into typed fields for lowering: one entry of `examples`. Many
    /// documents write the payload directly there, without `value`, so that unknown keys are not reported.
    pub struct Example<'a>: open "an example" {
        "summary": &'a str,
        "description": &'a str,
        "value" => value: Option<Node<'a>>,
        "externalValue" => external_value: Option<Text<'a>>,
    }
}

/// The examples of one media type or parameter of an OpenAPI document: those under `example` and under `examples`
/// together.
#[derive(Clone, Copy, Debug)]
pub struct Examples<'e, 'a> {
    /// The value of `example`.
    pub unnamed: Option<&'e Node<'a>>,
    /// The entries of `examples`.
    pub named: &'e [(&'a str, RefOr<'a, Example<'a>>)],
}

impl<'e, 'a> Examples<'e, 'a> {
    /// Returns the nodes of all these examples of a media type or parameter. A `$ref` among them is returned as it is.
    pub fn nodes(self) -> impl Iterator<Item = &'e Node<'a>> {
        self.unnamed.into_iter().chain(self.named.iter().map(|(_, example)| &example.node))
    }
}
