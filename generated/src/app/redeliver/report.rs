//! What came of a redelivery, for people.

use super::RedeliveryProgress;
use super::progress::Outcome;

/// What came of a [`Redelivery`](super::Redelivery), event by event; the oldest events last, as in GitHub's record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RedeliveryReport {
    /// How many deliveries were looked at, of those that were wanted.
    pub looked_at: i64,
    /// How many events failed at least once.
    pub failed: usize,
    /// How many of them were delivered by another attempt.
    pub repaired: usize,
    /// What GitHub will deliver again.
    pub asked: Vec<FailedDelivery>,
    /// What GitHub won't deliver again, and why.
    pub refused: Vec<RefusedDelivery>,
    /// What may have been asked for: the run was cut off before an answer came. It is not asked for again.
    pub uncertain: Vec<FailedDelivery>,
    /// What is to be asked for: by a limit, a dry run, or because the run has not come so far.
    pub left: Vec<FailedDelivery>,
}

/// An event that no attempt has delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FailedDelivery {
    /// The event, as `X-GitHub-Delivery` names it.
    pub guid: String,
    /// The attempt that is asked for.
    pub id: i64,
    /// What kind of event it is, as `push`.
    pub event: String,
    /// The installation that the event is about.
    pub installation_id: Option<i64>,
}

/// An event that GitHub won't deliver again.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RefusedDelivery {
    /// The event.
    pub delivery: FailedDelivery,
    /// The HTTP status with which GitHub answered.
    pub status: i64,
    /// What the client says of it.
    pub why: String,
}

impl RedeliveryReport {
    pub(super) fn of(progress: &RedeliveryProgress) -> Self {
        let mut report = Self { looked_at: progress.looked_at, ..Self::default() };
        for (guid, attempts) in &progress.guids {
            report.failed += usize::from(attempts.has_failed());
            match &attempts.outcome {
                Outcome::Asked => report.asked.push(attempts.delivery(guid)),
                Outcome::Refused => report.refused.push(attempts.refusal(guid)),
                Outcome::Asking | Outcome::Unknown(_) => report.uncertain.push(attempts.delivery(guid)),
                Outcome::Open if progress.is_due(attempts) => report.left.push(attempts.delivery(guid)),
                Outcome::Open if attempts.is_broken() => {}
                Outcome::Open => report.repaired += usize::from(attempts.has_failed()),
            }
        }
        report
    }
}
