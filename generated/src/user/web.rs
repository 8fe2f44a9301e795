//! Users who sign in with a browser.

use std::borrow::Cow;
use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use octogen_runtime::object;

use super::error::Cause;
use super::{SignIn, UserError, UserTokens};
use crate::oauth::endpoints::Authorize;
use crate::oauth::models::{Callback, ChallengeMethod, Prompt, SignInError};
use crate::runtime::{Map, Operation, Secret, Value, decode, encode};

/// How a user is asked; [`SignIn::authorization`] begins it.
#[must_use = "nobody is asked until it begins"]
pub struct Authorization<'a> {
    sign_in: &'a SignIn,
    page: Authorize,
    redirect_uri: Option<String>,
    repository: Option<i64>,
}

/// What is to be kept until the browser comes back, with the session of that browser alone: a model, which `encode` makes
/// JSON of, with its secrets, and `decode` reads. `Debug` shows no secret.
#[non_exhaustive]
pub struct Pending {
    state: Secret,
    code_verifier: Secret,
    redirect_uri: Option<String>,
    repository: Option<i64>,
}

object! { Pending [state, code_verifier, ?redirect_uri, ?repository] }

impl SignIn {
    /// Begins to ask a user with a browser.
    pub fn authorization(&self) -> Authorization<'_> {
        let page = Authorize::new(self.client_id());
        Authorization { sign_in: self, page, redirect_uri: None, repository: None }
    }

    /// The tokens of the user, once the browser is back at the callback URL.
    ///
    /// # Errors
    ///
    /// Where the state is another one, the user has refused, or GitHub doesn't take the code.
    pub async fn finish(&self, pending: Pending, callback: &Callback) -> Result<UserTokens, UserError> {
        let code = pending.code(callback)?;
        let mut request = self.request().code(code).code_verifier(pending.code_verifier);
        if let Some(uri) = pending.redirect_uri {
            request = request.redirect_uri(uri);
        }
        if let Some(repository) = pending.repository {
            request = request.repository_id(repository.to_string());
        }
        self.ask(request).await
    }
}

impl Authorization<'_> {
    /// Where the browser goes afterwards: one of the app's callback URLs. Without it, the first of them.
    pub fn redirect_uri(self, uri: impl Into<String>) -> Self {
        let uri = uri.into();
        Self { page: self.page.redirect_uri(uri.clone()), redirect_uri: Some(uri), ..self }
    }

    /// The account that is proposed to the user.
    pub fn login(self, login: impl Into<String>) -> Self {
        Self { page: self.page.login(login), ..self }
    }

    /// Whether people without an account are offered one, as they are unless this says no.
    pub fn allow_signup(self, allow: bool) -> Self {
        Self { page: self.page.allow_signup(allow), ..self }
    }

    /// Has the user asked in any case which account it shall be.
    pub fn select_account(self) -> Self {
        Self { page: self.page.prompt(Prompt::SelectAccount), ..self }
    }

    /// Narrows the token down to one repository, by its id; passed over where the app or the user doesn't reach it.
    pub fn repository(self, id: i64) -> Self {
        Self { repository: Some(id), ..self }
    }

    /// The URL to which to send the browser, and what to keep until it comes back. The URL has the state in it, and is
    /// for that browser alone.
    ///
    /// # Errors
    ///
    /// Where this machine has no random numbers to give.
    pub fn begin(self) -> Result<(String, Pending), UserError> {
        let Self { sign_in, page, redirect_uri, repository } = self;
        let (state, code_verifier) = (random()?, random()?);
        let challenge = BASE64_URL_SAFE_NO_PAD.encode(digest(&SHA256, code_verifier.expose().as_bytes()));
        let page = page.state(state.clone()).code_challenge(challenge).code_challenge_method(ChallengeMethod::S256);
        let request = page.request().map_err(UserError::setup)?;
        let query: Vec<String> = request.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let base = sign_in.web().base_url().trim_end_matches('/');
        let url = format!("{base}{}?{}", request.path, query.join("&"));
        Ok((url, Pending { state, code_verifier, redirect_uri, repository }))
    }
}

impl Pending {
    /// The code, where it was this browser that was sent. Whatever else a callback says is believed only then.
    fn code(&self, callback: &Callback) -> Result<Secret, UserError> {
        let state = callback.state.as_ref().ok_or_else(|| UserError::new(Cause::State))?;
        verify_slices_are_equal(state.expose().as_bytes(), self.state.expose().as_bytes())
            .map_err(|_| UserError::new(Cause::State))?;
        if let Some(error) = &callback.error {
            let said = [
                ("error", Some(error.as_str())),
                ("error_description", callback.error_description.as_deref()),
                ("error_uri", callback.error_uri.as_deref()),
            ];
            return Err(said_by(said));
        }
        let code = callback.code.clone().filter(|code| !code.expose().is_empty());
        code.ok_or_else(|| UserError::new(Cause::Callback("the browser came back with neither a code nor an error")))
    }
}

/// What the query of the callback URL says, which is behind its `?`. A framework that reads queries by `serde` can read
/// a [`Callback`] by itself.
///
/// ```
/// let callback = github_apps::user::callback("code=4f1d&state=x%2Fy&setup_action=install")?;
/// assert_eq!(callback.state.as_ref().map(|state| state.expose()), Some("x/y"));
/// # Ok::<(), github_apps::user::UserError>(())
/// ```
///
/// # Errors
///
/// Where one of its parameters is there twice.
pub fn callback(query: &str) -> Result<Callback, UserError> {
    let mut parameters: Map<Value> = Map::new();
    for (name, value) in url::form_urlencoded::parse(query.trim_start_matches('?').as_bytes()) {
        if parameters.insert(name.into_owned(), Value::String(value.into_owned())).is_some() {
            return Err(UserError::new(Cause::Callback("the browser came back with one parameter twice")));
        }
    }
    of_texts(parameters)
}

fn said_by<'a>(said: impl IntoIterator<Item = (&'a str, Option<&'a str>)>) -> UserError {
    let said = said.into_iter().filter_map(|(name, text)| Some((name.to_owned(), Value::String(text?.to_owned()))));
    of_texts::<SignInError>(said.collect()).map_or_else(|error| error, UserError::said)
}

fn of_texts<T: crate::runtime::Slot>(texts: Map<Value>) -> Result<T, UserError> {
    let not_documented = |_| UserError::new(Cause::Callback("the browser came back with what is not documented"));
    decode(encode(&Value::Object(texts)).as_bytes()).map_err(not_documented)
}

/// 256 bits, in 43 characters that a URL takes as they are.
fn random() -> Result<Secret, UserError> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes).map_err(|_| UserError::new(Cause::Random))?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes).into())
}

impl fmt::Debug for Authorization<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let redirect = self.redirect_uri.as_deref().map_or(Cow::Borrowed("its first callback URL"), Cow::Borrowed);
        write!(f, "Authorization({:?}, back to {redirect})", self.sign_in)
    }
}
