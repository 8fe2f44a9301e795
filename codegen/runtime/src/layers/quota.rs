//! The quota of one credential at one server: its rate limits, and its requests at the same time.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use http::Response;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use tracing::{debug, warn};

use super::service::LayeredRequest;
use super::time_limit::{has_time, within_limit};
use super::write_queue::WriteQueue;
use crate::client::TransportError;
use crate::client::rate_limits::{
    WaitReason, WaitTooLong, Window, parse_refusal, parse_window, printable_resource,
};
use crate::http::{Body, BoxError, ServiceConventions};

/// The maximum number of rate limits of a credential. More are taken for a mistake of the server.
const MAX_WINDOWS: usize = 32;

/// The quota of one credential at one server.
pub(super) struct Quota {
    /// The slots of requests at the same time.
    slots: Semaphore,
    pub(super) writes: WriteQueue,
    limits: Mutex<RateLimits>,
    changed: Notify,
}

/// The rate limits that responses stated.
#[derive(Default)]
struct RateLimits {
    /// The time before which nothing is sent.
    blocked: Option<Instant>,
    /// The resource that each operation counts against.
    resources: BTreeMap<&'static str, String>,
    windows: BTreeMap<String, Remaining>,
}

/// The remaining requests of one resource.
struct Remaining {
    remaining: u64,
    reset: u64,
    resets_at: Instant,
    /// The number of requests that are being sent.
    pending: u64,
}

impl Quota {
    pub(super) fn new(concurrency: usize) -> Self {
        let (writes, limits) = (WriteQueue::default(), Mutex::default());
        Self {
            slots: Semaphore::new(concurrency),
            writes,
            limits,
            changed: Notify::new(),
        }
    }

    fn limits<T>(&self, work: impl FnOnce(&mut RateLimits) -> T) -> T {
        work(&mut self.limits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Returns the permit to send now, or the wait for it.
    fn permit(&self, operation: &'static str, now: Instant) -> Result<Permit<'_>, Wait> {
        let resource = self.limits(|limits| limits.reserve(operation, now))?;
        Ok(Permit {
            quota: self,
            operation,
            resource,
        })
    }
}

/// The permit to send one request. The request counts as pending until the permit is dropped.
pub(super) struct Permit<'a> {
    quota: &'a Quota,
    operation: &'static str,
    resource: Option<String>,
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let Some(resource) = &self.resource else {
            return;
        };
        self.quota.limits(|limits| {
            if let Some(left) = limits.windows.get_mut(resource) {
                left.pending = left.pending.saturating_sub(1);
            }
        });
        self.quota.changed.notify_waiters();
    }
}

/// The wait for a rate limit.
struct Wait {
    until: Instant,
    resource: String,
    /// Whether no pending request can shorten the wait.
    is_certain: bool,
}

/// Returns the id of the operation.
fn operation(request: &LayeredRequest) -> &'static str {
    request.call().map_or("", |call| call.info().id)
}

/// Waits for the permit to send a request, and for a slot among the requests at the same time.
pub(super) async fn acquire<'a>(
    quota: &'a Quota,
    request: &mut LayeredRequest,
) -> Result<(Permit<'a>, SemaphorePermit<'a>), BoxError> {
    let mut slot = None;
    loop {
        let permit = match quota.permit(operation(request), request.now) {
            Ok(permit) => permit,
            Err(_) => {
                // A request that may not be sent yet leaves its slot to others.
                slot = None;
                let permit = Box::pin(within_limit(request.limit, wait_for_permit(quota, request)))
                    .await??;
                request.now = Instant::now();
                permit
            }
        };
        if let Some(slot) = slot.take().or_else(|| quota.slots.try_acquire().ok()) {
            return Ok((permit, slot));
        }
        // Responses that arrive during the wait for a slot may change the rate limits, so another permit is needed.
        drop(permit);
        slot = Some(Box::pin(within_limit(request.limit, quota.slots.acquire())).await??);
        request.now = Instant::now();
    }
}

/// Waits until the rate limits allow a request.
async fn wait_for_permit<'a>(
    quota: &'a Quota,
    request: &LayeredRequest,
) -> Result<Permit<'a>, BoxError> {
    loop {
        let changed = quota.changed.notified();
        let Wait {
            until,
            resource,
            is_certain,
        } = match quota.permit(operation(request), Instant::now()) {
            Ok(permit) => return Ok(permit),
            Err(wait) => wait,
        };
        let (resource, wait) = (
            printable_resource(&resource),
            until.saturating_duration_since(Instant::now()),
        );
        let seconds = wait.as_secs();
        if is_certain && !has_time(&request.message.extensions, request.call(), wait) {
            warn!(
                resource,
                wait_s = seconds,
                "not sent: the rate limit is used up beyond the deadline"
            );
            let reason = WaitReason::RateLimit(resource.to_owned());
            return Err(TransportError::limited(WaitTooLong { reason, wait }).into());
        }
        debug!(resource, wait_s = seconds, "waits for the rate limit");
        // Both are a reason to check again.
        let _ = timeout_at(until, changed).await;
    }
}

