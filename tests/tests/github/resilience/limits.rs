//! Limits on the rate of requests, as GitHub and others have them. Time is virtual.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use octogen_runtime::client::{Client, CredentialId};
use octogen_runtime::layers::{BudgetLayer, Resend, Resilience};

use super::script::{Script, Step, answer, ended, fine, sending};
use super::{Get, Post, Search};

const SECONDARY: &str = "{\"message\":\"You have exceeded a secondary rate limit. Please wait a few minutes.\"}";

const PRIMARY: &str = "{\"message\":\"API rate limit exceeded for installation ID 1.\"}";

/// A whole hour is not too long.
fn patient() -> Resilience {
    Resilience::new().deadline(Duration::from_secs(2 * 60 * 60))
}

fn in_seconds(seconds: u64) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    (now.as_secs() + seconds).to_string()
}

fn left(remaining: &str, reset: &str, resource: &str) -> Step {
    let headers =
        [("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", reset), ("x-ratelimit-resource", resource)];
    answer(200, &headers, "{}")
}

/// How long the client waits before it sends again, in seconds.
#[tokio::test(start_paused = true)]
async fn the_wait_that_a_refusal_asks_for() {
    let (soon, clock) = (in_seconds(90), "Fri, 01 Jan 2010 00:00:00 GMT");
    let parts = format!("{soon}.5");
    type Case<'a> = (&'a str, u16, Vec<(&'static str, &'a str)>, &'static str, u64);
    let cases: Vec<Case<'_>> = vec![
        ("seconds", 429, vec![("retry-after", "17")], "{}", 17),
        (
            "a date, by the server's clock",
            429,
            vec![("date", clock), ("retry-after", "Fri, 01 Jan 2010 00:00:30 GMT")],
            "",
            30,
        ),
        ("parts of a second", 403, vec![("retry-after", "16.9")], "{}", 17),
        ("a date that has passed", 429, vec![("retry-after", clock)], "", 0),
        ("no number", 429, vec![("retry-after", "soon")], "", 0),
        ("less than nothing", 429, vec![("retry-after", "-5")], "", 0),
        ("503", 503, vec![("retry-after", "5")], "<html>", 5),
        ("primary", 403, vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &soon)], "{}", 90),
        (
            "primary with parts of a second",
            403,
            vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &parts)],
            "",
            90,
        ),
        ("primary without headers", 403, vec![], PRIMARY, 60),
        ("primary without a reset", 403, vec![("x-ratelimit-remaining", "0")], PRIMARY, 60),
        ("primary as 429", 429, vec![("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", &soon)], "{}", 90),
        (
            "primary, by the server's clock",
            403,
            vec![("date", clock), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "1262304010")],
            "{}",
            10,
        ),
        ("others count down", 429, vec![("ratelimit-remaining", "0"), ("ratelimit-reset", "12")], "{}", 12),
        ("secondary with headers", 403, vec![("retry-after", "7"), ("x-ratelimit-remaining", "4000")], SECONDARY, 7),
        ("secondary without headers", 403, vec![], SECONDARY, 60),
        ("secondary as 429", 429, vec![], SECONDARY, 60),
        ("its older name", 403, vec![], "{\"message\":\"You have triggered an abuse detection mechanism.\"}", 60),
        ("429 without anything", 429, vec![], "", 0),
    ];
    for (what, status, headers, body, wanted) in cases {
        let script = Script::new([answer(status, &headers, body)]);
        script.client(patient()).send(Get).await.unwrap();
        let times = script.times();
        assert_eq!(times.len(), 2, "{what}");
        // Jitter adds at most half a second, the first wait of the backoff. Clocks of whole seconds are a second off.
        let wanted = u128::from(wanted) * 1000;
        assert!(times[1] + 1000 >= wanted && times[1] <= wanted + 501, "{what}: {times:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_error_names_the_limit() {
    let cases = [
        (answer(429, &[("retry-after", "3600")], ""), true, Some(3600)),
        (answer(403, &[("retry-after", "99999999999999999999")], ""), true, Some(86_400)),
        // A point in time beyond all that this machine can count.
        (
            answer(403, &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "18446744073709551615")], ""),
            true,
            Some(86_400),
        ),
        (answer(403, &[], SECONDARY), true, Some(60)),
        (answer(429, &[], ""), true, None),
        (answer(403, &[], "{\"message\":\"Resource not accessible by integration\"}"), false, None),
        (answer(503, &[("retry-after", "3600")], ""), false, Some(3600)),
        (answer(404, &[], ""), false, None),
    ];
    for (step, is_limited, seconds) in cases {
        let script = Script::new(vec![step; 4]);
        let error = script.client(Resilience::new().deadline(Duration::from_secs(9))).send(Get).await.unwrap_err();
        let waits = error.retry_after().map(|wait| wait.as_secs());
        assert_eq!((error.is_limited(), waits), (is_limited, seconds), "{error:?}");
    }
}

