//! What the webhook of an app delivers: [`Event::read`] takes the name of the event, from the header `X-GitHub-Event`, and
//! the body.
//!
//! ```
//! # fn main() -> Result<(), github_apps::runtime::DecodeError> {
//! use github_apps::event::Event;
//!
//! let body = br#"{"zen":"Keep it logically awesome.","hook_id":1}"#;
//! match Event::read("ping", body)? {
//!     Event::Ping(ping) => assert_eq!(ping.hook_id, Some(1)),
//!     Event::Installation(event) => println!("installation {}: {:?}", event.installation.id, event.action),
//!     Event::Other { name, payload } => println!("{name}: {:?}", payload.get("action")),
//!     _ => {}
//! }
//! # Ok(())
//! # }
//! ```
//!
//! Nothing but the signature proves that a delivery comes from GitHub: check it before reading.

use octogen_runtime::{DecodeError, Slot, Value, decode, encode};

use crate::apps::{models, webhooks};

/// An event with its payload.
///
/// What an app receives about itself has a type; any other event keeps its name and payload, and
/// [`Event::envelope`] has what they all have in common.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// `installation`: the app was installed or uninstalled, or an installation changed.
    Installation(Box<webhooks::Installation>),
    /// `installation_repositories`: an installation covers other repositories than before.
    InstallationRepositories(Box<webhooks::InstallationRepositories>),
    /// `installation_target`: the account of an installation was renamed.
    InstallationTarget(Box<webhooks::InstallationTarget>),
    /// `github_app_authorization`: a user took back an authorization.
    GithubAppAuthorization(Box<webhooks::GithubAppAuthorization>),
    /// `meta`: the webhook was deleted.
    Meta(Box<webhooks::Meta>),
    /// `ping`: a webhook was made.
    Ping(Box<webhooks::Ping>),
    /// Any other event.
    Other {
        /// The name, as the header has it.
        name: String,
        /// The payload.
        payload: Value,
    },
}

impl Event {
    /// Reads a delivery: the name that its header `X-GitHub-Event` has, and its body.
    ///
    /// # Errors
    ///
    /// Where the body is not JSON, or not what is documented for an event that has a type.
    pub fn read(name: &str, body: &[u8]) -> Result<Self, DecodeError> {
        Ok(match name {
            "installation" => Self::Installation(boxed(body)?),
            "installation_repositories" => Self::InstallationRepositories(boxed(body)?),
            "installation_target" => Self::InstallationTarget(boxed(body)?),
            "github_app_authorization" => Self::GithubAppAuthorization(boxed(body)?),
            "meta" => Self::Meta(boxed(body)?),
            "ping" => Self::Ping(boxed(body)?),
            name => Self::Other { name: name.to_owned(), payload: decode(body)? },
        })
    }

    /// The name of the event.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Installation(_) => "installation",
            Self::InstallationRepositories(_) => "installation_repositories",
            Self::InstallationTarget(_) => "installation_target",
            Self::GithubAppAuthorization(_) => "github_app_authorization",
            Self::Meta(_) => "meta",
            Self::Ping(_) => "ping",
            Self::Other { name, .. } => name,
        }
    }

    /// The payload as JSON.
    #[must_use]
    pub fn encode(&self) -> String {
        encode(self.payload())
    }

    /// What deliveries have in common: the action, and where it happened.
    ///
    /// # Errors
    ///
    /// Where the payload is no object, or one of these keys isn't what all events have there.
    pub fn envelope(&self) -> Result<models::WebhookEnvelope, DecodeError> {
        decode(self.encode().as_bytes())
    }

    fn payload(&self) -> &dyn Slot {
        match self {
            Self::Installation(event) => &**event,
            Self::InstallationRepositories(event) => &**event,
            Self::InstallationTarget(event) => &**event,
            Self::GithubAppAuthorization(event) => &**event,
            Self::Meta(event) => &**event,
            Self::Ping(event) => &**event,
            Self::Other { payload, .. } => payload,
        }
    }
}

fn boxed<T: Slot>(body: &[u8]) -> Result<Box<T>, DecodeError> {
    decode(body).map(Box::new)
}