impl RateLimits {
    /// Reserves a request of an operation. Returns its resource, if that is known, or the wait.
    fn reserve(&mut self, operation: &'static str, now: Instant) -> Result<Option<String>, Wait> {
        if let Some(until) = self.blocked {
            if now < until {
                return Err(Wait {
                    until,
                    resource: String::new(),
                    is_certain: true,
                });
            }
            self.blocked = None;
        }
        let Some(resource) = self.resources.get(operation) else {
            return Ok(None);
        };
        let Some(left) = self.windows.get_mut(resource) else {
            return Ok(None);
        };
        if now < left.resets_at && left.remaining <= left.pending {
            let is_certain = left.remaining == 0;
            return Err(Wait {
                until: left.resets_at,
                resource: resource.clone(),
                is_certain,
            });
        }
        left.pending += 1;
        Ok(Some(resource.clone()))
    }

    /// Records the state of a rate limit from a response.
    fn record(&mut self, operation: &'static str, window: Window, now: Instant) {
        let Window {
            resource,
            remaining,
            reset,
            resets_in,
        } = window;
        if self.windows.len() >= MAX_WINDOWS && !self.windows.contains_key(&resource) {
            return;
        }
        if !operation.is_empty() && self.resources.get(operation) != Some(&resource) {
            self.resources.insert(operation, resource.clone());
        }
        let fresh = Remaining {
            remaining,
            reset,
            resets_at: now + resets_in,
            pending: 0,
        };
        let left = self.windows.entry(resource).or_insert(fresh);
        // Responses overtake one another. Within a window the number never increases.
        let is_same = left.reset == reset && now < left.resets_at;
        left.remaining = if is_same {
            left.remaining.min(remaining)
        } else {
            remaining
        };
        if !is_same {
            (left.reset, left.resets_at) = (reset, now + resets_in);
        }
    }
}

/// Records the rate limits that a response states.
pub(super) fn record_response(
    quota: &Quota,
    permit: &Permit<'_>,
    service: &ServiceConventions,
    response: &Response<Body>,
) {
    let (status, headers) = (response.status(), response.headers());
    let refusal = parse_refusal(
        service,
        status,
        headers,
        response.body().as_bytes().unwrap_or_default(),
    );
    let window = parse_window(service, headers);
    if refusal.is_none() && window.is_none() {
        return;
    }
    let now = Instant::now();
    quota.limits(|limits| {
        if let Some(window) = window {
            limits.record(permit.operation, window, now);
        }
        if let Some(wait) = refusal
            .filter(|refusal| !refusal.is_resource)
            .and_then(|refusal| refusal.wait)
        {
            limits.blocked = limits.blocked.max(Some(now + wait));
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::{Quota, RateLimits};
    use crate::client::rate_limits::Window;

    fn window(resource: &str, remaining: u64, reset: u64) -> Window {
        Window {
            resource: resource.to_owned(),
            remaining,
            reset,
            resets_in: Duration::from_secs(60),
        }
    }

    #[test]
    fn pending_requests_count_against_the_remaining_ones() {
        let (quota, now) = (Quota::new(10), Instant::now());
        quota.limits(|limits| limits.record("list", window("core", 2, 1), now));
        let first = quota.permit("list", now);
        let second = quota.permit("list", now);
        assert!(first.is_ok() && second.is_ok());
        assert!(
            quota
                .permit("list", now)
                .is_err_and(|wait| !wait.is_certain && wait.resource == "core")
        );
        assert!(
            quota.permit("other", now).is_ok(),
            "the resource of another operation is not known"
        );
        drop(first);
        assert!(quota.permit("list", now).is_ok());
        assert!(
            quota.permit("list", now + Duration::from_secs(60)).is_ok(),
            "the window was reset"
        );
    }

    #[test]
    fn the_remaining_number_never_increases_within_a_window() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        limits.record("list", window("core", 0, 1), now);
        limits.record("list", window("core", 5, 1), now);
        assert!(
            limits
                .reserve("list", now)
                .is_err_and(|wait| wait.is_certain)
        );
        limits.record("list", window("core", 5, 2), now);
        assert!(limits.reserve("list", now).is_ok());
    }

    #[test]
    fn a_server_has_a_limited_number_of_rate_limits() {
        let (mut limits, now) = (RateLimits::default(), Instant::now());
        for number in 0..100 {
            limits.record("list", window(&number.to_string(), 1, 1), now);
        }
        assert_eq!(limits.windows.len(), super::MAX_WINDOWS);
    }
}
