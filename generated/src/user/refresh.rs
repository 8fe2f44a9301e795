//! Refreshes the tokens of one user: one task does it, however many wait.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use tokio::runtime::Handle;

use super::error::Cause;
use super::{SignIn, UserError, UserTokenStore, UserTokens};
use crate::client::{CredentialSource, ProvideFuture, Provided};
use crate::oauth::models::SignInErrorCode;
use crate::runtime::Secret;
use crate::single_flight::{Hold, Joined, SingleFlight};

/// For how many seconds old tokens are used without a new attempt, after a refresh has failed.
const RETRY_AFTER: i64 = 15;

/// The current tokens of one user, which one task refreshes for all.
pub(super) struct TokenRefresher {
    sign_in: SignIn,
    store: Arc<dyn UserTokenStore>,
    flight: SingleFlight<UserTokens, UserError>,
    state: Mutex<State>,
}

struct State {
    current: UserTokens,
    /// Whether the store has the current tokens.
    is_saved: bool,
    /// The refresh token that the server refused last, and the error.
    refused: Option<(Secret, UserError)>,
    /// Usable tokens are not refreshed before this time, in seconds since 1970.
    retry_at: i64,
}

impl TokenRefresher {
    pub(super) fn new(sign_in: SignIn, current: UserTokens, store: Arc<dyn UserTokenStore>) -> Self {
        let state = State { current, is_saved: true, refused: None, retry_at: i64::MIN };
        // The server may have sent the next pair already. It would be lost with a flight that is cancelled.
        Self { sign_in, store, flight: SingleFlight::new(Hold::Strong), state: Mutex::new(state) }
    }

    pub(super) fn sign_in(&self) -> &SignIn {
        &self.sign_in
    }

    /// Returns tokens of the user that are valid and not the refused ones.
    ///
    /// During a refresh the old token may become invalid at any moment, so all tasks wait for the new one.
    pub(super) async fn current(self: &Arc<Self>, refused: Option<&Secret>) -> Result<UserTokens, UserError> {
        let make = || Box::pin(Arc::clone(self).renew(refused.cloned())) as _;
        let flight = match self.flight.join(|| self.usable(refused), make) {
            Joined::Ready(tokens) => return Ok(tokens),
            Joined::Follower(flight) => flight,
            Joined::Leader(flight) => {
                // It continues even if all tasks that wait for it are cancelled.
                if let Ok(runtime) = Handle::try_current() {
                    runtime.spawn(flight.clone().map(drop));
                }
                flight
            }
        };
        match flight.await {
            Ok(tokens) => Ok(tokens),
            Err(error) => self.fall_back(refused).ok_or(error),
        }
    }

    /// Returns the current tokens, if they need no refresh.
    fn usable(&self, refused: Option<&Secret>) -> Option<UserTokens> {
        let (state, now) = (self.state(), self.sign_in.now());
        let is_good = state.current.is_fresh(now) || (now < state.retry_at && state.current.is_usable(now));
        let is_refused = refused == Some(state.current.access_token());
        (state.is_saved && is_good && !is_refused).then(|| state.current.clone())
    }

    /// Returns the old tokens after a failed refresh, if they can still be used.
    fn fall_back(&self, refused: Option<&Secret>) -> Option<UserTokens> {
        let mut state = self.state();
        let now = self.sign_in.now();
        let is_refused = refused == Some(state.current.access_token());
        if !state.is_saved || !state.current.is_usable(now) || is_refused {
            return None;
        }
        state.retry_at = now.saturating_add(RETRY_AFTER);
        Some(state.current.clone())
    }

