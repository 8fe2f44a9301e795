//! Deliveries of the webhook that failed, asked for once more.
//!
//! GitHub delivers an event once. Whether a later attempt has repaired what failed is known only when all of them have
//! been looked at, so that the record is read down to its end first, and then from its head again for what came
//! meanwhile; after that each event is asked for, the oldest first.

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

/// As many deliveries as a page can have.
const PAGE: i64 = 100;

impl App {
    /// Asks GitHub to deliver once more what failed since then and no later attempt has repaired.
    ///
    /// A delivery counts as a success where the receiver answered with a status from 200 to 299, or GitHub calls it `OK`.
    /// Attempts of one event have the same guid: if one of them was a success, nothing is asked for; else the newest one
    /// is asked for again, once. GitHub keeps deliveries for three days.
    ///
    /// ```no_run
    /// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::{Duration, SystemTime};
    ///
    /// let yesterday = SystemTime::now() - Duration::from_secs(24 * 60 * 60);
    /// let report = app.redeliver_failed(yesterday).event("push").limit(500).run().await?;
    /// println!("{} of {} were asked for again", report.asked.len(), report.failed);
    /// # Ok(())
    /// # }
    /// ```
    pub fn redeliver_failed(&self, since: SystemTime) -> Redelivery {
        self.redeliver_on(RedeliveryProgress::new(since))
    }

    /// Goes on with what was begun, by the progress that was kept of it: nothing is asked for twice.
    pub fn redeliver_on(&self, progress: RedeliveryProgress) -> Redelivery {
        Redelivery {
            client: self.client.clone(),
            limit: usize::MAX,
            is_dry: false,
            head: Head::Ahead(None),
            queue: None,
            marked: None,
            progress,
        }
    }
}

/// Failed deliveries on their way to be asked for again; [`App::redeliver_failed`] begins it.
///
/// [`Redelivery::run`] does all of it. To go on with what was cut off, in another process too, take one step at a time
/// and keep the progress behind each. While pages are read, now and then will do: what was not kept is read again.
///
/// ```no_run
/// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
/// # let since = std::time::SystemTime::now();
/// use github_apps::runtime::{decode, encode};
///
/// let mut work = match std::fs::read("progress.json") {
///     Ok(kept) => app.redeliver_on(decode(&kept)?),
///     Err(_) => app.redeliver_failed(since),
/// };
/// while let Some(_step) = work.step().await? {
///     std::fs::write("progress.json", encode(work.progress()))?;
/// }
/// println!("{:?}", work.report());
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked for until it runs"]
pub struct Redelivery {
    client: Client<AppJwt>,
    limit: usize,
    is_dry: bool,
    progress: RedeliveryProgress,
    head: Head,
    /// What is to be asked for, the oldest last.
    queue: Option<Vec<String>>,
    /// What the next step asks for.
    marked: Option<FailedDelivery>,
}

/// What came after the run began, which is read once more by whoever goes on.
enum Head {
    /// From this page on, or from the first one.
    Ahead(Option<String>),
    Read,
}

/// What a step of a [`Redelivery`] did.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedeliveryStep {
    /// A page of the record was read.
    Read,
    /// The next step asks for this event. If the progress is kept here and nowhere later, the event is
    /// [uncertain](RedeliveryReport::uncertain) to whoever goes on, and not asked for again.
    Asking(FailedDelivery),
    /// GitHub will deliver it again.
    Asked(FailedDelivery),
    /// GitHub won't, for this one.
    Refused(RefusedDelivery),
}

impl Redelivery {
    /// Only deliveries of this event, as `push`; of several if it is said several times.
    pub fn event(mut self, name: impl Into<String>) -> Self {
        self.progress.events.push(name.into());
        self
    }

    /// Only deliveries for this installation; for several if it is said several times.
    pub fn installation(mut self, id: i64) -> Self {
        self.progress.installations.push(id);
        self
    }

    /// Asks for so many events at most, in all runs that share their progress.
    pub fn limit(mut self, events: usize) -> Self {
        self.limit = events;
        self
    }

    /// Asks for nothing: [`RedeliveryReport::left`] has what would be asked for.
    pub fn dry_run(mut self) -> Self {
        self.is_dry = true;
        self
    }

    /// What was done so far: a model, which `encode` makes JSON of.
    #[must_use]
    pub fn progress(&self) -> &RedeliveryProgress {
        &self.progress
    }

