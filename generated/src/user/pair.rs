//! The tokens of one user, refreshed by one task, however many wait for them.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::FutureExt;
use futures_util::future::Shared;
use tokio::runtime::Handle;

use super::error::Cause;
use super::{SignIn, TokenOwner, UserError, UserTokens};
use crate::client::{CredentialSource, Provided, Providing};
use crate::oauth::models::SignInErrorCode;
use crate::runtime::Secret;

/// For how many seconds tokens that are about to end are left alone where no others could be had.
const REST: i64 = 15;

pub(super) struct Pair {
    sign_in: SignIn,
    owner: Arc<dyn TokenOwner>,
    state: Mutex<State>,
}

struct State {
    held: UserTokens,
    /// Whether the owner has them.
    is_kept: bool,
    flight: Option<Flight>,
    /// The refresh token that the server didn't take, and why.
    refused: Option<(Secret, UserError)>,
    rests_until: i64,
}

/// A refresh on its way. It is held, and not weakly: what the server has given by then must not get lost.
type Flight = Shared<Pin<Box<dyn Future<Output = Result<UserTokens, UserError>> + Send>>>;

impl Pair {
    pub(super) fn new(sign_in: SignIn, held: UserTokens, owner: Arc<dyn TokenOwner>) -> Self {
        let state = State { held, is_kept: true, flight: None, refused: None, rests_until: i64::MIN };
        Self { sign_in, owner, state: Mutex::new(state) }
    }

    pub(super) fn sign_in(&self) -> &SignIn {
        &self.sign_in
    }

    /// Tokens that are good, and not the one that was refused.
    pub(super) async fn current(self: &Arc<Self>, refused: Option<&Secret>) -> Result<UserTokens, UserError> {
        let flight = match self.join(refused) {
            Ok(held) => return Ok(held),
            Err(flight) => flight,
        };
        match flight.await {
            Ok(tokens) => Ok(tokens),
            Err(error) => self.rest(refused).ok_or(error),
        }
    }

    /// What is held, where it will do, or else what everybody waits for. While that is on its way the old token may stop
    /// working at any moment, so that nobody goes on with it.
    fn join(self: &Arc<Self>, refused: Option<&Secret>) -> Result<UserTokens, Flight> {
        let mut state = self.state();
        if let Some(flight) = state.flight.as_ref().filter(|flight| flight.peek().is_none()) {
            return Err(flight.clone());
        }
        let now = self.sign_in.now();
        let is_refused = refused == Some(state.held.access_token());
        let will_do = state.held.is_fresh(now) || (now < state.rests_until && state.held.is_usable(now));
        if state.is_kept && will_do && !is_refused {
            return Ok(state.held.clone());
        }
        let (pair, refused) = (Arc::clone(self), refused.cloned());
        let making: Pin<Box<dyn Future<Output = _> + Send>> = Box::pin(async move {
            // A panic that went on from here would leave all who wait without an answer, and come again ever after.
            let renewed = AssertUnwindSafe(pair.renew(refused)).catch_unwind().await;
            renewed.unwrap_or_else(|_| Err(UserError::new(Cause::Panicked)))
        });
        let flight = making.shared();
        state.flight = Some(flight.clone());
        // It comes to its end though all who wait for it go away.
        if let Ok(runtime) = Handle::try_current() {
            runtime.spawn(flight.clone().map(drop));
        }
        Err(flight)
    }

    /// The old tokens where no others could be had, as long as they last.
    fn rest(&self, refused: Option<&Secret>) -> Option<UserTokens> {
        let mut state = self.state();
        let now = self.sign_in.now();
        let will_do = state.is_kept && state.held.is_usable(now) && refused != Some(state.held.access_token());
        will_do.then(|| {
            state.rests_until = now.saturating_add(REST);
            state.held.clone()
        })
    }

