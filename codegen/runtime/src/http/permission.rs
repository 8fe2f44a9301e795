/// A documented permission that an operation needs, with its level: a constant of emitted operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Permission {
    /// The name of the permission, such as `deployments`.
    pub name: &'static str,
    /// The level of the permission, such as `write`.
    pub level: &'static str,
}

impl Permission {
    /// Creates a documented permission of an operation from its name and its level. Emitted operations call it.
    #[must_use]
    pub const fn new(name: &'static str, level: &'static str) -> Self {
        Self { name, level }
    }
}
