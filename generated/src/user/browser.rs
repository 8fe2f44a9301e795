//! Sign-in with a browser.

use std::borrow::Cow;
use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use octogen_runtime::object;

use super::error::Cause;
use super::{SignIn, UserError, UserTokens};
use crate::oauth::endpoints::Authorize;
use crate::oauth::models::{Callback, SignInError};
use crate::random::random_secret;
use crate::runtime::{Map, Operation, Secret, Value, decode, encode};

/// A builder of the URL on GitHub where a user signs in with a browser and authorizes the app. Start with
/// [`SignIn::authorization`], and end with [`AuthorizationRequest::begin`].
#[must_use = "it does nothing until `begin`"]
pub struct AuthorizationRequest<'a> {
    sign_in: &'a SignIn,
    page: Authorize,
    redirect_uri: Option<String>,
    repository: Option<i64>,
}

/// A pending sign-in of a user, which waits for the browser to come back from GitHub: its state and its code verifier.
/// Store it in the session of that browser, and pass it to [`SignIn::finish`]. It is a model: `encode` writes it as
/// JSON, with its secrets, and `decode` reads it. `Debug` shows no secret.
#[non_exhaustive]
pub struct PendingSignIn {
    state: Secret,
    code_verifier: Secret,
    redirect_uri: Option<String>,
    repository: Option<i64>,
}

object! { PendingSignIn [state, code_verifier, ?redirect_uri, ?repository] }

impl SignIn {
    /// Starts the sign-in of a user with a browser, as an [`AuthorizationRequest`], the builder of the URL on GitHub.
    pub fn authorization(&self) -> AuthorizationRequest<'_> {
        let page = Authorize::new(self.client_id());
        AuthorizationRequest { sign_in: self, page, redirect_uri: None, repository: None }
    }

    /// Finishes the sign-in of a user with a browser: checks the callback against the pending sign-in, and exchanges
    /// its code for the tokens of the user.
    ///
    /// # Errors
    ///
    /// If the state differs, the user has refused, or GitHub does not accept the code.
    pub async fn finish(&self, pending: PendingSignIn, callback: &Callback) -> Result<UserTokens, UserError> {
        let code = pending.code(callback)?;
        let mut request = self.token_request().code(code).code_verifier(pending.code_verifier);
        if let Some(uri) = pending.redirect_uri {
            request = request.redirect_uri(uri);
        }
        if let Some(repository) = pending.repository {
            request = request.repository_id(repository.to_string());
        }
        self.request_tokens(request).await
    }
}

impl AuthorizationRequest<'_> {
    /// Sets the URL to which GitHub sends the browser back after the sign-in: one of the app's callback URLs. The
    /// default is the first of them.
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        let uri = uri.into();
        Self { page: self.page.redirect_uri(uri.clone()), redirect_uri: Some(uri), ..self }
    }

    /// Sets the login of the account that GitHub's sign-in page suggests to the user.
    pub fn login(self, login: impl Into<String>) -> Self {
        Self { page: self.page.login(login), ..self }
    }

    /// Sets whether GitHub's sign-in page offers users without an account to create one. The default is true.
    pub fn allow_signup(self, allow: bool) -> Self {
        Self { page: self.page.allow_signup(allow), ..self }
    }

    /// Makes GitHub's sign-in page ask the user to choose an account, even if the user is signed in to GitHub already.
    pub fn select_account(self) -> Self {
        Self { page: self.page.prompt(), ..self }
    }

    /// Restricts the user's token to one repository, by the id of the repository. GitHub ignores this if the app or the
    /// user has no access to the repository.
    pub fn repository(self, id: i64) -> Self {
        Self { repository: Some(id), ..self }
    }

    /// Returns the URL on GitHub to which to send the browser for the sign-in, and the pending sign-in to store until
    /// the browser comes back. The URL contains the state, so give it to this browser only.
    ///
    /// # Errors
    ///
    /// If the system gives no random numbers.
    pub fn begin(self) -> Result<(String, PendingSignIn), UserError> {
        let Self { sign_in, page, redirect_uri, repository } = self;
        let random = || random_secret().map_err(|_| UserError::new(Cause::Random));
        let (state, code_verifier) = (random()?, random()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, code_verifier.expose().as_bytes()));
        let page = page.state(state.clone()).code_challenge(challenge).code_challenge_method();
        let request = page.request().map_err(UserError::setup)?;
        let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let base = sign_in.web().base_url().trim_end_matches('/');
        let url = format!("{base}{}?{}", request.path, query.join("&"));
        Ok((url, PendingSignIn { state, code_verifier, redirect_uri, repository }))
    }
}

impl PendingSignIn {
    /// Checks the state and returns the code. The other parameters are read only if the state is right.
    fn code(&self, callback: &Callback) -> Result<Secret, UserError> {
        let state = callback.state.as_ref().ok_or_else(|| UserError::new(Cause::State))?;
        verify_slices_are_equal(state.expose().as_bytes(), self.state.expose().as_bytes())
            .map_err(|_| UserError::new(Cause::State))?;
        if let Some(error) = &callback.error {
            let reported = [
                ("error", Some(error.as_str())),
                ("error_description", callback.error_description.as_deref()),
                ("error_uri", callback.error_uri.as_deref()),
            ];
            return Err(reported_error(reported));
        }
        let code = callback.code.clone().filter(|code| !code.expose().is_empty());
        code.ok_or_else(|| UserError::new(Cause::Callback("the callback has neither a code nor an error")))
    }
}

/// Parses the query of the URL with which the browser comes back from GitHub's sign-in page, with or without its `?`.
/// Pass the result to [`SignIn::finish`]. A framework that reads queries with serde can also read a [`Callback`]
/// directly.
///
/// ```
/// let callback = github_apps::user::parse_callback("code=4f1d&state=x%2Fy&setup_action=install")?;
/// assert_eq!(callback.state.as_ref().map(|state| state.expose()), Some("x/y"));
/// # Ok::<(), github_apps::user::UserError>(())
/// ```
///
/// # Errors
///
/// If a query parameter occurs twice.
pub fn parse_callback(query: &str) -> Result<Callback, UserError> {
    let mut parameters: Map<Value> = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
        if parameters.insert(name.into_owned(), Value::String(value.into_owned())).is_some() {
            return Err(UserError::new(Cause::Callback("a parameter occurs twice in the callback")));
        }
    }
    decode_texts(parameters)
}

/// Makes an error of the parameters that report one.
fn reported_error<'a>(parameters: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> UserError {
    let texts =
        parameters.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::String(text?.to_owned()))));
    decode_texts::<SignInError>(texts.collect()).map_or_else(|error| error, UserError::reported)
}

/// Decodes a model whose properties are all strings.
fn decode_texts<T: crate::runtime::Slot>(texts: Map<Value>) -> Result<T, UserError> {
    let unexpected = |_| UserError::new(Cause::Callback("the callback has unexpected parameters"));
    decode(encode(&Value::Object(texts)).as_bytes()).map_err(unexpected)
}

impl fmt::Debug for AuthorizationRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let redirect = self.redirect_uri.as_deref().map_or(Cow::Borrowed("the first callback URL"), Cow::Borrowed);
        write!(f, "AuthorizationRequest({:?}, back to {redirect})", self.sign_in)
    }
}
