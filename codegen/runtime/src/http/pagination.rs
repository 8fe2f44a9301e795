//! Results that come in pages.

/// The pagination of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    /// The way in which a page names the next one.
    pub by: PageStyle,
    /// The key of the items in a page. `None`: the page is the array of items.
    pub items: Option<&'static str>,
}

impl Pagination {
    /// Creates a pagination.
    #[must_use]
    pub const fn new(by: PageStyle, items: Option<&'static str>) -> Self {
        Self { by, items }
    }
}

/// The way in which a page names the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// The `Link` header, with page numbers.
    Page,
    /// The `Link` header, with a cursor in the query parameter of this name.
    Cursor(&'static str),
}

/// A page of a result: an array of items, or an object with such an array.
pub trait Page {
    /// The type of an item.
    type Item;

    /// Returns the items in their order.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Page for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }
}
