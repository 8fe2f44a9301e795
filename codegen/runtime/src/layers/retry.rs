//! Sends failed requests again.

use std::ops::ControlFlow;
use std::time::Duration;

use http::{Extensions, Method, Request, Response, StatusCode};
use tokio::time::{Instant, Sleep, sleep};
use tower::retry::Policy;
use tower::util::rng::HasherRng;
use tracing::{debug, warn};

use super::attempt::BrokenBody;
use super::backoff::Backoff;
use super::service::{Handler, LayeredRequest};
use super::time_limit::has_time;
use crate::client::rate_limits::{parse_refusal, parse_retry_after};
use crate::client::{Call, TransportErrorKind, error_kind};
use crate::http::{Body, BoxError, ServiceConventions};

/// The HTTP requests that may be sent again after a failure, as an enum: a setting of the retry layer, or an extension
/// of requests for these alone.
///
/// A request whose body is a stream is never sent again.
///
/// ```
/// use octogen_runtime::client::Client;
/// use octogen_runtime::layers::{Resend, Resilience};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let resilience = Resilience::new().resend(Resend::Refused);
/// let client: Client = Client::builder().base_url("https://api.example.com").layer(resilience).build_over(service)?;
/// // For an operation that has the same effect if it is sent twice:
/// let repeatable = client.with_extension(Resend::Always);
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Resend {
    /// No request.
    Never,
    /// Requests whose method is idempotent (`GET`, `HEAD`, `OPTIONS`, `TRACE`, `PUT`, `DELETE`), and requests that were
    /// not sent, since there was no connection.
    #[default]
    Idempotent,
    /// The same, and requests that the server refused for a rate limit, since it did nothing.
    Refused,
    /// All requests.
    Always,
}

/// A retry policy: the number of attempts, the waits between them, and the HTTP requests that may be sent again.
/// [`super::Resilience`] contains it; it also works with [`tower::retry`].
#[derive(Clone, Debug)]
pub struct RetryPolicy {
    attempts: u32,
    backoff: Backoff,
    resend: Resend,
    /// The number of attempts of this request that failed.
    failed: u32,
}

impl RetryPolicy {
    /// Creates a retry policy with four attempts of idempotent requests. The waits double from half a second to
    /// half a minute.
    #[must_use]
    pub fn new() -> Self {
        let backoff = Backoff {
            first: Duration::from_millis(500),
            longest: Duration::from_secs(30),
        };
        Self {
            attempts: 4,
            backoff,
            resend: Resend::default(),
            failed: 0,
        }
    }

    /// Sets how often this retry policy sends a request at most, with the first attempt. See
    /// [`Resilience::attempts`](super::Resilience::attempts).
    #[must_use]
    pub fn attempts(self, attempts: u32) -> Self {
        Self { attempts, ..self }
    }

    /// Sets the first and the longest wait of this retry policy. See
    /// [`Resilience::back_off`](super::Resilience::back_off).
    #[must_use]
    pub fn back_off(self, first: Duration, longest: Duration) -> Self {
        Self {
            backoff: Backoff { first, longest },
            ..self
        }
    }

    /// Sets which HTTP requests this retry policy may send again. See
    /// [`Resilience::resend`](super::Resilience::resend).
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

/// A failed attempt that another attempt may repair.
struct FailedAttempt {
    reason: &'static str,
    /// The wait that the server asks for.
    wait: Option<Duration>,
    effect: Effect,
}

/// The effect of a failed attempt at the server.
#[derive(PartialEq)]
enum Effect {
    /// Nothing was sent.
    NotSent,
    /// The server refused the request and did nothing.
    NotDone,
    /// The server may have done it.
    Unknown,
}

impl RetryPolicy {
    /// Returns whether a request can be sent again at all.
    fn may_repeat(&self, body: &Body, extensions: &Extensions) -> bool {
        self.attempts > 1 && body.is_repeatable() && extensions.get() != Some(&Resend::Never)
    }

    /// Returns the wait before another attempt, or `None` if there is no other attempt.
    fn next_wait(
        &mut self,
        method: &Method,
        extensions: &Extensions,
        call: Option<&Call>,
        result: &Result<Response<Body>, BoxError>,
    ) -> Option<Duration> {
        let failed = match result {
            Ok(response) => classify_response(call, response)?,
            Err(error) => classify_error(error_kind(error))?,
        };
        let resend = extensions.get().copied().unwrap_or(self.resend);
        if !may_resend(resend, method, &failed.effect) {
            debug!(
                reason = failed.reason,
                "not sent again: the server may have done it"
            );
            return None;
        }
        self.failed += 1;
        let mut random = HasherRng::default();
        let wait = match failed.wait {
            Some(least) => self.backoff.at_least(least, &mut random),
            None => self.backoff.after(self.failed, &mut random),
        };
        let (attempts, milliseconds) = (
            self.failed,
            u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
        );
        if self.failed >= self.attempts {
            warn!(
                reason = failed.reason,
                attempts, "not sent again: that was the last attempt"
            );
            return None;
        }
        if !has_time(extensions, call, wait) {
            warn!(
                reason = failed.reason,
                attempts,
                wait_ms = milliseconds,
                "not sent again: the deadline is before the next attempt"
            );
            return None;
        }
        warn!(
            reason = failed.reason,
            attempts,
            wait_ms = milliseconds,
            "sent again after a wait"
        );
        Some(wait)
    }
}

impl Policy<Request<Body>, Response<Body>, BoxError> for RetryPolicy {
    type Future = Sleep;