    /// Saves the current tokens if that failed before, or takes newer ones from the store, or refreshes them.
    async fn renew(self: Arc<Self>, refused: Option<Secret>) -> Result<UserTokens, UserError> {
        let is_good = |tokens: &UserTokens| {
            tokens.is_fresh(self.sign_in.now()) && refused.as_ref() != Some(tokens.access_token())
        };
        if let Some(unsaved) = self.unsaved() {
            self.save(&unsaved).await?;
            if is_good(&unsaved) {
                return Ok(unsaved);
            }
        }
        if let Some(loaded) = self.load_newer().await?
            && is_good(&loaded)
        {
            return Ok(loaded);
        }
        let current = self.state().current.clone();
        self.check_refused(&current)?;
        match self.sign_in.refresh(&current).await {
            Ok(tokens) => {
                tracing::info!("refreshed the tokens of a user");
                self.set_current(tokens.clone(), false);
                self.save(&tokens).await?;
                Ok(tokens)
            }
            Err(error) => self.recover(&current, error).await,
        }
    }

    /// After a refused refresh, returns the tokens of another process, which may have refreshed them first.
    async fn recover(&self, current: &UserTokens, error: UserError) -> Result<UserTokens, UserError> {
        tracing::warn!(?error, "could not refresh the tokens of a user");
        if error.code() != Some(&SignInErrorCode::BadRefreshToken) {
            return Err(error);
        }
        if let Ok(Some(loaded)) = self.load_newer().await
            && loaded.is_usable(self.sign_in.now())
        {
            return Ok(loaded);
        }
        if let Some(refresh_token) = current.refresh_token() {
            self.state().refused = Some((refresh_token.clone(), error.clone()));
        }
        Err(error)
    }

    /// Returns the tokens of the store if they are newer, and makes them the current ones.
    async fn load_newer(&self) -> Result<Option<UserTokens>, UserError> {
        let loaded = self.store.load().await.map_err(|error| UserError::new(Cause::Load(error)))?;
        let newer = loaded.filter(|loaded| loaded.is_newer_than(&self.state().current));
        if let Some(tokens) = &newer {
            tracing::debug!("another process has refreshed the tokens of a user");
            self.set_current(tokens.clone(), true);
        }
        Ok(newer)
    }

    async fn save(&self, tokens: &UserTokens) -> Result<(), UserError> {
        if let Err(error) = self.store.save(tokens).await {
            tracing::error!(error, "could not save the new tokens of a user; the old ones are invalid");
            return Err(UserError::new(Cause::Save(error)));
        }
        self.state().is_saved = true;
        Ok(())
    }

    fn set_current(&self, tokens: UserTokens, is_saved: bool) {
        let mut state = self.state();
        (state.current, state.is_saved, state.refused) = (tokens, is_saved, None);
    }

    fn unsaved(&self) -> Option<UserTokens> {
        let state = self.state();
        (!state.is_saved).then(|| state.current.clone())
    }

    /// A refresh token that the server has refused once is not sent again.
    fn check_refused(&self, current: &UserTokens) -> Result<(), UserError> {
        match &self.state().refused {
            Some((refresh_token, error)) if current.refresh_token() == Some(refresh_token) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// The lock is never held across an `await`.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The credential source of a user client: the tokens of one user.
pub(super) struct UserCredential {
    refresher: Arc<TokenRefresher>,
    name: Option<Arc<str>>,
}

impl UserCredential {
    pub(super) fn new(refresher: &Arc<TokenRefresher>, name: Option<&Arc<str>>) -> Self {
        Self { refresher: Arc::clone(refresher), name: name.cloned() }
    }
}

impl CredentialSource for UserCredential {
    fn provide(&self) -> ProvideFuture<'_> {
        Box::pin(async { Ok(Provided::new(self.refresher.current(None).await?.access_token().clone())) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> ProvideFuture<'a> {
        Box::pin(async {
            tracing::info!("the server refused the token of a user; requesting another one");
            Ok(Provided::new(self.refresher.current(Some(refused)).await?.access_token().clone()))
        })
    }

    fn name(&self) -> Option<String> {
        let (name, sign_in) = (self.name.as_ref()?, self.refresher.sign_in());
        Some(format!("user {} {} {name}", sign_in.api().base_url(), sign_in.client_id()))
    }
}
