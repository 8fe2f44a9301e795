//! GitHub on loopback: the page on which a person agrees, the API with the examples of `spec/`, and the actions of a person
//! in a browser.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Query, RawForm, State};
use axum::http::{Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use github_apps::webhook::sign;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use url::form_urlencoded::{Serializer, parse};

use super::examples::{Example, examples};

/// An hour before the documented token ends: an app goes by the clock of its server.
const NOW: &str = "Mon, 11 Jul 2016 21:14:10 GMT";

const PING: &str = r#"{"zen":"Keep it logically awesome.","hook_id":1}"#;

type Fields = BTreeMap<String, String>;

pub struct GitHub {
    pub url: String,
    /// Dropping it stops the server.
    _runtime: Runtime,
}

pub fn start() -> GitHub {
    let runtime = Runtime::new().unwrap();
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let agree = post(agree);
    let router = Router::new().route("/settings/apps/new", agree).fallback(answer).with_state(Arc::new(examples()));
    runtime.spawn(async move { axum::serve(listener, router).await });
    GitHub { url, _runtime: runtime }
}

/// A person agrees at once, and is led back with a code.
async fn agree(Query(query): Query<Fields>, RawForm(form): RawForm) -> Redirect {
    let form: Fields = parse(&form).into_owned().collect();
    let manifest: serde_json::Value = serde_json::from_str(&form["manifest"]).unwrap();
    let back = manifest["redirect_url"].as_str().expect("the manifest says where to go back to");
    Redirect::to(&format!("{back}?code=a180b1a3d263c81bc6441d7b990bae27d4c10679&state={}", query["state"]))
}

/// The example of the operation.
async fn answer(State(examples): State<Arc<Vec<Example>>>, method: Method, uri: Uri) -> Response {
    let path = uri.path().trim_start_matches("/api/v3");
    let date = [(header::DATE, NOW)];
    match examples.iter().find(|example| example.is_of(method.as_str(), path)) {
        Some(example) => {
            let json = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::from_u16(example.status).unwrap(), date, json, example.value.to_string()).into_response()
        }
        None => (StatusCode::NOT_FOUND, date).into_response(),
    }
}

/// Reacts to a line that a program prints as a person would: opens the page and agrees, or lets GitHub deliver. Returns
/// whether the program has then done enough.
pub fn visit(line: &str) -> bool {
    let line = line.trim();
    if line.starts_with("http://127.0.0.1:") && line.ends_with('/') {
        let page = request("GET", line, "", "");
        let form = Serializer::new(String::new()).append_pair("manifest", &attribute(&page, "value")).finish();
        let back =
            request("POST", &attribute(&page, "action"), "content-type: application/x-www-form-urlencoded\r\n", &form);
        let (_, location) = back.split_once("location: ").expect("GitHub leads back to the program");
        let last = request("GET", location.split("\r\n").next().unwrap(), "", "");
        assert!(last.starts_with("HTTP/1.1 200") && last.contains("is registered"), "{last}");
    }
    if let Some(url) = line.strip_prefix("listening on ") {
        let signature = sign("It's a Secret to Everybody", PING.as_bytes());
        let head = format!("x-github-delivery: 1\r\nx-github-event: ping\r\nx-hub-signature-256: {signature}\r\n");
        let said = request("POST", url, &head, PING);
        assert!(said.starts_with("HTTP/1.1 200"), "{said}");
    }
    line == "ping"
}

fn request(method: &str, url: &str, head: &str, body: &str) -> String {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut connection = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        connection,
        "{method} /{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n{head}content-length: {length}\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).unwrap();
    answer
}

/// The first attribute of that name in the form of a page.
fn attribute(page: &str, name: &str) -> String {
    let (_, form) = page.split_once("<form").expect("the page has a form");
    let (_, value) = form.split_once(&format!("{name}=\"")).expect("the form has the attribute");
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    let value = value.split_once('"').unwrap().0.to_owned();
    signs.iter().fold(value, |text, (escaped, sign)| text.replace(escaped, sign))
}