    /// What was done so far, for people.
    #[must_use]
    pub fn report(&self) -> RedeliveryReport {
        RedeliveryReport::of(&self.progress)
    }

    /// Does all that is left.
    ///
    /// # Errors
    ///
    /// As for [`Redelivery::step`]. The report so far is still there, and so is the progress: it can be run again.
    pub async fn run(&mut self) -> Result<RedeliveryReport, Error> {
        while self.step().await?.is_some() {}
        Ok(self.report())
    }

    /// Does one thing, a request at most; `None` where nothing is left.
    ///
    /// # Errors
    ///
    /// Where a page can't be read, or nothing more can be asked for: without a connection or a credential, and where
    /// GitHub refuses the app itself (401, 403, 429). What it refuses of a single delivery is a step.
    pub async fn step(&mut self) -> Result<Option<RedeliveryStep>, Error> {
        if let Some(delivery) = self.marked.take() {
            return self.ask(delivery).await;
        }
        if !self.progress.is_read {
            return self.read_on().await;
        }
        if let Head::Ahead(page) = &self.head
            && self.progress.until.is_some()
        {
            let page = page.clone();
            return self.read_head(page).await;
        }
        if self.is_dry || self.progress.spent() >= self.limit {
            return Ok(None);
        }
        let progress = &mut self.progress;
        let queue = self.queue.get_or_insert_with(|| progress.due());
        while let Some(guid) = queue.pop() {
            if let Some(delivery) = progress.mark(&guid) {
                self.marked = Some(delivery.clone());
                return Ok(Some(RedeliveryStep::Asking(delivery)));
            }
        }
        Ok(None)
    }

    /// The next page of the record, towards older deliveries.
    async fn read_on(&mut self) -> Result<Option<RedeliveryStep>, Error> {
        let (page, next) = self.page(self.progress.next.as_deref()).await?;
        let progress = &mut self.progress;
        progress.begin(&page);
        // A page is not known to be in order, so that it has to be older as a whole to be the last one.
        let mut is_within = false;
        for delivery in &page {
            is_within |= progress.note(delivery);
        }
        match next {
            Some(next) if is_within => progress.next = Some(next),
            _ => progress.settle(),
        }
        Ok(Some(RedeliveryStep::Read))
    }

    /// The next page of what came since the first one was read: it may repair what failed before.
    async fn read_head(&mut self, page: Option<String>) -> Result<Option<RedeliveryStep>, Error> {
        let (page, next) = self.page(page.as_deref()).await?;
        let progress = &mut self.progress;
        let mut is_new = true;
        for delivery in &page {
            is_new &= progress.note_newer(delivery);
        }
        self.head = match next {
            Some(next) if is_new => Head::Ahead(Some(next)),
            _ => Head::Read,
        };
        Ok(Some(RedeliveryStep::Read))
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
            // A link that isn't followed is no end of the record. It is told behind its page, and nothing is asked for.
            pages.try_next().await.map_err(Error::untyped)?;
        }
        Ok((page.unwrap_or_default(), next))
    }

    async fn ask(&mut self, delivery: FailedDelivery) -> Result<Option<RedeliveryStep>, Error> {
        let error = match self.client.send(RedeliverWebhookDelivery::new(delivery.id)).await {
            // It was accepted, whatever the body says of it.
            Err(error) if !error.is_decode() => error.untyped(),
            _ => {
                self.progress.end(&delivery.guid, Outcome::Asked);
                return Ok(Some(RedeliveryStep::Asked(delivery)));
            }
        };
        if is_about_all(&error) {
            self.progress.end(&delivery.guid, Outcome::Open);
            self.queue = None;
            return Err(error);
        }
        let Some(status) = error.status() else {
            // Nobody knows whether it has arrived.
            return Err(error);
        };
        let refused = RefusedDelivery { delivery, status: i64::from(status.as_u16()), why: error.to_string() };
        self.progress.refuse(&refused);
        Ok(Some(RedeliveryStep::Refused(refused)))
    }
}

/// Whether nothing was accepted, and the next delivery would fare no better.
fn is_about_all(error: &Error) -> bool {
    let is_unsent = error.is_build() || error.is_request() || error.is_credential() || error.is_connect();
    is_unsent || error.status().is_some_and(|status| matches!(status.as_u16(), 401 | 403 | 429))
}

impl fmt::Debug for Redelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redelivery({:?})", self.report())
    }
}
