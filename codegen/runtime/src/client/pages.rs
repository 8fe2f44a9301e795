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

use super::address::{origin_text, same_origin};
use super::error::Error;
use super::error_details::{Cause, ErrorDetails};
use super::exchange::{Received, exchange};
use super::link::find_next_page;
use super::plan::Plan;
use super::response::read_response;
use super::settings::Settings;
use crate::http::{Operation, Page};

/// An async stream of the pages of an operation's result. Each page is requested when it is polled. Use it as a
/// `Stream`, or call [`Pages::try_next`].
///
/// The `Link` header names the next page. A link to another origin is an error after the page that has the link, and so is a
/// cycle of links. After an error there are no more pages, but [`Pages::address`] still returns the address at which
/// [`Client::pages_from`](super::Client::pages_from) can continue, even in another process.
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
    /// The page that was requested last, or is the next one.
    address: Option<String>,
    cycles: CycleDetector,
    operation: PhantomData<fn() -> O>,
}

type PendingExchange = Pin<Box<dyn Future<Output = Result<Received, Box<ErrorDetails>>> + Send>>;

enum State {
    Ready(Result<Box<Plan>, Box<ErrorDetails>>),
    Waiting(PendingExchange),
    Done,
}

impl<O: Operation> Pages<O> {
    pub(crate) fn new(settings: Arc<Settings>, operation: &O) -> Self {
        let plan = Plan::new(&settings, const { &O::INFO }, operation.request());
        Self::from_plan(settings, plan)
    }

    /// Creates the pages that begin at an address, which must have the origin of the operation.
    pub(crate) fn from_address(settings: Arc<Settings>, operation: &O, address: &str) -> Self {
        let plan = Plan::new(&settings, const { &O::INFO }, operation.request());
        let plan = plan.and_then(|plan| plan_page(&plan, address, "the address of the page"));
        Self::from_plan(settings, plan)
    }

    fn from_plan(settings: Arc<Settings>, plan: Result<Box<Plan>, Box<ErrorDetails>>) -> Self {
        let address = plan.as_ref().ok().map(|plan| plan.public_url());
        Self {
            settings,
            state: State::Ready(plan),
            address,
            cycles: CycleDetector::default(),
            operation: PhantomData,
        }
    }

    /// Returns the address of the next page of this stream: the one that is being requested, or that failed, or that
    /// follows. Returns `None` after the last page. The address never contains the credential of the client.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        self.address.clone()
    }

    /// Requests the next page of an operation's result and returns it, or `None` after the last one.
    ///
    /// # Errors
    ///
    /// If the request of the page fails as in [`Client::send`](super::Client::send), or the next page has another origin.
    pub async fn try_next(&mut self) -> Result<Option<O::Output>, Error<O::Failure>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
    }

    /// Converts this stream of pages into a stream of the items of all pages, one after the other.
    pub fn items(self) -> Items<O>
    where
        O::Output: Page,
    {
        Items {
            pages: self,
            left: VecDeque::new(),
            address: None,
        }
    }
}

impl<O: Operation> Stream for Pages<O> {
    type Item = Result<O::Output, Error<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.state {
                State::Ready(_) => {
                    let State::Ready(plan) = std::mem::replace(&mut self.state, State::Done) else {
                        continue;
                    };
                    match plan {
                        Ok(plan) => {
                            let settings = Arc::clone(&self.settings);
                            self.state =
                                State::Waiting(Box::pin(
                                    async move { exchange(&settings, plan).await },
                                ));
                        }
                        Err(error) => return Poll::Ready(Some(Err(Error::new(error, None)))),
                    }
                }
                State::Waiting(pending) => {
                    let received = ready!(pending.as_mut().poll(context));
                    self.state = State::Done;
                    let cycles = &mut self.cycles;
                    let page =
                        received
                            .map_err(|error| Error::new(error, None))
                            .and_then(|received| {
                                let next = plan_next_page(&received, cycles);
                                read_response::<O>(received).map(|page| (page, next))
                            });
                    return Poll::Ready(Some(page.map(|(page, next)| {
                        self.address = next
                            .as_ref()
                            .and_then(|plan| plan.as_ref().ok())
                            .map(|plan| plan.public_url());
                        self.state = next.map_or(State::Done, State::Ready);
                        page.body
                    })));
                }
                State::Done => return Poll::Ready(None),
            }
        }
    }
}

