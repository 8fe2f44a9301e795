//! Sends an operation, follows redirects within the origin, and receives the response.

use std::task::Poll;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::address::{origin_text, same_origin};
use super::error_details::{Cause, ErrorDetails, MAX_KEPT_BODY};
use super::plan::{Context, Plan, Reading};
use super::secrets::{is_renewable, provide_secrets, renew_secrets, report_response};
use super::settings::Settings;
use crate::http::{Body, End, MissingPermissions};

/// The maximum number of redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// A response with the plan of its request. The body was received, unless it has another type.
pub(crate) struct Received<B = Bytes> {
    pub(crate) plan: Box<Plan>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: B,
}

impl<B> Received<B> {
    /// Returns whether the response is the result of the operation, and not an error.
    pub(crate) fn is_result(&self) -> bool {
        self.status.is_success() || self.plan.info.redirects.contains(&self.status.as_u16())
    }
}

impl Received {
    /// Returns the target of a redirect, as an absolute URL if possible.
    pub(crate) fn location(&self) -> Option<String> {
        let written = self.headers.get(LOCATION)?.to_str().ok()?;
        Some(
            self.plan
                .url
                .join(written)
                .map_or_else(|_| written.to_owned(), String::from),
        )
    }

    /// Creates an error with this response.
    pub(crate) fn into_error(self, cause: Cause) -> Box<ErrorDetails> {
        let mut error = self.plan.error(cause).keep_body(&self.body);
        error.status = Some(self.status);
        if self.status == StatusCode::FORBIDDEN {
            let name = self.plan.info.service.accepted_permissions_header;
            let header = name.and_then(|name| self.headers.get(name)?.to_str().ok());
            // A server can repeat the credential in any header.
            let needed = header.map(|header| error.mask_secrets(header.to_owned()));
            error.missing = needed
                .and_then(|needed| MissingPermissions::parse(&needed, self.plan.granted.as_deref()))
                .map(Box::new);
        }
        error.headers = self.headers;
        error
    }
}

/// Sends a plan and receives the whole response.
pub(crate) async fn exchange(
    settings: &Settings,
    plan: Box<Plan>,
) -> Result<Received, Box<ErrorDetails>> {
    receive_body(
        send(settings, plan, Reading::Whole).await?,
        settings.body_limit,
    )
    .await
}

/// Receives the body of a response.
pub(crate) async fn receive_body(
    received: Received<Body>,
    limit: usize,
) -> Result<Received, Box<ErrorDetails>> {
    let Received {
        plan,
        status,
        headers,
        body,
    } = received;
    let (body, cause) = read_body(body, limit).await;
    let received = Received {
        plan,
        status,
        headers,
        body,
    };
    match cause {
        Some(cause) => Err(received.into_error(cause)),
        None => Ok(received),
    }
}

/// Sends a plan and returns the response before its body. Renews the credential once after a 401, and follows redirects.
pub(crate) async fn send(
    settings: &Settings,
    mut plan: Box<Plan>,
    reading: Reading,
) -> Result<Received<Body>, Box<ErrorDetails>> {
    plan.check_address()?;
    provide_secrets(&mut plan).await?;
    let mut may_renew = is_renewable(&plan) && plan.is_repeatable();
    let context = Context::new(settings, &plan, reading);
    let mut followed = 0;
    loop {
        let message = plan.message(&context)?;
        let response = match settings.transport.send(message).await {
            Ok(response) => response,
            Err(error) => return Err(plan.error(Cause::from_transport(error))),
        };
        let (parts, body) = response.into_parts();
        report_response(&plan, parts.status, &parts.headers);
        if may_renew && parts.status == StatusCode::UNAUTHORIZED {
            may_renew = false;
            // The connection can be used again after the body was read.
            read_body(body, MAX_KEPT_BODY).await;
            renew_secrets(&mut plan).await?;
            continue;
        }
        let target = match redirect_target(&plan, parts.status, &parts.headers) {
            Some(Ok(_)) if followed == MAX_REDIRECTS => Some(Err(format!(
                "the server redirects more than {MAX_REDIRECTS} times"
            ))),
            target => target,
        };
        if let Some(Ok(url)) = target {
            followed += 1;
            plan = plan.for_url(url);
            continue;
        }
        let received = Received {
            plan,
            status: parts.status,
            headers: parts.headers,
            body,
        };
        let Some(Err(why)) = target else {
            return Ok(received);
        };
        let Received {
            plan,
            status,
            headers,
            body,
        } = received;
        let body = read_body(body, settings.body_limit).await.0;
        return Err(Received {
            plan,
            status,
            headers,
            body,
        }
        .into_error(Cause::Redirect(why)));
    }
}

/// Returns the target of a redirect, or the reason why it is not followed. Returns `None` for any other response.
fn redirect_target(
    plan: &Plan,
    status: StatusCode,
    headers: &HeaderMap,
) -> Option<Result<Url, String>> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308)
        || plan.info.redirects.contains(&status.as_u16())
    {
        return None;
    }
    let location = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes()).into_owned();
    let Ok(url) = plan.url.join(&location) else {
        return Some(Err(format!(
            "the server answered {status} with a location that is not a URL"
        )));
    };
    if !same_origin(&url, &plan.url) {
        let (from, to) = (origin_text(&plan.url), origin_text(&url));
        return Some(Err(format!(
            "the server answered {status} and redirects from {from} to {to}, which isn't followed"
        )));
    }
    if plan.method != Method::GET && plan.method != Method::HEAD {
        let method = &plan.method;
        return Some(Err(format!(
            "the server answered {status}; a {method} isn't sent a second time"
        )));
    }
    Some(Ok(url))
}

/// Reads a body up to a limit. Returns what was read, and the cause if that is not all.
async fn read_body(mut body: Body, limit: usize) -> (Bytes, Option<Cause>) {
    let (mut received, end) = body.read(limit, |_| Poll::Pending).await;
    match end {
        End::Whole => (received, None),
        End::Limit => {
            received.truncate(limit);
            (received, Some(Cause::TooLarge(limit)))
        }
        End::Broken(error) => (received, Some(Cause::from_transport(error))),
    }
}
