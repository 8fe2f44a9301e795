//! The path from a component or an operation to a type.

use super::type_ref::TypeId;

/// The origin of a type: the component, operation or outer type to which its schema belongs. Names of Rust types are
/// made from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A component, by its name.
    Component(String),
    /// A schema that a reference names and that is not a component, by the words for its place.
    Place {
        /// The words for the component or the part of an operation around it.
        root: String,
        /// The words for each step from there.
        steps: Vec<String>,
    },
    /// Within another type.
    Within(TypeId, Step),
    /// Within an operation or a webhook, by its documented id.
    Operation(String, Step),
}

/// One step in the origin of a type: from an operation or outer type to a schema within it, such as a property or a
/// response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// The value of a key.
    Property(String),
    /// The elements of an array.
    Items,
    /// One element of a tuple.
    Element(usize),
    /// The values of a map.
    Values,
    /// A variant of a union, by its label or its number.
    Variant(String),
    /// A parameter, by its name.
    Parameter(String),
    /// A request body, with the label of its media type if there are several.
    Body(String),
    /// The response of a status.
    Response(String),
}
