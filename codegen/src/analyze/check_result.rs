//! What comes of holding a payload against its type.

use octogen_runtime::Value;

use crate::ir::{Edge, TypeId};

/// What came of holding a payload against its type.
#[derive(Debug, Default)]
pub struct Checked<'v> {
    /// Where they part.
    pub found: Vec<Contradiction<'v>>,
    /// What becomes of its values.
    pub tally: Tally,
    /// What is held as plain JSON.
    pub json: Vec<Plain>,
    /// Objects with keys that are allowed, and not named, and what no schema says anything of.
    pub open: Vec<Open<'v>>,
}

/// An object with keys that its type allows without naming them, or a value whose own place says nothing of it.
#[derive(Debug)]
pub struct Open<'v> {
    /// Its type: a map of any values, an object with a rest, or any JSON.
    pub ty: TypeId,
    /// The way to it.
    pub path: String,
    /// The object, or the value.
    pub value: &'v Value,
}

/// A value that is held as plain JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Plain {
    /// The way to it within the payload.
    pub path: String,
    /// How many leaves it has.
    pub leaves: usize,
    /// What leads to the type that says nothing of it; `None` where a union has no variant for it.
    pub edge: Option<Edge>,
}

/// What becomes of the values of a payload.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Scalars, and arrays and objects that are empty.
    pub leaves: usize,
    /// Those of them that are held as plain JSON.
    pub as_json: usize,
    /// Values that an enum does not document.
    pub unknown_values: usize,
    /// Values that fit no variant of their union.
    pub unknown_variants: usize,
    /// Objects with undeclared keys, which a map keeps.
    pub rests: usize,
}

/// Where a payload and its type part.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction<'v> {
    /// The way to the value within the payload.
    pub path: String,
    /// What the type says and what the payload has.
    pub message: String,
    /// What becomes of the value.
    pub effect: Effect,
    /// In which way they part.
    pub kind: Kind,
    /// What leads to the type of the value.
    pub edge: Edge,
    /// The value, where there is one.
    pub value: Option<&'v Value>,
}

/// What becomes of a value that contradicts its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// It is kept and written back.
    Kept,
    /// It is dropped, or comes back as another text.
    Changed,
    /// It is refused, and the payload with it.
    Refused,
}

/// In which way a payload and its type part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A required key is missing; the field by its object and its place there.
    Missing(TypeId, usize),
    /// There is null where none is allowed.
    Null,
    /// The object has a key that is not declared.
    Undeclared(TypeId, String),
    /// The number is none of that type of integers.
    Integer(TypeId),
    /// The value is of another type.
    Type,
    /// The enum does not have the value.
    Unlisted,
    /// No variant of the union fits.
    Form(TypeId),
}