    async fn renew(self: Arc<Self>, refused: Option<Secret>) -> Result<UserTokens, UserError> {
        let will_do =
            |tokens: &UserTokens, now: i64| tokens.is_fresh(now) && refused.as_ref() != Some(tokens.access_token());
        if let Some(held) = self.unkept() {
            self.keep(&held).await?;
            if will_do(&held, self.sign_in.now()) {
                return Ok(held);
            }
        }
        if let Some(loaded) = self.load().await?
            && will_do(&loaded, self.sign_in.now())
        {
            return Ok(loaded);
        }
        let held = self.state().held.clone();
        self.check_refused(&held)?;
        match self.sign_in.refresh(&held).await {
            Ok(tokens) => {
                tracing::info!("the tokens of a user were refreshed");
                self.hold(tokens.clone(), false);
                self.keep(&tokens).await?;
                Ok(tokens)
            }
            Err(error) => self.not_refreshed(&held, error).await,
        }
    }

    /// Another process may have been faster, and has what this one could not get.
    async fn not_refreshed(&self, held: &UserTokens, error: UserError) -> Result<UserTokens, UserError> {
        tracing::warn!(?error, "the tokens of a user could not be refreshed");
        if error.code() != Some(&SignInErrorCode::BadRefreshToken) {
            return Err(error);
        }
        if let Ok(Some(loaded)) = self.load().await
            && loaded.is_usable(self.sign_in.now())
        {
            return Ok(loaded);
        }
        if let Some(refresh) = held.refresh_token() {
            self.state().refused = Some((refresh.clone(), error.clone()));
        }
        Err(error)
    }

    /// What the owner has from elsewhere, which is held from now on.
    async fn load(&self) -> Result<Option<UserTokens>, UserError> {
        let loaded = self.owner.load().await.map_err(|error| UserError::new(Cause::Load(error)))?;
        let newer = loaded.filter(|loaded| loaded.is_newer_than(&self.state().held));
        if let Some(tokens) = &newer {
            tracing::debug!("another process has refreshed the tokens of a user");
            self.hold(tokens.clone(), true);
        }
        Ok(newer)
    }

    async fn keep(&self, tokens: &UserTokens) -> Result<(), UserError> {
        if let Err(error) = self.owner.keep(tokens).await {
            tracing::error!(
                error,
                "the owner of the tokens of a user can't keep the new ones, and the old ones are gone"
            );
            return Err(UserError::new(Cause::Keep(error)));
        }
        self.state().is_kept = true;
        Ok(())
    }

    fn hold(&self, tokens: UserTokens, is_kept: bool) {
        let mut state = self.state();
        (state.held, state.is_kept, state.refused) = (tokens, is_kept, None);
    }

    fn unkept(&self) -> Option<UserTokens> {
        let state = self.state();
        (!state.is_kept).then(|| state.held.clone())
    }

    /// What the server has not taken once is not sent to it again.
    fn check_refused(&self, held: &UserTokens) -> Result<(), UserError> {
        match &self.state().refused {
            Some((refresh, error)) if held.refresh_token() == Some(refresh) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    /// The lock is held for moments and never while anything is waited for.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The tokens of a user, for a client.
pub(super) struct Held {
    pair: Arc<Pair>,
    name: Option<Arc<str>>,
}

impl Held {
    pub(super) fn new(pair: &Arc<Pair>, name: Option<&Arc<str>>) -> Self {
        Self { pair: Arc::clone(pair), name: name.cloned() }
    }
}

impl CredentialSource for Held {
    fn provide(&self) -> Providing<'_> {
        Box::pin(async { Ok(Provided::new(self.pair.current(None).await?.access_token().clone())) })
    }

    fn renew<'a>(&'a self, refused: &'a Secret) -> Providing<'a> {
        Box::pin(async {
            tracing::info!("the token of a user was refused, and another one is asked for");
            Ok(Provided::new(self.pair.current(Some(refused)).await?.access_token().clone()))
        })
    }

    fn name(&self) -> Option<String> {
        let (name, sign_in) = (self.name.as_ref()?, self.pair.sign_in());
        Some(format!("user {} {} {name}", sign_in.api().base_url(), sign_in.client_id()))
    }
}
