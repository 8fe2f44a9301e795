//! A server on loopback, and the same call by reqwest alone and by the client.

use axum::Router;
use axum::http::header::IF_NONE_MATCH;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use github_apps::app::{App, Signer, Signing};
use github_apps::apps::endpoints::GetApp;
use github_apps::apps::models;
use github_apps::apps::security::AppJwt;
use github_apps::client::{Client, MemoryCache, Resilience, github};
use github_apps::runtime::decode;

/// The documented app, as every answer.
const APP: &str = include_str!("app.json");
const TAG: &str = "\"1\"";
/// Header and claims; with the signature it is as long as the one that an app makes for itself.
const JWT: &str = "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJleHAiOjE3OTUzMDMwMDAsImlhdCI6MTc5NTMwMjQwMCwiaXNzIjoiMSJ9";

/// Starts the server on a thread and a runtime of its own, and gives its address.
pub fn serve() -> String {
    let (sender, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
            sender.send(listener.local_addr().expect("an address")).expect("somebody waits");
            axum::serve(listener, Router::new().route("/app", get(app))).await.expect("a server");
        });
    });
    format!("http://{}", address.recv().expect("an address"))
}

fn jwt() -> String {
    // 256 bytes of 1 in Base64, as below.
    format!("{JWT}.{}AQ", "AQEB".repeat(85))
}

/// The app, or that it is still the same.
async fn app(headers: HeaderMap) -> Response {
    match headers.get(IF_NONE_MATCH) {
        Some(tag) if tag == TAG => StatusCode::NOT_MODIFIED.into_response(),
        _ => ([("content-type", "application/json"), ("etag", TAG)], APP).into_response(),
    }
}

/// The server doesn't look at the signature, which is made once in eight minutes.
struct Anything;

impl Signer for Anything {
    fn sign<'a>(&'a self, _message: &'a [u8]) -> Signing<'a> {
        Box::pin(async { Ok(vec![1; 256]) })
    }
}

/// A client that sends one request and returns the app.
#[derive(Clone)]
pub enum Side {
    /// reqwest with what the client sends, its body decoded by the runtime; with the URL and the token.
    Reqwest(reqwest::Client, String, String),
    /// The client, which has the token or asks the app for it.
    Ours(Client<AppJwt>),
}

impl Side {
    /// Each of them by its name.
    pub fn all(base: &str) -> Vec<(&'static str, Self)> {
        let plain = github().base_url(base).credential(AppJwt::new(jwt()));
        let resilient = plain.clone().layer(Resilience::new());
        let cached = plain.clone().layer(Resilience::new().cache(MemoryCache::new(1_000_000)));
        let app = github().base_url(base).layer(Resilience::new()).build().expect("a client");
        let app = App::builder(1, Anything).client(app).build().expect("an app");
        let ours = |builder: github_apps::client::ClientBuilder<AppJwt>| Self::Ours(builder.build().expect("a client"));
        let client = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .build()
            .expect("a client");
        vec![
            ("reqwest", Self::Reqwest(client, format!("{base}/app"), jwt())),
            ("client", ours(plain)),
            ("client, resilient", ours(resilient)),
            ("client, resilient with a cache", ours(cached)),
            ("client of an app, resilient", Self::Ours(app.client().clone())),
        ]
    }

    /// One request.
    pub async fn send(&self) -> models::AppRegistration {
        match self {
            Self::Reqwest(client, url, jwt) => {
                let request = client
                    .get(url)
                    .header("accept", "application/json")
                    .header("authorization", format!("Bearer {jwt}"))
                    .header("user-agent", "requests")
                    .header("x-github-api-version", "2022-11-28")
                    .timeout(std::time::Duration::from_secs(30));
                let body = request.send().await.expect("an answer").bytes().await.expect("a body");
                decode(&body).expect("an app")
            }
            Self::Ours(client) => client.send(GetApp::new()).await.expect("an app"),
        }
    }
}
