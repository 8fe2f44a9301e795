//! Paginated results, and the `Link` header with the next page.

use github_apps::apps::endpoints::{ListInstallations, ListWebhookDeliveries, RedeliverWebhookDelivery};
use github_apps::apps_2017::endpoints::ListUserInstallations;
use github_apps::apps_2017::security::UserTokenQuery;
use github_apps::client::{Client, github};
use http::Response;
use octogen_runtime::client::Body;
use octogen_runtime::{DecodeError, FromResponse, Method, Operation, OperationInfo, Page, Request};

use super::{Recorder, answer, app};

/// An operation that lists numbers, in an envelope.
struct Numbers;

#[derive(Debug)]
struct Envelope {
    numbers: Vec<i64>,
}

impl Page for Envelope {
    type Item = i64;

    fn into_items(self) -> Vec<i64> {
        self.numbers
    }
}

impl FromResponse for Envelope {
    fn read(response: &octogen_runtime::Response<'_>) -> Result<Self, DecodeError> {
        Ok(Self { numbers: response.json()? })
    }
}

impl Operation for Numbers {
    type Output = Envelope;
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::new("numbers", Method::Get, "/numbers");

    fn write(&self, request: &mut Request) {
        request.query("per_page", &2_i64);
    }
}

fn answering(answers: impl IntoIterator<Item = Response<Body>>) -> (Recorder, Client) {
    let recorder = Recorder::answering(answers);
    let builder = github().credentials([app(), UserTokenQuery::new("s3cret").into()]);
    (recorder.clone(), builder.build_over(recorder).unwrap())
}

fn page(link: &str, body: &'static str) -> Response<Body> {
    answer(200, &[("link", link)], body)
}

fn asked(recorder: &Recorder) -> Vec<String> {
    recorder.sent().iter().map(|sent| sent.uri.path_and_query().unwrap().to_string()).collect()
}

#[tokio::test]
async fn items_of_all_pages() {
    let (recorder, client) = answering([
        page(
            "<https://api.github.com/numbers?page=2>; rel=\"next\", <https://api.github.com/numbers?page=9>; rel=\"last\"",
            "[1,2]",
        ),
        page("</numbers?page=3>; rel=next", "[]"),
        page("<https://api.github.com/numbers?page=1>; rel=\"first\"", "[3]"),
    ]);
    let mut items = client.pages(Numbers).items();
    let mut all = Vec::new();
    while let Some(item) = items.try_next().await.unwrap() {
        all.push((item, recorder.sent().len()));
    }
    assert_eq!(all, [(1, 1), (2, 1), (3, 3)], "a page is asked for when its first item is");
    assert_eq!(asked(&recorder), ["/numbers?per_page=2", "/numbers?page=2", "/numbers?page=3"]);
    assert!(items.try_next().await.unwrap().is_none());
}

#[tokio::test]
async fn cursors_keep_their_text() {
    let link = "<https://api.github.com/app/hook/deliveries?per_page=1&cursor=v1_MTI%3D+a>; rel=\"next\"";
    let (recorder, client) = answering([page(link, "[]"), page("", "[]")]);
    let mut pages = client.pages(ListWebhookDeliveries::new().per_page(1));
    assert!(pages.try_next().await.unwrap().is_some_and(|page| page.is_empty()));
    assert!(pages.try_next().await.unwrap().is_some());
    assert!(pages.try_next().await.unwrap().is_none());
    assert_eq!(asked(&recorder)[1], "/app/hook/deliveries?per_page=1&cursor=v1_MTI%3D+a");
    let sent = recorder.sent();
    assert_eq!((&sent[1].headers, sent[1].method.as_str()), (&sent[0].headers, "GET"));
}

