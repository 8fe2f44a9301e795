//! Threads that look for the same token at the same moment.

use std::hint::spin_loop;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use github_apps::app::{App, SignFuture, Signer};
use github_apps::client::{Body, github};

use super::world::ISSUER;

struct Quick;

impl Signer for Quick {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { Ok(b"signed".to_vec()) })
    }
}

/// A task that found no token in the cache uses the token that another task has just requested. The server is a function,
/// so that a token is made within microseconds and many threads ask at that moment.
#[test]
fn who_comes_a_moment_too_late_asks_for_no_other_token() {
    const THREADS: usize = 4;
    const ROUNDS: usize = 12_000;
    let (minted, arrived) = (Arc::new(AtomicUsize::new(0)), AtomicUsize::new(0));
    let count = Arc::clone(&minted);
    let server = tower::service_fn(move |_request: http::Request<Body>| {
        count.fetch_add(1, Ordering::Relaxed);
        let token = r#"{"token":"ghs_1","expires_at":"2100-01-01T00:00:00Z"}"#;
        std::future::ready(Ok::<_, std::io::Error>(
            http::Response::builder().status(201).body(Body::from(token)).unwrap(),
        ))
    });
    let app =
        App::builder(ISSUER, Quick).client(github().build_over(server).unwrap()).capacity(100_000).build().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..THREADS {
            let (app, arrived) = (app.clone(), &arrived);
            scope.spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                for round in 0..ROUNDS {
                    let installation = app.installation(i64::try_from(round).unwrap());
                    arrived.fetch_add(1, Ordering::AcqRel);
                    while arrived.load(Ordering::Acquire) < (round + 1) * THREADS {
                        spin_loop();
                        std::thread::yield_now();
                    }
                    // The first begins at once, each other one somewhat later, another time each round.
                    for _ in 0..thread * (round % 997) {
                        spin_loop();
                    }
                    runtime.block_on(installation.token(Duration::ZERO)).unwrap();
                }
            });
        }
    });
    assert_eq!(minted.load(Ordering::Relaxed), ROUNDS);
}
