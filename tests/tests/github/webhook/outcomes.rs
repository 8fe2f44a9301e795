//! Deliveries with a successful and a failed response, and whether a redelivery counts as new.

use std::time::Duration;

use github_apps::webhook::{Delivery, ReceiveLayer, Receiver, sign};
use http::{Request, Response};
use tower::{Layer, ServiceExt};

use super::{PING, SECRET, signed};

#[derive(Clone, Copy, Debug)]
enum Handler {
    Answers(u16),
    Fails,
    Panics,
    IsDropped,
}

async fn handled(handler: Handler) -> Result<Response<String>, &'static str> {
    match handler {
        Handler::Answers(status) => Ok(Response::builder().status(status).body(String::new()).unwrap()),
        Handler::Fails => Err("no database"),
        Handler::Panics => panic!("on purpose"),
        Handler::IsDropped => std::future::pending().await,
    }
}

/// Delivers it once, and says whether it was there before.
async fn deliver(receiver: &Receiver, handler: Handler) -> bool {
    let (sender, repetitions) = std::sync::mpsc::channel();
    let service = tower::service_fn(move |request: Request<_>| {
        sender.send(request.extensions().get::<Delivery>().unwrap().is_repeated).unwrap();
        handled(handler)
    });
    let mut request = Request::post("/").body(axum::body::Body::from(PING)).unwrap();
    *request.headers_mut() = signed("7", "ping", &sign(SECRET, PING.as_bytes()));
    let mut answer = tokio::spawn(ReceiveLayer::new(receiver.clone()).layer(service).oneshot(request));
    if tokio::time::timeout(Duration::from_millis(50), &mut answer).await.is_err() {
        answer.abort();
        assert!(answer.await.unwrap_err().is_cancelled());
    }
    repetitions.recv().unwrap()
}

#[tokio::test]
async fn what_was_not_handled_is_new_when_it_comes_again() {
    let cases = [
        (Handler::Answers(200), true),
        (Handler::Answers(202), true),
        (Handler::Answers(500), false),
        (Handler::Answers(404), false),
        (Handler::Fails, false),
        (Handler::Panics, false),
        (Handler::IsDropped, false),
    ];
    for (handler, wanted) in cases {
        let receiver = Receiver::new(SECRET);
        assert!(!deliver(&receiver, handler).await, "{handler:?}");
        assert_eq!(deliver(&receiver, Handler::Answers(200)).await, wanted, "{handler:?}");
        assert!(deliver(&receiver, handler).await, "{handler:?}");
    }
}
