//! Results that come in pages.

use std::collections::VecDeque;
use std::future::{Future, poll_fn};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::Method;
use url::Url;

use super::address::{origin, same_origin};
use super::exchange::{Arrived, run};
use super::fault::{Cause, Fault};
use super::link::next_page;
use super::plan::Plan;
use super::{Error, Settings, read};
use crate::http::{Operation, Page};

/// The pages of a result, each asked for when it is polled; a stream, and without one's help
/// [`Pages::try_next`].
///
/// What leads on is the `Link` header. It is followed only within the origin of the page; another one is an error,
/// behind the page that names it, and so is a circle. After an error there are no more pages, but [`Pages::address`]
/// still tells where to go on, in another process too: [`Client::pages_from`](super::Client::pages_from).
///
/// ```
/// # async fn example<List>(client: octogen_runtime::client::Client, list: List) -> Result<(), Box<dyn std::error::Error>>
/// # where
/// #     List: octogen_runtime::Operation<Failure = ()> + Clone,
/// # {
/// let mut pages = client.pages(list.clone());
/// let first = pages.try_next().await?;
/// let bookmark = pages.address();
///
/// if let Some(address) = bookmark {
///     let second = client.pages_from(list, &address).try_next().await?;
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "no page is asked for until the stream is polled"]
pub struct Pages<O> {
    settings: Arc<Settings>,
    state: State,
    /// The page that was asked for last, or is the next one.
    address: Option<String>,
    way: Way,
    operation: PhantomData<fn() -> O>,
}

type Exchange = Pin<Box<dyn Future<Output = Result<Arrived, Box<Fault>>> + Send>>;

enum State {
    Ready(Result<Box<Plan>, Box<Fault>>),
    Waiting(Exchange),
    Done,
}

impl<O: Operation> Pages<O> {
    pub(crate) fn new(settings: Arc<Settings>, operation: &O) -> Self {
        let plan = Plan::new(&settings, const { &O::ABOUT }, operation.request());
        Self::of(settings, plan)
    }

    /// The pages from this address on, which is at the operation's origin and at no other.
    pub(crate) fn from(settings: Arc<Settings>, operation: &O, address: &str) -> Self {
        let plan = Plan::new(&settings, const { &O::ABOUT }, operation.request());
        let plan = plan.and_then(|plan| leading_to(&plan, address, "the address of the page"));
        Self::of(settings, plan)
    }

    fn of(settings: Arc<Settings>, plan: Result<Box<Plan>, Box<Fault>>) -> Self {
        let address = plan.as_ref().ok().map(|plan| plan.address());
        Self { settings, state: State::Ready(plan), address, way: Way::default(), operation: PhantomData }
    }

    /// Where to go on from here: the address of the next page, of the one that is under way, or of the one that failed.
    /// `None` behind the last page. It never holds the client's credential.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.address.clone()
    }

    /// The next page, or `None` behind the last one.
    ///
    /// # Errors
    ///
    /// Those of [`Client::send`](super::Client::send), and where the next page is at another origin.
    pub async fn try_next(&mut self) -> Result<Option<O::Output>, Error<O::Failure>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    /// The items of all pages, one after the other.
    pub fn items(self) -> Items<O>
    where
        O::Output: Page,
    {
        Items { pages: self, left: VecDeque::new(), address: None }
    }
}

