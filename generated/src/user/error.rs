//! Why a user has no token.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use crate::causes;
use crate::client::{BoxError, Error};
use crate::oauth::models::{SignInError, SignInErrorCode};

/// Why a user has no token. One error may be that of many tasks that waited for the same token, so that a clone costs
/// nothing. It shows no secret.
///
/// Where an operation failed for want of a token, it is the `source` of that error.
#[derive(Clone)]
pub struct UserError(Arc<Cause>);

pub(super) enum Cause {
    /// What a sign-in is made of is wrong.
    Setup(String),
    /// There is no randomness to be had.
    Random,
    /// The browser came back with another state, or none.
    State,
    /// The browser came back with something else than what is documented.
    Callback(&'static str),
    /// GitHub says why.
    Said(Box<SignInError>),
    /// The answer is neither a token nor an error.
    Answer,
    Request(Error),
    /// The user has taken too long.
    Late,
    NoSecret,
    NoRefreshToken,
    RefreshTokenEnded,
    /// The owner can't keep a pair, or not say what it keeps.
    Keep(BoxError),
    Load(BoxError),
    /// The owner panicked.
    Panicked,
}

impl UserError {
    pub(super) fn new(cause: Cause) -> Self {
        Self(Arc::new(cause))
    }

    pub(super) fn setup(why: impl fmt::Display) -> Self {
        Self::new(Cause::Setup(why.to_string()))
    }

    pub(super) fn said(error: SignInError) -> Self {
        Self::new(Cause::Said(Box::new(error)))
    }

    /// Why GitHub gives none, where it says so; a code that isn't documented is kept.
    #[must_use]
    pub fn code(&self) -> Option<&SignInErrorCode> {
        self.said_error().map(|said| &said.error)
    }

    /// The same, with all that GitHub says of it.
    #[must_use]
    pub fn said_error(&self) -> Option<&SignInError> {
        match &*self.0 {
            Cause::Said(said) => Some(said),
            _ => None,
        }
    }

    /// What came of the request, where it had no documented answer; `None` where none was sent.
    #[must_use]
    pub fn request(&self) -> Option<&Error> {
        match &*self.0 {
            Cause::Request(error) => Some(error),
            _ => None,
        }
    }

    /// Whether the browser came back with another state than it was sent with: somebody else may have sent it.
    #[must_use]
    pub fn is_state(&self) -> bool {
        matches!(&*self.0, Cause::State)
    }

    /// Whether the user said no.
    #[must_use]
    pub fn is_denied(&self) -> bool {
        self.code() == Some(&SignInErrorCode::AccessDenied)
    }

    /// Whether the owner of the tokens could not keep them, or not say what it keeps.
    #[must_use]
    pub fn is_owner(&self) -> bool {
        matches!(&*self.0, Cause::Keep(_) | Cause::Load(_) | Cause::Panicked)
    }

    /// Whether nothing helps but that the user signs in again: the time for it is over, what the app had is of no use
    /// any more, or the user took it back.
    #[must_use]
    pub fn needs_sign_in(&self) -> bool {
        use SignInErrorCode::{
            AccessDenied, BadRefreshToken, BadVerificationCode, ExpiredToken, IncorrectDeviceCode, TokenExpired,
        };
        let codes =
            [AccessDenied, BadRefreshToken, BadVerificationCode, ExpiredToken, IncorrectDeviceCode, TokenExpired];
        matches!(&*self.0, Cause::Late | Cause::NoRefreshToken | Cause::RefreshTokenEnded)
            || self.code().is_some_and(|code| codes.contains(code))
    }

    /// Whether the same request may do better a little later.
    pub(super) fn is_passing(&self) -> bool {
        let Some(error) = self.request() else { return false };
        let is_of_server = |status: http::StatusCode| status.is_server_error() || status.as_u16() == 429;
        error.is_connect() || error.is_timeout() || error.is_transport() || error.status().is_some_and(is_of_server)
    }
}

impl fmt::Display for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &*self.0 {
            Cause::Setup(why) => why,
            Cause::Random => "this machine has no random numbers to give",
            Cause::State => "the browser came back with another `state` than it was sent with",
            Cause::Callback(why) => why,
            Cause::Answer => "the server gave neither a token nor an error",
            Cause::Request(_) => "the server gave no token",
            Cause::Late => "the user has not entered the code in time",
            Cause::NoSecret => "it takes the client secret of the app",
            Cause::NoRefreshToken => "the token of the user has ended, and there is no refresh token",
            Cause::RefreshTokenEnded => "the refresh token of the user has ended",
            Cause::Keep(_) => "the new tokens of the user could not be kept by their owner",
            Cause::Load(_) => "the owner of the tokens of the user could not say what it keeps",
            Cause::Panicked => "the owner of the tokens of the user panicked",
            Cause::Said(said) => return said_for_people(said, f),
        })
    }
}

/// The code and the description, which anybody may have written into a callback URL.
fn said_for_people(said: &SignInError, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let short = |text: &str| text.chars().take(200).collect::<String>();
    write!(f, "GitHub says `{}`", short(said.error.as_str()).escape_debug())?;
    match &said.error_description {
        Some(description) => write!(f, ": {}", short(description).escape_debug()),
        None => Ok(()),
    }
}

impl fmt::Debug for UserError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        causes::shown(self, f)
    }
}

impl StdError for UserError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &*self.0 {
            Cause::Request(error) => Some(error),
            Cause::Keep(error) | Cause::Load(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
