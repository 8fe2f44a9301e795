//! Results that come in pages, one after the other.

use std::fmt;

use super::Driver;
use crate::client::{Error, pages};
use crate::http::{Operation, Page};

/// The pages of a result as an iterator: each is asked for when it is its turn. After an error there are no more.
///
/// What leads on and what is refused is that of the async [`Pages`](crate::client::Pages).
#[must_use = "no page is asked for until the iterator is"]
pub struct Pages<O> {
    pages: pages::Pages<O>,
    driver: Driver,
    /// Whether nothing could be waited for, of which the pages don't know.
    has_failed: bool,
}

impl<O: Operation> Pages<O> {
    pub(super) fn new(pages: pages::Pages<O>, driver: Driver) -> Self {
        Self { pages, driver, has_failed: false }
    }

    /// Where to go on from here, see [`crate::client::Pages::address`].
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.pages.address()
    }

    /// The items of all pages, one after the other.
    pub fn items(self) -> Items<O>
    where
        O::Output: Page,
    {
        Items { items: self.pages.items(), driver: self.driver, has_failed: self.has_failed }
    }
}

impl<O: Operation> Iterator for Pages<O> {
    type Item = Result<O::Output, Error<O::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let next = self.driver.run(Some(O::ABOUT.id), self.pages.try_next());
        self.has_failed = next.is_err();
        next.unwrap_or_else(|fault| Err(Error::new(fault, None))).transpose()
    }
}

/// The items of a result that comes in pages, as an iterator.
#[must_use = "no page is asked for until the iterator is"]
pub struct Items<O: Operation>
where
    O::Output: Page,
{
    items: pages::Items<O>,
    driver: Driver,
    has_failed: bool,
}

impl<O: Operation> Items<O>
where
    O::Output: Page,
{
    /// Where to go on from here, see [`crate::client::Items::address`]: the page that the next item is on.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.items.address()
    }
}

impl<O: Operation> Iterator for Items<O>
where
    O::Output: Page,
{
    type Item = Result<<O::Output as Page>::Item, Error<O::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let next = self.driver.run(Some(O::ABOUT.id), self.items.try_next());
        self.has_failed = next.is_err();
        next.unwrap_or_else(|fault| Err(Error::new(fault, None))).transpose()
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({}, {:?})", O::ABOUT.id, self.address())
    }
}

impl<O: Operation> fmt::Debug for Items<O>
where
    O::Output: Page,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({}, {:?})", O::ABOUT.id, self.address())
    }
}