    fn retry(
        &mut self,
        request: &mut Request<Body>,
        result: &mut Result<Response<Body>, BoxError>,
    ) -> Option<Sleep> {
        let extensions = request.extensions();
        self.next_wait(request.method(), extensions, extensions.get(), result)
            .map(sleep)
    }

    fn clone_request(&mut self, request: &Request<Body>) -> Option<Request<Body>> {
        if !self.may_repeat(request.body(), request.extensions()) {
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

/// Sends failed requests again by a policy.
#[derive(Clone, Debug)]
pub(super) struct Retry<H> {
    pub(super) inner: H,
    pub(super) policy: RetryPolicy,
}

impl<H: Handler> Handler for Retry<H> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let Self { inner, policy } = self;
        request.may_repeat = policy.may_repeat(&request.message.body, &request.message.extensions);
        if !request.may_repeat {
            return inner.send(request).await;
        }
        let mut policy = policy.clone();
        loop {
            let wait = match attempt(inner, request, &mut policy).await {
                ControlFlow::Break(result) => return result,
                ControlFlow::Continue(wait) => wait,
            };
            sleep(wait).await;
            request.now = Instant::now();
        }
    }
}

/// Sends one attempt. Returns its result, or the wait before another attempt.
async fn attempt(
    inner: &impl Handler,
    request: &mut LayeredRequest,
    policy: &mut RetryPolicy,
) -> ControlFlow<Result<Response<Body>, BoxError>, Duration> {
    let result = inner.send(request).await;
    let LayeredRequest { message, .. } = request;
    let wait = policy.next_wait(
        &message.method,
        &message.extensions,
        message.call.as_ref(),
        &result,
    );
    wait.map_or(ControlFlow::Break(result), ControlFlow::Continue)
}

/// Returns whether a request with this effect may be sent again.
fn may_resend(resend: Resend, method: &Method, effect: &Effect) -> bool {
    match resend {
        Resend::Never => false,
        Resend::Always => true,
        Resend::Refused if *effect == Effect::NotDone => true,
        Resend::Idempotent | Resend::Refused => {
            *effect == Effect::NotSent || method.is_idempotent()
        }
    }
}

/// Classifies the error of a transport.
fn classify_error(kind: Option<TransportErrorKind>) -> Option<FailedAttempt> {
    let (reason, effect) = match kind {
        Some(TransportErrorKind::Connect) => ("no connection", Effect::NotSent),
        Some(TransportErrorKind::Timeout) => ("timeout", Effect::Unknown),
        None => ("broken off", Effect::Unknown),
        // The layer that reports this has waited as long as it may.
        Some(TransportErrorKind::Limited) => return None,
    };
    Some(FailedAttempt {
        reason,
        wait: None,
        effect,
    })
}

/// Classifies a response. Returns `None` if it is a result.
fn classify_response(call: Option<&Call>, response: &Response<Body>) -> Option<FailedAttempt> {
    if let Some(BrokenBody(kind)) = response.extensions().get() {
        // The response has begun, so the request was sent, whatever the error says.
        return classify_error(kind.filter(|kind| *kind == TransportErrorKind::Timeout));
    }
    let (status, headers) = (response.status(), response.headers());
    let service = call.map_or(&ServiceConventions::STANDARD, |call| call.info().service);
    if let Some(refusal) = parse_refusal(
        service,
        status,
        headers,
        response.body().as_bytes().unwrap_or_default(),
    ) {
        return Some(FailedAttempt {
            reason: "rate limit",
            wait: refusal.wait,
            effect: Effect::NotDone,
        });
    }
    let reason = match status {
        StatusCode::REQUEST_TIMEOUT => "status 408",
        StatusCode::INTERNAL_SERVER_ERROR => "status 500",
        StatusCode::BAD_GATEWAY => "status 502",
        StatusCode::SERVICE_UNAVAILABLE => "status 503",
        StatusCode::GATEWAY_TIMEOUT => "status 504",
        _ => return None,
    };
    Some(FailedAttempt {
        reason,
        wait: parse_retry_after(headers),
        effect: Effect::Unknown,
    })
}

#[cfg(test)]
mod tests;
