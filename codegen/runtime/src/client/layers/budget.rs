//! How many requests of a credential are under way, and what is left of its limits.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::sync::{Notify, Semaphore};
use tokio::time::{Instant, timeout_at};
use tower::{Layer, Service};
use tracing::{debug, warn};
use url::Position;

use super::attempt::Through;
use super::call::CredentialId;
use super::deadline::{has_time, in_time};
use super::limits::{self, Limited, Window};
use super::{Asked, Inner, Next};
use crate::client::body::Body;
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError, TransportError};

/// How many credentials are kept in mind, and how long after they were last used.
const CREDENTIALS: usize = 10_000;
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// No server is believed to have more limits than this for a credential.
const WINDOWS: usize = 32;

/// Keeps to the limits of each credential at each server: how many requests are under way at once, and how many are left
/// by what the responses say (`x-ratelimit-remaining`, `-reset`, `-resource`, `retry-after`). See [`super::Resilience`].
///
/// A request waits until it is its turn. Where that is behind the deadline, it fails at once and nothing is sent; the
/// client's error is then [`is_limited`](crate::client::Error::is_limited). Credentials that a server counts together have
/// one budget ([`CredentialSource::budget`](crate::client::CredentialSource::budget)).
#[derive(Clone)]
pub struct BudgetLayer {
    concurrency: usize,
    states: Arc<Mutex<States>>,
}

/// All that are kept in mind, by whose limits they are. Each request looks here, so that it is a map and a lock and no
/// cache: what is too old is looked for only when another credential comes.
#[derive(Default)]
struct States {
    servers: BTreeMap<Option<CredentialId>, Vec<Server>>,
    count: usize,
}

/// A server, what is known of a credential's limits there, and when that was last used.
struct Server {
    authority: String,
    state: Arc<State>,
    used: Instant,
}

impl States {
    fn of(
        &mut self,
        credential: Option<CredentialId>,
        authority: &str,
        concurrency: usize,
        now: Instant,
    ) -> Arc<State> {
        let mut servers = self.servers.get_mut(&credential).into_iter().flatten();
        if let Some(server) = servers.find(|server| server.authority == authority) {
            server.used = now;
            return Arc::clone(&server.state);
        }
        if self.count >= CREDENTIALS {
            self.make_room(now);
        }
        let state = Arc::new(State::new(concurrency));
        let server = Server { authority: authority.to_owned(), state: Arc::clone(&state), used: now };
        self.servers.entry(credential).or_default().push(server);
        self.count += 1;
        state
    }

    /// Forgets those that nobody has used for long; where there are none, the half that was used first.
    fn make_room(&mut self, now: Instant) {
        self.retain(|server| now.saturating_duration_since(server.used) < IDLE);
        if self.count >= CREDENTIALS {
            let mut all: Vec<Instant> = self.servers.values().flatten().map(|server| server.used).collect();
            all.sort_unstable();
            let middle = all.get(all.len() / 2).copied().unwrap_or(now);
            // What is under way goes on with what it knows.
            self.retain(|server| server.used > middle || Arc::strong_count(&server.state) > 1);
        }
    }

    fn retain(&mut self, keeps: impl Fn(&Server) -> bool) {
        self.servers.retain(|_, servers| {
            servers.retain(&keeps);
            !servers.is_empty()
        });
        self.count = self.servers.values().map(Vec::len).sum();
    }
}

impl BudgetLayer {
    /// As many requests of a credential at once. All clients with clones of this layer share what they know.
    #[must_use]
    pub fn new(concurrency: usize) -> Self {
        Self { concurrency: concurrency.clamp(1, Semaphore::MAX_PERMITS), states: Arc::default() }
    }

    fn state(&self, asked: &Asked) -> Arc<State> {
        let Message { url, extensions, .. } = &asked.message;
        let named = extensions.get::<CredentialId>().copied();
        let credential = named.or_else(|| asked.call()?.budget());
        let mut states = self.states.lock().unwrap_or_else(PoisonError::into_inner);
        states.of(credential, &url[Position::BeforeHost..Position::AfterPort], self.concurrency, asked.now)
    }
}

impl fmt::Debug for BudgetLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self.states.lock().unwrap_or_else(PoisonError::into_inner).count;
        write!(f, "BudgetLayer({} at once, {credentials} credentials)", self.concurrency)
    }
}

impl<S> Layer<S> for BudgetLayer {
    type Service = Budget<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Budget::new(self.clone(), inner)
    }
}

/// What [`BudgetLayer`] makes.
#[derive(Clone, Debug)]
pub struct Budget<S> {
    inner: S,
    layer: BudgetLayer,
}

impl<S> Budget<S> {
    pub(super) fn new(layer: BudgetLayer, inner: S) -> Self {
        Self { inner, layer }
    }
}

serves!(Budget, |this| Budget::new(this.layer.clone(), Through(this.inner.clone())));

impl<N: Next> Next for Budget<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let Self { inner, layer } = self;
        let state = layer.state(asked);
        let turn = match state.turn(operation(asked), asked.now) {
            Ok(turn) => turn,
            Err(_) => {
                let turn = Box::pin(in_time(asked.due, waited(&state, asked))).await??;
                asked.now = Instant::now();
                turn
            }
        };
        let _permit = match state.permits.try_acquire() {
            Ok(permit) => permit,
            Err(_) => {
                let permit = Box::pin(in_time(asked.due, state.permits.acquire())).await??;
                asked.now = Instant::now();
                permit
            }
        };
        let response = inner.send(asked).await?;
        learn(&state, &turn, &response);
        Ok(response)
    }
}

/// What is known of one credential at one server.
struct State {
    permits: Semaphore,
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
    fn new(concurrency: usize) -> Self {
        Self { permits: Semaphore::new(concurrency), limits: Mutex::default(), changed: Notify::new() }
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
struct Turn<'a> {
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

/// Waits until a request may be sent.
async fn waited<'a>(state: &'a State, asked: &Asked) -> Result<Turn<'a>, BoxError> {
    loop {
        let changed = state.changed.notified();
        let Wait { until, resource, is_certain } = match state.turn(operation(asked), Instant::now()) {
            Ok(turn) => return Ok(turn),
            Err(wait) => wait,
        };
        let wait = until.saturating_duration_since(Instant::now());
        let seconds = wait.as_secs();
        if is_certain && !has_time(&asked.message.extensions, asked.call(), wait) {
            warn!(resource, wait_s = seconds, "not sent: the rate limit is used up beyond the deadline");
            return Err(TransportError::limited(Limited { resource, wait }).into());
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

fn learn(state: &State, turn: &Turn<'_>, response: &Response<Body>) {
    let (status, headers) = (response.status(), response.headers());
    let refusal = limits::refusal(status, headers, response.body().as_bytes().unwrap_or_default());
    let window = limits::window(headers);
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
