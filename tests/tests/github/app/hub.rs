//! A fake of GitHub that issues and checks tokens, with its own clock and faults.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{AppendHeaders, IntoResponse, Response};
use axum::routing::{get, post};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use octogen_runtime::Timestamp;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::keys;
use super::world::{ISSUER, START, Stopped};

/// The parts of a token of the app, whose signature is good.
#[derive(Clone, Debug)]
pub struct Jwt {
    pub header: Value,
    pub claims: Value,
}

#[derive(Clone)]
pub struct Hub {
    pub clock: Stopped,
    state: Arc<Shared>,
}

pub struct Shared {
    address: String,
    clock: Stopped,
    /// How far its clock is ahead of that of the tests.
    pub ahead: AtomicI64,
    /// Whether its answers come from a cache on the way.
    pub is_cached: AtomicBool,
    /// For how long a token lives.
    pub life: AtomicI64,
    /// How many requests for a token are to fail.
    pub failures: AtomicUsize,
    pub delay: Mutex<Duration>,
    /// The token that it always gives. Without it, each token is another one.
    pub token: Mutex<Option<String>>,
    /// Replaces the true `expires_at`.
    pub expires_at: Mutex<Option<String>>,
    pub permissions: Mutex<Value>,
    /// The tokens that are good, and until when.
    tokens: Mutex<BTreeMap<String, i64>>,
    asked: Mutex<Vec<(i64, Value)>>,
    jwts: Mutex<Vec<Jwt>>,
    signatures: Mutex<Vec<String>>,
    refused: AtomicUsize,
    served: AtomicUsize,
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
        let clock = Stopped::at(START);
        let state = Arc::new(Shared {
            address: listener.local_addr().unwrap().to_string(),
            clock: clock.clone(),
            ahead: AtomicI64::new(0),
            is_cached: AtomicBool::new(false),
            life: AtomicI64::new(3600),
            failures: AtomicUsize::new(0),
            delay: Mutex::default(),
            token: Mutex::default(),
            expires_at: Mutex::default(),
            permissions: Mutex::new(json!({"contents": "read", "metadata": "read"})),
            tokens: Mutex::default(),
            asked: Mutex::default(),
            jwts: Mutex::default(),
            signatures: Mutex::default(),
            refused: AtomicUsize::default(),
            served: AtomicUsize::default(),
        });
        let router = Router::new()
            .route("/api/v3/app/installations", get(installations))
            .route("/api/v3/app/installations/{id}/access_tokens", post(access_tokens))
            .route("/api/v3/installation/repositories", get(repositories))
            .with_state(Arc::clone(&state));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { clock, state }
    }
}

impl Shared {
    pub fn url(&self) -> String {
        format!("http://{}/api/v3", self.address)
    }

    /// Returns the requested tokens: the installation and the body of each.
    pub fn asked(&self) -> Vec<(i64, Value)> {
        self.asked.lock().unwrap().clone()
    }

    pub fn minted(&self) -> usize {
        self.asked.lock().unwrap().len()
    }

    pub fn jwts(&self) -> Vec<Jwt> {
        self.jwts.lock().unwrap().clone()
    }

    /// The signatures of the app's tokens, as they came.
    pub fn signatures(&self) -> Vec<String> {
        self.signatures.lock().unwrap().clone()
    }

