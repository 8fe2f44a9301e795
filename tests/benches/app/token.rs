//! A cached token. A hit awaits nothing: the future is ready at its first poll, and the benchmark checks that.

use std::convert::Infallible;
use std::future::Future;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use github_apps::app::{App, Installation, Signer, Signing, Token};
use github_apps::client::{Body, github};

/// The server doesn't look at the signature.
struct Anything;

impl Signer for Anything {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> Signing<'a> {
        Box::pin(async { Ok(vec![1; 256]) })
    }
}

const INSTALLATIONS: i64 = 5_000;

fn app() -> App {
    let server = tower::service_fn(async |_request: http::Request<Body>| {
        let token = r#"{"token":"ghs_1","expires_at":"2999-01-01T00:00:00Z","permissions":{"contents":"read"}}"#;
        let mut response = http::Response::new(Body::from(token));
        *response.status_mut() = http::StatusCode::CREATED;
        Ok::<_, Infallible>(response)
    });
    App::builder(1, Anything).client(github().build_over(server).unwrap()).build().unwrap()
}

fn at_once(installation: &Installation) -> Token {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(installation.token(Duration::ZERO)).poll(&mut context) {
        Poll::Ready(token) => token.unwrap(),
        Poll::Pending => panic!("a token that is there is waited for"),
    }
}

fn token(criterion: &mut Criterion) {
    let app = app();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    for id in 0..INSTALLATIONS {
        runtime.block_on(app.installation(id).token(Duration::ZERO)).unwrap();
    }
    let one = app.installation(7);
    criterion.bench_function("token, one handle", |bencher| bencher.iter(|| black_box(at_once(black_box(&one)))));
    let narrow =
        app.installation(7).repositories(["a", "b", "c"]).permissions([("contents", "read"), ("issues", "write")]);
    runtime.block_on(narrow.token(Duration::ZERO)).unwrap();
    criterion.bench_function("token, narrowed down", |bencher| bencher.iter(|| black_box(at_once(black_box(&narrow)))));
    let all: Vec<Installation> = (0..INSTALLATIONS).map(|id| app.installation(id)).collect();
    let mut next = all.iter().cycle();
    criterion.bench_function("token, 5,000 installations in turn", |bencher| {
        bencher.iter(|| next.next().map(|installation| black_box(at_once(black_box(installation)))));
    });
}

criterion_group!(benches, token);
criterion_main!(benches);
