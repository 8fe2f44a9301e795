//! Layers of tower for a client that runs for long, each alone or all of them as [`Resilience`].

/// Makes what a layer makes a service of tower. It is ready always: each request waits for a clone of what is within.
macro_rules! serves {
    ($name:ident, |$this:ident| $next:expr) => {
        impl<S: Inner> Service<Request<Body>> for $name<S> {
            type Response = Response<Body>;
            type Error = BoxError;
            type Future = Answer;

            fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
                Poll::Ready(Ok(()))
            }

            fn call(&mut self, request: Request<Body>) -> Answer {
                let $this = &*self;
                $crate::layers::handed($next, request)
            }
        }
    };
}

mod attempt;
mod backoff;
mod budget;
mod cache;
mod conditional;
mod deadline;
mod retry;
mod trace;
mod turns;
mod writes;

use std::future::Future;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::{Request, Response};
use tokio::time::Instant;
use tower::{Layer, Service};

pub use budget::{Budget, BudgetLayer};
pub use cache::{Cache, CacheKey, Cached, MemoryCache, Promise};
pub use conditional::{Conditional, ConditionalLayer};
pub use deadline::{Deadline, DeadlineLayer};
pub use retry::{Resend, RetryPolicy};
pub use trace::{Trace, TraceLayer};
pub use writes::BetweenWrites;

use crate::client::body::Body;
use crate::client::call::Call;
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError, Channel, Transport, failed};
use attempt::Attempt;
use deadline::{Due, Within};
use retry::Again;

/// What a layer goes around: a service of tower as the client has one.
pub trait Inner:
    Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send + 'static>
    + Clone
    + Send
    + Sync
    + 'static
{
}

impl<S> Inner for S where
    S: Service<Request<Body>, Response = Response<Body>, Error = BoxError, Future: Send + 'static>
        + Clone
        + Send
        + Sync
        + 'static
{
}

/// Everything that lets a client be left running, as one layer for [`ClientBuilder::layer`](crate::client::ClientBuilder::layer).
///
/// ```
/// use std::time::Duration;
///
/// use octogen_runtime::client::{Client, MemoryCache, Resilience};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().deadline(Duration::from_secs(60)).cache(MemoryCache::new(64 * 1024 * 1024));
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
///
/// From the outside in:
///
/// | layer | what it does | unless said otherwise |
/// |---|---|---|
/// | [`TraceLayer`] | a span of `tracing` for an operation, events for what is decided | |
/// | [`ConditionalLayer`] | asks whether a cached answer still holds | no cache |
/// | [`DeadlineLayer`] | ends all attempts of an operation, the waits between them and their bodies | 2 minutes |
/// | [`RetryPolicy`] | sends again what failed and may be sent again | 4 attempts, idempotent methods |
/// | [`BudgetLayer`] | keeps to the limits of each credential | 100 requests at once, writes as they come |
/// | [`TraceLayer`] | a span for each attempt | |
///
/// The client's own timeout ([`ClientBuilder::timeout`](crate::client::ClientBuilder::timeout)) is that of one attempt. A wait that
/// would go beyond the deadline isn't begun: the last answer is given at once. A body is received within its attempt, so
/// that one that breaks off is asked for again; a body that is [streamed](crate::client::Client::stream) is not, and no deadline
/// ends it.
///
/// Sent again are requests that met with no connection, a timeout, an exchange that broke off, a limit on their rate (429, or
/// a 403 that says so) or one of the statuses 408, 500, 502, 503 and 504; [`Resend`] says which of them. The wait is what
/// `retry-after` or `x-ratelimit-reset` ask for, else it doubles from half a second to half a minute, by chance up to a half
/// shorter.
///
/// A clone shares what is known of limits, so that several clients of one credential keep to them together.
#[derive(Clone)]
#[must_use = "a layer does nothing until it is given to a client"]
pub struct Resilience {
    policy: RetryPolicy,
    deadline: Option<Duration>,
    budget: BudgetLayer,
    cache: Option<Arc<dyn Cache>>,
}

impl Resilience {
    /// As the table says.
    pub fn new() -> Self {
        Self {
            policy: RetryPolicy::new(),
            deadline: Some(Duration::from_secs(120)),
            budget: BudgetLayer::new(100),
            cache: None,
        }
    }

    /// How often a request is sent at most; 1: never again.
    pub fn attempts(self, attempts: u32) -> Self {
        Self { policy: self.policy.attempts(attempts), ..self }
    }

