//! The example of the crate over real sockets, with a client that acts like a browser. `tests/browser` uses a real one.

use std::collections::BTreeMap;
use std::time::Duration;

use github_apps::manifest::Credentials;
use serde_yaml::Value;
use tempfile::TempDir;
use tests::output::Written;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::form_urlencoded;

use super::{attribute, credentials};

#[expect(dead_code, reason = "the command line of the example is not called here")]
#[path = "../../../../generated/examples/register.rs"]
mod register;

/// The address of the page, once the example has printed it.
async fn address(printed: &Written) -> String {
    loop {
        if let Some((_, behind)) = printed.text().split_once("  http://") {
            return behind.split_once('/').unwrap().0.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// The status, the head and the body of an answer.
async fn ask(method: &str, url: &str, host: Option<&str>, body: &str) -> (u16, String, String) {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let request = format!(
        "{method} /{path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n\
         content-type: application/x-www-form-urlencoded\r\n\r\n{body}",
        host.unwrap_or(address),
        body.len()
    );
    let mut connection = TcpStream::connect(address).await.unwrap();
    connection.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    connection.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head[9..12].parse().unwrap(), head.to_owned(), body.to_owned())
}

async fn get(url: &str) -> (u16, String, String) {
    ask("GET", url, None, "").await
}

/// Sends the one form of a page, with all that is hidden in it.
async fn submit(page: &str, base: &str) -> (u16, String, String) {
    let (_, form) = page.split_once("<form").unwrap();
    let mut body = form_urlencoded::Serializer::new(String::new());
    for input in form.split("<input").skip(1) {
        body.append_pair(&attribute(input, "", "name"), &attribute(input, "", "value"));
    }
    let action = attribute(page, "<form", "action");
    let url = if action.starts_with('/') { format!("{base}{action}") } else { action };
    ask("POST", &url, None, &body.finish()).await
}

async fn browse(printed: &Written) {
    let address = address(printed).await;
    let page = format!("http://{address}/");
    // The example refuses requests for another host name, with an unknown state and without a state.
    let (status, _, body) = ask("GET", &page, Some("evil.example.com"), "").await;
    assert!(status == 421 && !body.contains("state"), "{body}");
    let (status, _, body) = get(&format!("{page}registered?code=a&state=b")).await;
    assert!(status == 400 && body.contains("start again"), "{body}");
    let (status, _, body) = get(&format!("{page}registered")).await;
    assert!(status == 400 && body.contains("the query has no `state`"), "{body}");

    let (status, head, body) = get(&page).await;
    assert_eq!(status, 200);
    let action = attribute(&body, "<form", "action");
    let (github, _) = action.split_once("/organizations/octo-org/settings/apps/new?state=").unwrap();
    assert!(head.contains(&format!("form-action {github}")) && head.contains("no-store"), "{head}");

    // A code that GitHub doesn't know.
    let (_, state) = action.split_once("?state=").unwrap();
    let (status, _, unknown) = get(&format!("{page}registered?code=a&state={state}")).await;
    assert!(status == 502 && unknown.contains("GitHub does not accept the code"), "{unknown}");

    let (_, _, body) = get(&page).await;
    let (status, _, body) = submit(&body, github).await;
    assert!(status == 200 && body.contains("Octocat App"), "{body}");
    let (status, head, _) = submit(&body, github).await;
    assert_eq!(status, 303);
    let back = head.lines().find_map(|line| line.strip_prefix("location: ")).unwrap();
    let (status, _, body) = get(back).await;
    assert!(status == 200 && body.contains("<h1>Octocat App is registered</h1>"), "{body}");
}

#[tokio::test]
async fn the_demo_registers_the_documented_app() {
    let folder = TempDir::new().unwrap();
    let printed = Written::default();
    let mut out = printed.clone();
    let (done, ()) = tokio::join!(register::demo(folder.path(), &mut out), browse(&printed));
    done.unwrap();
    let text = printed.text();
    let path = folder.path().display();
    let (_, last) = text.split_once("/\n\n").unwrap();
    assert_eq!(
        last,
        format!(
            "\
Octocat App is registered, with the app id 1. Its credentials are in
  {path}/app.json
  {path}/private-key.pem

Next, install it on an account:
  https://github.com/apps/octoapp/installations/new
and request a token, with the number at the end of the page's address:
  cargo run -p github-apps --example token -- Iv1.8a61f9b3a7aba766 \\
    {path}/private-key.pem INSTALLATION_ID
"
        )
    );
    assert!(text.lines().all(|line| line.len() <= 80 || line.contains(&path.to_string())), "{text}");
    let mut app = Credentials::load(folder.path().join("app.json")).unwrap();
    assert!(app.api_url.ends_with("/api/v3"));
    app.api_url = credentials().api_url;
    assert_eq!(app, credentials());
    for secret in [&app.client_secret, app.webhook_secret.as_ref().unwrap()] {
        assert!(!text.contains(secret.expose()));
    }

    // The second time, the files stay, and the example reports it before it sends a request to GitHub.
    let error = register::demo(folder.path(), &mut Written::default()).await.unwrap_err().to_string();
    assert!(error.ends_with("app.json exists already and was not replaced"), "{error}");
}

#[test]
fn the_demo_serves_what_is_documented() {
    let read = |path: &str| std::fs::read_to_string(format!("{}/../{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let spec: Value = serde_yaml::from_str(&read("spec/apps/app.yaml")).unwrap();
    let mut waiting = vec![&spec];
    let mut found = None;
    while let (Some(value), None) = (waiting.pop(), found) {
        found = value.get("app-from-manifest").and_then(|example| example.get("value"));
        waiting.extend(value.as_mapping().into_iter().flat_map(|map| map.values()));
    }
    let served: BTreeMap<String, Value> = serde_yaml::from_str(super::ANSWER).unwrap();
    let found: BTreeMap<String, Value> = serde_yaml::from_value(found.unwrap().clone()).unwrap();
    assert_eq!(served, found);
}
