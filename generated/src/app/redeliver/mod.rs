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
use crate::client::{Client, Error};

/// The largest page that GitHub gives.
const PAGE: i64 = 100;

impl App {
    /// Asks GitHub to redeliver the events whose deliveries have all failed since this time.
    ///
    /// A delivery succeeded if the receiver answered with a status from 200 to 299, or GitHub's status of it is `OK`.
    /// Attempts of one event have the same guid. If one of them succeeded, the event is left alone. Otherwise GitHub is
    /// asked once to repeat the newest attempt. GitHub keeps deliveries for three days.
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

    /// Continues a redelivery from its saved progress. No event is requested twice.
    pub fn resume_redelivery(&self, progress: RedeliveryProgress) -> Redelivery {
        Redelivery {
            client: self.client.clone(),
            limit: usize::MAX,
            is_dry: false,
            newer: Newer::From(None),
            queue: None,
            next_request: None,
            progress,
        }
    }
}

/// A redelivery of failed events. Start with [`App::redeliver_failed`].
///
/// [`Redelivery::run`] does all of it. To continue after an interruption, even in another process, take one step at a
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

/// The result of one step of a [`Redelivery`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedeliveryStep {
    /// A page of the list of deliveries was read.
    PageRead,
    /// The next step requests this event. If the run is interrupted between the two, the event is
    /// [uncertain](RedeliveryReport::uncertain) when it resumes, and not requested again.
    Requesting(FailedDelivery),
    /// GitHub will deliver the event again.
    Requested(FailedDelivery),
    /// GitHub will not deliver the event again.
    Refused(RefusedDelivery),
}

impl Redelivery {
    /// Includes deliveries of this event, such as `push`. Call it several times for several events. Without it, all events
    /// are included.
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.progress.events.push(name.into());
        self
    }

    /// Includes deliveries of this installation. Call it several times for several installations. Without it, all
    /// installations are included.
    pub fn installation(mut self, id: i64) -> Self {
        self.progress.installations.push(id);
        self
    }

    /// Requests at most this number of events, in all runs that share their progress.
    pub fn limit(mut self, events: usize) -> Self {
        self.limit = events;
        self
    }

    /// Requests nothing. [`RedeliveryReport::remaining`] then lists the events that would be requested.
    pub fn dry_run(mut self) -> Self {
        self.is_dry = true;
        self
    }

    /// Returns the progress so far: a model, which `encode` writes as JSON.
    #[must_use]
    pub fn progress(&self) -> &RedeliveryProgress {
        &self.progress
    }

    /// Returns a report of the progress so far.
    #[must_use]
    pub fn report(&self) -> RedeliveryReport {
        RedeliveryReport::new(&self.progress)
    }

    /// Takes all remaining steps.
    ///
    /// # Errors
    ///
    /// The errors of [`Redelivery::step`]. The report and the progress stay available, and `run` can be called again.
    pub async fn run(&mut self) -> Result<RedeliveryReport, Error> {
        while self.step().await?.is_some() {}
        Ok(self.report())
    }

    /// Takes one step, which sends one request at most. `None` if nothing is left to do.
    ///
    /// # Errors
    ///
    /// If a page can't be read, there is no connection or credential, or GitHub refuses the app itself (401, 403, 429). If
    /// GitHub refuses a single delivery, that is a step and not an error.
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
        let (page, next) = self.page(self.progress.next.as_deref()).await?;
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
        let (page, next) = self.page(page.as_deref()).await?;
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

    async fn page(&self, at: Option<&str>) -> Result<(Vec<WebhookDeliverySummary>, Option<String>), Error> {
        let list = ListWebhookDeliveries::new().per_page(PAGE);
        let mut pages = match at {
            Some(address) => self.client.pages_from(list, address),
            None => self.client.pages(list),
        };
        let page = pages.try_next().await.map_err(Error::untyped)?;
        let next = pages.address();
        if next.is_none() {
            // A link that is not followed is not the end of the list. It is an error of the next page, without a request.
            pages.try_next().await.map_err(Error::untyped)?;
        }
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
