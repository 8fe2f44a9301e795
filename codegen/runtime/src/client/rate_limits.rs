//! Rate limits, as responses state them.

use std::fmt;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use http::header::{DATE, RETRY_AFTER};
use http::{HeaderMap, HeaderName, StatusCode};

use crate::http::ServiceConventions;

/// The wait for a rate limit that the server states only in a text.
const DEFAULT_WAIT: Duration = Duration::from_secs(60);

/// The maximum wait. A longer one is taken for a mistake of the server.
const MAX_WAIT: Duration = Duration::from_secs(24 * 60 * 60);

/// A reset at or above this number is a Unix time. A smaller number is a wait in seconds.
const FIRST_UNIX_TIME: u64 = 1_000_000_000;

static REMAINING: [HeaderName; 2] = [
    HeaderName::from_static("x-ratelimit-remaining"),
    HeaderName::from_static("ratelimit-remaining"),
];
static RESET: [HeaderName; 2] = [
    HeaderName::from_static("x-ratelimit-reset"),
    HeaderName::from_static("ratelimit-reset"),
];

/// The maximum number of bytes of a refusal's body that are searched for a text.
const MAX_SEARCHED: usize = 4096;

/// The state of a rate limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The name of the rate limit. It is empty if the service has one rate limit.
    pub(crate) resource: String,
    pub(crate) remaining: u64,
    /// The reset as the server writes it. It identifies the window.
    pub(crate) reset: u64,
    pub(crate) resets_in: Duration,
}

/// The refusal of a request for a rate limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The wait until the request may be sent again. `None` if the server does not state it.
    pub(crate) wait: Option<Duration>,
    /// Whether only requests for this resource must wait. Otherwise all requests of the credential must wait.
    pub(crate) is_resource: bool,
}

/// Parses the state of a rate limit, if the response states it.
pub(crate) fn parse_window(service: &ServiceConventions, headers: &HeaderMap) -> Option<Window> {
    let remaining = number(headers, &REMAINING)?;
    let reset = number(headers, &RESET)?;
    let resource = service
        .rate_limit_resource_header
        .and_then(|name| headers.get(name)?.to_str().ok())
        .unwrap_or_default();
    let resets_in = if reset < FIRST_UNIX_TIME {
        Duration::from_secs(reset)
    } else {
        // The clock of the server decides, if it sends its time, since ours may be wrong.
        let until = UNIX_EPOCH.checked_add(Duration::from_secs(reset));
        until.map_or(MAX_WAIT, |until| {
            until
                .duration_since(server_time(headers))
                .unwrap_or_default()
        })
    };
    let resource = resource.chars().take(64).collect();
    Some(Window {
        resource,
        remaining,
        reset,
        resets_in: resets_in.min(MAX_WAIT),
    })
}

/// Parses the refusal of a request for a rate limit, if the response is one.
pub(crate) fn parse_refusal(
    service: &ServiceConventions,
    status: StatusCode,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<Refusal> {
    if status != StatusCode::FORBIDDEN && status != StatusCode::TOO_MANY_REQUESTS {
        return None;
    }
    if let Some(wait) = parse_retry_after(headers) {
        return Some(Refusal {
            wait: Some(wait),
            is_resource: false,
        });
    }
    if let Some(window) = parse_window(service, headers).filter(|window| window.remaining == 0) {
        return Some(Refusal {
            wait: Some(window.resets_in),
            is_resource: true,
        });
    }
    if names_rate_limit(service, body) {
        return Some(Refusal {
            wait: Some(DEFAULT_WAIT),
            is_resource: false,
        });
    }
    (status == StatusCode::TOO_MANY_REQUESTS).then_some(Refusal {
        wait: None,
        is_resource: false,
    })
}

/// Parses `retry-after`: a number of seconds, or a date.
pub(crate) fn parse_retry_after(headers: &HeaderMap) -> Option<Duration> {
    let written = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = match written.parse::<f64>() {
        // HTTP has no fractions of seconds, but some servers send them.
        Ok(seconds) if seconds >= 0.0 => {
            Duration::try_from_secs_f64(seconds.min(MAX_WAIT.as_secs_f64())).ok()?
        }
        _ => httpdate::parse_http_date(written)
            .ok()?
            .duration_since(server_time(headers))
            .unwrap_or_default(),
    };
    Some(wait.min(MAX_WAIT))
}

/// Returns the time of the server from its `date`, or our own time.
fn server_time(headers: &HeaderMap) -> SystemTime {
    let date = headers
        .get(DATE)
        .and_then(|value| httpdate::parse_http_date(value.to_str().ok()?).ok());
    date.unwrap_or_else(SystemTime::now)
}

/// Parses the number in the first of these headers that is present.
fn number(headers: &HeaderMap, names: &[HeaderName]) -> Option<u64> {
    let whole = |text: &str| text.split('.').next()?.trim().parse().ok();
    names
        .iter()
        .find_map(|name| whole(headers.get(name)?.to_str().ok()?))
}

/// Returns whether the body contains a text by which the service names a rate limit.
fn names_rate_limit(service: &ServiceConventions, body: &[u8]) -> bool {
    let text =
        String::from_utf8_lossy(body.get(..MAX_SEARCHED).unwrap_or(body)).to_ascii_lowercase();
    service
        .rate_limit_texts
        .iter()
        .any(|known| text.contains(known))
}

/// Returns the name of a resource for messages. A server might send a secret there, so only lower-case words are printed.
pub(crate) fn printable_resource(resource: &str) -> &str {
    let is_name = |byte: u8| byte.is_ascii_lowercase() || matches!(byte, b'_' | b'-');
    if resource.bytes().all(is_name) {
        resource
    } else {
        "…"
    }
}

/// The error of a request that is not sent, since it would wait longer than its deadline.
#[derive(Debug)]
pub(crate) struct WaitTooLong {
    pub(crate) reason: WaitReason,
    pub(crate) wait: Duration,
}

/// The reason why a request waits.
#[derive(Debug)]
pub(crate) enum WaitReason {
    /// A rate limit of the server, by its printable name, which may be empty.
    RateLimit(String),
    /// Earlier writes of the same credential.
    Writes,
}

impl fmt::Display for WaitTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.wait.as_secs();
        match &self.reason {
            WaitReason::RateLimit(resource) if resource.is_empty() => {
                write!(f, "the rate limit is used up for another {seconds} seconds")
            }
            WaitReason::RateLimit(resource) => {
                write!(
                    f,
                    "the rate limit of `{resource}` is used up for another {seconds} seconds"
                )
            }
            WaitReason::Writes => write!(f, "earlier writes take another {seconds} seconds"),
        }
    }
}