/// A limit that is used up does not stop requests for another resource, with another credential or without one.
#[tokio::test(start_paused = true)]
async fn a_budget_is_that_of_a_credential_and_a_resource() {
    let reset = in_seconds(1000);
    let script = Script::new([left("0", &reset, "core"), left("9", &reset, "search")]);
    let resilience = Resilience::new();
    let (one, other) =
        (script.of_credential(resilience.clone(), "one"), script.of_credential(resilience.clone(), "two"));
    one.send(Get).await.unwrap();
    one.send(Search).await.unwrap();
    let error = one.send(Get).await.unwrap_err();
    assert!(error.is_limited() && !error.is_status() && script.sent().len() == 2, "{error:?}");
    assert!(error.retry_after().is_some_and(|wait| (990..=1000).contains(&wait.as_secs())), "{error:?}");
    let printed = format!("{error:?}");
    assert!(
        printed.contains(
            "get: the request was not sent, since its wait for a rate limit is too long: the rate limit of `core`"
        ),
        "{printed}"
    );
    // Another client with the same credential, by a clone of the layer.
    assert!(script.of_credential(resilience.clone(), "one").send(Get).await.unwrap_err().is_limited());
    one.send(Search).await.unwrap();
    other.send(Get).await.unwrap();
    script.client(resilience).send(Get).await.unwrap();
    assert_eq!(script.sent().len(), 5);
}

/// A server may repeat the credential in place of the name of a limit.
#[tokio::test(start_paused = true)]
async fn a_limit_with_the_name_of_a_token_is_not_printed() {
    for token in ["ghs_S3cretS3cret", "0123456789", "eyJhbGciOi.J9.c2ln"] {
        let script = Script::new([left("0", &in_seconds(1000), token)]);
        let client = script.of_credential(Resilience::new(), token);
        client.send(Get).await.unwrap();
        let error = client.send(Get).await.unwrap_err();
        let source = std::error::Error::source(&error).unwrap();
        let printed = format!("{source}, {source:?}, {error:#?}");
        assert!(printed.starts_with("the rate limit of `…` is used up"), "{printed}");
        assert!(!printed.contains(token), "{printed}");
    }
}

/// With an hour's deadline, a request waits for an hour, and nothing is sent before.
#[tokio::test(start_paused = true)]
async fn a_budget_is_waited_for() {
    let script = Script::new([left("0", &in_seconds(600), "core")]);
    let client = script.of_credential(patient(), "one");
    client.send(Get).await.unwrap();
    client.send(Get).await.unwrap();
    let times = script.times();
    assert!((598_000..=601_000).contains(&times[1]), "{times:?}");
}

/// A renewed token is another credential, unless both have one name.
#[tokio::test(start_paused = true)]
async fn several_tokens_share_a_name() {
    let script = Script::new([left("0", &in_seconds(1000), "core")]);
    let resilience = Resilience::new();
    let named = CredentialId::named("installation 7");
    script.of_credential(resilience.clone(), "old").with_extension(named).send(Get).await.unwrap();
    let renewed = script.of_credential(resilience, "new");
    assert!(renewed.with_extension(named).send(Get).await.unwrap_err().is_limited());
    renewed.send(Get).await.unwrap();
}

/// After a secondary limit, all requests with the credential wait, of any method.
#[tokio::test(start_paused = true)]
async fn a_secondary_limit_stops_all_of_a_credential() {
    let script = Script::new([answer(403, &[("retry-after", "30")], SECONDARY)]);
    let client = script.of_credential(Resilience::new().resend(Resend::Never), "one");
    assert!(client.send(Post).await.unwrap_err().is_limited());
    client.send(Search).await.unwrap();
    let times = script.times();
    assert!((30_000..=30_002).contains(&times[1]), "{times:?}");
}

