//! A fake of GitHub that lets users sign in, with faults on demand.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use aws_lc_rs::digest::{SHA256, digest};
use axum::Router;
use axum::body::Body;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, Method, Request, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use github_apps::user::UserTokens;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tower::ServiceExt;

use super::world::{START, Stopped};

pub const CLIENT_ID: &str = "Iv23liTests";
pub const CLIENT_SECRET: &str = "s3cret/of+the=app";

pub type Form = BTreeMap<String, String>;

#[derive(Clone)]
pub struct Hub {
    pub clock: Stopped,
    state: Arc<Shared>,
    router: Router,
}

pub struct Shared {
    address: String,
    began: Instant,
    /// The responses to the next requests for tokens: a status and a body.
    pub answers: Mutex<VecDeque<(u16, String)>>,
    pub delay: Mutex<Duration>,
    pub life: AtomicI64,
    /// The codes of callbacks, with the challenge and the callback URL of each.
    codes: Mutex<BTreeMap<String, Form>>,
    /// How many pairs were given; only the newest is good.
    given: AtomicUsize,
    /// Whether no token is good but those that come from now on.
    revoked: AtomicUsize,
    asked: Mutex<Vec<(Duration, Form)>>,
    handled: Mutex<Vec<(String, Value)>>,
    served: AtomicUsize,
    refused: AtomicUsize,
}

impl std::ops::Deref for Hub {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.state
    }
}

impl Hub {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let hub = Self::of(listener.local_addr().unwrap().to_string());
        let router = hub.router.clone();
        tokio::spawn(async move { axum::serve(listener, router).await });
        hub
    }

    /// One that is reached without a socket, so that time can be virtual.
    pub fn within() -> Self {
        Self::of(String::from("127.0.0.1:1"))
    }

    fn of(address: String) -> Self {
        let state = Arc::new(Shared {
            address,
            began: Instant::now(),
            answers: Mutex::default(),
            delay: Mutex::default(),
            life: AtomicI64::new(28_800),
            codes: Mutex::default(),
            given: AtomicUsize::new(1),
            revoked: AtomicUsize::new(0),
            asked: Mutex::default(),
            handled: Mutex::default(),
            served: AtomicUsize::default(),
            refused: AtomicUsize::default(),
        });
        let router = Router::new()
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(access_token))
            .route("/login/device/code", post(device_code))
            .route("/api/v3/user/installations", get(installations))
            .route("/api/v3/applications/{client_id}/{what}", any(applications))
            .with_state(Arc::clone(&state));
        Self { clock: Stopped::at(START), state, router }
    }

    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Opens the page as the user's browser, and returns the query of the callback.
    pub async fn visit(&self, url: &str) -> String {
        let page = url.strip_prefix(&self.url()).unwrap();
        let request = Request::get(page).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::FOUND);
        response.headers()[header::LOCATION].to_str().unwrap().to_owned()
    }

    /// The first pair, which was given before the tests begin.
    pub fn pair(&self) -> UserTokens {
        let ends = |seconds: i64| UNIX_EPOCH + Duration::from_secs((START + seconds).unsigned_abs());
        UserTokens::new("ghu_s3cret1")
            .with_expiry(ends(self.life.load(Ordering::SeqCst)))
            .with_refresh_token("ghr_s3cret1", Some(ends(15_897_600)))
    }
}

impl Shared {
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub fn answer(&self, status: u16, body: impl ToString) {
        self.answers.lock().unwrap().push_back((status, body.to_string()));
    }

    /// The requests for a token, and when they came.
    pub fn asked(&self) -> Vec<(Duration, Form)> {
        self.asked.lock().unwrap().clone()
    }

    pub fn times(&self) -> Vec<u64> {
        self.asked().iter().map(|(at, _)| at.as_secs()).collect()
    }

    pub fn refreshes(&self) -> usize {
        self.asked().iter().filter(|(_, form)| form.contains_key("refresh_token")).count()
    }

    pub fn handled(&self) -> Vec<(String, Value)> {
        self.handled.lock().unwrap().clone()
    }

    pub fn served(&self) -> usize {
        self.served.load(Ordering::SeqCst)
    }

    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    /// From now on, the token is no good, and can be refreshed.
    pub fn revoke(&self) {
        self.revoked.store(self.given.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Another process refreshes the pair.
    pub fn give(&self) -> (String, String) {
        let count = self.given.fetch_add(1, Ordering::SeqCst) + 1;
        (format!("ghu_s3cret{count}"), format!("ghr_s3cret{count}"))
    }

    fn given_pair(&self) -> Response {
        let ((access, refresh), life) = (self.give(), self.life.load(Ordering::SeqCst));
        let pair = json!({
            "access_token": access, "expires_in": life, "refresh_token": refresh,
            "refresh_token_expires_in": "15897600", "scope": "", "token_type": "bearer",
        });
        said(200, pair.to_string())
    }
}

fn said(status: u16, body: String) -> Response {
    let json = if body.starts_with('<') { "text/html" } else { "application/json" };
    (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, json)], body).into_response()
}

pub fn error(code: &str) -> Value {
    json!({"error": code, "error_description": format!("This is {code}."), "error_uri": "/apps"})
}

fn wrong(code: &str) -> Response {
    said(200, error(code).to_string())
}

/// Parses the query or the body of a form.
fn form(text: &str) -> Form {
    let uri: Uri = format!("/?{text}").parse().unwrap();
    Query::<Form>::try_from_uri(&uri).unwrap().0
}

