use super::{Constraints, Docs, TypeRef};

/// A parameter of an operation, or a header of a webhook, after lowering: its name, location, serialization and type.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in the request.
    pub name: String,
    /// The part of the request that holds the parameter.
    pub location: Location,
    /// Every request has the parameter.
    pub required: bool,
    /// The serialization of the value.
    pub style: ParameterStyle,
    /// The type of the value.
    pub ty: TypeRef,
    /// The facts about the value that hold here.
    pub constraints: Constraints,
    /// The text about the parameter.
    pub docs: Docs,
}

/// The part of an HTTP request that holds a parameter: the path, the query, a header or a cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Location {
    Path,
    Query,
    Header,
    Cookie,
}

/// The serialization of a parameter, or of a property of a form: the delimiter, and which characters are
/// percent-encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParameterStyle {
    /// The delimiter between elements and keys.
    pub kind: StyleKind,
    /// Each element and each key is a parameter of its own.
    pub exploded: bool,
    /// Reserved characters are not percent-encoded.
    pub reserved: bool,
    /// Slashes separate segments of the path and are not percent-encoded.
    pub segmented: bool,
}

/// The delimiter style of a parameter in OpenAPI, such as `form` or `deepObject`: it separates the elements of an array
/// and the keys of an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl ParameterStyle {
    /// Creates the serialization of a parameter with this delimiter style. All reserved characters are percent-encoded.
    #[must_use]
    pub fn new(kind: StyleKind, exploded: bool) -> Self {
        Self { kind, exploded, reserved: false, segmented: false }
    }

    /// Returns the serialization that OpenAPI prescribes for parameters at this location if the document states no
    /// style.
    #[must_use]
    pub fn usual(location: Location) -> Self {
        match location {
            Location::Path | Location::Header => Self::new(StyleKind::Simple, false),
            Location::Query | Location::Cookie => Self::new(StyleKind::Form, true),
        }
    }
}
