//! What is known of each event, in a form that can be kept.

use std::cmp::Reverse;
use std::time::{SystemTime, UNIX_EPOCH};

use octogen_runtime::{object, string_enum};

use super::{FailedDelivery, RefusedDelivery};
use crate::apps::models::WebhookDeliverySummary;
use crate::runtime::{Map, Timestamp};

/// How far a [`Redelivery`](super::Redelivery) is: a model, which `encode` makes JSON of and `decode` reads. It holds no
/// secret.
#[non_exhaustive]
pub struct RedeliveryProgress {
    /// From when on, and when the newest delivery of the first page was, in milliseconds since 1970.
    since: i64,
    pub(super) until: Option<i64>,
    pub(super) events: Vec<String>,
    pub(super) installations: Vec<i64>,
    pub(super) looked_at: i64,
    /// Where to go on.
    pub(super) next: Option<String>,
    pub(super) is_read: bool,
    pub(super) guids: Map<Attempts>,
}

object! { RedeliveryProgress [since, ?until, events, installations, looked_at, ?next, is_read, guids] }

/// The attempts to deliver one event.
#[non_exhaustive]
pub struct Attempts {
    /// The newest one that failed, or else the newest.
    id: i64,
    at: i64,
    event: String,
    installation: Option<i64>,
    has_failed: bool,
    has_succeeded: bool,
    pub(super) outcome: Outcome,
    status: Option<i64>,
    why: Option<String>,
}

object! { Attempts [id, at, event, ?installation, has_failed, has_succeeded, outcome, ?status, ?why] }

string_enum! {
    /// What came of asking for it.
    pub enum Outcome { "open" Open, "asking" Asking, "asked" Asked, "refused" Refused, else Unknown }
}

impl RedeliveryProgress {
    pub(super) fn new(since: SystemTime) -> Self {
        Self {
            since: milliseconds(since),
            until: None,
            events: Vec::new(),
            installations: Vec::new(),
            looked_at: 0,
            next: None,
            is_read: false,
            guids: Map::new(),
        }
    }

    /// Takes down when the record began, of its first page.
    pub(super) fn begin(&mut self, page: &[WebhookDeliverySummary]) {
        if self.until.is_none() {
            self.until = page.iter().filter_map(|delivery| moment(&delivery.delivered_at)).max();
        }
    }

    /// Takes a delivery of the record down; whether it is as new as asked for.
    pub(super) fn note(&mut self, delivery: &WebhookDeliverySummary) -> bool {
        // What has no time can't end the record.
        let at = moment(&delivery.delivered_at);
        if at.is_some_and(|at| at < self.since) {
            return false;
        }
        if !self.wants(delivery.event.as_str(), delivery.installation_id) {
            return true;
        }
        self.looked_at = self.looked_at.saturating_add(1);
        match self.guids.get_mut(&delivery.guid) {
            Some(attempts) => attempts.note(delivery, at.unwrap_or(self.since)),
            None => {
                let attempts = Attempts::new(delivery, at.unwrap_or(self.since));
                self.guids.insert(delivery.guid.clone(), attempts);
            }
        }
        true
    }

    /// Says that the record is read down to its end: what has arrived at once is of no interest any more.
    pub(super) fn settle(&mut self) {
        (self.is_read, self.next) = (true, None);
        self.guids.retain(|_, attempts| attempts.has_failed);
    }

    /// Takes down what a delivery says of an event that is known; whether it may have come after
    /// the first page was read.
    /// What failed first after that is left to the next run.
    pub(super) fn note_newer(&mut self, delivery: &WebhookDeliverySummary) -> bool {
        let at = moment(&delivery.delivered_at);
        if let Some(attempts) = self.guids.get_mut(&delivery.guid) {
            attempts.note(delivery, at.unwrap_or(self.since));
        }
        at.zip(self.until).is_none_or(|(at, until)| at >= until)
    }

    /// What is to be asked for, the oldest last.
    pub(super) fn due(&self) -> Vec<String> {
        let due = self.guids.iter().filter(|(_, attempts)| self.is_due(attempts));
        let mut due: Vec<_> = due.map(|(guid, attempts)| (Reverse((attempts.at, attempts.id)), guid)).collect();
        due.sort();
        due.into_iter().map(|(_, guid)| guid.clone()).collect()
    }

