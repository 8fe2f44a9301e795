use octogen_runtime::Value;

use super::{Status, TypeRef};
use crate::diagnostic::Place;

/// A documented payload of an operation or a webhook, with the type that describes it. Each one is checked, and can
/// become a test of the emitted crate.
#[derive(Clone, Debug)]
pub struct Example {
    /// The id of the operation, or the name of the webhook.
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
    /// The payload was recorded, and is not part of the document.
    pub recorded: bool,
}

impl Example {
    /// Returns the place of a value within the payload, by its JSON pointer. A diagnostic about the value points there.
    #[must_use]
    pub fn place_of(&self, pointer: &str) -> Place {
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

/// The role of a documented payload: it is a request body, a response or the value of a parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExampleRole {
    /// A request body, with the label of its media type unless that is the default one.
    Request(String),
    /// The response of a status, with the label of its media type unless that is the default one.
    Response(Status, String),
    /// A parameter, by its name.
    Parameter(String),
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

/// The value of the keyword `example` or `default` in a schema, with the type of that schema. Such a value is checked
/// against the type, but is not a whole payload.
#[derive(Clone, Debug)]
pub struct Stated {
    /// The keyword: "example" or "default".
    pub what: &'static str,
    /// The type of the schema.
    pub ty: TypeRef,
    /// The value.
    pub value: Value,
    /// The place in the documents.
    pub place: Place,
}
