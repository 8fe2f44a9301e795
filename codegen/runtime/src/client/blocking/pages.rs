//! Results that come in pages, as iterators.

use std::fmt;

use super::driver::Driver;
use crate::client::error::Error;
use crate::client::pages;
use crate::http::{Operation, Page};

/// An iterator over the pages of an operation's result, for the blocking client. Each page is requested when the
/// iterator reaches it. After an error there are no more pages. The rules are those of the async
/// [`Pages`](crate::client::Pages).
#[must_use = "no page is requested until the iterator is used"]
pub struct Pages<O> {
    pages: pages::Pages<O>,
    driver: Driver,
    /// Whether the driver could not wait. The async pages do not know of this error.
    has_failed: bool,
}

impl<O: Operation> Pages<O> {
    pub(super) fn new(pages: pages::Pages<O>, driver: Driver) -> Self {
        Self {
            pages,
            driver,
            has_failed: false,
        }
    }

    /// Returns the address of the next page that this blocking iterator requests, to continue later or in another
    /// process ([`crate::client::Pages::address`]).
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.pages.address()
    }

    /// Converts this blocking iterator over pages into an iterator over the items of all pages, one after the other.
    pub fn items(self) -> Items<O>
    where
        O::Output: Page,
    {
        Items {
            items: self.pages.items(),
            driver: self.driver,
            has_failed: self.has_failed,
        }
    }
}

impl<O: Operation> Iterator for Pages<O> {
    type Item = Result<O::Output, Error<O::Failure>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let next = self.driver.run(Some(O::INFO.id), self.pages.try_next());
        self.has_failed = next.is_err();
        next.unwrap_or_else(|error| Err(Error::new(error, None)))
            .transpose()
    }
}

/// An iterator over the items of an operation's result that comes in pages, for the blocking client.
#[must_use = "no page is requested until the iterator is used"]
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
    /// Returns the address of the page that has the next item of this blocking iterator, to continue later
    /// ([`crate::client::Items::address`]).
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
        let next = self.driver.run(Some(O::INFO.id), self.items.try_next());
        self.has_failed = next.is_err();
        next.unwrap_or_else(|error| Err(Error::new(error, None)))
            .transpose()
    }
}

impl<O: Operation> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Pages({}, {:?})", O::INFO.id, self.address())
    }
}

impl<O: Operation> fmt::Debug for Items<O>
where
    O::Output: Page,
{
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Items({}, {:?})", O::INFO.id, self.address())
    }
}
