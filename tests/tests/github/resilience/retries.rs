//! Retried requests and the waits between attempts. Time is virtual.

use std::time::Duration;

use octogen_runtime::client::{Body, Channel, Client, Error};
use octogen_runtime::layers::{BudgetLayer, Resend, Resilience, TraceLayer};
use octogen_runtime::{Blob, Method, Operation, OperationInfo, Request, Value};
use tower::{Layer, Service, ServiceExt};

use super::script::{Script, Step, answer, fine};
use super::{Delete, Get, Post, Put};

async fn sent<O: Operation<Output = Value, Failure = Value>>(
    operation: O,
    resend: Resend,
    step: &Step,
) -> (usize, Result<Value, Error<Value>>) {
    let script = Script::new([step.clone()]);
    let result = script.client(Resilience::new().resend(resend)).send(operation).await;
    (script.sent().len(), result)
}

#[tokio::test(start_paused = true)]
async fn by_method_and_by_what_went_wrong() {
    let limited = [("retry-after", "1")];
    let html = [("content-type", "text/html")];
    // How often each is sent: GET, PUT, DELETE and POST by the default, and POST with `Refused`, `Always` and `Never`.
    let cases = [
        ("no connection", Step::NoConnection, [2, 2, 2, 2, 2, 2, 1]),
        ("broken off", Step::Broken, [2, 2, 2, 1, 1, 2, 1]),
        ("a body that breaks off", Step::Cut("{\"a\":"), [2, 2, 2, 1, 1, 2, 1]),
        ("502 with HTML", answer(502, &html, "<html><h1>Bad Gateway</h1>"), [2, 2, 2, 1, 1, 2, 1]),
        ("500", answer(500, &[], "{}"), [2, 2, 2, 1, 1, 2, 1]),
        ("503", answer(503, &limited, "{}"), [2, 2, 2, 1, 1, 2, 1]),
        ("429", answer(429, &limited, "{}"), [2, 2, 2, 1, 2, 2, 1]),
        ("403 for a limit", answer(403, &limited, "{}"), [2, 2, 2, 1, 2, 2, 1]),
        ("403", answer(403, &[], "{\"message\":\"Resource not accessible by integration\"}"), [1; 7]),
        ("404", answer(404, &[], "{}"), [1; 7]),
        ("501", answer(501, &[], "{}"), [1; 7]),
        ("what isn't as documented", answer(200, &[], "{\"a\":"), [1; 7]),
        ("nothing", fine(), [1; 7]),
    ];
    for (what, step, wanted) in cases {
        let idempotent = Resend::Idempotent;
        let all = [
            sent(Get, idempotent, &step).await,
            sent(Put, idempotent, &step).await,
            sent(Delete, idempotent, &step).await,
            sent(Post, idempotent, &step).await,
            sent(Post, Resend::Refused, &step).await,
            sent(Post, Resend::Always, &step).await,
            sent(Post, Resend::Never, &step).await,
        ];
        assert_eq!(all.each_ref().map(|(sent, _)| *sent), wanted, "{what}");
        for (sent, result) in all {
            assert_eq!(result.is_ok(), sent == 2 || what == "nothing", "{what}: {result:?}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_extension_says_otherwise_for_these_requests() {
    let script = Script::new([Step::Broken, fine(), Step::Broken, Step::Broken]);
    let client = script.client(Resilience::new());
    client.with_extension(Resend::Always).send(Post).await.unwrap();
    assert_eq!(script.sent().len(), 2);
    assert!(client.with_extension(Resend::Never).send(Get).await.unwrap_err().is_transport());
    assert!(client.send(Post).await.unwrap_err().is_transport());
    assert_eq!(script.sent().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn waits_double_and_are_cut_by_chance() {
    let bad = answer(502, &[], "<h1>");
    let mut third = Vec::new();
    for _ in 0..8 {
        let script = Script::new(vec![bad.clone(); 9]);
        let resilience = Resilience::new().attempts(6).back_off(Duration::from_secs(1), Duration::from_secs(4));
        let error = script.client(resilience).send(Get).await.unwrap_err();
        // The error is about the last response.
        assert_eq!((error.status().map(|status| status.as_u16()), error.body()), (Some(502), b"<h1>".as_slice()));
        let times = script.times();
        let waits: Vec<u128> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        assert_eq!(waits.len(), 5);
        for (wait, most) in waits.iter().zip([1000, 2000, 4000, 4000, 4000]) {
            // The timer of tokio is exact to a millisecond.
            assert!((most / 2..=most + 1).contains(wait), "{waits:?}");
        }
        third.push(waits[2]);
    }
    third.sort_unstable();
    third.dedup();
    assert!(third.len() > 1, "each waits as long as the others: {third:?}");
}

/// A body that comes from a stream, sent with a method that may be repeated.
struct Upload(Blob);

impl Operation for Upload {
    type Output = Value;
    type Failure = Value;

    const INFO: OperationInfo = OperationInfo::new("upload", Method::Put, "/upload");

    fn write(&self, request: &mut Request) {
        request.blob("application/octet-stream", &self.0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_is_sent_once() {
    struct Nothing;

    impl futures_core::Stream for Nothing {
        type Item = Result<bytes::Bytes, std::io::Error>;

        fn poll_next(
            self: std::pin::Pin<&mut Self>,
            _context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            std::task::Poll::Ready(None)
        }
    }

    for (blob, wanted) in [(Blob::from("bytes"), 2), (Blob::from(Body::from_stream(Nothing, None)), 1)] {
        for step in [Step::Broken, Step::NoConnection] {
            let script = Script::new([step]);
            let result = script.client(Resilience::new()).send(Upload(blob.clone())).await;
            assert_eq!((script.sent().len(), result.is_ok()), (wanted, wanted == 2));
            if wanted == 1 {
                break;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_streamed_is_passed_on_as_it_comes() {
    let script = Script::new([answer(502, &[], "<h1>"), Step::Cut("first")]);
    let mut full = script.client(Resilience::new()).stream(Get).await.unwrap();
    assert_eq!(full.body.chunk().await.unwrap().unwrap(), "first");
    assert!(full.body.chunk().await.is_err());
    assert_eq!(script.sent().len(), 2, "the answer is waited for, the body isn't");
}

/// The error is the same as without the layer: status, headers and the received part of the body.
#[tokio::test(start_paused = true)]
async fn an_error_keeps_what_had_come() {
    let script = Script::new(vec![Step::Cut("{\"a\":"); 4]);
    let error = script.client(Resilience::new()).send(Get).await.unwrap_err();
    assert!(error.is_transport() && script.sent().len() == 4, "{error:?}");
    assert_eq!((error.status().map(|status| status.as_u16()), error.body()), (Some(200), b"{\"a\":".as_slice()));

    let long = Script::new([answer(200, &[], "0123456789")]);
    let small = long.builder(Resilience::new()).body_limit(9).build_over(long.clone()).unwrap();
    let error = small.send(Get).await.unwrap_err();
    assert!(error.is_too_large() && long.sent().len() == 1, "{error:?}");
    assert_eq!(error.body(), b"012345678");
}

/// A layer that is given before sees each attempt; one that is given behind sees each operation.
#[tokio::test(start_paused = true)]
async fn layers_of_ones_own() {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    let [within, around] = [(); 2].map(|()| Arc::new(AtomicUsize::new(0)));
    let counting = |count: &Arc<AtomicUsize>| {
        let count = Arc::clone(count);
        tower::util::MapRequestLayer::new(move |request: http::Request<Body>| {
            count.fetch_add(1, Ordering::Relaxed);
            request
        })
    };
    let script = Script::new([Step::Broken, Step::Broken]);
    let builder = Client::builder().base_url("https://api.example.com").timeout(None);
    let builder = builder.layer(counting(&within)).layer(Resilience::new()).layer(counting(&around));
    builder.build_over(script).unwrap().send(Get).await.unwrap();
    assert_eq!((within.load(Ordering::Relaxed), around.load(Ordering::Relaxed)), (3, 1));
}

/// A layer passes the address on unchanged, even if it is only a path. Our layers wrap any service.
#[tokio::test(start_paused = true)]
async fn an_address_stays_as_it_is_written() {
    for uri in ["/things", "https://api.example.com/a/../b?c='d'", "https://api.example.com:443/%2e"] {
        let script = Script::new([]);
        let request = http::Request::get(uri).body(Body::empty()).unwrap();
        BudgetLayer::new(1).layer(TraceLayer::new().layer(script.clone())).oneshot(request).await.unwrap();

        let written: http::Uri = uri.parse().unwrap();
        let writing = tower::util::MapRequestLayer::new(move |mut request: http::Request<Body>| {
            *request.uri_mut() = written.clone();
            request
        });
        let client = Client::builder().base_url("https://api.example.com").layer(Resilience::new()).layer(writing);
        client.build_over(script.clone()).unwrap().send(Get).await.unwrap();
        let sent: Vec<String> = script.sent().iter().map(|sent| sent.uri.to_string()).collect();
        assert_eq!(sent, [uri; 2]);
    }
}

/// An invalid address is not sent, and not retried.
#[tokio::test(start_paused = true)]
async fn an_address_may_be_too_long() {
    let script = Script::new([]);
    let builder = Client::builder().base_url(format!("https://api.example.com/{}", "a".repeat(65_534)));
    let error = builder.layer(Resilience::new()).build_over(script.clone()).unwrap().send(Get).await.unwrap_err();
    assert!(error.to_string().contains("its URL has more than 65534 bytes"), "{error}");
    assert!(script.sent().is_empty());
}

/// Allocators are slower above a kilobyte, so the future of a request through all layers stays below.
#[test]
fn a_request_takes_less_than_a_kilobyte() {
    let measured = tower::layer::layer_fn(|channel: Channel| {
        let mut resilient = Resilience::new().layer(channel);
        let answer = resilient.call(http::Request::get("https://api.example.com/").body(Body::empty()).unwrap());
        let bytes = size_of_val(&*answer);
        assert!((1..1024).contains(&bytes), "{bytes} bytes");
        resilient
    });
    Client::builder().base_url("https://api.example.com").layer(measured).build_over(Script::new([])).unwrap();
}
