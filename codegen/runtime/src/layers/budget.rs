//! The budget of each credential: its requests at the same time, the interval of its writes, and its rate limits.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use http::Response;
use tokio::sync::Semaphore;
use tokio::time::Instant;
use tower::Layer;
use url::Position;

use super::attempt::Attempt;
use super::quota::{Quota, acquire, record_response};
use super::service::{Handler, LayeredRequest, impl_service};
use super::write_queue::{WriteInterval, write_interval};
use crate::client::{CredentialId, Message};
use crate::http::{Body, BoxError, ServiceConventions};

/// The maximum number of quotas that are kept.
const MAX_QUOTAS: usize = 10_000;

/// The time after its last use for which a quota is kept at least, unless there are too many.
const MAX_IDLE: Duration = Duration::from_secs(2 * 60 * 60);

/// A tower layer that respects the limits of each credential at each server: the number of requests at the same time,
/// the interval of writes, and the rate limits that responses state (`x-ratelimit-remaining`, `x-ratelimit-reset`,
/// `retry-after`). [`super::Resilience`] contains it.
///
/// A request waits until the limits allow it. If it would wait longer than the deadline, it fails at once and is not
/// sent. The client's error is then [`is_limited`](crate::client::Error::is_limited). Credentials that a server counts
/// together share one budget ([`CredentialSource::budget`](crate::client::CredentialSource::budget)).
#[derive(Clone)]
pub struct BudgetLayer {
    concurrency: usize,
    write_interval: WriteInterval,
    quotas: Arc<Mutex<Quotas>>,
}

/// The quotas of all credentials. Each request reads them, so they are a map and a lock and no cache. Old quotas are
/// removed only when a new one is needed.
#[derive(Default)]
struct Quotas {
    servers: BTreeMap<Option<CredentialId>, Vec<Server>>,
    count: usize,
}

/// A server with the quota of a credential, and the time of its last use.
struct Server {
    authority: String,
    quota: Arc<Quota>,
    used: Instant,
}

impl Quotas {
    /// Returns the quota of a credential at a server. Creates it if there is none.
    fn get(
        &mut self,
        credential: Option<CredentialId>,
        authority: &str,
        concurrency: usize,
        now: Instant,
    ) -> Arc<Quota> {
        let mut servers = self.servers.get_mut(&credential).into_iter().flatten();
        if let Some(server) = servers.find(|server| server.authority == authority) {
            server.used = now;
            return Arc::clone(&server.quota);
        }
        if self.count >= MAX_QUOTAS {
            self.remove_old(now);
        }
        let quota = Arc::new(Quota::new(concurrency));
        let server = Server {
            authority: authority.to_owned(),
            quota: Arc::clone(&quota),
            used: now,
        };
        self.servers.entry(credential).or_default().push(server);
        self.count += 1;
        quota
    }

    /// Removes the quotas that were not used for a long time. If there are none, removes the half that was used first.
    fn remove_old(&mut self, now: Instant) {
        self.retain(|server| now.saturating_duration_since(server.used) < MAX_IDLE);
        if self.count >= MAX_QUOTAS {
            let mut all: Vec<Instant> = self
                .servers
                .values()
                .flatten()
                .map(|server| server.used)
                .collect();
            all.sort_unstable();
            let middle = all.get(all.len() / 2).copied().unwrap_or(now);
            // A quota that requests use stays.
            self.retain(|server| server.used > middle || Arc::strong_count(&server.quota) > 1);
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
    /// Creates a layer of rate limits that allows this number of requests of a credential at the same time. Clones
    /// share the state of all limits.
    #[must_use]
    pub fn new(concurrency: usize) -> Self {
        let concurrency = concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            concurrency,
            write_interval: WriteInterval(Duration::ZERO),
            quotas: Arc::default(),
        }
    }

    /// See [`Resilience::concurrency`](super::Resilience::concurrency). The state of all limits is reset.
    pub(super) fn concurrency(self, requests: usize) -> Self {
        Self {
            write_interval: self.write_interval,
            ..Self::new(requests)
        }
    }

    /// Sets the minimum time between two writes of a credential in this layer of rate limits. See
    /// [`Resilience::write_interval`](super::Resilience::write_interval).
    #[must_use]
    pub fn write_interval(self, least: Duration) -> Self {
        Self {
            write_interval: WriteInterval(least),
            ..self
        }
    }

    /// Returns the quota of a request.
    fn quota(&self, request: &LayeredRequest) -> Arc<Quota> {
        let Message {
            url, extensions, ..
        } = &request.message;
        let named = extensions.get::<CredentialId>().copied();
        let credential = named.or_else(|| request.call()?.budget());
        let mut quotas = self.quotas.lock().unwrap_or_else(PoisonError::into_inner);
        quotas.get(
            credential,
            &url[Position::BeforeHost..Position::AfterPort],
            self.concurrency,
            request.now,
        )
    }
}

impl fmt::Debug for BudgetLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let credentials = self
            .quotas
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .count;
        write!(
            f,
            "BudgetLayer({} at the same time, {credentials} credentials)",
            self.concurrency
        )
    }
}

impl<S> Layer<S> for BudgetLayer {
    type Service = Budget<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Budget::new(self.clone(), inner)
    }
}

/// The tower service that [`BudgetLayer`] creates: it delays requests until the rate limits of their credential allow
/// them.
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

// Some rate limits are stated only in the body, so the attempt receives it.
impl_service!(Budget, |this| Budget::new(
    this.layer.clone(),
    Attempt(this.inner.clone())
));

impl<H: Handler> Handler for Budget<H> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let Self { inner, layer } = self;
        let quota = layer.quota(request);
        let writing = match write_interval(request, layer.write_interval) {
            Some(interval) => Some(Box::pin(quota.writes.wait(interval, request)).await?),
            None => None,
        };
        let (permit, _slot) = acquire(&quota, request).await?;
        if let Some(mut last_write) = writing {
            *last_write = Some(request.now);
        }
        let response = inner.send(request).await?;
        let service = request
            .call()
            .map_or(&ServiceConventions::STANDARD, |call| call.info().service);
        record_response(&quota, &permit, service, &response);
        Ok(response)
    }
}
