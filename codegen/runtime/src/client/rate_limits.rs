//! What a response says of limits on the rate of requests.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};

/// How long GitHub asks to wait where a limit says no more than that it is one.
const UNSAID: Duration = Duration::from_secs(60);

/// No server is believed to mean a longer wait.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Above it, a reset is a point in time; below, a number of seconds.
const FIRST_EPOCH: u64 = 1_000_000_000;

static REMAINING: [HeaderName; 2] =
    [HeaderName::from_static("x-ratelimit-remaining"), HeaderName::from_static("ratelimit-remaining")];
static RESET: [HeaderName; 2] =
    [HeaderName::from_static("x-ratelimit-reset"), HeaderName::from_static("ratelimit-reset")];
static RESOURCE: HeaderName = HeaderName::from_static("x-ratelimit-resource");

/// How much of the body of a refusal is searched for what it says.
const SEARCHED: usize = 4096;

/// What is left of a limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) resource: String,
    pub(crate) remaining: u64,
    /// The point in time as the server writes it, by which windows are told apart.
    pub(crate) reset: u64,
    pub(crate) resets_in: Duration,
}

/// Why a request was refused, and when it may be sent again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// `None` where the server leaves it to the client.
    pub(crate) wait: Option<Duration>,
    /// Whether it is one resource that is used up; else all requests of the credential should wait.
    pub(crate) is_primary: bool,
}

/// What is left, where the response says so.
pub(crate) fn window(headers: &HeaderMap) -> Option<Window> {
    let remaining = number(headers, &REMAINING)?;
    let reset = number(headers, &RESET)?;
    let resource = headers.get(&RESOURCE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let resets_in = if reset < FIRST_EPOCH {
        Duration::from_secs(reset)
    } else {
        // By the server's own clock, where it tells the time: ours may be off.
        let until = UNIX_EPOCH.checked_add(Duration::from_secs(reset));
        until.map_or(LONGEST, |until| until.duration_since(now(headers)).unwrap_or_default())
    };
    let resource = resource.chars().take(64).collect();
    Some(Window { resource, remaining, reset, resets_in: resets_in.min(LONGEST) })
}

/// Whether a response is the refusal of a limit.
pub(crate) fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> Option<Refusal> {
    if status != StatusCode::FORBIDDEN && status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    if let Some(wait) = retry_after(headers) {
        return Some(Refusal { wait: Some(wait), is_primary: false });
    }
    if let Some(window) = window(headers).filter(|window| window.remaining == 0) {
        return Some(Refusal { wait: Some(window.resets_in), is_primary: true });
    }
    if says_limited(body) {
        return Some(Refusal { wait: Some(UNSAID), is_primary: false });
    }
    (status == StatusCode::TOO_MANY_REQUESTS).then_some(Refusal { wait: None, is_primary: false })
}

/// How long the server asks to wait, in seconds or until a date.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let written = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match written.parse::<f64>() {
        // Parts of a second are none of HTTP's, but meant as they are written.
        Ok(seconds) if seconds >= 0.0 => Duration::try_from_secs_f64(seconds.min(LONGEST.as_secs_f64())).ok()?,
        _ => httpdate::parse_http_date(written).ok()?.duration_since(now(headers)).unwrap_or_default(),
    };
    Some(wait.min(LONGEST))
}

fn now(headers: &HeaderMap) -> SystemTime {
    let date = headers.get(DATE).and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
    date.unwrap_or_else(SystemTime::now)
}

fn number(headers: &HeaderMap, names: &[HeaderName]) -> Option<u64> {
    let whole = |text: &str| text.split('.').next()?.trim().parse().ok();
    names.iter().find_map(|name| whole(headers.get(name)?.to_str().ok()?))
}

/// Whether the body says what GitHub says, where no header does.
fn says_limited(body: &[u8]) -> bool {
    let said = String::from_utf8_lossy(body.get(..SEARCHED).unwrap_or(body)).to_ascii_lowercase();
    ["secondary rate limit", "rate limit exceeded", "abuse detection"].iter().any(|words| said.contains(words))
}

/// The name of a resource for people. A server might say a token again in its place, so that only small letters are shown.
pub(crate) fn shown(resource: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-');
    if resource.bytes().all(is_name) { resource } else { "…" }
}

/// It would be waited for longer than the request may take.
#[derive(Debug)]
pub(crate) struct Limited {
    pub(crate) why: Why,
    pub(crate) wait: Duration,
}

/// What would be waited for.
#[derive(Debug)]
pub(crate) enum Why {
    /// A limit of the server, by its name as it is shown, which may be empty.
    UsedUp(String),
    /// The writes that came before.
    Writes,
}

impl fmt::Display for Limited {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.wait.as_secs();
        match &self.why {
            Why::UsedUp(resource) if resource.is_empty() => {
                write!(f, "the rate limit is used up for another {seconds} seconds")
            }
            Why::UsedUp(resource) => {
                write!(f, "the rate limit of `{resource}` is used up for another {seconds} seconds")
            }
            Why::Writes => write!(f, "the writes before it take another {seconds} seconds"),
        }
    }
}

impl std::error::Error for Limited {}
