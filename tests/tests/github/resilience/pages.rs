//! Pagination that stops and continues later, also in another process.

use octogen_runtime::client::{Client, Credential};
use octogen_runtime::layers::Resilience;
use octogen_runtime::{Method, Operation, OperationInfo, Request, SchemeKind};

use super::script::{Script, Step, answer};
use super::{Get, Post};

/// Lists numbers, by a key in the query.
#[derive(Clone)]
struct Numbers;

const KEY: octogen_runtime::SecurityScheme = octogen_runtime::SecurityScheme::new("key", SchemeKind::Query("key"));

impl Operation for Numbers {
    type Output = Vec<i64>;
    type Failure = ();

    const INFO: OperationInfo = {
        let mut info = OperationInfo::new("numbers", Method::Get, "/numbers");
        info.credentials = &[&[KEY]];
        info
    };

    fn write(&self, request: &mut Request) {
        request.query("per_page", &2_i64);
    }
}

fn page(next: &str, body: &'static str) -> Step {
    answer(200, &[("link", &format!("<{next}>; rel=\"next\""))], body)
}

fn client(script: &Script) -> Client {
    let builder = script.builder(Resilience::new().attempts(1));
    builder.credentials([Credential::query("key", "s3cret")]).build_over(script.clone()).unwrap()
}

#[tokio::test]
async fn an_address_leads_on() {
    let script =
        Script::new([page("/numbers?page=2&key=s3cret#a", "[1,2]"), page("?page=3", "[3]"), answer(200, &[], "[4]")]);
    let mut pages = client(&script).pages(Numbers);
    assert_eq!(pages.address().as_deref(), Some("https://api.example.com/numbers?per_page=2"));
    assert_eq!(pages.try_next().await.unwrap(), Some(vec![1, 2]));
    let bookmark = pages.address().unwrap();
    assert_eq!(bookmark, "https://api.example.com/numbers?page=2", "the credential isn't written down");
    drop(pages);

    let mut pages = client(&script).pages_from(Numbers, &bookmark);
    assert_eq!(pages.try_next().await.unwrap(), Some(vec![3]));
    assert_eq!(pages.try_next().await.unwrap(), Some(vec![4]));
    assert_eq!((pages.address(), pages.try_next().await.unwrap()), (None, None));
    let asked: Vec<_> = script.sent().iter().map(|sent| sent.uri.query().unwrap().to_owned()).collect();
    assert_eq!(asked, ["per_page=2&key=s3cret", "page=2&key=s3cret", "page=3&key=s3cret"]);
}

#[tokio::test]
async fn what_failed_can_be_asked_for_again() {
    let script = Script::new([page("?page=2", "[1]"), Step::Broken, answer(200, &[], "[2]")]);
    let mut pages = client(&script).pages(Numbers);
    pages.try_next().await.unwrap();
    pages.try_next().await.unwrap_err();
    assert!(pages.try_next().await.unwrap().is_none());
    let bookmark = pages.address().unwrap();
    assert_eq!(client(&script).pages_from(Numbers, &bookmark).try_next().await.unwrap(), Some(vec![2]));
}

/// Items that were not taken come again with their page.
#[tokio::test]
async fn no_item_is_lost() {
    let script = Script::new([page("?page=2", "[1,2]"), page("?page=3", "[3]")]);
    let mut items = client(&script).pages(Numbers).items();
    let mut addresses = Vec::new();
    for wanted in [1, 2, 3] {
        addresses.push(items.address().unwrap().split_once('?').unwrap().1.to_owned());
        assert_eq!(items.try_next().await.unwrap(), Some(wanted));
    }
    addresses.push(items.address().unwrap().split_once('?').unwrap().1.to_owned());
    assert_eq!(addresses, ["per_page=2", "per_page=2", "page=2", "page=3"]);
}

#[tokio::test]
async fn an_address_is_followed_within_the_origin() {
    for elsewhere in
        ["https://evil.example/numbers?page=2", "//evil.example/", "http://api.example.com/numbers", "mailto:a"]
    {
        let script = Script::new([]);
        let mut pages = client(&script).pages_from(Numbers, elsewhere);
        assert_eq!(pages.address(), None);
        let error = pages.try_next().await.unwrap_err();
        assert!(error.is_page() && script.sent().is_empty(), "{elsewhere}: {error:?}");
        assert!(!format!("{error:?}").contains("s3cret"));
        assert!(pages.try_next().await.unwrap().is_none());

        // Nor does `address` return such an address if a page links to it.
        let script = Script::new([page(elsewhere, "[1]")]);
        let mut pages = client(&script).pages(Numbers);
        pages.try_next().await.unwrap();
        assert_eq!(pages.address(), None);
        assert!(pages.try_next().await.unwrap_err().is_page() && script.sent().len() == 1);
    }
    let script = Script::new([]);
    assert!(client(&script).pages_from(Post, "/things").try_next().await.unwrap_err().is_page());
    assert!(client(&script).pages_from(Get, "/things?page=2").try_next().await.is_ok());
}