    /// The first wait before another attempt and the longest one, where the server doesn't say how long to wait.
    pub fn back_off(self, first: Duration, longest: Duration) -> Self {
        Self { policy: self.policy.back_off(first, longest), ..self }
    }

    /// Which requests may be sent again. An extension of the client's requests says otherwise for these, see [`Resend`].
    pub fn resend(self, resend: Resend) -> Self {
        Self { policy: self.policy.resend(resend), ..self }
    }

    /// How long all attempts of an operation may take, with the waits between them; `None`: as long as it takes.
    pub fn deadline(self, all: impl Into<Option<Duration>>) -> Self {
        Self { deadline: all.into(), ..self }
    }

    /// How many requests of a credential are under way at once; GitHub allows 100.
    pub fn concurrency(self, requests: usize) -> Self {
        Self { budget: self.budget.concurrency(requests), ..self }
    }

    /// How far apart those requests of a credential are at least that may change something: all but `GET`, `HEAD`, `OPTIONS`
    /// and `TRACE`. They go in the order in which they come, each of their attempts as well. GitHub [asks for] a second, and
    /// has secondary limits for who is faster. [`BetweenWrites`] says otherwise for some requests.
    ///
    /// [asks for]: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#pause-between-mutative-requests
    pub fn between_writes(self, least: Duration) -> Self {
        Self { budget: self.budget.between_writes(least), ..self }
    }

    /// Keeps answers here, and asks whether they still hold.
    pub fn cache(self, cache: impl Cache + 'static) -> Self {
        Self { cache: Some(Arc::new(cache)), ..self }
    }
}

impl Default for Resilience {
    fn default() -> Self {
        Self::new()
    }
}

impl std::fmt::Debug for Resilience {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { policy, deadline, budget, cache } = self;
        write!(f, "Resilience({policy:?}, {deadline:?}, {budget:?}, cache: {})", cache.is_some())
    }
}

/// Layer within layer, without a box between them. From `Within` on, whoever waits does so in time.
type Stack<S> = Trace<Conditional<Within<Again<Budget<Trace<Attempt<S>>>>>>>;

impl<S: Inner> Layer<S> for Resilience {
    type Service = Resilient<S>;

    fn layer(&self, inner: S) -> Self::Service {
        let Self { policy, deadline, budget, cache } = self.clone();
        let attempt = Budget::new(budget, Trace::new(TraceLayer::attempts(), Attempt(inner)));
        let ended = Within { inner: Again { inner: attempt, policy }, all: deadline };
        Resilient(Arc::new(Trace::new(TraceLayer::new(), Conditional::new(cache, ended))))
    }
}

/// What [`Resilience`] makes.
#[derive(Clone)]
pub struct Resilient<S>(Arc<Stack<S>>);

serves!(Resilient, |resilient| Arc::clone(&resilient.0));

impl Transport for Resilient<Channel> {
    fn send(&self, message: Message) -> Answer {
        sent(Arc::clone(&self.0), message)
    }
}

impl<N: Next> Next for Arc<N> {
    fn send(&self, asked: &mut Asked) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send {
        (**self).send(asked)
    }
}

/// A request on its way through the layers, which lend it to one another.
struct Asked {
    message: Message,
    /// The time, looked at once for all layers and again where one of them has waited.
    now: Instant,
    /// When it has to be done, where each layer sees to that itself.
    due: Option<Due>,
    /// Whether it may have to be sent once more, so that what is sent is a copy.
    again: bool,
}

impl Asked {
    fn call(&self) -> Option<&Call> {
        self.message.call.as_ref()
    }
}

/// Sends a request of tower's through a layer.
fn handed(next: impl Next + 'static, request: Request<Body>) -> Answer {
    match Message::of(request) {
        Ok(message) => sent(next, message),
        Err(error) => failed(error),
    }
}

/// Sends a message through a layer. It stands behind a pointer of its own: one piece with the future would be too large for
/// what allocators have at hand.
fn sent(next: impl Next + 'static, message: Message) -> Answer {
    let mut asked = Box::new(Asked { message, now: Instant::now(), due: None, again: false });
    Box::pin(async move { next.send(&mut asked).await })
}

/// What a layer lends a request to: the service that it goes around, or another layer, whose future is then a part of its
/// own and not behind a pointer.
trait Next: Send + Sync {
    fn send(&self, asked: &mut Asked) -> impl Future<Output = Result<Response<Body>, BoxError>> + Send;
}
