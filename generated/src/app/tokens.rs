//! The tokens of all installations: one place for each scope, however many handles there are.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::{HeaderMap, StatusCode};
use moka::policy::EvictionPolicy;
use moka::sync::Cache;

use super::AppError;
use super::clock::ServerClock;
use super::scope::Scope;
use super::slot::{Making, Slot};
use super::store::TokenStore;
use super::token::Token;
use crate::apps::endpoints::CreateInstallationToken;
use crate::apps::security::AppJwt;
use crate::client::{Client, CredentialSource, Provided, Providing};
use crate::runtime::Secret;

/// After how long without use a scope is forgotten.
const IDLE: Duration = Duration::from_secs(3600);

/// How many seconds before a refusal another process may have made what takes the place of the refused token.
const RECENT: i64 = 60;

/// How often another token is asked for where the one that came is of no use.
const ROUNDS: usize = 3;

pub(super) struct Tokens {
    client: Client<AppJwt>,
    clock: Arc<ServerClock>,
    store: Option<Arc<dyn TokenStore>>,
    /// Who asks whom, for the keys of the store.
    owner: String,
    places: Cache<Arc<Scope>, Arc<Place>>,
}

/// The place of one scope's token.
#[derive(Default)]
struct Place {
    slot: Arc<Slot<Token>>,
    /// What the server refused last, and when, so that it isn't taken from the store again.
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
        let owner = format!("{} {issuer}", client.base_url());
        // What was used last stays: a scope that is not let in would ask for a token each time.
        let places = Cache::builder().max_capacity(capacity).time_to_idle(IDLE).eviction_policy(EvictionPolicy::lru());
        Self { client, clock, store, owner, places: places.build() }
    }

    /// A token that is good for so many seconds, and isn't the one that was refused.
    pub(super) async fn token(
        self: &Arc<Self>,
        scope: &Arc<Scope>,
        needed: i64,
        refused: Option<&Secret>,
    ) -> Result<Token, AppError> {
        let place = self.places.get_with_by_ref(scope, Arc::default);
        let mut rounds = 0;
        loop {
            rounds += 1;
            let now = self.clock.now();
            if let Some(refused) = refused {
                place.refuse(refused, now);
            }
            let token =
                place.slot.get(now, |token| token.age(now, needed), || self.making(scope, &place, needed)).await?;
            let left = token.left(self.clock.now());
            let is_refused = refused == Some(token.secret());
            // One that was just made is as good as it gets, also where the server gives the same again.
            let is_new = token.made() >= now;
            let lasts = needed == 0 || left >= needed;
            if (lasts && (!is_refused || is_new)) || (needed == 0 && rounds == ROUNDS) {
                return Ok(token);
            }
            if is_new || rounds == ROUNDS {
                return Err(AppError::short(needed.unsigned_abs(), left));
            }
        }
    }

    /// Forgets what it knows of a scope, in this process.
    pub(super) fn forget(&self, scope: &Scope) {
        self.places.invalidate(scope);
    }

    fn making(self: &Arc<Self>, scope: &Arc<Scope>, place: &Arc<Place>, needed: i64) -> Making<Token> {
        let (tokens, scope, place) = (Arc::clone(self), Arc::clone(scope), Arc::clone(place));
        Box::pin(async move {
            if let Some(stored) = tokens.stored(&scope, &place, needed).await {
                return Ok(stored);
            }
            let made = tokens.mint(&scope).await;
            match &made {
                Ok(token) => tokens.share(&scope, token).await,
                Err(error) => tracing::warn!(installation = scope.installation, ?error, "no token was given"),
            }
            made
        })
    }

    async fn mint(&self, scope: &Scope) -> Result<Token, AppError> {
        let mut create = CreateInstallationToken::new(scope.installation);
        if let Some(request) = scope.request()? {
            create = create.body(request);
        }
        let made = self.client.send(create).await;
        let made = made.map_err(|error| AppError::minting(scope.installation, error.untyped()))?;
        tracing::debug!(installation = scope.installation, until = made.expires_at.as_str(), "a token was given");
        Token::new(made, self.clock.now())
    }

    /// What another process asked for, where it is good enough.
    async fn stored(&self, scope: &Scope, place: &Place, needed: i64) -> Option<Token> {
        let store = self.store.as_ref()?;
        let stored = store.get(&scope.name(&self.owner)).await.unwrap_or_else(|error| {
            tracing::warn!(installation = scope.installation, error, "the store of tokens can't be read");
            None
        });
        let token = Token::of_stored(&stored?)?;
        let is_fresh = token.age(self.clock.now(), needed) == super::slot::Age::Fresh;
        (is_fresh && place.takes(&token)).then_some(token)
    }

    async fn share(&self, scope: &Scope, token: &Token) {
        let Some(store) = &self.store else { return };
        let lives = u64::try_from(token.left(self.clock.now())).unwrap_or_default();
        if lives == 0 {
            return;
        }
        let kept = store.put(&scope.name(&self.owner), &token.to_stored(), Duration::from_secs(lives)).await;
        if let Err(error) = kept {
            tracing::warn!(installation = scope.installation, error, "the store of tokens can't be written");
        }
    }
}

impl Place {
    fn refuse(&self, refused: &Secret, now: i64) {
        *self.refused() = Some((refused.clone(), now));
        self.slot.give_up(|token| token.secret() == refused);
    }

    /// Whether a token of the store may be good. What revokes one mostly revokes all that there are, so that it has to be
    /// about as new as the refusal.
    fn takes(&self, token: &Token) -> bool {
        let is_new = |at: i64| token.made() >= at.saturating_sub(RECENT);
        self.refused().as_ref().is_none_or(|(refused, at)| token.secret() != refused && is_new(*at))
    }

    fn refused(&self) -> MutexGuard<'_, Option<(Secret, i64)>> {
        self.refused.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tokens of one scope, for a client.
pub(super) struct Scoped {
    pub(super) tokens: Arc<Tokens>,
    pub(super) scope: Arc<Scope>,
}

impl CredentialSource for Scoped {
    fn provide(&self) -> Providing<'_> {
        Box::pin(async { Ok(provided(&self.tokens.token(&self.scope, 0, None).await?)) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> Providing<'a> {
        Box::pin(async {
            tracing::info!(installation = self.scope.installation, "a token was refused, and another one is asked for");
            Ok(provided(&self.tokens.token(&self.scope, 0, Some(refused)).await?))
        })
    }

    fn name(&self) -> Option<String> {
        Some(format!("installation {}", self.scope.name(&self.tokens.owner)))
    }

    /// GitHub counts all tokens of an installation together, whatever each of them reaches.
    fn budget(&self) -> Option<String> {
        Some(format!("installation {} {}", self.tokens.owner, self.scope.installation))
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
