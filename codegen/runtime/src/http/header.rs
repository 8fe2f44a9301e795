use std::fmt;
use std::marker::PhantomData;

/// A documented header of an HTTP response: its name, and the Rust type of its value.
///
/// A generated operation has a constant for each header. `FullResponse::get` of the client reads it.
pub struct Header<T> {
    name: &'static str,
    ty: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// Creates a documented response header from its name. Emitted operations define their constants with it.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            ty: PhantomData,
        }
    }

    /// Returns the name of this documented response header, such as `etag`. The client looks the header up by it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.name
    }
}

impl<T> Clone for Header<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Header<T> {}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Header({})", self.name)
    }
}
