//! Redelivery of failed webhook deliveries.
//!
//! GitHub delivers an event once. Only the whole list of deliveries shows whether a later attempt has succeeded. So the
//! list is read to its end, then its beginning is read again for newer attempts, and then each failed event is requested,
//! the oldest first.

mod progress;
mod report;

use std::fmt;
use std::time::SystemTime;

pub use progress::RedeliveryProgress;
pub use report::{FailedDelivery, RedeliveryReport, RefusedDelivery};

use self::progress::Outcome;
use super::App;
use crate::apps::endpoints::{ListWebhookDeliveries, RedeliverWebhookDelivery};
use crate::apps::models::WebhookDeliverySummary;
use crate::apps::security::AppJwt;
use crate::client::{Client, Error, Pages};

/// The largest page that GitHub gives.
const PAGE: i64 = 100;

impl App {
    /// Creates a [`Redelivery`], which asks GitHub to send failed webhook events again. It looks at the deliveries
    /// since this time. An event failed if none of its deliveries succeeded. Call [`Redelivery::run`] on it; until
    /// then, no request is sent.
    ///
    /// A delivery succeeded if the receiver answered with a status from 200 to 299, or if GitHub lists the delivery with
    /// the status `OK`. Deliveries of one event have the same guid. For each failed event, GitHub is asked once to repeat
    /// the newest delivery. GitHub keeps deliveries for three days.
    ///
    /// ```no_run
    /// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::{Duration, SystemTime};
    ///
    /// let yesterday = SystemTime::now() - Duration::from_secs(24 * 60 * 60);
    /// let report = app.redeliver_failed(yesterday).event("push").limit(500).run().await?;
    /// println!("{} of {} events will be delivered again", report.requested.len(), report.failed);
    /// # Ok(())
    /// # }
    /// ```
    pub fn redeliver_failed(&self, since: SystemTime) -> Redelivery {
        self.resume_redelivery(RedeliveryProgress::new(since))
    }

    /// Continues an interrupted [`Redelivery`] of webhook deliveries from its saved progress. No delivery is requested
    /// twice.
    pub fn resume_redelivery(&self, progress: RedeliveryProgress) -> Redelivery {
        Redelivery {
            client: self.client.clone(),
            limit: usize::MAX,
            is_dry: false,
            newer: Newer::From(None),
            pages: None,
            queue: None,
            next_request: None,
            progress,
        }
    }
}

/// A run that finds the failed webhook deliveries of an app and asks GitHub to send them again. Start it with
/// [`App::redeliver_failed`].
///
/// [`Redelivery::run`] takes all steps. To continue after an interruption, even in another process, take one step at a
/// time and save the progress after each. While pages are read, it may be saved less often: pages that were not saved are
/// read again.
///
/// ```no_run
/// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
/// # let since = std::time::SystemTime::now();
/// use github_apps::runtime::{decode, encode};
///
/// let mut redelivery = match std::fs::read("progress.json") {
///     Ok(saved) => app.resume_redelivery(decode(&saved)?),
///     Err(_) => app.redeliver_failed(since),
/// };
/// while let Some(_step) = redelivery.step().await? {
///     std::fs::write("progress.json", encode(redelivery.progress()))?;
/// }
/// println!("{:?}", redelivery.report());
/// # Ok(())
/// # }
/// ```
#[must_use = "it does nothing until it runs"]
pub struct Redelivery {
    client: Client<AppJwt>,
    limit: usize,
    is_dry: bool,
    progress: RedeliveryProgress,
    newer: Newer,
    /// The pages that the steps of this run read. They notice links that form a cycle.
    pages: Option<Pages<ListWebhookDeliveries>>,
    /// The guids of the events to request, the oldest last.
    queue: Option<Vec<String>>,
    /// The event that the next step requests.
    next_request: Option<FailedDelivery>,
}

/// The deliveries that are newer than the start of the run. A resumed run reads them again.
enum Newer {
    /// Read them from this page, or from the first one.
    From(Option<String>),
    Done,
}

/// The result of one step of a [`Redelivery`]: a page of webhook deliveries was read, or a failed delivery is about to
/// be requested, was requested, or was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedeliveryStep {
    /// A page of the list of webhook deliveries was read.
    PageRead,
    /// The next step asks GitHub to deliver this event again. If the run is interrupted between the two steps, the
    /// event is [uncertain](RedeliveryReport::uncertain) when the run resumes, and not requested again.
    Requesting(FailedDelivery),
    /// GitHub will deliver the event again.
    Requested(FailedDelivery),
    /// GitHub will not deliver the event again.
    Refused(RefusedDelivery),
}

