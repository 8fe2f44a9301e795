//! Results of checking a payload against its type.

use octogen_runtime::Value;

use crate::ir::{Edge, TypeId};

/// The result of checking one documented payload against its type: contradictions, counts, and values without a type.
#[derive(Debug, Default)]
pub struct CheckResult<'v> {
    /// The contradictions between payload and type.
    pub found: Vec<Contradiction<'v>>,
    /// Counts of the values of the payload.
    pub counts: ValueCounts,
    /// The values that are kept as plain JSON.
    pub json: Vec<PlainJson>,
    /// The values that no schema describes, which evidence may give a type.
    pub open: Vec<Undescribed<'v>>,
    /// The variants that the values of unions are decoded as.
    pub variants: Vec<ChosenVariant>,
    /// The values of models. Each variant of a union, and each value of an enum, is a documented one.
    pub models: Vec<ModelValue<'v>>,
    /// The values whose type is a secret.
    pub secrets: Vec<&'v Value>,
}

/// A JSON value within a payload whose type is a model: an object, an enum or a union. It can be an example of the model.
#[derive(Clone, Copy, Debug)]
pub struct ModelValue<'v> {
    /// The model.
    pub ty: TypeId,
    /// The value.
    pub value: &'v Value,
}

/// The variant of a union that emitted code chooses for a JSON value within a payload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChosenVariant {
    /// The path to the value within the payload.
    pub path: String,
    /// The union.
    pub union: TypeId,
    /// The index of the variant. `None` if the value fits no variant and is kept as plain JSON.
    pub variant: Option<usize>,
}

/// A JSON value within a payload that no schema describes: a value without a schema, or an object with undeclared keys.
/// The evidence stage can infer a type from it.
#[derive(Debug)]
pub struct Undescribed<'v> {
    /// Its type: a map of any values, an object that keeps undeclared keys, or any JSON.
    pub ty: TypeId,
    /// The path to the value within the payload.
    pub path: String,
    /// The object, or the value.
    pub value: &'v Value,
}

/// A JSON value within a payload that emitted code keeps as plain JSON, because no specific type holds it. The coverage
/// report lists such values.
#[derive(Clone, Debug, PartialEq)]
pub struct PlainJson {
    /// The path to the value within the payload.
    pub path: String,
    /// The number of leaves of the value.
    pub leaves: usize,
    /// The use of the type that does not describe it. `None` if it fits no variant of a union.
    pub edge: Option<Edge>,
}

/// The counts of the JSON values within one checked payload: all leaves, and those that the types do not describe. The
/// coverage report adds them up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValueCounts {
    /// Scalars, empty arrays and empty objects.
    pub leaves: usize,
    /// Leaves that are kept as plain JSON.
    pub as_json: usize,
    /// Values that an enum does not document.
    pub unknown_values: usize,
    /// Values that fit no variant of their union.
    pub unknown_variants: usize,
    /// Objects with undeclared keys that a map keeps.
    pub rests: usize,
}

/// A contradiction between a documented payload and its type, such as a missing required key. It becomes a warning, or
/// the evidence stage widens the type.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction<'v> {
    /// The path to the value within the payload.
    pub path: String,
    /// The JSON pointer to the value within the payload. For a missing key, it is that of the object.
    pub pointer: String,
    /// The requirement of the type, and the value in the payload.
    pub message: String,
    /// The effect on the value.
    pub effect: Effect,
    /// The kind of the contradiction.
    pub kind: ContradictionKind,
    /// The use of the type of the value.
    pub edge: Edge,
    /// The value, if there is one.
    pub value: Option<&'v Value>,
}

/// The effect of a contradiction when emitted code decodes the payload and writes it back: the JSON value is kept, it
/// is changed, or the payload is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// The value is kept and written back.
    Kept,
    /// The value is dropped, or written back in another notation.
    Changed,
    /// The payload does not decode.
    Refused,
}

/// The kind of a contradiction between a payload and its type, such as a missing key or a null. The evidence stage
/// decides from it how to widen the type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ContradictionKind {
    /// A required key is missing: the object, and the index of the field.
    Missing(TypeId, usize),
    /// The type does not allow null.
    Null,
    /// The object has a key that is not declared.
    Undeclared(TypeId, String),
    /// The number does not fit the integer type.
    Integer(TypeId),
    /// The value is of another type.
    Type,
    /// The enum does not have the value.
    Unlisted,
    /// The text does not have the form of its format.
    Format,
    /// No variant of the union fits.
    Form(TypeId),
}
