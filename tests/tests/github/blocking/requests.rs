//! Requests of the blocking client.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::{StatusCode, Uri, header};
use axum::routing::get;
use github_apps::apps::endpoints::{GetInstallation, ListInstallations};
use github_apps::client::{Client, Resilience};
use octogen_runtime::{Method, Operation, OperationInfo, Request};

use super::server::{client, serve};

/// None is answered before all are there.
#[test]
fn threads_share_a_client() {
    let all = Arc::new(tokio::sync::Barrier::new(8));
    let answer = move || async move {
        all.wait().await;
        "[]"
    };
    let client = client(&serve(Router::new().route("/app/installations", get(answer)))).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for at in 0..8 {
            let (shared, own) = (&client, client.clone());
            scope.spawn(move || {
                let client = if at % 2 == 0 { shared } else { &own };
                assert!(client.send(ListInstallations::new()).unwrap().is_empty());
            });
        }
    });
}

/// Lists numbers, page by page.
struct Numbers;

impl Operation for Numbers {
    type Output = Vec<i64>;
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::new("numbers", Method::Get, "/numbers");

    fn write(&self, _request: &mut Request) {}
}

#[test]
fn pages_are_iterators() {
    let answer = |uri: Uri| async move {
        match uri.query() {
            None => ([(header::LINK, "<?page=2>; rel=\"next\"")], "[1,2]"),
            Some("page=2") => ([(header::LINK, "<?page=3>; rel=\"next\"")], "[3]"),
            Some("page=3") => ([(header::LINK, "<https://evil.example/>; rel=\"next\"")], "[4]"),
            Some(_) => ([(header::LINK, "")], "[\"no number\"]"),
        }
    };
    let base = serve(Router::new().route("/numbers", get(answer)));
    let client = Client::builder().base_url(&base).build_blocking().unwrap();
    let mut pages = client.pages(Numbers);
    assert_eq!(pages.next().unwrap().unwrap(), [1, 2]);
    let address = pages.address().unwrap();
    assert_eq!(address, format!("{base}/numbers?page=2"));
    drop(pages);

    let mut items = client.pages_from(Numbers, &address).items();
    let first: Vec<i64> = items.by_ref().take(2).map(Result::unwrap).collect();
    assert_eq!(first, [3, 4]);
    let error = items.next().unwrap().unwrap_err();
    assert!(error.is_page() && error.to_string().contains("evil.example"), "{error:?}");
    assert!(items.next().is_none());

    let mut wrong = client.pages_from(Numbers, "/numbers?page=9");
    assert!(wrong.next().unwrap().unwrap_err().is_decode());
    assert!(wrong.next().is_none());
}

#[test]
fn an_error_has_its_type() {
    let answer = || async { (StatusCode::NOT_FOUND, r#"{"message":"Gone"}"#) };
    let client = client(&serve(Router::new().fallback(answer))).build_blocking().unwrap();
    let error = client.send(GetInstallation::new(1)).unwrap_err();
    assert_eq!(error.failure().and_then(|body| body.message.as_deref()), Some("Gone"));
    assert_eq!(error.to_string(), "get-installation: the server answered 404 Not Found: Gone");
}

#[test]
fn a_deadline_ends_it() {
    let base = serve(Router::new().fallback(|| async { std::future::pending::<&str>().await }));
    let deadline = Resilience::new().deadline(Duration::from_millis(100));
    let within = client(&base).layer(deadline).build_blocking().unwrap();
    let timeout = client(&base).timeout(Duration::from_millis(100)).build_blocking().unwrap();
    for client in [within, timeout] {
        let error = client.send(ListInstallations::new()).unwrap_err();
        assert!(error.is_timeout(), "{error:?}");
    }
}
