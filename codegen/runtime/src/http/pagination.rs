//! Results that come in pages.

/// The pagination of an operation: the way from a page to the next one, and the key of the items in a page. Emitted
/// operations have it among their facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pagination {
    /// The way in which a page names the page after it.
    pub by: PageStyle,
    /// The JSON key of the items in a page. `None`: the page is the array of items.
    pub items: Option<&'static str>,
}

impl Pagination {
    /// Creates the pagination of an operation from its style and the key of the items in a page. Emitted operations
    /// call it.
    #[must_use]
    pub const fn new(by: PageStyle, items: Option<&'static str>) -> Self {
        Self { by, items }
    }
}

/// The way in which a response names the page after it, as an enum: a `Link` header with page numbers or with a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PageStyle {
    /// The `Link` header, with page numbers.
    Page,
    /// The `Link` header, with a cursor in the query parameter of this name.
    Cursor(&'static str),
}

/// A trait of types that hold one page of a result: an array of items, or a model with such an array. The client reads
/// the items of all pages by it.
pub trait Page {
    /// The type of an item of the page.
    type Item;

    /// Returns the items of this page in their order, and consumes the page.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Page for Vec<T> {
    type Item = T;

    fn into_items(self) -> Vec<T> {
        self
    }
}

/// Implements [`Page`] for a generated struct that holds the items of a page in one of its fields. Emitted code calls
/// this macro.
///
/// ```
/// use octogen_runtime::Page;
///
/// pub struct Animals {
///     pub names: Option<Vec<String>>,
/// }
///
/// octogen_runtime::page! { Animals of String: names.unwrap_or_default() }
///
/// let page = Animals { names: Some(vec!["Ada".to_owned()]) };
/// assert_eq!(page.into_items(), ["Ada"]);
/// ```
#[macro_export]
macro_rules! page {
    ($name:ident of $item:ty: $($items:tt)+) => {
        impl $crate::Page for $name {
            type Item = $item;

            #[inline]
            fn into_items(self) -> ::std::vec::Vec<Self::Item> {
                self.$($items)+
            }
        }
    };
}
