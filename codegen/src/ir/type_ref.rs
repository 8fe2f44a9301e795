//! References to types.

/// The id of a type of the API: its index in [`Types`]. The stages of the generator refer to types by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// A reference to a type of the API from a place that uses it, such as a field or a response. It also says whether null
/// is allowed there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeRef {
    /// The type.
    pub id: TypeId,
    /// Null fits here as well.
    pub nullable: bool,
}

impl From<TypeId> for TypeRef {
    fn from(id: TypeId) -> Self {
        Self { id, nullable: false }
    }
}