/// The server repeats the credential in its link; it is put in anew, and hidden in the error.
#[tokio::test]
async fn a_credential_in_a_link() {
    let link = "<https://api.github.com/user/installations?access_token=old&page=2>; rel=\"next\"";
    let (recorder, client) = answering([page(link, r#"{"total_count":0,"installations":[]}"#), answer(500, &[], "{}")]);
    let mut pages = client.pages(ListUserInstallations::new());
    assert_eq!(pages.try_next().await.unwrap().map(|page| page.total_count), Some(0));
    let error = pages.try_next().await.unwrap_err();
    assert_eq!(asked(&recorder)[1], "/user/installations?page=2&access_token=s3cret");
    assert_eq!(error.url(), Some("https://api.github.com/user/installations?access_token=***&page=2"));
    assert!(pages.try_next().await.unwrap().is_none(), "behind an error there is nothing");
}

#[tokio::test]
async fn the_next_page_is_never_elsewhere() {
    for elsewhere in [
        "https://evil.example/?page=2",
        "//evil.example",
        "http://api.github.com/?page=2",
        "mailto:a",
        "/app/installations",
    ] {
        let (recorder, client) = answering([page(&format!("<{elsewhere}>; rel=\"next\""), "[]")]);
        let mut pages = client.pages(ListInstallations::new());
        assert!(pages.try_next().await.unwrap().is_some(), "the page itself is there");
        let error = pages.try_next().await.unwrap_err();
        assert!(error.is_page(), "{elsewhere}: {error}");
        assert_eq!(recorder.sent().len(), 1);
        assert!(pages.try_next().await.unwrap().is_none());
    }
}

#[tokio::test]
async fn what_changes_something_is_sent_once() {
    let (recorder, client) = answering([page("</next>; rel=next", "null")]);
    let mut pages = client.pages(RedeliverWebhookDelivery::new(1));
    assert!(pages.try_next().await.unwrap().is_some());
    let error = pages.try_next().await.unwrap_err();
    assert!(error.is_page() && error.to_string().ends_with("a POST isn't sent a second time"), "{error}");
    assert_eq!(recorder.sent().len(), 1);
}

#[tokio::test]
async fn a_link_to_the_page_itself_leads_nowhere() {
    for link in ["<>", "<#>", "</numbers?per_page=2>", "<https://api.github.com/numbers?per_page=2#top>"] {
        let (recorder, client) = answering([page(&format!("{link}; rel=next"), "[1]")]);
        let mut pages = client.pages(Numbers);
        assert!(pages.try_next().await.unwrap().is_some());
        assert!(pages.try_next().await.unwrap_err().is_page() && recorder.sent().len() == 1, "{link}");
    }
}

/// Links that form a cycle are followed a few times, and not for ever.
#[tokio::test]
async fn a_cycle_of_pages_has_an_end() {
    for (before, round) in [(0, 2), (1, 2), (3, 5), (40, 7), (1, 100)] {
        let page_of = |at: usize| if at < before { at } else { before + (at - before) % round };
        let answers = (1..1000).map(|at| page(&format!("</numbers?page={}>; rel=next", page_of(at)), "[1]"));
        let (recorder, client) = answering(answers.collect::<Vec<_>>());
        let mut items = client.pages(Numbers).items();
        let error = loop {
            match items.try_next().await {
                Ok(item) => assert!(item.is_some()),
                Err(error) => break error,
            }
        };
        assert!(
            error.is_page() && error.to_string().ends_with("names an earlier page, so that the pages form a cycle"),
            "{error}"
        );
        let sent = recorder.sent().len();
        assert!(sent >= before + round && sent <= 3 * (before + round), "{before}, {round}: {sent}");
    }
}

#[tokio::test]
async fn an_operation_that_may_not_be_sent_has_no_pages() {
    let recorder = Recorder::default();
    let client = github().build_over(recorder.clone()).unwrap();
    let mut items = client.pages(ListInstallations::new()).items();
    assert!(items.try_next().await.unwrap_err().is_credential());
    assert!(items.try_next().await.unwrap().is_none() && recorder.sent().is_empty());
}

#[tokio::test]
async fn links_as_they_are_written() {
    let cases: &[(&str, Option<&str>)] = &[
        ("", None),
        ("<b>", None),
        ("<b>; rel=next", Some("/b")),
        ("<b>;rel=\"next\"", Some("/b")),
        ("  <b>  ;  REL  =  \"prev NEXT\"  ", Some("/b")),
        ("<a>; rel=prev, <b>; rel=next", Some("/b")),
        ("<a>; rel=prev,<b>;rel=next,<c>;rel=next", Some("/b")),
        ("<a,b;rel=next>; rel=prev, <b?x=1,2;3>; rel=\"next\"", Some("/b?x=1,2;3")),
        ("<a>; rel=prev; title=\"x, <c>; rel=\\\"next\\\"\", <b>; rel=next; title=\"a;b\"", Some("/b")),
        ("<a>; title=\"<c>; rel=next", None),
        ("<a>; rel=nextpage", None),
        ("<a>; rel=\"prev\"; rel=\"next\"", None),
        ("<a>; rel=next; anchor=\"/other\", <b>; rel=next", Some("/b")),
        ("<b>; crossorigin; rel=next", Some("/b")),
        ("<b>; rel=next;", Some("/b")),
        ("<b; rel=next", None),
        ("b; rel=next", None),
        ("<>; rel=prev,,, <b>; rel=next", Some("/b")),
        ("<b>; title*=UTF-8''%e4; rel=next", Some("/b")),
    ];
    for (link, wanted) in cases {
        let (recorder, client) = answering([page(link, "[]"), answer(200, &[], "[]")]);
        let mut pages = client.pages(Numbers);
        while pages.try_next().await.unwrap().is_some() {}
        assert_eq!(asked(&recorder).get(1).map(String::as_str), *wanted, "{link}");
    }
    let two = Response::builder().header("link", "<a>; rel=prev").header("link", "<b>; rel=next");
    let (recorder, client) = answering([two.body(Body::from("[]")).unwrap(), answer(200, &[], "[]")]);
    let mut pages = client.pages(Numbers);
    while pages.try_next().await.unwrap().is_some() {}
    assert_eq!(asked(&recorder)[1], "/b");
}

#[tokio::test]
async fn the_items_of_an_emitted_envelope() {
    let empty = r#"{"total_count":0,"installations":[]}"#;
    let (recorder, client) =
        answering([page("<https://api.github.com/user/installations?page=2>; rel=next", empty), page("", empty)]);
    let mut items = client.pages(ListUserInstallations::new()).items();
    assert!(items.try_next().await.unwrap().is_none());
    assert_eq!(recorder.sent().len(), 2, "a page without items is not the last one");
}

#[tokio::test]
async fn a_documented_null_may_be_any_body() {
    for body in ["null", "", "{}"] {
        let (_, client) = answering([answer(202, &[], body)]);
        client.send(RedeliverWebhookDelivery::new(1)).await.unwrap();
    }
}
