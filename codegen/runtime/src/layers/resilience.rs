use std::sync::Arc;
use std::time::Duration;

use tower::Layer;

use super::attempt::Attempt;
use super::budget::{Budget, BudgetLayer};
use super::cache::Cache;
use super::conditional::Conditional;
use super::deadline::WithinDeadline;
use super::retry::{Resend, Retry, RetryPolicy};
use super::service::{InnerService, handle_message};
use super::trace::{Trace, TraceLayer};
use crate::client::{Channel, Message, ResponseFuture, Transport};

/// A tower layer with retries, rate limits, a deadline, a cache and tracing, in the right order. Pass it to
/// [`ClientBuilder::layer`](crate::client::ClientBuilder::layer).
///
/// ```
/// use std::time::Duration;
///
/// use octogen_runtime::client::Client;
/// use octogen_runtime::layers::{MemoryCache, Resilience};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().deadline(Duration::from_secs(60)).cache(MemoryCache::new(64 * 1024 * 1024));
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
///
/// The outermost layer comes first:
///
/// | layer | purpose | default |
/// |---|---|---|
/// | [`TraceLayer`] | a span of `tracing` for an operation, and events for decisions | |
/// | [`ConditionalLayer`](super::ConditionalLayer) | asks whether a cached response is still valid | no cache |
/// | [`DeadlineLayer`](super::DeadlineLayer) | ends all attempts of an operation, the waits between them, and their bodies | 2 minutes |
/// | [`RetryPolicy`] | sends failed requests again | 4 attempts, idempotent methods |
/// | [`BudgetLayer`] | respects the rate limits of each credential | 100 requests at the same time, no wait between writes |
/// | [`TraceLayer`] | a span for each attempt | |
///
/// The client's timeout ([`ClientBuilder::timeout`](crate::client::ClientBuilder::timeout)) limits one attempt. If a
/// wait would end after the deadline, the last response is returned at once. The body is received within its attempt,
/// so that a body that breaks off is requested again. A body that is [streamed](crate::client::Client::stream) is not
/// requested again, and no deadline ends it.
///
/// A request is sent again after a failed connection, a timeout, an exchange that broke off, a refusal for a rate limit
/// (429, or a 403 that names one), or one of the statuses 408, 500, 502, 503 and 504. [`Resend`] decides which requests
/// may be sent again. The wait is that of `retry-after` or `x-ratelimit-reset`. Without these, it doubles from half a
/// second to half a minute, and is shortened by a random part of up to a half.
///
/// Clones share the state of rate limits, so that several clients of one credential respect them together.
#[derive(Clone)]
#[must_use = "a layer does nothing until it is given to a client"]
pub struct Resilience {
    policy: RetryPolicy,
    deadline: Option<Duration>,
    budget: BudgetLayer,
    cache: Option<Arc<dyn Cache>>,
}

impl Resilience {
    /// Creates the layer of retries, rate limits, deadline and tracing with the defaults in the table of this type.
    pub fn new() -> Self {
        Self {
            policy: RetryPolicy::new(),
            deadline: Some(Duration::from_secs(120)),
            budget: BudgetLayer::new(100),
            cache: None,
        }
    }

    /// Sets the maximum number of attempts of a request in this layer. 1: no request is sent again.
    pub fn attempts(self, attempts: u32) -> Self {
        Self {
            policy: self.policy.attempts(attempts),
            ..self
        }
    }

    /// Sets the first and the longest wait of this layer before another attempt of a request, for servers that do not
    /// name a wait.
    pub fn back_off(self, first: Duration, longest: Duration) -> Self {
        Self {
            policy: self.policy.back_off(first, longest),
            ..self
        }
    }

    /// Sets which HTTP requests this layer may send again after a failure. [`Resend`] as an extension of requests takes
    /// precedence.
    pub fn resend(self, resend: Resend) -> Self {
        Self {
            policy: self.policy.resend(resend),
            ..self
        }
    }

    /// Sets the deadline of this layer: the time that all attempts of an operation may take, with the waits between
    /// them. `None`: there is no deadline.
    pub fn deadline(self, all: impl Into<Option<Duration>>) -> Self {
        Self {
            deadline: all.into(),
            ..self
        }
    }

    /// Sets the maximum number of HTTP requests that this layer sends for one credential at the same time.
    pub fn concurrency(self, requests: usize) -> Self {
        Self {
            budget: self.budget.concurrency(requests),
            ..self
        }
    }

    /// Sets the minimum time of this layer between two writes of a credential: requests with other methods than `GET`,
    /// `HEAD`, `OPTIONS` and `TRACE`. Writes are sent in their order, and each attempt counts.
    /// [`WriteInterval`](super::WriteInterval) as an extension of requests takes precedence.
    pub fn write_interval(self, least: Duration) -> Self {
        Self {
            budget: self.budget.write_interval(least),
            ..self
        }
    }

    /// Sets the cache of HTTP responses of this layer. A cached response is returned only if the server confirms that
    /// it is still valid.
    pub fn cache(self, cache: impl Cache + 'static) -> Self {
        Self {
            cache: Some(Arc::new(cache)),
            ..self
        }
    }
}

impl Default for Resilience {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Resilience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            policy,
            deadline,
            budget,
            cache,
        } = self;
        write!(
            f,
            "Resilience({policy:?}, {deadline:?}, {budget:?}, cache: {})",
            cache.is_some()
        )
    }
}

/// All layers, without boxes between them. The layers inside `WithinDeadline` keep the time limit when they wait.
type Stack<S> = Trace<Conditional<WithinDeadline<Retry<Budget<Trace<Attempt<S>>>>>>>;

impl<S: InnerService> Layer<S> for Resilience {
    type Service = Channel;

    fn layer(&self, inner: S) -> Channel {
        let Self {
            policy,
            deadline,
            budget,
            cache,
        } = self.clone();
        let attempt = Budget::new(budget, Trace::new(TraceLayer::attempts(), Attempt(inner)));
        let limited = WithinDeadline {
            inner: Retry {
                inner: attempt,
                policy,
            },
            duration: deadline,
        };
        let stack: Stack<S> = Trace::new(TraceLayer::new(), Conditional::new(cache, limited));
        Channel(Arc::new(ResilientTransport(Arc::new(stack))))
    }
}

/// The layers as a transport: a client needs no conversion to `http::Request`.
struct ResilientTransport<S>(Arc<Stack<S>>);

impl<S: InnerService> Transport for ResilientTransport<S> {
    fn send(&self, message: Message) -> ResponseFuture {
        handle_message(Arc::clone(&self.0), message)
    }
}
