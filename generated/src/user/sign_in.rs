//! The app that users sign in to.

use std::fmt;
use std::sync::Arc;

use url::Url;

use super::error::Cause;
use super::refresh::TokenRefresher;
use super::{UserClient, UserError, UserTokenStore, UserTokens};
use crate::address::api_url;
use crate::apps::SERVER as API;
use crate::apps::security::ClientSecret;
use crate::client::{Client, Error, github, redact_base_url};
use crate::clock::{Clock, SystemClock, seconds};
use crate::oauth::SERVER;
use crate::oauth::endpoints::CreateUserToken;
use crate::oauth::models::{GrantType, SignInError, UserTokenRequest, UserTokenResponse};
use crate::runtime::client::may_receive_secrets;
use crate::runtime::{Secret, decode};

/// A GitHub App that users sign in to, with a browser or from a device. It needs the client id of the app and, except
/// for the device flow, the client secret. A clone is cheap.
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
    /// Creates the sign-in of a GitHub App on github.com from its client id, without a client secret. This is enough
    /// for the device flow; use [`SignIn::builder`] for the sign-in with a browser.
    ///
    /// # Errors
    ///
    /// If the client id is empty, or TLS can't be set up.
    pub fn new(client_id: impl Into<String>) -> Result<Self, UserError> {
        Self::builder(client_id).build()
    }

    /// Starts a [`SignInBuilder`], the builder of a sign-in with a client secret or another server. It takes the client
    /// id of the app, such as `Iv23li…`; the app id does not work here.
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

    /// Returns an HTTP client that acts on behalf of a user, from the user's tokens that a sign-in has returned or a
    /// store has saved. Refreshed tokens are saved in `store`.
    pub fn user(&self, tokens: UserTokens, store: impl UserTokenStore) -> UserClient {
        UserClient::new(Arc::new(TokenRefresher::new(self.clone(), tokens, Arc::new(store))), None)
    }

    /// Exchanges the refresh token of a user for the next pair of tokens. Both old tokens are then invalid. A
    /// [`UserClient`] does this without this call.
    ///
    /// # Errors
    ///
    /// If there is no refresh token, it has expired, or GitHub does not accept it.
    pub async fn refresh(&self, tokens: &UserTokens) -> Result<UserTokens, UserError> {
        let refresh = tokens.refresh_token().ok_or_else(|| UserError::new(Cause::NoRefreshToken))?;
        if !tokens.is_refreshable(self.now()) {
            return Err(UserError::new(Cause::RefreshTokenExpired));
        }
        self.request_tokens(self.token_request().grant_type(GrantType::RefreshToken).refresh_token(refresh.clone()))
            .await
    }

    /// Returns a request body for the tokens of a user, with the client id and the client secret of the app.
    pub(super) fn token_request(&self) -> UserTokenRequest {
        let request = UserTokenRequest::new(self.client_id());
        match &self.0.client_secret {
            Some(secret) => request.client_secret(secret.clone()),
            None => request,
        }
    }

    /// Sends a request for the tokens of a user to GitHub.
    pub(super) async fn request_tokens(&self, request: UserTokenRequest) -> Result<UserTokens, UserError> {
        // The time before the request, so that the token rather seems to expire too early.
        let requested_at = self.now();
        match self.web().send(CreateUserToken::new(request)).await {
            Ok(UserTokenResponse::AccessToken(token)) if token.access_token.expose().is_empty() => {
                Err(UserError::new(Cause::Response))
            }
            Ok(UserTokenResponse::AccessToken(token)) => Ok(UserTokens::from_response(*token, requested_at)),
            Ok(UserTokenResponse::SignInError(error)) => Err(UserError::reported(*error)),
            Ok(UserTokenResponse::Unknown(_)) => Err(UserError::new(Cause::Response)),
            Err(error) => Err(request_error(error)),
        }
    }

    /// Returns an HTTP client of the API that authenticates with the client id and the client secret of the app.
    pub(super) fn client_with_secret(&self) -> Result<Client<ClientSecret>, UserError> {
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

/// Converts the HTTP client's error of a request for tokens to a [`UserError`]. GitHub reports OAuth errors with status
/// 200; other servers use an error status.
pub(super) fn request_error(error: Error) -> UserError {
    match decode::<SignInError>(error.body()) {
        Ok(reported) if error.status().is_some_and(|status| status.is_client_error()) => UserError::reported(reported),
        _ => UserError::new(Cause::Request(error)),
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SignIn({:?}, {}, {})", self.client_id(), self.web().base_url(), self.api().base_url())
    }
}

/// A builder of a [`SignIn`], with settings for the client secret, the server, the HTTP clients and the clock. Start
/// with [`SignIn::builder`], and end with [`SignInBuilder::build`].
///
/// | setting | default |
/// |---|---|
/// | client secret | none, which is enough for the device flow |
/// | server | github.com, with its API at api.github.com |
/// | clock | the system clock |
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
    /// Sets the client secret of the GitHub App. The sign-in with a browser, the refresh of its tokens, and checks and
    /// revocations of tokens need it; the device flow does not.
    pub fn client_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.client_secret = Some(secret.into());
        self
    }

    /// Sets the URL of the GitHub server's web pages, where users sign in: `https://github.example.com` for a GitHub
    /// Enterprise Server, whose API is at `/api/v3`, or `https://octocorp.ghe.com`. The default is github.com.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = Some(url.into());
        self
    }

    /// Sets the URL of the GitHub API to which requests on behalf of users are sent. It is only needed if it differs
    /// from the API URL that belongs to [`SignInBuilder::base_url`].
    pub fn api_url(mut self, url: impl Into<String>) -> Self {
        self.api_base = Some(url.into());
        self
    }

    /// Sets the HTTP client for the requests of the sign-in itself (codes and tokens), with its server. It replaces
    /// [`SignInBuilder::base_url`].
    pub fn web_client<H>(mut self, client: Client<H>) -> Self {
        self.web = Some(client.without_credential());
        self
    }

    /// Sets the HTTP client for the requests to the GitHub API on behalf of users, with its server. It replaces
    /// [`SignInBuilder::api_url`].
    pub fn api_client<H>(mut self, client: Client<H>) -> Self {
        self.api = Some(client.without_credential());
        self
    }

    /// Sets the clock that decides when the tokens of users are refreshed. The default is the system clock; tests set
    /// another one.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Builds the [`SignIn`] from the settings of this builder. No request is sent yet.
    ///
    /// # Errors
    ///
    /// If the client id is empty, a URL is invalid, or the URL of the sign-in is neither `https` nor on loopback.
    pub fn build(self) -> Result<SignIn, UserError> {
        let Self { client_id, client_secret, base, api_base, web, api, clock } = self;
        if client_id.is_empty() {
            return Err(UserError::setup("the client id is empty"));
        }
        let given_api = api.as_ref().map(Client::base_url).or(api_base.as_deref());
        let is_elsewhere = given_api.is_some_and(|url| url.trim_end_matches('/') != API);
        if is_elsewhere && web.is_none() && base.is_none() {
            let problem =
                "the API is not that of github.com, and the URL of the sign-in is missing: set it with `base_url`";
            return Err(UserError::setup(problem));
        }
        let build = |url: &str| github().base_url(url).build().map_err(UserError::setup);
        let web = web.map_or_else(|| build(base.as_deref().unwrap_or(SERVER)), Ok)?;
        let web_url = Url::parse(web.base_url()).map_err(UserError::setup)?;
        if !may_receive_secrets(web.base_url()) {
            let problem = "the URL of the sign-in is not `https`, so that others could read the tokens of users";
            return Err(UserError::setup(problem));
        }
        // Without another setting, the API is on the same server, so that no other server sees the secrets.
        let api_base = api_base.unwrap_or_else(|| api_url(&web_url));
        let api = api.map_or_else(|| build(&api_base), Ok)?;
        Ok(SignIn(Arc::new(Inner { web, api, client_id, client_secret, clock })))
    }
}

impl fmt::Debug for SignInBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client_id, web, api, .. } = self;
        let (base, api_base) =
            (self.base.as_deref().map(redact_base_url), self.api_base.as_deref().map(redact_base_url));
        write!(f, "SignInBuilder({client_id:?}, URLs: {base:?}, {api_base:?}, clients: {web:?}, {api:?})")
    }
}
