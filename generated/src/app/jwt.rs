//! The JSON Web Token by which an app proves that it is itself.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode};

use super::AppError;
use super::clock::ServerClock;
use super::signer::Signer;
use super::slot::{Age, Slot};
use crate::client::{CredentialSource, Provided, Providing};
use crate::runtime::{Map, Number, Secret, Value, encode};

/// It is dated back, since the clock of the server may be behind.
const BACK: i64 = 60;

/// The longest time between its two dates that the server takes.
const LIFE: i64 = 600;

/// How long before its end another one is signed.
const EARLY: i64 = 60;

/// Gives the app's token, signed anew when it is about to end.
pub(super) struct Jwts {
    issuer: String,
    signer: Arc<dyn Signer>,
    clock: Arc<ServerClock>,
    slot: Arc<Slot<Jwt>>,
}

#[derive(Clone)]
struct Jwt {
    token: Secret,
    issued: i64,
    ends: i64,
}

impl Jwts {
    pub(super) fn new(issuer: String, signer: Arc<dyn Signer>, clock: Arc<ServerClock>) -> Self {
        Self { issuer, signer, clock, slot: Arc::default() }
    }

    pub(super) async fn token(&self) -> Result<Secret, AppError> {
        let now = self.clock.now();
        let age = |jwt: &Jwt| match jwt.ends.saturating_sub(now) {
            // The clock was set right meanwhile.
            _ if now < jwt.issued => Age::Gone,
            left if left > EARLY => Age::Fresh,
            left if left > EARLY / 6 => Age::Aging,
            _ => Age::Gone,
        };
        let make = || {
            let (signer, issued) = (Arc::clone(&self.signer), now.saturating_sub(BACK));
            let ends = issued.saturating_add(LIFE);
            let message = message(&self.issuer, issued, ends);
            Box::pin(async move {
                let signature = signer.sign(message.as_bytes()).await.map_err(AppError::signing)?;
                let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
                tracing::debug!(ends, "signed a token of the app");
                Ok(Jwt { token: token.into(), issued, ends })
            }) as _
        };
        Ok(self.slot.get(now, age, make).await?.token)
    }
}

/// What is signed: the header and the claims.
fn message(issuer: &str, issued: i64, ends: i64) -> String {
    let number = |seconds: i64| Value::Number(Number::from(seconds));
    let claims: Map<Value> =
        [("iat", number(issued)), ("exp", number(ends)), ("iss", Value::String(issuer.to_owned()))]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
    let [header, claims] =
        [r#"{"alg":"RS256","typ":"JWT"}"#, &encode(&claims)].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}")
}

impl CredentialSource for Jwts {
    fn provide(&self) -> Providing<'_> {
        Box::pin(async { Ok(Provided::new(self.token().await?)) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> Providing<'a> {
        self.slot.give_up(|jwt| jwt.token == *refused);
        self.provide()
    }

    fn name(&self) -> Option<String> {
        Some(format!("app {}", self.issuer))
    }

    fn answered(&self, _status: StatusCode, headers: &HeaderMap) {
        self.clock.learn(headers);
    }
}
