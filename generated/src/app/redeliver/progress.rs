//! The state of a redelivery, in a form that can be saved.

use std::cmp::Reverse;
use std::time::{SystemTime, UNIX_EPOCH};

use octogen_runtime::{object, string_enum};

use super::{FailedDelivery, RefusedDelivery};
use crate::apps::models::WebhookDeliverySummary;
use crate::runtime::{Map, Timestamp};

/// The saved state of a [`Redelivery`](super::Redelivery) of webhook deliveries, from which an interrupted run
/// continues. It is a model: `encode` writes it as JSON, and `decode` reads it. It holds no secret.
#[non_exhaustive]
pub struct RedeliveryProgress {
    /// Older deliveries are ignored. In milliseconds since 1970.
    since: i64,
    /// The time of the newest delivery on the first page, in milliseconds since 1970.
    pub(super) until: Option<i64>,
    pub(super) events: Vec<String>,
    pub(super) installations: Vec<i64>,
    pub(super) examined: i64,
    /// The address of the next page.
    pub(super) next: Option<String>,
    pub(super) is_read: bool,
    pub(super) guids: Map<Attempts>,
}

object! { RedeliveryProgress [since, ?until, events, installations, examined, ?next, is_read, guids] }

/// All attempts of GitHub to deliver one webhook event, as an entry of the saved progress of a redelivery: whether one
/// failed or succeeded, and whether another attempt was requested.
#[non_exhaustive]
pub struct Attempts {
    /// The id of the newest failed attempt, or else of the newest one.
    id: i64,
    at: i64,
    event: String,
    installation: Option<i64>,
    has_failed: bool,
    has_succeeded: bool,
    pub(super) outcome: Outcome,
    status: Option<i64>,
    reason: Option<String>,
}

object! { Attempts [id, at, event, ?installation, has_failed, has_succeeded, outcome, ?status, ?reason] }

string_enum! {
    /// The state of the request that asks GitHub to deliver one webhook event again, as an enum: not sent yet, being
    /// sent, accepted, or refused. It is part of the saved progress of a redelivery.
    pub enum Outcome { "open" Open, "requesting" Requesting, "requested" Requested, "refused" Refused, else Unknown }
}

impl RedeliveryProgress {
    pub(super) fn new(since: SystemTime) -> Self {
        Self {
            since: milliseconds(since),
            until: None,
            events: Vec::new(),
            installations: Vec::new(),
            examined: 0,
            next: None,
            is_read: false,
            guids: Map::new(),
        }
    }

    /// Sets the time of the newest delivery from the first page. Later pages change nothing.
    pub(super) fn set_newest(&mut self, page: &[WebhookDeliverySummary]) {
        if self.until.is_none() {
            self.until = page.iter().filter_map(|delivery| moment(&delivery.delivered_at)).max();
        }
    }

    /// Records a webhook delivery from the list. Returns whether it is new enough for this redelivery.
    pub(super) fn record(&mut self, delivery: &WebhookDeliverySummary) -> bool {
        // A delivery without a valid time does not end the list.
        let at = moment(&delivery.delivered_at);
        if at.is_some_and(|at| at < self.since) {
            return false;
        }
        if !self.includes(delivery.event.as_str(), delivery.installation_id) {
            return true;
        }
        self.examined = self.examined.saturating_add(1);
        match self.guids.get_mut(&delivery.guid) {
            Some(attempts) => attempts.record(delivery, at.unwrap_or(self.since)),
            None => {
                let attempts = Attempts::new(delivery, at.unwrap_or(self.since));
                self.guids.insert(delivery.guid.clone(), attempts);
            }
        }
        true
    }

    /// Ends the reading of the list of webhook deliveries, and drops the events that never failed.
    pub(super) fn finish_reading(&mut self) {
        (self.is_read, self.next) = (true, None);
        self.guids.retain(|_, attempts| attempts.has_failed);
    }

    /// Records a webhook delivery of a known event that came after the run began. Returns whether it may have come
    /// after the first page was read. Events that failed for the first time after that are left to the next run.
    pub(super) fn record_newer(&mut self, delivery: &WebhookDeliverySummary) -> bool {
        let at = moment(&delivery.delivered_at);
        if let Some(attempts) = self.guids.get_mut(&delivery.guid) {
            attempts.record(delivery, at.unwrap_or(self.since));
        }
        at.zip(self.until).is_none_or(|(at, until)| at >= until)
    }

    /// Returns the guids of the webhook events that GitHub is to deliver again, the oldest last.
    pub(super) fn due_guids(&self) -> Vec<String> {
        let due = self.guids.iter().filter(|(_, attempts)| self.is_due(attempts));
        let mut due: Vec<_> = due.map(|(guid, attempts)| (Reverse((attempts.at, attempts.id)), guid)).collect();
        due.sort();
        due.into_iter().map(|(_, guid)| guid.clone()).collect()
    }

    /// Returns the number of webhook events whose redelivery was requested, with any outcome.
    pub(super) fn requested_count(&self) -> usize {
        self.guids.values().filter(|attempts| attempts.outcome != Outcome::Open).count()
    }

    /// Marks a webhook event as being requested, and returns the attempt to repeat. `None` if the event need not be
    /// requested any more.
    pub(super) fn begin_request(&mut self, guid: &str) -> Option<FailedDelivery> {
        if !self.guids.get(guid).is_some_and(|attempts| self.is_due(attempts)) {
            return None;
        }
        let attempts = self.guids.get_mut(guid)?;
        attempts.outcome = Outcome::Requesting;
        Some(attempts.delivery(guid))
    }

    pub(super) fn set_outcome(&mut self, guid: &str, outcome: Outcome) {
        if let Some(attempts) = self.guids.get_mut(guid) {
            attempts.outcome = outcome;
        }
    }

    pub(super) fn refuse(&mut self, refused: &RefusedDelivery) {
        if let Some(attempts) = self.guids.get_mut(&refused.delivery.guid) {
            attempts.outcome = Outcome::Refused;
            (attempts.status, attempts.reason) = (Some(refused.status), Some(refused.reason.clone()));
        }
    }

    /// Reports whether the redelivery of a webhook event is still to be requested. A resumed run may include fewer
    /// events.
    pub(super) fn is_due(&self, attempts: &Attempts) -> bool {
        let is_open = attempts.is_undelivered() && attempts.outcome == Outcome::Open;
        is_open && self.includes(&attempts.event, attempts.installation)
    }

    fn includes(&self, event: &str, installation: Option<i64>) -> bool {
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
            reason: None,
        }
    }

    fn record(&mut self, delivery: &WebhookDeliverySummary, at: i64) {
        let is_newer = (at, delivery.id) > (self.at, self.id);
        // The run was interrupted during the request. This attempt proves that GitHub received it.
        if self.outcome == Outcome::Requesting && is_newer && delivery.redelivery {
            self.outcome = Outcome::Requested;
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

    pub(super) fn is_undelivered(&self) -> bool {
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
        let reason = self.reason.clone().unwrap_or_default();
        RefusedDelivery { delivery: self.delivery(guid), status: self.status.unwrap_or_default(), reason }
    }
}

/// Reports whether a delivery succeeded, by the receiver's status code or by GitHub's own status. A throttled delivery may
/// have only the latter.
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
