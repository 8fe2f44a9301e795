//! A page of a result.

/// A page of a result, which gives its items: an array itself, an envelope the array within it.
pub trait Page {
    /// What the page is of.
    type Item;

    /// The items in their order.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Page for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }
}
