//! Whose turn it is: what is left of one credential's limits at one server.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use http::Response;
use tokio::sync::{Notify, Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};
use tracing::{debug, warn};

use super::Asked;
use super::deadline::{has_time, in_time};
use super::writes::Writes;
use crate::client::body::Body;
use crate::client::rate_limits::{self, Limited, Why, Window, shown};
use crate::client::transport::{BoxError, TransportError};

/// No server is believed to have more limits than this for a credential.
const WINDOWS: usize = 32;

/// What is known of one credential at one server.
pub(super) struct State {
    permits: Semaphore,
    pub(super) writes: Writes,
    limits: Mutex<Limits>,
    changed: Notify,
}

#[derive(Default)]
struct Limits {
    /// Nothing is sent before.
    blocked: Option<Instant>,
    /// The resource that each operation uses up, as responses have told.
    resources: BTreeMap<&'static str, String>,
    windows: BTreeMap<String, Left>,
}

/// What is left of one resource.
struct Left {
    remaining: u64,
    reset: u64,
    resets_at: Instant,
    under_way: u64,
}

impl State {
    pub(super) fn new(concurrency: usize) -> Self {
        let (writes, limits) = (Writes::default(), Mutex::default());
        Self { permits: Semaphore::new(concurrency), writes, limits, changed: Notify::new() }
    }

    fn limits<T>(&self, work: impl FnOnce(&mut Limits) -> T) -> T {
        work(&mut self.limits.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// The right to send now, or what has to be waited for.
    fn turn(&self, operation: &'static str, now: Instant) -> Result<Turn<'_>, Wait> {
        let resource = self.limits(|limits| limits.resource(operation, now))?;
        Ok(Turn { state: self, operation, resource })
    }
}

/// The right to send one request; it counts as under way until this is gone.
pub(super) struct Turn<'a> {
    state: &'a State,
    operation: &'static str,
    resource: Option<String>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        let Some(resource) = &self.resource else { return };
        self.state.limits(|limits| {
            if let Some(left) = limits.windows.get_mut(resource) {
                left.under_way = left.under_way.saturating_sub(1);
            }
        });
        self.state.changed.notify_waiters();
    }
}

/// A limit is used up until then.
struct Wait {
    until: Instant,
    resource: String,
    /// Whether nothing that is under way can change it.
    is_certain: bool,
}

fn operation(asked: &Asked) -> &'static str {
    asked.call().map_or("", |call| call.about().id)
}

/// The right to send a request, and room for it among those that are under way, as soon as there are both.
pub(super) async fn taken<'a>(
    state: &'a State,
    asked: &mut Asked,
) -> Result<(Turn<'a>, SemaphorePermit<'a>), BoxError> {
    let mut room = None;
    loop {
        let turn = match state.turn(operation(asked), asked.now) {
            Ok(turn) => turn,
            Err(_) => {
                // Who may not send yet leaves the room to others.
                room = None;
                let turn = Box::pin(in_time(asked.due, waited(state, asked))).await??;
                asked.now = Instant::now();
                turn
            }
        };
        if let Some(room) = room.take().or_else(|| state.permits.try_acquire().ok()) {
            return Ok((turn, room));
        }
        // By the time that there is room, what came back may say that nothing is left: it takes another turn.
        drop(turn);
        room = Some(Box::pin(in_time(asked.due, state.permits.acquire())).await??);
        asked.now = Instant::now();
    }
}

/// Waits until a request may be sent.
async fn waited<'a>(state: &'a State, asked: &Asked) -> Result<Turn<'a>, BoxError> {
    loop {
        let changed = state.changed.notified();
        let Wait { until, resource, is_certain } = match state.turn(operation(asked), Instant::now()) {
            Ok(turn) => return Ok(turn),
            Err(wait) => wait,
        };
        let (resource, wait) = (shown(&resource), until.saturating_duration_since(Instant::now()));
        let seconds = wait.as_secs();
        if is_certain && !has_time(&asked.message.extensions, asked.call(), wait) {
            warn!(resource, wait_s = seconds, "not sent: the rate limit is used up beyond the deadline");
            return Err(TransportError::limited(Limited { why: Why::UsedUp(resource.to_owned()), wait }).into());
        }
        debug!(resource, wait_s = seconds, "waits for the rate limit");
        // Either is a reason to look again.
        let _ = timeout_at(until, changed).await;
    }
}

impl Limits {
    /// The resource that an operation uses up, as far as it is known, if there is something left of it.
    fn resource(&mut self, operation: &'static str, now: Instant) -> Result<Option<String>, Wait> {
        if let Some(until) = self.blocked {
            if now < until {
                return Err(Wait { until, resource: String::new(), is_certain: true });
            }
            self.blocked = None;
        }
        let Some(resource) = self.resources.get(operation) else { return Ok(None) };
        let Some(left) = self.windows.get_mut(resource) else { return Ok(None) };
        if now < left.resets_at && left.remaining <= left.under_way {
            let is_certain = left.remaining == 0;
            return Err(Wait { until: left.resets_at, resource: resource.clone(), is_certain });
        }
        left.under_way += 1;
        Ok(Some(resource.clone()))
    }

    fn learn(&mut self, operation: &'static str, window: Window, now: Instant) {
        let Window { resource, remaining, reset, resets_in } = window;
        if self.windows.len() >= WINDOWS && !self.windows.contains_key(&resource) {
            return;
        }
        if !operation.is_empty() && self.resources.get(operation) != Some(&resource) {
            self.resources.insert(operation, resource.clone());
        }
        let fresh = Left { remaining, reset, resets_at: now + resets_in, under_way: 0 };
        let left = self.windows.entry(resource).or_insert(fresh);
        // Responses overtake one another: within a window there is never more left than there was.
        let is_same = left.reset == reset && now < left.resets_at;
        left.remaining = if is_same { left.remaining.min(remaining) } else { remaining };
        if !is_same {
            (left.reset, left.resets_at) = (reset, now + resets_in);
        }
    }
}

/// Keeps what a response says of the limits.
pub(super) fn learn(state: &State, turn: &Turn<'_>, response: &Response<Body>) {
    let (status, headers) = (response.status(), response.headers());
    let refusal = rate_limits::refusal(status, headers, response.body().as_bytes().unwrap_or_default());
    let window = rate_limits::window(headers);
    if refusal.is_none() && window.is_none() {
        return;
    }
    let now = Instant::now();
    state.limits(|limits| {
        if let Some(window) = window {
            limits.learn(turn.operation, window, now);
        }
        if let Some(wait) = refusal.filter(|refusal| !refusal.is_primary).and_then(|refusal| refusal.wait) {
            limits.blocked = limits.blocked.max(Some(now + wait));
        }
    });
}
