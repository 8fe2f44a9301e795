//! The report of a redelivery.

use super::RedeliveryProgress;
use super::progress::Outcome;

/// The report of a [`Redelivery`](super::Redelivery): how many webhook deliveries it examined, and lists of the failed
/// events by outcome. The oldest events come last, as in GitHub's list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedeliveryReport {
    /// The number of webhook deliveries that were examined, after the selection of events and installations.
    pub examined: i64,
    /// The number of webhook events with at least one failed delivery.
    pub failed: usize,
    /// The number of webhook events that failed, and that a later attempt has delivered.
    pub repaired: usize,
    /// The failed webhook events that GitHub will deliver again.
    pub requested: Vec<FailedDelivery>,
    /// The failed webhook events that GitHub will not deliver again, with the reason.
    pub refused: Vec<RefusedDelivery>,
    /// The failed webhook events whose redelivery may have been requested: the run was interrupted before the response.
    /// They are not requested again.
    pub uncertain: Vec<FailedDelivery>,
    /// The failed webhook events whose redelivery is still to be requested, because of a limit, a dry run, or an
    /// unfinished run.
    pub remaining: Vec<FailedDelivery>,
}

/// A webhook event that no attempt of GitHub has delivered to the app. Redelivery reports and steps list such events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedDelivery {
    /// The guid of the webhook event, as in the header `X-GitHub-Delivery`.
    pub guid: String,
    /// The id of the delivery attempt that GitHub is to repeat.
    pub id: i64,
    /// The name of the webhook event, such as `push`.
    pub event: String,
    /// The id of the installation to which the webhook event belongs. `None` if it belongs to none.
    pub installation_id: Option<i64>,
}

/// A webhook event that failed and that GitHub refuses to deliver again, with the status and the error. Redelivery
/// reports and steps list such events.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedDelivery {
    /// The failed webhook event.
    pub delivery: FailedDelivery,
    /// The HTTP status of GitHub's response to the request for a redelivery.
    pub status: i64,
    /// The text of the error of the request for a redelivery.
    pub reason: String,
}

impl RedeliveryReport {
    pub(super) fn new(progress: &RedeliveryProgress) -> Self {
        let mut report = Self { examined: progress.examined, ..Self::default() };
        for (guid, attempts) in &progress.guids {
            report.failed += usize::from(attempts.has_failed());
            match &attempts.outcome {
                Outcome::Requested => report.requested.push(attempts.delivery(guid)),
                Outcome::Refused => report.refused.push(attempts.refusal(guid)),
                Outcome::Requesting | Outcome::Unknown(_) => report.uncertain.push(attempts.delivery(guid)),
                Outcome::Open if progress.is_due(attempts) => report.remaining.push(attempts.delivery(guid)),
                Outcome::Open if attempts.is_undelivered() => {}
                Outcome::Open => report.repaired += usize::from(attempts.has_failed()),
            }
        }
        report
    }
}