impl std::error::Error for WaitTooLong {}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    use super::{MAX_WAIT, parse_refusal, parse_retry_after, parse_window, printable_resource};
    use crate::http::ServiceConventions;

    const DATE: (&str, &str) = ("date", "Wed, 21 Oct 2015 07:28:00 GMT");
    const SERVICE: ServiceConventions = ServiceConventions::new()
        .rate_limit_resource_header("x-limit-name")
        .rate_limit_texts(&["slow down"]);

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pair = |(name, value): &(&'static str, &'static str)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let cases = [
            ("7", Some(Duration::from_secs(7))),
            (" 0.5 ", Some(Duration::from_millis(500))),
            ("1e99", Some(MAX_WAIT)),
            ("-1", None),
            ("NaN", None),
            ("soon", None),
            (
                "Wed, 21 Oct 2015 07:28:30 GMT",
                Some(Duration::from_secs(30)),
            ),
            ("Wed, 21 Oct 2015 07:00:00 GMT", Some(Duration::ZERO)),
            ("Mon, 21 Oct 2115 07:28:00 GMT", Some(MAX_WAIT)),
        ];
        for (value, expected) in cases {
            assert_eq!(
                parse_retry_after(&headers(&[DATE, ("retry-after", value)])),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn a_window_resets_after_seconds_or_at_a_time() {
        let window = |reset| {
            let pairs = [
                DATE,
                ("x-ratelimit-remaining", "5"),
                ("ratelimit-reset", reset),
                ("x-limit-name", "search"),
            ];
            parse_window(&SERVICE, &headers(&pairs))
                .map(|window| (window.resource, window.remaining, window.resets_in))
        };
        let expected = |seconds| Some((String::from("search"), 5, Duration::from_secs(seconds)));
        assert_eq!(window("60"), expected(60));
        assert_eq!(window("1445412490"), expected(10));
        assert_eq!(window("1445412000.25"), expected(0));
        assert_eq!(window("99999999999999"), expected(24 * 60 * 60));
        assert_eq!(window("never"), None);
        let other = ServiceConventions::STANDARD;
        let pairs = [
            ("x-ratelimit-remaining", "5"),
            ("x-ratelimit-reset", "1"),
            ("x-limit-name", "search"),
        ];
        assert_eq!(
            parse_window(&other, &headers(&pairs))
                .map(|window| window.resource)
                .as_deref(),
            Some("")
        );
    }

    #[test]
    fn refusals_name_their_wait() {
        type Case = (
            u16,
            &'static [(&'static str, &'static str)],
            &'static [u8],
            Option<(Option<u64>, bool)>,
        );
        const USED_UP: &[(&str, &str)] =
            &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "30")];
        const LEFT: &[(&str, &str)] =
            &[("x-ratelimit-remaining", "1"), ("x-ratelimit-reset", "30")];
        let cases: [Case; 8] = [
            (403, &[("retry-after", "9")], b"", Some((Some(9), false))),
            (403, USED_UP, b"", Some((Some(30), true))),
            (403, LEFT, b"", None),
            (403, &[], b"Please SLOW down.", Some((Some(60), false))),
            (403, &[], b"no", None),
            (429, &[], b"", Some((None, false))),
            (429, LEFT, b"", Some((None, false))),
            (503, &[("retry-after", "9")], b"", None),
        ];
        for (status, pairs, body, expected) in cases {
            let status = StatusCode::from_u16(status).unwrap_or_default();
            let refusal = parse_refusal(&SERVICE, status, &headers(pairs), body);
            let found = refusal
                .map(|refusal| (refusal.wait.map(|wait| wait.as_secs()), refusal.is_resource));
            assert_eq!(found, expected, "{status} {pairs:?}");
        }
    }

    #[test]
    fn only_words_are_printed() {
        assert_eq!(
            ["core", "code_search", "x-y", ""].map(printable_resource),
            ["core", "code_search", "x-y", ""]
        );
        assert_eq!(["Core", "ghs1", "a b"].map(printable_resource), ["…"; 3]);
    }
}