/// With ten tasks and three remaining requests, three are sent. The others wait for the reset.
#[tokio::test(start_paused = true)]
async fn no_more_are_sent_than_are_left() {
    let reset = in_seconds(100);
    let slow = |remaining: &str| Step::Slow(Duration::from_secs(1), Box::new(left(remaining, &reset, "core")));
    let script = Script::new([left("3", &reset, "core"), slow("2"), slow("1"), slow("0")]);
    let client = script.of_credential(patient(), "one");
    client.send(Get).await.unwrap();
    assert!(ended(sending(&client, 10, |client| async move { client.send(Get).await })).await.is_empty());
    let times = script.times();
    assert_eq!(times.iter().filter(|time| **time < 90_000).count(), 4, "{times:?}");
    assert_eq!(times.len(), 11);
}

#[tokio::test(start_paused = true)]
async fn so_many_at_once() {
    let slow = Step::Slow(Duration::from_secs(1), Box::new(fine()));
    let script = Script::new(vec![slow; 10]);
    let client = script.of_credential(Resilience::new().concurrency(4), "one");
    assert!(ended(sending(&client, 10, |client| async move { client.send(Post).await })).await.is_empty());
    let seconds: Vec<u128> = script.times().iter().map(|time| time / 1000).collect();
    assert_eq!(seconds, [0, 0, 0, 0, 1, 1, 1, 1, 2, 2]);
}

/// A request that waited for its turn respects a limit that was reported meanwhile.
#[tokio::test(start_paused = true)]
async fn a_limit_of_a_later_response_counts_for_waiting_calls() {
    let secondary = answer(403, &[("retry-after", "100")], SECONDARY);
    for (first, refused) in [(secondary, 1), (left("0", &in_seconds(101), "core"), 0)] {
        let script = Script::new([Step::Slow(Duration::from_secs(1), Box::new(first))]);
        let client = script.of_credential(patient().concurrency(1).resend(Resend::Never), "one");
        let failed = ended(sending(&client, 10, |client| async move { client.send(Get).await })).await;
        assert_eq!(failed.len(), refused);
        let times = script.times();
        assert_eq!(times.iter().filter(|time| **time < 99_000).count(), 1, "{times:?}");
        assert_eq!(times.len(), 10);
    }
}

/// The limits of the most recently used credentials are remembered.
#[tokio::test(start_paused = true)]
async fn memory_is_bounded_by_credentials() {
    let layer = BudgetLayer::new(4);
    let known = || format!("{layer:?}").split(' ').rev().nth(1).unwrap().parse::<usize>().unwrap();
    let script = Script::new([]);
    let builder = Client::builder().base_url("https://api.example.com").timeout(None).layer(layer.clone());
    let client = builder.build_over(script.clone()).unwrap();
    let named = |number: usize| client.with_extension(CredentialId::named(&number.to_string()));
    for number in 0..10_000 {
        named(number).send(Get).await.unwrap();
        tokio::time::advance(Duration::from_millis(1)).await;
    }
    assert_eq!(known(), 10_000);
    named(10_000).send(Get).await.unwrap();
    assert!((5_000..=5_001).contains(&known()), "{layer:?}");
    // Those of the later half are still there.
    named(9_999).send(Get).await.unwrap();
    assert!((5_000..=5_001).contains(&known()), "{layer:?}");
    named(1).send(Get).await.unwrap();
    assert!((5_001..=5_002).contains(&known()), "{layer:?}");
}

/// A task that is given up leaves its turn to others.
#[tokio::test(start_paused = true)]
async fn a_cancelled_request_keeps_no_place() {
    let never = Step::Slow(Duration::from_secs(1_000_000), Box::new(fine()));
    let script = Script::new([left("1", &in_seconds(3000), "core"), never]);
    let client = script.of_credential(patient().concurrency(1), "one");
    client.send(Get).await.unwrap();
    let stuck = tokio::time::timeout(Duration::from_secs(5), client.send(Get)).await;
    assert!(stuck.is_err());
    client.send(Get).await.unwrap();
    assert_eq!(script.times().last().map(|time| time / 1000), Some(5));
}