async fn authorize(State(hub): State<Arc<Shared>>, Query(query): Query<Form>) -> Response {
    assert_eq!(query["client_id"], CLIENT_ID);
    assert_eq!((query["code_challenge_method"].as_str(), query["code_challenge"].len()), ("S256", 43));
    let back = query.get("redirect_uri").cloned().unwrap_or_else(|| String::from("https://app.example/callback"));
    let mut codes = hub.codes.lock().unwrap();
    let code = format!("c0de{}", codes.len());
    let and = if back.contains('?') { '&' } else { '?' };
    let location = format!("{back}{and}code={code}&state={}", query["state"]);
    codes.insert(code, query);
    (StatusCode::FOUND, [(header::LOCATION, location)]).into_response()
}

async fn access_token(State(hub): State<Arc<Shared>>, headers: HeaderMap, body: String) -> Response {
    assert_eq!(headers[header::ACCEPT], "application/json");
    assert_eq!(headers[header::CONTENT_TYPE], "application/x-www-form-urlencoded");
    assert!(!headers.contains_key(header::AUTHORIZATION));
    let form = form(&body);
    hub.asked.lock().unwrap().push((hub.began.elapsed(), form.clone()));
    let delay = *hub.delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    if let Some((status, body)) = hub.answers.lock().unwrap().pop_front() {
        return said(status, body);
    }
    let text = |name: &str| form.get(name).map(String::as_str);
    if text("client_id") != Some(CLIENT_ID) {
        return wrong("incorrect_client_credentials");
    }
    let newest = format!("ghr_s3cret{}", hub.given.load(Ordering::SeqCst));
    match text("grant_type") {
        Some("refresh_token") if text("client_secret") != Some(CLIENT_SECRET) => wrong("incorrect_client_credentials"),
        Some("refresh_token") if text("refresh_token") != Some(&newest) => wrong("bad_refresh_token"),
        Some("refresh_token") => hub.given_pair(),
        Some("urn:ietf:params:oauth:grant-type:device_code") => match text("device_code") {
            Some("d3vice") => hub.given_pair(),
            _ => wrong("incorrect_device_code"),
        },
        Some(_) => wrong("unsupported_grant_type"),
        None if text("client_secret") != Some(CLIENT_SECRET) => wrong("incorrect_client_credentials"),
        None => by_code(&hub, &form),
    }
}

/// A code is valid once, with the verifier of its challenge.
fn by_code(hub: &Shared, form: &Form) -> Response {
    let Some(query) = hub.codes.lock().unwrap().remove(form.get("code").map_or("", String::as_str)) else {
        return wrong("bad_verification_code");
    };
    if form.get("redirect_uri") != query.get("redirect_uri") {
        return wrong("redirect_uri_mismatch");
    }
    let verifier = form.get("code_verifier").map_or("", String::as_str);
    if BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, verifier.as_bytes())) != query["code_challenge"] {
        return wrong("bad_verification_code");
    }
    hub.given_pair()
}

async fn device_code(State(hub): State<Arc<Shared>>, body: String) -> Response {
    if let Some((status, body)) = hub.answers.lock().unwrap().pop_front() {
        return said(status, body);
    }
    assert_eq!(form(&body), Form::from([(String::from("client_id"), CLIENT_ID.to_owned())]));
    let code = json!({
        "device_code": "d3vice", "user_code": "WDJB-MJHT", "verification_uri": "https://github.com/login/device",
        "expires_in": 900, "interval": 5,
    });
    said(200, code.to_string())
}

async fn installations(State(hub): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    let given = hub.given.load(Ordering::SeqCst);
    let token = headers[header::AUTHORIZATION].to_str().unwrap();
    if token != format!("Bearer ghu_s3cret{given}") || given == hub.revoked.load(Ordering::SeqCst) {
        hub.refused.fetch_add(1, Ordering::SeqCst);
        return said(401, json!({"message": "Bad credentials"}).to_string());
    }
    hub.served.fetch_add(1, Ordering::SeqCst);
    said(200, json!({"total_count": 0, "installations": []}).to_string())
}

async fn applications(
    State(hub): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: String,
) -> Response {
    let client = format!("Basic {}", BASE64_STANDARD.encode(format!("{CLIENT_ID}:{CLIENT_SECRET}")));
    assert_eq!(headers[header::AUTHORIZATION], client.as_str());
    let body: Value = serde_json::from_str(&body).unwrap();
    let is_known = body["access_token"] == "ghu_s3cret1";
    hub.handled.lock().unwrap().push((format!("{method} {}", uri.path()), body));
    match method {
        Method::DELETE => StatusCode::NO_CONTENT.into_response(),
        _ if !is_known => said(404, json!({"message": "Not Found"}).to_string()),
        _ => {
            let app = json!({"client_id": CLIENT_ID, "name": "tests", "url": "https://app.example"});
            let authorization = json!({
                "id": 1, "url": "https://api.github.com/authorizations/1", "scopes": null, "token": "ghu_s3cretNew",
                "token_last_eight": null, "hashed_token": null, "app": app, "note": null, "note_url": null,
                "updated_at": "2027-01-15T08:00:00Z", "created_at": "2027-01-15T08:00:00Z", "fingerprint": null,
                "expires_at": null, "user": null,
            });
            said(200, authorization.to_string())
        }
    }
}
