//! Logs at the level `trace` describe all calls, and contain no secret.

#[allow(dead_code, reason = "the tests of `resilience` use all of it")]
#[path = "../github/resilience/script.rs"]
mod script;

use std::time::Duration;

use octogen_runtime::client::{Client, Credential};
use octogen_runtime::layers::{MemoryCache, Resend, Resilience};
use octogen_runtime::{Method, Operation, OperationInfo, Request, SchemeKind, Value};

use crate::log::empty_log;
use script::{Script, Step, answer};

/// With a secret wherever one can be.
struct Everywhere;

impl Operation for Everywhere {
    type Output = Value;
    type Failure = Value;

    const INFO: OperationInfo = {
        const fn of(scheme: &'static str, kind: SchemeKind) -> octogen_runtime::SecurityScheme {
            octogen_runtime::SecurityScheme::new(scheme, kind)
        }
        let mut info = OperationInfo::new("everywhere", Method::Get, "/{code}/conversions");
        info.credentials = &[&[
            of("token", SchemeKind::Bearer),
            of("query", SchemeKind::Query("key")),
            of("cookie", SchemeKind::Cookie("sid")),
            of("header", SchemeKind::Header("x-key")),
        ]];
        info
    };

    fn write(&self, request: &mut Request) {
        request.path("code", &String::from("MARKED-path"));
        request.query("q", &String::from("MARKED-value"));
        request.json("application/json", &String::from("MARKED-body"));
    }
}

#[tokio::test(start_paused = true)]
async fn spans_and_events_hold_no_secret() {
    let log = empty_log().await;
    let used_up =
        answer(200, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "3000"), ("set-cookie", "a=MARKED")], "{}");
    let script = Script::new([
        Step::Broken,
        answer(429, &[("retry-after", "1")], "{\"message\":\"MARKED\"}"),
        answer(200, &[("etag", "\"MARKED\"")], "{\"token\":\"MARKED\"}"),
        answer(304, &[], ""),
        answer(502, &[("retry-after", "9999")], "<h1>MARKED"),
        Step::NoConnection,
        used_up,
    ]);
    let resilience = Resilience::new().cache(MemoryCache::new(100_000));
    let mut printed = format!("{resilience:?}");
    let credentials = [
        Credential::bearer("MARKED-token"),
        Credential::query("key", "MARKED-key"),
        Credential::cookie("sid", "MARKED-cookie"),
        Credential::header("x-key", "MARKED-header"),
    ];
    let client: Client =
        script.builder(resilience.clone()).credentials(credentials).build_over(script.clone()).unwrap();
    client.send(Everywhere).await.unwrap();
    client.send(Everywhere).await.unwrap();
    client.send(Everywhere).await.unwrap_err();
    client.send(Everywhere).await.unwrap();
    let error = client.with_extension(Resend::Never).send(Everywhere).await.unwrap_err();
    assert!(error.is_limited() && error.retry_after().is_some_and(|wait| wait > Duration::from_secs(2990)));

    let logged = log.text();
    for wanted in [
        "operation=\"everywhere\"",
        "url.template=\"/{code}/conversions\"",
        "server.address=\"api.example.com\"",
        "http.request.method=GET",
        "http.response.status_code=429",
        "error.type=\"broken\"",
        "error.type=\"connect\"",
        "error.type=\"limited\"",
        "sent again after a wait reason=\"broken off\"",
        "sent again after a wait reason=\"rate limit\"",
        "not sent again: the deadline is before the next attempt reason=\"status 502\"",
        "the cached response is still valid",
        "not sent: the rate limit is used up beyond the deadline",
    ] {
        assert!(logged.contains(wanted), "{wanted} is not in:\n{logged}");
    }
    printed += &format!("{client:?} {resilience:?} {error} {error:?}");
    let url = "https://api.example.com/MARKED-path/conversions?q=MARKED-value";
    assert!(printed.contains(url), "{printed}");
    assert!(!logged.contains("MARKED") && !printed.replace(url, "").contains("MARKED"), "{printed}\n{logged}");
}
