//! Why an app isn't registered.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use crate::apps::endpoints::CreateAppFromManifestFailure;
use crate::client::Error;
use crate::runtime::RequestError;

/// Why an app isn't registered. It shows neither a state nor a code, nor anything else that came with them.
#[derive(Debug)]
#[non_exhaustive]
pub enum RegisterError {
    /// GitHub can't be at that URL, which is to be `https` (or on loopback), and no more than a host and a path.
    Address(&'static str),
    /// An organization of that name would lead to another page.
    Organization(RequestError),
    /// There is no client.
    Client(Box<Error>),
    /// This machine has no random numbers.
    Chance,
    /// The query has no `state`, or no `code`.
    Missing(&'static str),
    /// The query has a `state`, or a `code`, twice.
    Twice(&'static str),
    /// What the query has for a `code` is none.
    NoneSuch(&'static str),
    /// The state was given out to nobody, or has come back before.
    UnknownState,
    /// The state was given out too long ago.
    StateEnded,
    /// GitHub gave no credentials for the code: by [`Error::failure`] with a documented 404, where the code was used before
    /// or is too old, or a documented 422; else for whatever [`Error`] tells. Where GitHub wasn't reached, the same code
    /// can be sent again.
    Exchange(Box<Error<CreateAppFromManifestFailure>>),
}

impl RegisterError {
    /// Whether the state is missing, unknown, used or too old: who comes back isn't who was sent, or comes twice.
    #[must_use]
    pub fn is_state(&self) -> bool {
        matches!(self, Self::Missing("state") | Self::Twice("state") | Self::UnknownState | Self::StateEnded)
    }

    /// Whether GitHub doesn't know the code: it was used before, or is older than an hour.
    #[must_use]
    pub fn is_code_gone(&self) -> bool {
        self.request().and_then(Error::status) == Some(StatusCode::NOT_FOUND)
    }

    /// Why GitHub gave no credentials, with status, headers and body; `None` where it wasn't asked.
    #[must_use]
    pub fn request(&self) -> Option<&Error<CreateAppFromManifestFailure>> {
        match self {
            Self::Exchange(error) => Some(error),
            _ => None,
        }
    }

    /// What a server answers: 400 where the query is wrong, 502 where GitHub gave no credentials, else 500.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        match self {
            Self::Missing(_) | Self::Twice(_) | Self::NoneSuch(_) | Self::UnknownState | Self::StateEnded => {
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
            Self::Address(why) => write!(f, "GitHub can't be at that URL: {why}"),
            Self::Organization(_) => f.write_str("no organization has that name"),
            Self::Client(_) => f.write_str("there is no client that could ask for the credentials"),
            Self::Chance => f.write_str("this machine has no random numbers"),
            Self::Missing(name) => write!(f, "the query has no `{name}`"),
            Self::Twice(name) => write!(f, "the query has `{name}` more than once"),
            Self::NoneSuch(name) => write!(f, "what the query has for `{name}` is none"),
            Self::UnknownState => {
                f.write_str("the state is not one that was given out here, or it has come back before: begin again")
            }
            Self::StateEnded => f.write_str("the state was given out too long ago: begin again"),
            Self::Exchange(_) if self.is_code_gone() => {
                f.write_str("GitHub doesn't know the code: it was used before, or is older than an hour")
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