    /// How many requests were answered with 401.
    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::SeqCst)
    }

    /// How many requests with a token of an installation were answered.
    pub fn served(&self) -> usize {
        self.served.load(Ordering::SeqCst)
    }

    /// From now on, no token that it gave is good.
    pub fn revoke_all(&self) {
        self.tokens.lock().unwrap().clear();
    }

    fn now(&self) -> i64 {
        self.clock.seconds() + self.ahead.load(Ordering::SeqCst)
    }

    fn answer(&self, status: StatusCode, body: &Value) -> Response {
        let now = UNIX_EPOCH + Duration::from_secs(self.now().unsigned_abs());
        let date = [(header::DATE, httpdate::fmt_http_date(now))];
        let age = self.is_cached.load(Ordering::SeqCst).then_some([(header::AGE, "0")]);
        (status, date, age.map(AppendHeaders), body.to_string()).into_response()
    }

    fn refuse(&self, why: &str) -> Response {
        self.refused.fetch_add(1, Ordering::SeqCst);
        self.answer(StatusCode::UNAUTHORIZED, &json!({"message": why}))
    }

    /// Returns the app, or GitHub's error about its token.
    fn known_app(&self, headers: &HeaderMap) -> Result<(), &'static str> {
        let jwt = read(bearer(headers)).ok_or("A JSON web token could not be decoded")?;
        self.jwts.lock().unwrap().push(jwt.clone());
        let signature = bearer(headers).rsplit('.').next().unwrap_or_default();
        self.signatures.lock().unwrap().push(signature.to_owned());
        let number = |name: &str| jwt.claims[name].as_i64().unwrap();
        if jwt.claims["iss"] != ISSUER {
            return Err("Integration not found");
        }
        if number("iat") > self.now() {
            return Err(
                "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
            );
        }
        if number("exp") > self.now() + 600 {
            return Err("'Expiration time' claim ('exp') is too far in the future");
        }
        if number("exp") <= self.now() {
            return Err("'Expiration time' claim ('exp') must be a numeric value in the future");
        }
        Ok(())
    }
}

fn bearer(headers: &HeaderMap) -> &str {
    headers[header::AUTHORIZATION].to_str().unwrap().strip_prefix("Bearer ").unwrap()
}

fn read(token: &str) -> Option<Jwt> {
    let (message, signature) = token.rsplit_once('.')?;
    let decoded = |part: &str| BASE64_URL_SAFE_NO_PAD.decode(part).ok();
    if !keys::is_signed(message, &decoded(signature)?) {
        return None;
    }
    let (header, claims) = message.split_once('.')?;
    let json = |part: &str| serde_json::from_slice(&decoded(part)?).ok();
    Some(Jwt { header: json(header)?, claims: json(claims)? })
}

async fn installations(State(hub): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    match hub.known_app(&headers) {
        Ok(()) => hub.answer(StatusCode::OK, &json!([])),
        Err(why) => hub.refuse(why),
    }
}

async fn access_tokens(
    State(hub): State<Arc<Shared>>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    body: String,
) -> Response {
    if let Err(why) = hub.known_app(&headers) {
        return hub.refuse(why);
    }
    let body = serde_json::from_str(&body).unwrap_or(Value::Null);
    let count = {
        let mut asked = hub.asked.lock().unwrap();
        asked.push((id, body));
        asked.len()
    };
    let delay = *hub.delay.lock().unwrap();
    tokio::time::sleep(delay).await;
    if id == 404 {
        return hub.answer(StatusCode::NOT_FOUND, &json!({"message": "Not Found"}));
    }
    if hub.failures.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok() {
        return hub.answer(StatusCode::BAD_GATEWAY, &json!({"message": "Server Error"}));
    }
    let token = hub.token.lock().unwrap().clone().unwrap_or_else(|| format!("ghs_s3cret{count}"));
    let ends = hub.now() + hub.life.load(Ordering::SeqCst);
    hub.tokens.lock().unwrap().insert(token.clone(), ends);
    let expires_at = hub.expires_at.lock().unwrap().clone().unwrap_or_else(|| written(ends));
    let permissions = hub.permissions.lock().unwrap().clone();
    hub.answer(StatusCode::CREATED, &json!({"token": token, "expires_at": expires_at, "permissions": permissions}))
}

/// Two pages.
async fn repositories(State(hub): State<Arc<Shared>>, uri: Uri, headers: HeaderMap) -> Response {
    let ends = hub.tokens.lock().unwrap().get(bearer(&headers)).copied();
    if ends.is_none_or(|ends| ends <= hub.now()) {
        return hub.refuse("Bad credentials");
    }
    hub.served.fetch_add(1, Ordering::SeqCst);
    let mut answer = hub.answer(StatusCode::OK, &json!({"total_count": 0, "repositories": []}));
    if uri.query().is_none() {
        answer.headers_mut().insert(header::LINK, HeaderValue::from_static("<?page=2>; rel=\"next\""));
    }
    answer
}

/// A moment as GitHub writes it.
fn written(seconds: i64) -> String {
    let at_start = Timestamp::from("2027-01-15T08:00:00Z").to_jiff().unwrap();
    let moment = at_start.checked_add(Duration::from_secs((seconds - START).unsigned_abs()));
    moment.unwrap().to_string()
}
