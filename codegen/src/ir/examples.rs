use octogen_runtime::Value;

use super::{Edge, Status, TypeRef};
use crate::diagnostic::Place;

/// A documented payload of an operation, a webhook or a schema, with the type that describes it. Each one is checked, and
/// can become a test of the emitted crate.
#[derive(Clone, Debug)]
pub struct Example {
    /// The id of the operation, or the name of the webhook. Empty for a schema.
    pub owner: String,
    /// The use of the payload.
    pub role: ExampleRole,
    /// The name under `examples`; empty for `example`.
    pub name: String,
    /// The documented type of the payload.
    pub ty: TypeRef,
    /// The payload.
    pub value: Value,
    /// The place in the documents.
    pub place: Place,
    /// The places of its properties, if the document states each of them at a place of its own.
    pub properties: Vec<(String, Place)>,
    /// The origin of the payload.
    pub source: ExampleSource,
}

/// The origin of a payload: the document states it, or it was made from what the document states, or it was recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExampleSource {
    /// The document states the value.
    Stated,
    /// The document states a text, which is the value as JSON.
    Text,
    /// The examples of the properties, put together.
    Assembled,
    /// The payload was recorded, and is not part of the document.
    Recorded,
}

impl Example {
    /// Returns the use of a type that the payload concerns. Evidence widens the type there.
    #[must_use]
    pub fn edge(&self, index: usize) -> Edge {
        match self.role {
            ExampleRole::Schema => Edge::Within(self.ty.id),
            _ => Edge::Root(index),
        }
    }

    /// Returns the place of a value within the payload, by its JSON pointer. A diagnostic about the value points there.
    #[must_use]
    pub fn place_of(&self, pointer: &str) -> Place {
        if self.source == ExampleSource::Text {
            return self.place.clone();
        }
        let stated = self.properties.iter().find_map(|(key, place)| {
            let rest = pointer.strip_prefix(&format!("/{}", key.replace('~', "~0").replace('/', "~1")))?;
            (rest.is_empty() || rest.starts_with('/')).then(|| place.within(rest))
        });
        stated.unwrap_or_else(|| self.place.within(pointer))
    }
}

/// A documented payload for which octogen has no type, with the reason. The coverage report lists it.
#[derive(Clone, Debug)]
pub struct Unsupported {
    /// The id of the operation, or the name of the webhook.
    pub owner: String,
    /// The use of the payload.
    pub role: ExampleRole,
    /// The reason for the missing type.
    pub reason: String,
    /// The place in the documents.
    pub place: Place,
}

/// The role of a documented payload: it is a request body, a response, the value of a parameter or a value of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleRole {
    /// A request body, with the label of its media type unless that is the default one.
    Request(String),
    /// The response of a status, with the label of its media type unless that is the default one.
    Response(Status, String),
    /// A parameter, by its name.
    Parameter(String),
    /// A value of a schema, wherever the schema is used. The schema states it, or its properties do.
    Schema,
}

impl ExampleRole {
    /// Returns whether two documented payloads have the same role, regardless of their media types. The evidence stage
    /// calls it to find the payloads of one place.
    #[must_use]
    pub fn is_beside(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Request(_), Self::Request(_)) => true,
            (Self::Response(one, _), Self::Response(other, _)) => one == other,
            (one, other) => one == other,
        }
    }
}

/// The value of the keyword `default` in a schema, with the type of that schema. It is checked against the type.
#[derive(Clone, Debug)]
pub struct DefaultValue {
    /// The type of the schema.
    pub ty: TypeRef,
    /// The value.
    pub value: Value,
    /// The place in the documents.
    pub place: Place,
}
