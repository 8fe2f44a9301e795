//! Errors of registering an app.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::apps::endpoints::CreateAppFromManifestFailure;
use crate::client::Error;
use crate::runtime::RequestError;

/// An error of registering a GitHub App from a manifest, with one variant per problem of the settings, the callback or
/// the exchange. It shows neither a state nor a code, nor other parts of the callback.
#[derive(Debug)]
#[non_exhaustive]
pub enum RegisterError {
    /// The URL of the GitHub server is invalid. It must be `https` (or on loopback), with only a host and a path.
    Address(&'static str),
    /// The name of the organization is invalid in the path of a URL.
    Organization(RequestError),
    /// The HTTP client could not be built.
    Client(Box<Error>),
    /// The operating system gave no random numbers for a state.
    Random,
    /// The query of the callback has no `state` or no `code`. The text is the name of the missing parameter.
    Missing(&'static str),
    /// The query of the callback has `state` or `code` more than once. The text is the name of the repeated parameter.
    Repeated(&'static str),
    /// The parameter `code` of the callback is invalid.
    InvalidCode,
    /// This registrar has not issued the state of the callback, or the state was used before.
    UnknownState,
    /// The state of the callback was issued too long ago.
    StateExpired,
    /// GitHub gave no credentials for the code. It answers 404 if the code was used before or has expired. If GitHub was
    /// not reached, the same code can be sent again.
    Exchange(Box<Error<CreateAppFromManifestFailure>>),
}

impl RegisterError {
    /// Reports whether the `state` parameter of the registration callback is missing, repeated, unknown, used or
    /// expired. For example, this process has not sent that browser to GitHub, the browser came back twice, or the user
    /// took too long. Start the registration again then.
    #[must_use]
    pub fn is_state(&self) -> bool {
        matches!(self, Self::Missing("state") | Self::Repeated("state") | Self::UnknownState | Self::StateExpired)
    }

    /// Reports whether GitHub does not accept the code of the registration callback, since it was used before or is
    /// older than an hour (404). Start the registration again then.
    #[must_use]
    pub fn is_code_expired(&self) -> bool {
        self.request().and_then(Error::status) == Some(StatusCode::NOT_FOUND)
    }

    /// Returns the HTTP client's error of the request that exchanges the code for the credentials of the new app, with
    /// status, headers and body. `None` for all other errors of a registration.
    #[must_use]
    pub fn request(&self) -> Option<&Error<CreateAppFromManifestFailure>> {
        match self {
            Self::Exchange(error) => Some(error),
            _ => None,
        }
    }

    /// Returns the HTTP status with which your server should answer the browser after this registration error: 400 if
    /// the query of the callback is wrong, 502 if GitHub gave no credentials, else 500.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) | Self::Repeated(_) | Self::InvalidCode | Self::UnknownState | Self::StateExpired => {
                StatusCode::BAD_REQUEST
            }
            Self::Exchange(_) => StatusCode::BAD_GATEWAY,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(problem) => write!(f, "the URL of GitHub is invalid: {problem}"),
            Self::Organization(_) => f.write_str("the name of the organization is invalid"),
            Self::Client(_) => f.write_str("the client could not be built"),
            Self::Random => f.write_str("the system gave no random numbers"),
            Self::Missing(name) => write!(f, "the query has no `{name}`"),
            Self::Repeated(name) => write!(f, "the query has `{name}` more than once"),
            Self::InvalidCode => f.write_str("the query parameter `code` is invalid"),
            Self::UnknownState => f.write_str("the state was not issued here, or was used before: start again"),
            Self::StateExpired => f.write_str("the state has expired: start again"),
            Self::Exchange(_) if self.is_code_expired() => {
                f.write_str("GitHub does not accept the code: it was used before, or is older than an hour")
            }
            Self::Exchange(_) => f.write_str("GitHub gave no credentials for the code"),
        }
    }
}

impl StdError for RegisterError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Organization(error) => Some(error),
            Self::Client(error) => Some(error),
            Self::Exchange(error) => Some(error),
            _ => None,
        }
    }
}
