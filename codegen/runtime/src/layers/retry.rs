//! Which requests are sent again, and when.

use std::ops::ControlFlow;
use std::time::Duration;

use http::{Extensions, Method, Request, Response, StatusCode};
use tokio::time::{Instant, Sleep, sleep};
use tower::retry::Policy;
use tower::util::rng::HasherRng;
use tracing::{debug, warn};

use super::attempt::Broken;
use super::backoff::Backoff;
use super::deadline::has_time;
use super::{Asked, Next};
use crate::client::body::Body;
use crate::client::call::Call;
use crate::client::rate_limits::{refusal, retry_after};
use crate::client::transport::{BoxError, TransportErrorKind, kind};

/// Which requests may be sent again: for a layer, or as an extension of a client's requests for these alone.
///
/// A request whose body comes from a stream is never sent again.
///
/// ```
/// use octogen_runtime::client::{Client, Resend, Resilience};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().resend(Resend::Refused);
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// // For an operation of which it is known that twice is the same as once:
/// let twice_is_once = client.with_extension(Resend::Always);
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resend {
    /// None.
    Never,
    /// Those whose method is idempotent (`GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT`, `DELETE`), and any of which nothing was sent,
    /// since there was no connection.
    #[default]
    Idempotent,
    /// Those, and any that the server refused for a limit on their rate: it says that it has done nothing.
    Refused,
    /// Any.
    Always,
}

/// A policy for [`tower::retry`].
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    backoff: Backoff,
    resend: Resend,
    /// How many attempts of this request have failed.
    failed: u32,
}

impl RetryPolicy {
    /// Four attempts of what is idempotent; the waits double from half a second to half a minute.
    #[must_use]
    pub fn new() -> Self {
        let backoff = Backoff { first: Duration::from_millis(500), longest: Duration::from_secs(30) };
        Self { attempts: 4, backoff, resend: Resend::default(), failed: 0 }
    }

    /// See [`Resilience::attempts`](super::Resilience::attempts).
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// See [`Resilience::back_off`](super::Resilience::back_off).
    #[must_use]
    pub fn back_off(self, first: Duration, longest: Duration) -> Self {
        Self { backoff: Backoff { first, longest }, ..self }
    }

    /// See [`Resilience::resend`](super::Resilience::resend).
    #[must_use]
    pub fn resend(self, resend: Resend) -> Self {
        Self { resend, ..self }
    }
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::new()
    }
}

/// What went wrong with an attempt that another one might do better.
struct Failed {
    why: &'static str,
    /// How long the server asks to wait.
    wait: Option<Duration>,
    /// Whether the server can't have done anything.
    nothing: Nothing,
}

#[derive(PartialEq)]
enum Nothing {
    WasSent,
    WasDone,
    IsKnown,
}

impl RetryPolicy {
    fn may_send_again(&self, body: &Body, extensions: &Extensions) -> bool {
        self.attempts > 1 && body.is_repeatable() && extensions.get() != Some(&Resend::Never)
    }

    /// How long to wait for another attempt, if there should be one.
    fn wait(
        &mut self,
        method: &Method,
        extensions: &Extensions,
        call: Option<&Call>,
        result: &Result<Response<Body>, BoxError>,
    ) -> Option<Duration> {
        let failed = match result {
            Ok(response) => of_response(response)?,
            Err(error) => of_error(kind(error))?,
        };
        let resend = extensions.get().copied().unwrap_or(self.resend);
        if !may(resend, method, &failed.nothing) {
            debug!(reason = failed.why, "not sent again: it may have been done");
            return None;
        }
        self.failed += 1;
        let mut random = HasherRng::default();
        let wait = match failed.wait {
            Some(asked) => self.backoff.asked(asked, &mut random),
            None => self.backoff.after(self.failed, &mut random),
        };
        let (attempts, milliseconds) = (self.failed, u64::try_from(wait.as_millis()).unwrap_or(u64::MAX));
        if self.failed >= self.attempts {
            warn!(reason = failed.why, attempts, "not sent again: that was the last attempt");
            return None;
        }
        if !has_time(extensions, call, wait) {
            warn!(reason = failed.why, attempts, wait_ms = milliseconds, "not sent again: the deadline is nearer");
            return None;
        }
        warn!(reason = failed.why, attempts, wait_ms = milliseconds, "is sent again");
        Some(wait)
    }
}

