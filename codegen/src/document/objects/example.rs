//! Named examples.

use crate::document::Node;
use crate::document::read::{RefOr, object};

object! {
    /// A named example. Many documents write the value in its place, so that other keys are common.
    pub struct Example<'a>: open "an example" {
        "summary",
        "description",
        "value" => value: Option<Node<'a>>,
        "externalValue" => external_value: Option<Node<'a>>,
    }
}

/// The examples of a media type or of a parameter.
#[derive(Clone, Copy, Debug)]
pub struct Examples<'e, 'a> {
    /// The value of `example`.
    pub unnamed: Option<&'e Node<'a>>,
    /// The entries of `examples`.
    pub named: &'e [(&'a str, RefOr<'a, Example<'a>>)],
}

impl<'e, 'a> Examples<'e, 'a> {
    /// Returns the places of all examples, references not followed.
    pub fn nodes(self) -> impl Iterator<Item = &'e Node<'a>> {
        self.unnamed.into_iter().chain(self.named.iter().map(|(_, example)| &example.node))
    }
}