impl Redelivery {
    /// Restricts the redelivery to webhook events with this name, such as `push`. Call it several times for several
    /// events. Without it, all events are included.
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.progress.events.push(name.into());
        self
    }

    /// Restricts the redelivery to webhook events of the installation with this id. Call it several times for several
    /// installations. Without it, all installations are included.
    pub fn installation(mut self, id: i64) -> Self {
        self.progress.installations.push(id);
        self
    }

    /// Sets the largest number of failed webhook events that GitHub is asked to deliver again. It counts all runs that
    /// share their progress. By default, there is no limit.
    pub fn limit(mut self, events: usize) -> Self {
        self.limit = events;
        self
    }

    /// Makes this redelivery a dry run: it reads the list of webhook deliveries, but asks GitHub to repeat none.
    /// [`RedeliveryReport::remaining`] then lists the events that it would request.
    pub fn dry_run(mut self) -> Self {
        self.is_dry = true;
        self
    }

    /// Returns the progress of this redelivery so far: a model, which `encode` writes as JSON. Save it after each step,
    /// so that [`App::resume_redelivery`] can continue after an interruption.
    #[must_use]
    pub fn progress(&self) -> &RedeliveryProgress {
        &self.progress
    }

    /// Returns a report of this redelivery so far: which failed webhook events were requested, refused, or remain.
    #[must_use]
    pub fn report(&self) -> RedeliveryReport {
        RedeliveryReport::new(&self.progress)
    }

    /// Runs this redelivery to its end, and returns its report. It takes all remaining steps.
    ///
    /// # Errors
    ///
    /// If a step fails, see [`Redelivery::step`]. The report and the progress stay available, and `run` can be called
    /// again.
    pub async fn run(&mut self) -> Result<RedeliveryReport, Error> {
        while self.step().await?.is_some() {}
        Ok(self.report())
    }

    /// Takes the next step of this redelivery, and returns its result. A step sends one request at most. `None` if no
    /// step is left. Use it instead of [`Redelivery::run`] to save the progress in between.
    ///
    /// # Errors
    ///
    /// If a page of deliveries can't be read, there is no connection or credential, or GitHub refuses the app itself
    /// (401, 403, 429). If GitHub refuses to repeat a single delivery, that is a step and not an error.
    pub async fn step(&mut self) -> Result<Option<RedeliveryStep>, Error> {
        if let Some(delivery) = self.next_request.take() {
            return self.request(delivery).await;
        }
        if !self.progress.is_read {
            return self.read_older().await;
        }
        if let Newer::From(page) = &self.newer
            && self.progress.until.is_some()
        {
            let page = page.clone();
            return self.read_newer(page).await;
        }
        if self.is_dry || self.progress.requested_count() >= self.limit {
            return Ok(None);
        }
        let progress = &mut self.progress;
        let queue = self.queue.get_or_insert_with(|| progress.due_guids());
        while let Some(guid) = queue.pop() {
            if let Some(delivery) = progress.begin_request(&guid) {
                self.next_request = Some(delivery.clone());
                return Ok(Some(RedeliveryStep::Requesting(delivery)));
            }
        }
        Ok(None)
    }

    /// Reads the next page towards older deliveries.
    async fn read_older(&mut self) -> Result<Option<RedeliveryStep>, Error> {
        let (page, next) = self.page(self.progress.next.clone()).await?;
        let progress = &mut self.progress;
        progress.set_newest(&page);
        // Pages may be out of order, so the last page is one on which all deliveries are too old.
        let mut is_within = false;
        for delivery in &page {
            is_within |= progress.record(delivery);
        }
        match next {
            Some(next) if is_within => progress.next = Some(next),
            _ => progress.finish_reading(),
        }
        Ok(Some(RedeliveryStep::PageRead))
    }

    /// Reads the next page of deliveries that came after the run began: they may be successful attempts of failed events.
    async fn read_newer(&mut self, page: Option<String>) -> Result<Option<RedeliveryStep>, Error> {
        let (page, next) = self.page(page).await?;
        let progress = &mut self.progress;
        let mut is_new = true;
        for delivery in &page {
            is_new &= progress.record_newer(delivery);
        }
        self.newer = match next {
            Some(next) if is_new => Newer::From(Some(next)),
            _ => Newer::Done,
        };
        Ok(Some(RedeliveryStep::PageRead))
    }

    /// Reads the page at this address, or the first one.
    async fn page(&mut self, at: Option<String>) -> Result<(Vec<WebhookDeliverySummary>, Option<String>), Error> {
        let list = || ListWebhookDeliveries::new().per_page(PAGE);
        let mut pages = match (self.pages.take(), at) {
            (Some(pages), Some(address)) if pages.address().as_ref() == Some(&address) => pages,
            (_, Some(address)) => self.client.pages_from(list(), &address),
            (_, None) => self.client.pages(list()),
        };
        let page = pages.try_next().await.map_err(Error::untyped)?;
        let next = pages.address();
        if next.is_none() {
            // A link that is not followed is not the end of the list. It is an error of the next page, without a request.
            pages.try_next().await.map_err(Error::untyped)?;
        }
        self.pages = Some(pages);
        Ok((page.unwrap_or_default(), next))
    }

    async fn request(&mut self, delivery: FailedDelivery) -> Result<Option<RedeliveryStep>, Error> {
        let error = match self.client.send(RedeliverWebhookDelivery::new(delivery.id)).await {
            // The status says that it was accepted; the body does not matter.
            Err(error) if !error.is_decode() => error.untyped(),
            _ => {
                self.progress.set_outcome(&delivery.guid, Outcome::Requested);
                return Ok(Some(RedeliveryStep::Requested(delivery)));
            }
        };
        if is_general(&error) {
            self.progress.set_outcome(&delivery.guid, Outcome::Open);
            self.queue = None;
            return Err(error);
        }
        let Some(status) = error.status() else {
            // It is unknown whether the request has arrived.
            return Err(error);
        };
        let refused = RefusedDelivery { delivery, status: i64::from(status.as_u16()), reason: error.to_string() };
        self.progress.refuse(&refused);
        Ok(Some(RedeliveryStep::Refused(refused)))
    }
}

/// Reports whether a request was not accepted for a reason that holds for all deliveries.
fn is_general(error: &Error) -> bool {
    let is_unsent = error.is_build() || error.is_request() || error.is_credential() || error.is_connect();
    is_unsent || error.status().is_some_and(|status| matches!(status.as_u16(), 401 | 403 | 429))
}

impl fmt::Debug for Redelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redelivery({:?})", self.report())
    }
}