impl Policy<Request<Body>, Response<Body>, BoxError> for RetryPolicy {
    type Future = Sleep;

    fn retry(&mut self, request: &mut Request<Body>, result: &mut Result<Response<Body>, BoxError>) -> Option<Sleep> {
        let extensions = request.extensions();
        self.wait(request.method(), extensions, extensions.get(), result).map(sleep)
    }

    fn clone_request(&mut self, request: &Request<Body>) -> Option<Request<Body>> {
        if !self.may_send_again(request.body(), request.extensions()) {
            return None;
        }
        let mut again = Request::new(request.body().try_clone()?);
        *again.method_mut() = request.method().clone();
        *again.uri_mut() = request.uri().clone();
        *again.version_mut() = request.version();
        *again.headers_mut() = request.headers().clone();
        *again.extensions_mut() = request.extensions().clone();
        Some(again)
    }
}

/// Sends again by the policy.
#[derive(Clone, Debug)]
pub(super) struct Again<N> {
    pub(super) inner: N,
    pub(super) policy: RetryPolicy,
}

impl<N: Next> Next for Again<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let Self { inner, policy } = self;
        asked.again = policy.may_send_again(&asked.message.body, &asked.message.extensions);
        if !asked.again {
            return inner.send(asked).await;
        }
        let mut policy = policy.clone();
        loop {
            let wait = match once(inner, asked, &mut policy).await {
                ControlFlow::Break(result) => return result,
                ControlFlow::Continue(wait) => wait,
            };
            sleep(wait).await;
            asked.now = Instant::now();
        }
    }
}

/// What comes of an attempt, or how long to wait for another one.
async fn once(
    inner: &impl Next,
    asked: &mut Asked,
    policy: &mut RetryPolicy,
) -> ControlFlow<Result<Response<Body>, BoxError>, Duration> {
    let result = inner.send(asked).await;
    let Asked { message, .. } = asked;
    let wait = policy.wait(&message.method, &message.extensions, message.call.as_ref(), &result);
    wait.map_or(ControlFlow::Break(result), ControlFlow::Continue)
}

fn may(resend: Resend, method: &Method, nothing: &Nothing) -> bool {
    match resend {
        Resend::Never => false,
        Resend::Always => true,
        Resend::Refused if *nothing == Nothing::WasDone => true,
        Resend::Idempotent | Resend::Refused => *nothing == Nothing::WasSent || method.is_idempotent(),
    }
}

fn of_error(kind: Option<TransportErrorKind>) -> Option<Failed> {
    let (why, nothing) = match kind {
        Some(TransportErrorKind::Connect) => ("no connection", Nothing::WasSent),
        Some(TransportErrorKind::Timeout) => ("timeout", Nothing::IsKnown),
        None => ("broken off", Nothing::IsKnown),
        // The layer that says so has waited already as long as it may.
        Some(TransportErrorKind::Limited) => return None,
    };
    Some(Failed { why, wait: None, nothing })
}

fn of_response(response: &Response<Body>) -> Option<Failed> {
    if let Some(Broken(kind)) = response.extensions().get() {
        // A response has begun, so that the request was sent whatever the error says.
        return of_error(kind.filter(|kind| *kind == TransportErrorKind::Timeout));
    }
    let (status, headers) = (response.status(), response.headers());
    if let Some(refusal) = refusal(status, headers, response.body().as_bytes().unwrap_or_default()) {
        return Some(Failed { why: "rate limit", wait: refusal.wait, nothing: Nothing::WasDone });
    }
    let why = match status {
        StatusCode::REQUEST_TIMEOUT => "status 408",
        StatusCode::INTERNAL_SERVER_ERROR => "status 500",
        StatusCode::BAD_GATEWAY => "status 502",
        StatusCode::SERVICE_UNAVAILABLE => "status 503",
        StatusCode::GATEWAY_TIMEOUT => "status 504",
        _ => return None,
    };
    Some(Failed { why, wait: retry_after(headers), nothing: Nothing::IsKnown })
}
