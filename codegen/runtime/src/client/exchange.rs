//! One operation sent and its response received, redirects within the origin followed.

use std::task::Poll;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use url::Url;

use super::Settings;
use super::address::{origin, same_origin};
use super::body::{Body, End};
use super::fault::{Cause, Fault, KEPT};
use super::plan::{Along, Plan};
use super::proof;
use crate::http::MissingPermissions;

/// The header in which a server says which permissions would do.
const NEEDED_PERMISSIONS: &str = "x-accepted-github-permissions";

/// How many redirects are followed before it looks like a circle.
const MAX_REDIRECTS: usize = 10;

/// How the body of a response is read.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    Streamed,
}

/// A response whose body has arrived, unless it is of another type.
pub(crate) struct Arrived<B = Bytes> {
    pub(crate) plan: Box<Plan>,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: B,
}

impl<B> Arrived<B> {
    /// Whether the operation has its result.
    pub(crate) fn is_result(&self) -> bool {
        self.status.is_success() || self.plan.about.redirects.contains(&self.status.as_u16())
    }
}

impl Arrived {
    /// Where a redirect leads, as a whole URL where it is one.
    pub(crate) fn location(&self) -> Option<String> {
        let written = self.headers.get(LOCATION)?.to_str().ok()?;
        Some(self.plan.url.join(written).map_or_else(|_| written.to_owned(), String::from))
    }

    /// The permissions of which the server says that they are needed, where it refuses.
    fn missing(&self) -> Option<Box<MissingPermissions>> {
        let needed = (self.status == StatusCode::FORBIDDEN).then(|| self.headers.get(NEEDED_PERMISSIONS))??;
        MissingPermissions::parse(needed.to_str().ok()?, self.plan.granted.as_deref()).map(Box::new)
    }

    pub(crate) fn into_fault(self, cause: Cause) -> Box<Fault> {
        let mut fault = self.plan.fault(cause).keep(&self.body);
        fault.status = Some(self.status);
        fault.missing = self.missing();
        fault.headers = self.headers;
        fault
    }
}

/// Sends a plan and receives the whole response.
pub(crate) async fn run(settings: &Settings, plan: Box<Plan>) -> Result<Arrived, Box<Fault>> {
    receive_into(begin(settings, plan, Reading::Whole).await?, settings.limit).await
}

/// Receives the body of a response.
pub(crate) async fn receive_into(arrived: Arrived<Body>, limit: usize) -> Result<Arrived, Box<Fault>> {
    let Arrived { plan, status, headers, body } = arrived;
    let (body, broken) = receive(body, limit).await;
    let arrived = Arrived { plan, status, headers, body };
    match broken {
        Some(cause) => Err(arrived.into_fault(cause)),
        None => Ok(arrived),
    }
}

/// Sends a plan, renews its credential where that is refused, follows its redirects, and gives the response whose body is
/// still to come.
pub(crate) async fn begin(
    settings: &Settings,
    mut plan: Box<Plan>,
    reading: Reading,
) -> Result<Arrived<Body>, Box<Fault>> {
    plan.keeps_secrets()?;
    proof::ask(&mut plan).await?;
    let mut renews = proof::is_renewable(&plan) && plan.is_repeatable();
    let along = Along::new(settings, &plan, reading);
    let mut followed = 0;
    loop {
        let message = plan.message(&along)?;
        let response = match settings.transport.send(message).await {
            Ok(response) => response,
            Err(error) => return Err(plan.fault(Cause::of_transport(error))),
        };
        let (parts, body) = response.into_parts();
        proof::answered(&plan, parts.status, &parts.headers);
        if renews && parts.status == StatusCode::UNAUTHORIZED {
            renews = false;
            // The connection can be used again once the body is read.
            receive(body, KEPT).await;
            proof::renew(&mut plan).await?;
            continue;
        }
        let target = match redirect(&plan, parts.status, &parts.headers) {
            Some(Ok(_)) if followed == MAX_REDIRECTS => {
                Some(Err(format!("the server redirects more than {MAX_REDIRECTS} times")))
            }
            target => target,
        };
        if let Some(Ok(url)) = target {
            followed += 1;
            plan = plan.to(url);
            continue;
        }
        let arrived = Arrived { plan, status: parts.status, headers: parts.headers, body };
        let Some(Err(why)) = target else { return Ok(arrived) };
        let body = receive(arrived.body, settings.limit).await.0;
        return Err(Arrived { plan: arrived.plan, status: arrived.status, headers: arrived.headers, body }
            .into_fault(Cause::Redirect(why)));
    }
}

/// Where a redirect leads, or why it isn't followed; `None` where the response is for the operation.
fn redirect(plan: &Plan, status: StatusCode, headers: &HeaderMap) -> Option<Result<Url, String>> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) || plan.about.redirects.contains(&status.as_u16()) {
        return None;
    }
    let location = String::from_utf8_lossy(headers.get(LOCATION)?.as_bytes()).into_owned();
    let Ok(url) = plan.url.join(&location) else {
        return Some(Err(format!("the server answered {status} and leads to what is no URL")));
    };
    if !same_origin(&url, &plan.url) {
        let (from, to) = (origin(&plan.url), origin(&url));
        return Some(Err(format!("the server answered {status} and leads from {from} to {to}, which isn't followed")));
    }
    if plan.method != Method::GET && plan.method != Method::HEAD {
        let method = &plan.method;
        return Some(Err(format!("the server answered {status}; a {method} isn't sent a second time")));
    }
    Some(Ok(url))
}

/// The body as far as it came, and what ended it too early.
async fn receive(mut body: Body, limit: usize) -> (Bytes, Option<Cause>) {
    let (mut received, end) = body.gather(limit, |_| Poll::Pending).await;
    match end {
        End::Whole => (received, None),
        End::Limit => {
            received.truncate(limit);
            (received, Some(Cause::TooLarge(limit)))
        }
        End::Broken(error) => (received, Some(Cause::of_transport(error))),
    }
}
