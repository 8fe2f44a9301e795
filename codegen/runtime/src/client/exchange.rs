//! One operation sent and its response received, redirects within the origin followed.

use bytes::{Bytes, BytesMut};
use http::header::LOCATION;
use http::{HeaderMap, Method, StatusCode};
use http_body_util::BodyExt;
use url::Url;

use super::Settings;
use super::address::{origin, same_origin};
use super::body::Body;
use super::fault::{Cause, Fault};
use super::plan::Plan;

/// How many redirects are followed before it looks like a circle.
const MAX_REDIRECTS: usize = 10;

/// A response whose body has arrived.
pub(super) struct Arrived {
    pub(super) plan: Plan,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

impl Arrived {
    /// Whether the operation has its result.
    pub(super) fn is_result(&self) -> bool {
        self.status.is_success() || self.plan.about.redirects.contains(&self.status.as_u16())
    }

    pub(super) fn into_fault(self, cause: Cause) -> Box<Fault> {
        let mut fault = self.plan.fault(cause).keep(&self.body);
        fault.status = Some(self.status);
        fault.headers = self.headers;
        fault
    }
}

pub(super) async fn run(settings: &Settings, mut plan: Plan) -> Result<Arrived, Box<Fault>> {
    let mut followed = 0;
    loop {
        let message = plan.message(settings)?;
        let response = match settings.transport.send(message).await {
            Ok(response) => response,
            Err(error) => return Err(plan.fault(Cause::of_transport(error))),
        };
        let (parts, body) = response.into_parts();
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
        let (body, broken) = receive(body, settings.limit).await;
        let arrived = Arrived { plan, status: parts.status, headers: parts.headers, body };
        return match (target, broken) {
            (Some(Err(why)), _) => Err(arrived.into_fault(Cause::Redirect(why))),
            (_, Some(cause)) => Err(arrived.into_fault(cause)),
            _ => Ok(arrived),
        };
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
    let mut received = BytesMut::new();
    while let Some(frame) = body.frame().await {
        match frame.map(http_body::Frame::into_data) {
            Ok(Ok(data)) if data.len() > limit - received.len() => {
                let left = limit - received.len();
                received.extend_from_slice(data.get(..left).unwrap_or_default());
                return (received.freeze(), Some(Cause::TooLarge(limit)));
            }
            Ok(Ok(data)) => received.extend_from_slice(&data),
            // Trailers say nothing here.
            Ok(Err(_)) => {}
            Err(error) => return (received.freeze(), Some(Cause::of_transport(error))),
        }
    }
    (received.freeze(), None)
}
