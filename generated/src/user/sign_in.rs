//! The app as users see it when they sign in.

use std::fmt;
use std::sync::Arc;

use super::address::api_of;
use super::error::Cause;
use super::pair::Pair;
use super::{TokenOwner, User, UserError, UserTokens};
use crate::apps::SERVER as API;
use crate::apps::security::ClientSecret;
use crate::client::{Client, Error, github, shown};
use crate::clock::{Clock, SystemClock, seconds};
use crate::oauth::SERVER;
use crate::oauth::endpoints::CreateUserToken;
use crate::oauth::models::{GrantType, SignInError, UserTokenAnswer, UserTokenRequest};
use crate::runtime::client::may_receive_secrets;
use crate::runtime::{Secret, decode};

/// An app by which users sign in: by its client id and, but for devices, its client secret. A clone costs nothing.
#[derive(Clone)]
pub struct SignIn(Arc<Inner>);

struct Inner {
    web: Client,
    api: Client,
    client_id: String,
    client_secret: Option<Secret>,
    clock: Arc<dyn Clock>,
}

impl SignIn {
    /// An app of github.com without a secret, for users who sign in from a device.
    ///
    /// # Errors
    ///
    /// Where the id is empty, or TLS can't be set up.
    pub fn new(client_id: impl Into<String>) -> Result<Self, UserError> {
        Self::builder(client_id).build()
    }

    /// Begins an app, by its client id, as `Iv23li…`. The app id won't do.
    pub fn builder(client_id: impl Into<String>) -> SignInBuilder {
        SignInBuilder {
            client_id: client_id.into().trim().to_owned(),
            client_secret: None,
            base: None,
            api_base: None,
            web: None,
            api: None,
            clock: Arc::new(SystemClock),
        }
    }

    /// A user, by tokens that came of a sign-in or were kept. What comes after them goes to the owner.
    pub fn user(&self, tokens: UserTokens, owner: impl TokenOwner) -> User {
        User::new(Arc::new(Pair::new(self.clone(), tokens, Arc::new(owner))), None)
    }

    /// The next pair, by the refresh token of this one; then neither token of this one is of any use. A [`User`] does it
    /// by itself.
    ///
    /// # Errors
    ///
    /// Where there is no refresh token, or GitHub doesn't take it.
    pub async fn refresh(&self, tokens: &UserTokens) -> Result<UserTokens, UserError> {
        let refresh = tokens.refresh_token().ok_or_else(|| UserError::new(Cause::NoRefreshToken))?;
        if !tokens.is_refreshable(self.now()) {
            return Err(UserError::new(Cause::RefreshTokenEnded));
        }
        self.ask(self.request().grant_type(GrantType::RefreshToken).refresh_token(refresh.clone())).await
    }

    /// A request for a token, by the app with its secret.
    pub(super) fn request(&self) -> UserTokenRequest {
        let request = UserTokenRequest::new(self.client_id());
        match &self.0.client_secret {
            Some(secret) => request.client_secret(secret.clone()),
            None => request,
        }
    }

    pub(super) async fn ask(&self, request: UserTokenRequest) -> Result<UserTokens, UserError> {
        // Before it is sent, so that the token ends rather too early.
        let asked = self.now();
        match self.web().send(CreateUserToken::new(request)).await {
            Ok(UserTokenAnswer::UserToken(token)) if token.access_token.expose().is_empty() => {
                Err(UserError::new(Cause::Answer))
            }
            Ok(UserTokenAnswer::UserToken(token)) => Ok(UserTokens::of(*token, asked)),
            Ok(UserTokenAnswer::SignInError(said)) => Err(UserError::said(*said)),
            Ok(UserTokenAnswer::Unknown(_)) => Err(UserError::new(Cause::Answer)),
            Err(error) => Err(refused(error)),
        }
    }

    /// The API, by the id and the secret of the app.
    pub(super) fn as_client(&self) -> Result<Client<ClientSecret>, UserError> {
        let secret = self.0.client_secret.as_ref().ok_or_else(|| UserError::new(Cause::NoSecret))?;
        Ok(self.api().with_credential(ClientSecret::new(self.client_id(), secret.expose())))
    }

