//! Errors of the tokens of users.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::client::{BoxError, Error};
use crate::error_chain::write_error_chain;
use crate::oauth::models::{SignInError, SignInErrorCode};
use crate::single_flight::Panicked;

/// An error of getting or refreshing the tokens of a user, at the sign-in or later. Tasks that waited for the same
/// tokens share one error, so a clone is cheap. It shows no secret.
///
/// If an operation failed because it got no token, this error is the `source` of the operation's error.
#[derive(Clone)]
pub struct UserError(Arc<Cause>);

pub(super) enum Cause {
    /// A setting of [`SignIn`](super::SignIn) is wrong.
    Setup(String),
    /// The system gave no random numbers.
    Random,
    /// The callback has another state, or none.
    State,
    /// The callback is not as documented.
    Callback(&'static str),
    /// GitHub reported an error.
    Reported(Box<SignInError>),
    /// The response is neither a token nor an error.
    Response,
    Request(Error),
    /// The user has not entered the code in time.
    UserTooSlow,
    NoSecret,
    NoRefreshToken,
    RefreshTokenExpired,
    /// The store could not save a pair.
    Save(BoxError),
    /// The store could not load a pair.
    Load(BoxError),
    /// The refresh panicked, most likely in the store.
    Panicked,
}

impl UserError {
    pub(super) fn new(cause: Cause) -> Self {
        Self(Arc::new(cause))
    }

    pub(super) fn setup(problem: impl fmt::Display) -> Self {
        Self::new(Cause::Setup(problem.to_string()))
    }

    pub(super) fn reported(error: SignInError) -> Self {
        Self::new(Cause::Reported(Box::new(error)))
    }

    /// Returns the OAuth error code that GitHub reported for the sign-in or the refresh of a user's tokens, such as
    /// `access_denied`. An undocumented code is kept. `None` for other errors.
    #[must_use]
    pub fn code(&self) -> Option<&SignInErrorCode> {
        self.reported_error().map(|reported| &reported.error)
    }

    /// Returns the OAuth error response that GitHub reported for the sign-in or the refresh of a user's tokens, with
    /// its code and description. `None` for other errors.
    #[must_use]
    pub fn reported_error(&self) -> Option<&SignInError> {
        match &*self.0 {
            Cause::Reported(reported) => Some(reported),
            _ => None,
        }
    }

    /// Returns the HTTP client's error, if a request about a user's tokens failed without an OAuth error from GitHub,
    /// for example without a connection. `None` for other errors.
    #[must_use]
    pub fn request(&self) -> Option<&Error> {
        match &*self.0 {
            Cause::Request(error) => Some(error),
            _ => None,
        }
    }

    /// Reports whether the `state` of the sign-in callback is missing or is not the one that was sent: somebody else
    /// may have sent the browser.
    #[must_use]
    pub fn is_state(&self) -> bool {
        matches!(&*self.0, Cause::State)
    }

    /// Reports whether the user refused to authorize the app (`access_denied`).
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.code() == Some(&SignInErrorCode::AccessDenied)
    }

    /// Reports whether the [`UserTokenStore`](super::UserTokenStore) could not save or load the tokens of the user, or
    /// panicked.
    #[must_use]
    pub fn is_store(&self) -> bool {
        matches!(&*self.0, Cause::Save(_) | Cause::Load(_) | Cause::Panicked)
    }

    /// Reports whether the user has to sign in again after this error: the time is over, the tokens or the code have
    /// become invalid, or the user refused. Then start another sign-in.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        use SignInErrorCode::{
            AccessDenied, BadRefreshToken, BadVerificationCode, ExpiredToken, IncorrectDeviceCode, TokenExpired,
        };
        let codes =
            [AccessDenied, BadRefreshToken, BadVerificationCode, ExpiredToken, IncorrectDeviceCode, TokenExpired];
        matches!(&*self.0, Cause::UserTooSlow | Cause::NoRefreshToken | Cause::RefreshTokenExpired)
            || self.code().is_some_and(|code| codes.contains(code))
    }

    /// Reports whether the request of this error may succeed a little later, for example after a connection error.
    pub(super) fn is_transient(&self) -> bool {
        let Some(error) = self.request() else { return false };
        let is_server_fault = |status: http::StatusCode| status.is_server_error() || status.as_u16() == 429;
        error.is_connect() || error.is_timeout() || error.is_transport() || error.status().is_some_and(is_server_fault)
    }
}

impl From<Panicked> for UserError {
    fn from(_: Panicked) -> Self {
        Self::new(Cause::Panicked)
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            Cause::Setup(problem) => problem,
            Cause::Random => "the system gave no random numbers",
            Cause::State => "the `state` of the callback is not the one that was sent",
            Cause::Callback(problem) => problem,
            Cause::Response => "the response is neither a token nor an error",
            Cause::Request(_) => "the request for a token failed",
            Cause::UserTooSlow => "the user has not entered the code in time",
            Cause::NoSecret => "this needs the client secret of the app: set it with `client_secret`",
            Cause::NoRefreshToken => "the token of the user has expired, and there is no refresh token",
            Cause::RefreshTokenExpired => "the refresh token of the user has expired",
            Cause::Save(_) => "the store could not save the new tokens of the user",
            Cause::Load(_) => "the store could not load the tokens of the user",
            Cause::Panicked => "the store of the user's tokens panicked",
            Cause::Reported(reported) => return write_reported(reported, f),
        })
    }
}

/// Writes the code and the description. They are escaped and cut, since a callback URL may come from anybody.
fn write_reported(reported: &SignInError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let short = |text: &str| text.chars().take(200).collect::<String>();
    write!(f, "GitHub reported `{}`", short(reported.error.as_str()).escape_debug())?;
    match &reported.error_description {
        Some(description) => write!(f, ": {}", short(description).escape_debug()),
        None => Ok(()),
    }
}

impl fmt::Debug for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_error_chain(self, f)
    }
}

impl StdError for UserError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Cause::Request(error) => Some(error),
            Cause::Save(error) | Cause::Load(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
