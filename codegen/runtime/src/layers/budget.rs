//! How many requests of a credential are under way, how far apart its writes are, and what is left of its limits.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tower::{Layer, Service};
use url::Position;

use super::attempt::Attempt;
use super::turns::{State, learn, taken};
use super::writes::{BetweenWrites, gap};
use super::{Asked, Inner, Next};
use crate::client::body::Body;
use crate::client::call::CredentialId;
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError};

/// How many credentials are kept in mind, and how long after they were last used.
const CREDENTIALS: usize = 10_000;
const IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// Keeps to the limits of each credential at each server: how many requests are under way at once, how far apart its writes
/// are, and how many are left by what the responses say (`x-ratelimit-remaining`, `-reset`, `-resource`, `retry-after`). See
/// [`super::Resilience`].
///
/// A request waits until it is its turn. Where that is behind the deadline, it fails at once and nothing is sent; the
/// client's error is then [`is_limited`](crate::client::Error::is_limited). Credentials that a server counts together have
/// one budget ([`CredentialSource::budget`](crate::client::CredentialSource::budget)).
#[derive(Clone)]
pub struct BudgetLayer {
    concurrency: usize,
    between_writes: BetweenWrites,
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
        let concurrency = concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self { concurrency, between_writes: BetweenWrites(Duration::ZERO), states: Arc::default() }
    }

    /// See [`Resilience::concurrency`](super::Resilience::concurrency). What was known before is forgotten.
    pub(super) fn concurrency(self, requests: usize) -> Self {
        Self { between_writes: self.between_writes, ..Self::new(requests) }
    }

    /// See [`Resilience::between_writes`](super::Resilience::between_writes).
    #[must_use]
    pub fn between_writes(self, least: Duration) -> Self {
        Self { between_writes: BetweenWrites(least), ..self }
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

// Some limits are told by the body alone.
serves!(Budget, |this| Budget::new(this.layer.clone(), Attempt(this.inner.clone())));

impl<N: Next> Next for Budget<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let Self { inner, layer } = self;
        let state = layer.state(asked);
        let writing = match gap(asked, layer.between_writes) {
            Some(gap) => Some(Box::pin(state.writes.head(gap, asked)).await?),
            None => None,
        };
        let (turn, _room) = taken(&state, asked).await?;
        if let Some(mut head) = writing {
            *head = Some(asked.now);
        }
        let response = inner.send(asked).await?;
        learn(&state, &turn, &response);
        Ok(response)
    }
}
