//! Cached responses and conditional requests. Time is virtual.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use octogen_runtime::client::{Client, CredentialId, CredentialSource, ProvideFuture, Provided, SourcedCredential};
use octogen_runtime::layers::{Cache, CachedResponse, ConditionalLayer, MemoryCache, Resilience};

use super::script::{Script, Step, answer, fine};
use super::{Get, Post, Search, Token, text};

const MODIFIED: &str = "Mon, 01 Jan 2024 00:00:00 GMT";

fn tagged(headers: &[(&'static str, &str)]) -> Step {
    answer(200, &[&[("etag", "\"1\""), ("x-seen", "first")], headers].concat(), "{\"a\":1}")
}

fn unchanged() -> Step {
    answer(304, &[("x-seen", "second")], "")
}

fn cached() -> Resilience {
    Resilience::new().cache(MemoryCache::new(1_000_000))
}

/// Asks twice, and gives the condition of the second request.
async fn condition(script: &Script, first: &Client, second: &Client) -> Option<String> {
    first.send(Get).await.unwrap();
    second.send(Get).await.unwrap();
    let sent = script.sent();
    assert_eq!(sent.len(), 2, "nothing is given without asking");
    assert!(!sent[0].headers.contains_key("if-none-match") && !sent[0].headers.contains_key("if-modified-since"));
    let condition = sent[1].headers.get("if-none-match").or_else(|| sent[1].headers.get("if-modified-since"));
    condition.map(|value| value.to_str().unwrap().to_owned())
}

#[tokio::test(start_paused = true)]
async fn a_304_is_served_from_the_cache() {
    let script = Script::new([tagged(&[]), unchanged()]);
    let client = script.client(cached());
    let first = client.send_full(Get).await.unwrap();
    let second = client.send_full(Get).await.unwrap();
    assert_eq!((second.status.as_u16(), text(&second.body)), (200, text(&first.body)));
    // New headers replace cached ones, and the others stay.
    assert_eq!(
        (&second.headers["x-seen"], &second.headers["etag"]),
        (&"second".parse().unwrap(), &first.headers["etag"])
    );
    assert_eq!(script.sent()[1].headers["if-none-match"], "\"1\"");
}

/// A clock that went by the time of the kept answer would go wrong.
#[tokio::test(start_paused = true)]
async fn it_doesnt_say_what_time_it_was() {
    let script =
        Script::new([tagged(&[("date", MODIFIED), ("age", "5")]), unchanged(), answer(304, &[("age", "7")], "")]);
    let client = script.client(cached());
    for (date, age) in [(Some(MODIFIED), Some("5")), (None, None), (None, Some("7"))] {
        let headers = client.send_full(Get).await.unwrap().headers;
        let found = ["date", "age"].map(|name| headers.get(name).map(|value| value.to_str().unwrap()));
        assert_eq!(found, [date, age]);
    }
}

/// `Debug` of a model hides secrets, but the cache keeps the JSON of the response.
#[test]
fn what_is_kept_is_not_printed() {
    let (headers, body) = (http::HeaderMap::new(), bytes::Bytes::from_static(b"{\"secret\":\"s3cret\"}"));
    let printed = format!("{:?}", CachedResponse { headers, body: body.clone(), vary_hash: [0; 32] });
    assert!(
        printed.starts_with("CachedResponse(")
            && !printed.contains("s3cret")
            && !printed.contains(&format!("{body:?}")),
        "{printed}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_is_new_takes_the_place() {
    let newer = answer(200, &[("etag", "\"2\"")], "{\"a\":2}");
    let script = Script::new([tagged(&[]), newer, unchanged()]);
    let client = script.client(cached());
    for wanted in ["{\"a\":1}", "{\"a\":2}", "{\"a\":2}"] {
        assert_eq!(text(&client.send(Get).await.unwrap()), wanted);
    }
    assert_eq!(script.sent()[2].headers["if-none-match"], "\"2\"");
}

/// Alone and among other layers, it keeps a response that arrives in many parts.
#[tokio::test(start_paused = true)]
async fn what_comes_in_pieces_is_kept_whole() {
    let alone = ConditionalLayer::new(MemoryCache::new(1_000_000));
    let builder = || Client::builder().base_url("https://api.example.com").timeout(None);
    for builder in [builder().layer(alone), builder().layer(cached())] {
        let script = Script::new([Step::Trickled(Duration::from_secs(1), "{\"a\":1}"), unchanged()]);
        let client = builder.build_over(script.clone()).unwrap();
        for _ in 0..2 {
            assert_eq!(text(&client.send(Get).await.unwrap()), "{\"a\":1}");
        }
        assert_eq!(script.sent()[1].headers["if-none-match"], "\"1\"");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_kept_and_what_is_not() {
    let cases = [
        ("an etag", tagged(&[]), Some("\"1\"")),
        ("a date", answer(200, &[("last-modified", MODIFIED)], "{}"), Some(MODIFIED)),
        ("for this client alone", tagged(&[("cache-control", "private, max-age=60")]), Some("\"1\"")),
        ("varies by what is the same", tagged(&[("vary", "Accept, Authorization")]), Some("\"1\"")),
        ("neither", fine(), None),
        ("no-store", tagged(&[("cache-control", "private, No-Store")]), None),
        ("varies by anything", tagged(&[("vary", "accept, *")]), None),
        ("203", answer(203, &[("etag", "\"1\"")], "{}"), None),
    ];
    for (what, step, wanted) in cases {
        let script = Script::new([step]);
        let client = script.of_credential(cached(), "one");
        assert_eq!(condition(&script, &client, &client).await.as_deref(), wanted, "{what}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_never_crosses_credentials() {
    for (one, other, wanted) in [
        (Some("one"), Some("one"), true),
        (Some("one"), Some("two"), false),
        (Some("one"), None, false),
        (None, Some("one"), false),
        (None, None, true),
    ] {
        let script = Script::new([tagged(&[])]);
        let resilience = cached();
        let [one, other] = [one, other].map(|token| match token {
            Some(token) => script.of_credential(resilience.clone(), token),
            None => script.client(resilience.clone()),
        });
        assert_eq!(condition(&script, &one, &other).await.is_some(), wanted);
    }
}

/// Tokens of one name share answers, but not those that the server says vary by the token.
#[tokio::test(start_paused = true)]
async fn a_name_shares_answers() {
    for (vary, wanted) in [("accept", true), ("authorization", false)] {
        let script = Script::new([tagged(&[("vary", vary)])]);
        let resilience = cached();
        let [old, new] = ["old", "new"].map(|token| {
            script.of_credential(resilience.clone(), token).with_extension(CredentialId::named("installation 7"))
        });
        assert_eq!(condition(&script, &old, &new).await.is_some(), wanted, "{vary}");
    }
}

/// A token, which another one follows with each request.
struct Following {
    given: AtomicUsize,
    name: Option<&'static str>,
    budget: Option<&'static str>,
}

impl CredentialSource for Following {
    fn provide(&self) -> ProvideFuture<'_> {
        let number = self.given.fetch_add(1, Ordering::SeqCst);
        Box::pin(async move { Ok(Provided::new(format!("ghs_{number}"))) })
    }

    fn name(&self) -> Option<String> {
        self.name.map(String::from)
    }

    fn budget(&self) -> Option<String> {
        self.budget.map(String::from)
    }
}

/// The credentials of a named source share cached responses, however often they are renewed.
#[tokio::test(start_paused = true)]
async fn the_name_of_a_source_shares_answers() {
    let following =
        |name| SourcedCredential::<Token>::new(Following { given: AtomicUsize::new(0), name, budget: None });
    for (name, wanted) in [(Some("installation 7"), true), (None, false)] {
        let script = Script::new([tagged(&[])]);
        let client = script.builder(cached()).credentials([following(name).into()]);
        let client = client.build_over(script.clone()).unwrap();
        assert_eq!(condition(&script, &client, &client).await.is_some(), wanted, "{name:?}");
        let sent: Vec<_> = script.sent().iter().map(|sent| sent.headers["authorization"].clone()).collect();
        assert_eq!(sent, ["Bearer ghs_0", "Bearer ghs_1"]);
    }
    // The same, with one secret.
    let script = Script::new([tagged(&[])]);
    let resilience = cached();
    let [one, other] = ["installation 7", "installation 8"].map(|name| {
        let client = script.builder(resilience.clone()).credentials([following(Some(name)).into()]);
        client.build_over(script.clone()).unwrap()
    });
    assert!(condition(&script, &one, &other).await.is_none());
}

/// Two tokens with different rights share a limit, and neither gets a cached response of the other.
#[tokio::test(start_paused = true)]
async fn the_budget_of_a_source_shares_limits_and_no_answers() {
    for (budget, name, is_limited) in [
        (Some("installation 7"), Some("installation 7 [b]"), true),
        (Some("installation 7"), None, true),
        (Some("installation 8"), Some("installation 7 [b]"), false),
        (None, Some("installation 7 [b]"), false),
        (None, None, false),
    ] {
        let used_up = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "3000")];
        let script = Script::new([tagged(&[]), tagged(&used_up)]);
        let resilience = cached();
        let client = |name, budget| {
            let source = SourcedCredential::<Token>::new(Following { given: AtomicUsize::new(0), name, budget });
            script.builder(resilience.clone()).credentials([source.into()]).build_over(script.clone()).unwrap()
        };
        let one = client(Some("installation 7 [a]"), Some("installation 7"));
        let other = client(name, budget);
        assert_eq!(condition(&script, &one, &one).await.as_deref(), Some("\"1\""), "its own answer");
        let sent = other.send(Get).await;
        assert_eq!(sent.as_ref().is_err_and(|error| error.is_limited()), is_limited, "{budget:?}, {name:?}: {sent:?}");
        let asked = script.sent();
        assert!(asked.len() == 2 || !asked[2].headers.contains_key("if-none-match"), "the answer of another one");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_is_for_one_kind_of_request() {
    let script = Script::new([tagged(&[("vary", "X-Lang")]), fine(), fine(), fine(), unchanged()]);
    let resilience = cached();
    let speaking = |lang| {
        let builder = script.builder(resilience.clone()).header("x-lang", lang);
        builder.build_over(script.clone()).unwrap()
    };
    let english = speaking("en");
    english.send(Get).await.unwrap();
    english.send(Search).await.unwrap();
    english.send(Post).await.unwrap();
    speaking("de").send(Get).await.unwrap();
    assert!(script.sent().iter().all(|sent| !sent.headers.contains_key("if-none-match")));
    english.stream(Get).await.unwrap_err();
    assert!(!script.sent()[4].headers.contains_key("if-none-match"), "a stream is passed on as it comes");
}

#[tokio::test(start_paused = true)]
async fn a_condition_of_ones_own_is_left_alone() {
    let script = Script::new([tagged(&[]), unchanged()]);
    let resilience = cached();
    script.client(resilience.clone()).send(Get).await.unwrap();
    let own = script.builder(resilience).header("if-none-match", "\"0\"").build_over(script.clone()).unwrap();
    let error = own.send(Get).await.unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(304));
    assert_eq!(script.sent()[1].headers["if-none-match"], "\"0\"");
}

/// A part of an answer is none, and a refusal changes nothing.
#[tokio::test(start_paused = true)]
async fn what_broke_off_is_not_kept() {
    let script = Script::new([Step::Cut("{}"), tagged(&[]), answer(404, &[("etag", "\"9\"")], "{}"), unchanged()]);
    let client = script.client(cached());
    client.send(Get).await.unwrap();
    client.send(Get).await.unwrap_err();
    assert_eq!(text(&client.send(Get).await.unwrap()), "{\"a\":1}");
    let conditions: Vec<_> = script.sent().iter().map(|sent| sent.headers.get("if-none-match").is_some()).collect();
    assert_eq!(conditions, [false, false, true, true]);
}

#[tokio::test(start_paused = true)]
async fn memory_is_bounded_by_bytes() {
    let (cache, body) = (MemoryCache::new(100_000), "x".repeat(10_000));
    let body: &'static str = Box::leak(format!("\"{body}\"").into_boxed_str());
    let script = Script::new(vec![answer(200, &[("etag", "\"1\"")], body); 100]);
    let resilience = Resilience::new().cache(cache.clone());
    for at in 0..100 {
        script.of_credential(resilience.clone(), &at.to_string()).send(Get).await.unwrap();
    }
    assert!((10_000..=100_000).contains(&cache.size()), "{cache:?}");

    let small = MemoryCache::new(5_000);
    let script = Script::new([answer(200, &[("etag", "\"1\"")], body)]);
    script.client(Resilience::new().cache(small.clone())).send(Get).await.unwrap();
    assert_eq!(small.size(), 0, "what is larger than all of it isn't kept");
    let _: Arc<dyn Cache> = Arc::new(small);
}