    pub(super) fn web(&self) -> &Client {
        &self.0.web
    }

    pub(super) fn api(&self) -> &Client {
        &self.0.api
    }

    pub(super) fn client_id(&self) -> &str {
        &self.0.client_id
    }

    pub(super) fn now(&self) -> i64 {
        seconds(self.0.clock.now())
    }
}

/// Why there is no token. Others than GitHub say it with an error status.
pub(super) fn refused(error: Error) -> UserError {
    match decode::<SignInError>(error.body()) {
        Ok(said) if error.status().is_some_and(|status| status.is_client_error()) => UserError::said(said),
        _ => UserError::new(Cause::Request(error)),
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignIn({:?}, {}, {})", self.client_id(), self.web().base_url(), self.api().base_url())
    }
}

/// What a sign-in will be like; [`SignIn::builder`] begins one.
///
/// | | unless said otherwise |
/// |---|---|
/// | client secret | none, which will do for devices |
/// | server | github.com, with its API at api.github.com |
/// | clock | that of this machine |
#[must_use = "a builder does nothing until it builds"]
pub struct SignInBuilder {
    client_id: String,
    client_secret: Option<Secret>,
    base: Option<String>,
    api_base: Option<String>,
    web: Option<Client>,
    api: Option<Client>,
    clock: Arc<dyn Clock>,
}

impl SignInBuilder {
    /// The secret of the app.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// The URL of a GitHub Enterprise Server, as `https://github.example.com`; its API is taken to be at `/api/v3`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// The URL of the API, where it is elsewhere, as `https://api.octocorp.ghe.com`.
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.api_base = Some(url.into());
        self
    }

    /// A client of your own for the sign-in, with its server, in place of one for [`SignInBuilder::base_url`].
    pub fn web_client<H>(mut self, client: Client<H>) -> Self {
        self.web = Some(client.without_credential());
        self
    }

    /// A client of your own for the API, with its server, in place of one for [`SignInBuilder::api_url`].
    pub fn api_client<H>(mut self, client: Client<H>) -> Self {
        self.api = Some(client.without_credential());
        self
    }

    /// Another clock, for tests.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// The app.
    ///
    /// # Errors
    ///
    /// Where the client id is empty, a URL is none, or users would sign in where others can read along.
    pub fn build(self) -> Result<SignIn, UserError> {
        let Self { client_id, client_secret, base, api_base, web, api, clock } = self;
        if client_id.is_empty() {
            return Err(UserError::setup("users sign in by the client id of an app, and there is none"));
        }
        let api_url = api.as_ref().map(Client::base_url).or(api_base.as_deref());
        let is_elsewhere = api_url.is_some_and(|url| url.trim_end_matches('/') != API);
        if is_elsewhere && web.is_none() && base.is_none() {
            let why = "the API is at a server of its own, and where users sign in isn't said";
            return Err(UserError::setup(format!("{why}: use `base_url`")));
        }
        let build = |url: &str| github().base_url(url).build().map_err(UserError::setup);
        let web = web.map_or_else(|| build(base.as_deref().unwrap_or(SERVER)), Ok)?;
        // No server sees what is meant for another one.
        let api_base = api_base.unwrap_or_else(|| api_of(web.base_url()));
        let api = api.map_or_else(|| build(&api_base), Ok)?;
        if !may_receive_secrets(web.base_url()) {
            let why = "users can't sign in at a server without TLS, since anybody on the way could read their tokens";
            return Err(UserError::setup(format!("{why}: use https")));
        }
        Ok(SignIn(Arc::new(Inner { web, api, client_id, client_secret, clock })))
    }
}

impl fmt::Debug for SignInBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client_id, web, api, .. } = self;
        let (base, api_base) = (self.base.as_deref().map(shown), self.api_base.as_deref().map(shown));
        write!(f, "SignInBuilder({client_id:?}, URLs: {base:?}, {api_base:?}, clients: {web:?}, {api:?})")
    }
}
