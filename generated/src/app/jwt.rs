//! The JSON Web Token that authenticates an app.

use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use http::{HeaderMap, StatusCode};

use super::AppError;
use super::cached::{Cached, Freshness};
use super::server_clock::ServerClock;
use super::signer::Signer;
use crate::client::{CredentialSource, ProvideFuture, Provided};
use crate::runtime::{Map, Number, Secret, Value, encode};

/// `iat` is this many seconds in the past, since the clock of the server may be behind.
const BACKDATE: i64 = 60;

/// The longest time between `iat` and `exp` that GitHub accepts, in seconds. Source:
/// <https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app>.
const LIFETIME: i64 = 600;

/// Another token is signed this many seconds before the old one expires.
const RENEW_BEFORE: i64 = 60;

/// The signed JSON Web Token (JWT) of an app, as a credential source that signs another one before the old one expires.
pub(super) struct Jwts {
    issuer: String,
    signer: Arc<dyn Signer>,
    clock: Arc<ServerClock>,
    cached: Arc<Cached<Jwt>>,
}

#[derive(Clone)]
struct Jwt {
    token: Secret,
    issued_at: i64,
    expires_at: i64,
}

impl Jwt {
    fn freshness(&self, now: i64) -> Freshness {
        match self.expires_at.saturating_sub(now) {
            // The clock was corrected in the meantime.
            _ if now < self.issued_at => Freshness::Expired,
            remaining if remaining > RENEW_BEFORE => Freshness::Fresh,
            remaining if remaining > RENEW_BEFORE / 6 => Freshness::Stale,
            _ => Freshness::Expired,
        }
    }
}

impl Jwts {
    pub(super) fn new(issuer: String, signer: Arc<dyn Signer>, clock: Arc<ServerClock>) -> Self {
        Self { issuer, signer, clock, cached: Arc::default() }
    }

    pub(super) async fn token(&self) -> Result<Secret, AppError> {
        let now = self.clock.now();
        let make = || {
            let (signer, issued_at) = (Arc::clone(&self.signer), now.saturating_sub(BACKDATE));
            let expires_at = issued_at.saturating_add(LIFETIME);
            let message = signing_input(&self.issuer, issued_at, expires_at);
            Box::pin(async move {
                let signature = signer.sign(message.as_bytes()).await.map_err(AppError::signing)?;
                let token = format!("{message}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature));
                tracing::debug!(expires_at, "signed a token of the app");
                Ok(Jwt { token: token.into(), issued_at, expires_at })
            }) as _
        };
        Ok(self.cached.get(now, |jwt| jwt.freshness(now), make).await?.token)
    }
}

/// Returns the header and the claims, each in base64: the text that is signed.
fn signing_input(issuer: &str, issued_at: i64, expires_at: i64) -> String {
    let number = |seconds: i64| Value::Number(Number::from(seconds));
    let claims: Map<Value> =
        [("iat", number(issued_at)), ("exp", number(expires_at)), ("iss", Value::String(issuer.to_owned()))]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect();
    let [header, claims] =
        [r#"{"alg":"RS256","typ":"JWT"}"#, &encode(&claims)].map(|part| BASE64_URL_SAFE_NO_PAD.encode(part));
    format!("{header}.{claims}")
}

impl CredentialSource for Jwts {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(Provided::new(self.token().await?)) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> ProvideFuture<'a> {
        self.cached.discard(|jwt| jwt.token == *refused);
        self.provide()
    }

    fn name(&self) -> Option<String> {
        Some(format!("app {}", self.issuer))
    }

    fn answered(&self, _status: StatusCode, headers: &HeaderMap) {
        self.clock.learn(headers);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_claims_say_who_and_for_how_long() {
        let input = signing_input("Iv23li\"x", 1_500_000_000, 1_500_000_600);
        let parts: Vec<String> = input
            .split('.')
            .map(|part| String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap())
            .collect();
        let claims = r#"{"iat":1500000000,"exp":1500000600,"iss":"Iv23li\"x"}"#;
        assert_eq!(parts, [r#"{"alg":"RS256","typ":"JWT"}"#, claims]);
    }

    #[test]
    fn a_token_is_renewed_before_it_expires() {
        let jwt = Jwt { token: Secret::from("a.b.c"), issued_at: 1_000, expires_at: 1_600 };
        for (now, expected) in [
            (999, "expired"),
            (1_000, "fresh"),
            (1_539, "fresh"),
            (1_540, "stale"),
            (1_589, "stale"),
            (1_590, "expired"),
            (i64::MAX, "expired"),
        ] {
            let freshness = match jwt.freshness(now) {
                Freshness::Fresh => "fresh",
                Freshness::Stale => "stale",
                Freshness::Expired => "expired",
            };
            assert_eq!(freshness, expected, "{now}");
        }
    }
}