    /// How many events were asked for, whatever came of it.
    pub(super) fn spent(&self) -> usize {
        self.guids.values().filter(|attempts| attempts.outcome != Outcome::Open).count()
    }

    /// Says that an event is about to be asked for, where it still is to be.
    pub(super) fn mark(&mut self, guid: &str) -> Option<FailedDelivery> {
        if !self.guids.get(guid).is_some_and(|attempts| self.is_due(attempts)) {
            return None;
        }
        let attempts = self.guids.get_mut(guid)?;
        attempts.outcome = Outcome::Asking;
        Some(attempts.delivery(guid))
    }

    pub(super) fn end(&mut self, guid: &str, outcome: Outcome) {
        if let Some(attempts) = self.guids.get_mut(guid) {
            attempts.outcome = outcome;
        }
    }

    pub(super) fn refuse(&mut self, refused: &RefusedDelivery) {
        if let Some(attempts) = self.guids.get_mut(&refused.delivery.guid) {
            attempts.outcome = Outcome::Refused;
            (attempts.status, attempts.why) = (Some(refused.status), Some(refused.why.clone()));
        }
    }

    /// Whether it is still to be asked for, and wanted by who goes on too.
    pub(super) fn is_due(&self, attempts: &Attempts) -> bool {
        let is_open = attempts.is_broken() && attempts.outcome == Outcome::Open;
        is_open && self.wants(&attempts.event, attempts.installation)
    }

    fn wants(&self, event: &str, installation: Option<i64>) -> bool {
        let is_of = |name: &String| name == event;
        let is_for = |id: &i64| Some(*id) == installation;
        (self.events.is_empty() || self.events.iter().any(is_of))
            && (self.installations.is_empty() || self.installations.iter().any(is_for))
    }
}

impl Attempts {
    fn new(delivery: &WebhookDeliverySummary, at: i64) -> Self {
        let is_success = is_success(delivery);
        Self {
            id: delivery.id,
            at,
            event: delivery.event.as_str().to_owned(),
            installation: delivery.installation_id,
            has_failed: !is_success,
            has_succeeded: is_success,
            outcome: Outcome::Open,
            status: None,
            why: None,
        }
    }

    fn note(&mut self, delivery: &WebhookDeliverySummary, at: i64) {
        let is_newer = (at, delivery.id) > (self.at, self.id);
        // Whoever was cut off while asking learns here that it was heard.
        if self.outcome == Outcome::Asking && is_newer && delivery.redelivery {
            self.outcome = Outcome::Asked;
        }
        if is_success(delivery) {
            self.has_succeeded = true;
            return;
        }
        if is_newer || !self.has_failed {
            (self.id, self.at) = (delivery.id, at);
        }
        self.has_failed = true;
    }

    pub(super) fn is_broken(&self) -> bool {
        self.has_failed && !self.has_succeeded
    }

    pub(super) fn has_failed(&self) -> bool {
        self.has_failed
    }

    pub(super) fn delivery(&self, guid: &str) -> FailedDelivery {
        let Self { id, event, installation, .. } = self;
        FailedDelivery { guid: guid.to_owned(), id: *id, event: event.clone(), installation_id: *installation }
    }

    pub(super) fn refusal(&self, guid: &str) -> RefusedDelivery {
        let why = self.why.clone().unwrap_or_default();
        RefusedDelivery { delivery: self.delivery(guid), status: self.status.unwrap_or_default(), why }
    }
}

/// What the receiver answered counts, and what GitHub calls it. Where the delivery was held back for a while, the status
/// still says how it ended.
fn is_success(delivery: &WebhookDeliverySummary) -> bool {
    (200..300).contains(&delivery.status_code) || delivery.status == "OK"
}

fn moment(at: &Timestamp) -> Option<i64> {
    Some(at.to_jiff().ok()?.as_millisecond())
}

fn milliseconds(time: SystemTime) -> i64 {
    let whole = |time: std::time::Duration| i64::try_from(time.as_millis()).unwrap_or(i64::MAX);
    time.duration_since(UNIX_EPOCH).map_or_else(|before| -whole(before.duration()), whole)
}
