//! The tokens of all installations: one cache entry per scope, however many clients use it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::AppError;
use super::cached::{Cached, Freshness};
use super::scope::Scope;
use super::server_clock::ServerClock;
use super::store::TokenStore;
use super::token::Token;
use crate::apps::endpoints::CreateInstallationToken;
use crate::apps::security::AppJwt;
use crate::client::{Client, CredentialSource, ProvideFuture, Provided};
use crate::runtime::Secret;
use crate::single_flight::Making;

/// A scope that is not used for this time is forgotten.
const IDLE: Duration = Duration::from_secs(3600);

/// After the server has refused a token, a token of the store must have been made at most this many seconds earlier.
const RECENT: i64 = 60;

/// The number of attempts to get a usable token.
const ATTEMPTS: usize = 3;

pub(super) struct Tokens {
    client: Client<AppJwt>,
    clock: Arc<ServerClock>,
    store: Option<Arc<dyn TokenStore>>,
    /// The server and the issuer, for the keys of the store.
    app: String,
    entries: Cache<Arc<Scope>, Arc<Entry>>,
}

/// The token of one scope.
#[derive(Default)]
struct Entry {
    cached: Arc<Cached<Token>>,
    /// The token that the server refused last, and the time, so that it is not taken from the store again.
    refused: Mutex<Option<(Secret, i64)>>,
}

impl Tokens {
    pub(super) fn new(
        client: Client<AppJwt>,
        clock: Arc<ServerClock>,
        store: Option<Arc<dyn TokenStore>>,
        issuer: &str,
        capacity: u64,
    ) -> Self {
        let app = format!("{} {issuer}", client.base_url());
        // The default policy may not admit a new scope, which would then request a token each time.
        let entries = Cache::builder().max_capacity(capacity).time_to_idle(IDLE).eviction_policy(EvictionPolicy::lru());
        Self { client, clock, store, app, entries: entries.build() }
    }

    /// Returns an installation token of a scope that is valid for `needed` seconds and is not the refused one.
    pub(super) async fn token(
        self: &Arc<Self>,
        scope: &Arc<Scope>,
        needed: i64,
        refused: Option<&Secret>,
    ) -> Result<Token, AppError> {
        let entry = self.entries.get_with_by_ref(scope, Arc::default);
        let mut attempt = 0;
        loop {
            attempt += 1;
            let now = self.clock.now();
            if let Some(refused) = refused {
                entry.refuse(refused, now);
            }
            let freshness = |token: &Token| token.freshness(now, needed);
            let token = entry.cached.get(now, freshness, || self.making(scope, &entry, needed)).await?;
            let remaining = token.remaining(self.clock.now());
            let is_refused = refused == Some(token.secret());
            // A new token is accepted even if the server gives the refused one again.
            let is_new = token.made() >= now;
            let lasts = needed == 0 || remaining >= needed;
            if (lasts && (!is_refused || is_new)) || (needed == 0 && attempt == ATTEMPTS) {
                return Ok(token);
            }
            if is_new || attempt == ATTEMPTS {
                return Err(AppError::too_short(needed.unsigned_abs(), remaining));
            }
        }
    }

    /// Removes the installation token of a scope from the memory of this process.
    pub(super) fn forget(&self, scope: &Scope) {
        self.entries.invalidate(scope);
    }

    /// Takes a token from the store, or else requests one.
    fn making(self: &Arc<Self>, scope: &Arc<Scope>, entry: &Arc<Entry>, needed: i64) -> Making<Token, AppError> {
        let (tokens, scope, entry) = (Arc::clone(self), Arc::clone(scope), Arc::clone(entry));
        Box::pin(async move {
            if let Some(stored) = tokens.stored(&scope, &entry, needed).await {
                return Ok(stored);
            }
            let token = tokens.request(&scope).await;
            match &token {
                Ok(token) => tokens.store(&scope, token).await,
                Err(error) => tracing::warn!(installation = scope.installation, ?error, "got no token"),
            }
            token
        })
    }

    async fn request(&self, scope: &Scope) -> Result<Token, AppError> {
        let mut create = CreateInstallationToken::new(scope.installation);
        if let Some(request) = scope.request()? {
            create = create.body(request);
        }
        let made = self.client.send(create).await;
        let made = made.map_err(|error| AppError::token_request(scope.installation, error.untyped()))?;
        tracing::debug!(installation = scope.installation, until = made.expires_at.as_str(), "got a token");
        Token::new(made, self.clock.now())
    }

    /// Returns the token of the store, if it is usable.
    async fn stored(&self, scope: &Scope, entry: &Entry, needed: i64) -> Option<Token> {
        let store = self.store.as_ref()?;
        let stored = store.get(&scope.key(&self.app)).await.unwrap_or_else(|error| {
            tracing::warn!(installation = scope.installation, error, "could not read the store of tokens");
            None
        });
        let token = Token::from_stored(&stored?)?;
        let is_fresh = token.freshness(self.clock.now(), needed) == Freshness::Fresh;
        (is_fresh && entry.accepts(&token)).then_some(token)
    }

    async fn store(&self, scope: &Scope, token: &Token) {
        let Some(store) = &self.store else { return };
        let lifetime = u64::try_from(token.remaining(self.clock.now())).unwrap_or_default();
        if lifetime == 0 {
            return;
        }
        let stored = store.put(&scope.key(&self.app), &token.to_stored(), Duration::from_secs(lifetime)).await;
        if let Err(error) = stored {
            tracing::warn!(installation = scope.installation, error, "could not write the store of tokens");
        }
    }
}

impl Entry {
    fn refuse(&self, refused: &Secret, now: i64) {
        *self.refused() = Some((refused.clone(), now));
        self.cached.discard(|token| token.secret() == refused);
    }

    /// Reports whether a token of the store may be valid. A revocation mostly ends all tokens, so a token must be about as
    /// new as the refusal.
    fn accepts(&self, token: &Token) -> bool {
        let is_new = |at: i64| token.made() >= at.saturating_sub(RECENT);
        self.refused().as_ref().is_none_or(|(refused, at)| token.secret() != refused && is_new(*at))
    }

    fn refused(&self) -> MutexGuard<'_, Option<(Secret, i64)>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The credential source of an installation client: the tokens of one scope.
pub(super) struct ScopedTokens {
    pub(super) tokens: Arc<Tokens>,
    pub(super) scope: Arc<Scope>,
}

impl CredentialSource for ScopedTokens {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(provided(&self.tokens.token(&self.scope, 0, None).await?)) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> ProvideFuture<'a> {
        Box::pin(async {
            tracing::info!(
                installation = self.scope.installation,
                "the server refused a token; requesting another one"
            );
            Ok(provided(&self.tokens.token(&self.scope, 0, Some(refused)).await?))
        })
    }

    fn name(&self) -> Option<String> {
        Some(format!("installation {}", self.scope.key(&self.tokens.app)))
    }

    /// GitHub has one rate limit per installation, for all its tokens.
    fn budget(&self) -> Option<String> {
        Some(format!("installation {} {}", self.tokens.app, self.scope.installation))
    }

    fn answered(&self, _status: StatusCode, headers: &HeaderMap) {
        self.tokens.clock.learn(headers);
    }
}

fn provided(token: &Token) -> Provided {
    let provided = Provided::new(token.secret().clone());
    match token.granted() {
        Some(granted) => provided.granted(Arc::clone(granted)),
        None => provided,
    }
}