/// Plans the request of the page after this one, or returns the error why it cannot be requested.
fn plan_next_page(
    page: &Received,
    cycles: &mut CycleDetector,
) -> Option<Result<Box<Plan>, Box<ErrorDetails>>> {
    let link = find_next_page(&page.headers)?;
    let plan = &page.plan;
    let next = plan_page(plan, &link, "the next page");
    let why = match &next {
        Ok(next) if next.url == plan.url => "names the page itself",
        Ok(next) if cycles.has_seen(&next.url) => {
            "names an earlier page, so that the pages form a cycle"
        }
        _ => return Some(next),
    };
    Some(Err(plan.error(Cause::Page(format!(
        "the link to the next page {why}"
    )))))
}

/// Detects a cycle of pages by Brent's method: it remembers one page, and another one after twice as many pages. So it
/// notices a cycle before three times as many pages were read as exist.
#[derive(Default)]
struct CycleDetector {
    kept: Option<Url>,
    since: u64,
    length: u64,
}

impl CycleDetector {
    fn has_seen(&mut self, url: &Url) -> bool {
        if self.kept.as_ref() == Some(url) {
            return true;
        }
        self.since += 1;
        if self.since > self.length {
            (self.kept, self.since, self.length) = (Some(url.clone()), 0, self.length * 2 + 1);
        }
        false
    }
}

/// Plans the request of another page, or returns the error why it is not sent.
fn plan_page(plan: &Plan, link: &str, what: &str) -> Result<Box<Plan>, Box<ErrorDetails>> {
    let refused = |why: String| Err(plan.error(Cause::Page(why)));
    if plan.method != Method::GET {
        return refused(format!(
            "{what} isn't requested: a {} isn't sent a second time",
            plan.method
        ));
    }
    let Ok(mut url) = plan.url.join(link) else {
        return refused(format!("the link to {what} is not a URL"));
    };
    // A fragment is not sent, so it does not distinguish pages.
    url.set_fragment(None);
    if !same_origin(&url, &plan.url) {
        let (from, to) = (origin_text(&plan.url), origin_text(&url));
        return refused(format!(
            "{what} is at {to} and not at {from}, so that it isn't requested"
        ));
    }
    Ok(plan.for_url(url))
}

/// An async stream of the items of an operation's result that comes in pages. Use it as a `Stream`, or call
/// [`Items::try_next`].
#[must_use = "no page is asked for until the stream is polled"]
pub struct Items<O: Operation>
where
    O::Output: Page,
{
    pages: Pages<O>,
    left: VecDeque<<O::Output as Page>::Item>,
    /// The address of the page with these items.
    address: Option<String>,
}

// No field is pinned: the only future is in a box.
impl<O: Operation> Unpin for Items<O> where O::Output: Page {}

impl<O: Operation> Items<O>
where
    O::Output: Page,
{
    /// Returns the address of the page that has the next item of this stream. To continue there later, pass it to
    /// [`Client::pages_from`](crate::client::Client::pages_from); the earlier items of that page are then returned again.
    #[must_use]
    pub fn address(&self) -> Option<String> {
        if self.left.is_empty() {
            self.pages.address()
        } else {
            self.address.clone()
        }
    }

    /// Returns the next item of an operation's result, or `None` after the last one. Requests the next page if
    /// necessary.
    ///
    /// # Errors
    ///
    /// If the next page cannot be requested or read, as in [`Pages::try_next`].
    pub async fn try_next(
        &mut self,
    ) -> Result<Option<<O::Output as Page>::Item>, Error<O::Failure>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context))
            .await
            .transpose()
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

#[cfg(test)]
mod tests {
    use url::Url;

    use super::CycleDetector;

    #[test]
    fn a_cycle_is_noticed_early() -> Result<(), url::ParseError> {
        for (lead, cycle) in [(0, 1), (0, 2), (3, 1), (5, 7), (0, 40)] {
            let mut cycles = CycleDetector::default();
            let mut count = 0;
            loop {
                let page = if count < lead {
                    count
                } else {
                    lead + (count - lead) % cycle
                };
                if cycles.has_seen(&Url::parse(&format!("https://a.example/{page}"))?) {
                    break;
                }
                count += 1;
                assert!(count <= 3 * (lead + cycle), "{lead} {cycle}");
            }
        }
        Ok(())
    }

    #[test]
    fn pages_without_a_cycle_are_all_new() -> Result<(), url::ParseError> {
        let mut cycles = CycleDetector::default();
        for page in 0..100 {
            assert!(!cycles.has_seen(&Url::parse(&format!("https://a.example/{page}"))?));
        }
        Ok(())
    }
}