impl<O: Operation> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.state {
                State::Ready(_) => {
                    let State::Ready(plan) = std::mem::replace(&mut self.state, State::Done) else { continue };
                    match plan {
                        Ok(plan) => {
                            let settings = Arc::clone(&self.settings);
                            self.state = State::Waiting(Box::pin(async move { run(&settings, plan).await }));
                        }
                        Err(fault) => return Poll::Ready(Some(Err(Error::new(fault, None)))),
                    }
                }
                State::Waiting(exchange) => {
                    let arrived = ready!(exchange.as_mut().poll(context));
                    self.state = State::Done;
                    let way = &mut self.way;
                    let page = arrived.map_err(|fault| Error::new(fault, None)).and_then(|arrived| {
                        let next = next(&arrived, way);
                        read::<O>(arrived).map(|page| (page, next))
                    });
                    return Poll::Ready(Some(page.map(|(page, next)| {
                        self.address = next.as_ref().and_then(|plan| plan.as_ref().ok()).map(|plan| plan.address());
                        self.state = next.map_or(State::Done, State::Ready);
                        page.body
                    })));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// What asks for the page behind this one, or why it can't be asked for.
fn next(page: &Arrived, way: &mut Way) -> Option<Result<Box<Plan>, Box<Fault>>> {
    let link = next_page(&page.headers)?;
    let plan = &page.plan;
    let next = leading_to(plan, &link, "the next page");
    let why = match &next {
        Ok(next) if next.url == plan.url => "leads to the page itself",
        Ok(next) if way.has_been_at(&next.url) => "leads in a circle",
        _ => return Some(next),
    };
    Some(Err(plan.fault(Cause::Page(format!("the link to the next page {why}")))))
}

/// As much of the way through the pages as tells that it is a circle, by Brent's method: one page is kept in mind, and
/// another one after twice as many, so that a circle is noticed before three times as many pages have come as there are.
#[derive(Default)]
struct Way {
    kept: Option<Url>,
    behind: u64,
    length: u64,
}

impl Way {
    fn has_been_at(&mut self, url: &Url) -> bool {
        if self.kept.as_ref() == Some(url) {
            return true;
        }
        self.behind += 1;
        if self.behind > self.length {
            (self.kept, self.behind, self.length) = (Some(url.clone()), 0, self.length * 2 + 1);
        }
        false
    }
}

/// The same request for another page, or why it isn't sent there.
fn leading_to(plan: &Plan, link: &str, what: &str) -> Result<Box<Plan>, Box<Fault>> {
    let refused = |why: String| Err(plan.fault(Cause::Page(why)));
    if plan.method != Method::GET {
        return refused(format!("{what} isn't asked for: a {} isn't sent a second time", plan.method));
    }
    let Ok(mut url) = plan.url.join(link) else {
        return refused(format!("the link to {what} is no URL"));
    };
    // It isn't sent, so that it makes no other page.
    url.set_fragment(None);
    if !same_origin(&url, &plan.url) {
        let (from, to) = (origin(&plan.url), origin(&url));
        return refused(format!("{what} leads from {from} to {to}, which isn't followed"));
    }
    Ok(plan.to(url))
}

/// The items of a result that comes in pages; a stream, and without one's help [`Items::try_next`].
#[must_use = "no page is asked for until the stream is polled"]
pub struct Items<O: Operation>
where
    O::Output: Page,
{
    pages: Pages<O>,
    left: VecDeque<<O::Output as Page>::Item>,
    /// Of the page whose items these are.
    address: Option<String>,
}

// Nothing in it is ever pinned: the one future stands in a box.
impl<O: Operation> Unpin for Items<O> where O::Output: Page {}

impl<O: Operation> Items<O>
where
    O::Output: Page,
{
    /// Where to go on from here, see [`Pages::address`]: the page that the next item is on. Its earlier items come again.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        if self.left.is_empty() { self.pages.address() } else { self.address.clone() }
    }

    /// The next item, or `None` behind the last one.
    ///
    /// # Errors
    ///
    /// Those of [`Pages::try_next`].
    pub async fn try_next(&mut self) -> Result<Option<<O::Output as Page>::Item>, Error<O::Failure>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<O: Operation> Stream for Items<O>
where
    O::Output: Page,
{
    type Item = Result<<O::Output as Page>::Item, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            if let Some(item) = self.left.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            let address = self.pages.address();
            match ready!(Pin::new(&mut self.pages).poll_next(context)) {
                Some(Ok(page)) => {
                    self.left = page.into_items().into();
                    self.address = address;
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}
