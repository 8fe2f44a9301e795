//! The events that the webhook of an app delivers.
//!
//! [`Event::read`] reads one from the header `X-GitHub-Event` and the body. Requires the feature `apps`, which is on by
//! default.
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
//! With the feature `events`, the events that an app can subscribe to have types too. Each is an enum of its actions:
//!
//! ```
//! # fn main() -> Result<(), github_apps::runtime::DecodeError> {
//! # #[cfg(feature = "events")] {
//! use github_apps::event::Event;
//! use github_apps::events::models::StarEvent;
//!
//! # let user = r#"{"login":"a","id":1,"node_id":"b","avatar_url":"c","gravatar_id":"","url":"d","html_url":"e","followers_url":"f","following_url":"g","gists_url":"h","starred_url":"i","subscriptions_url":"j","organizations_url":"k","repos_url":"l","events_url":"m","received_events_url":"n","type":"Bot","site_admin":false}"#;
//! # let body = [r#"{"action":"of tomorrow","sender":"#, user, "}"].concat();
//! # let body = body.as_bytes();
//! match Event::read("star", body)? {
//!     Event::Star(event) => match *event {
//!         StarEvent::Created(event) => println!("a star for {}", event.repository.full_name),
//!         StarEvent::Deleted(event) => println!("{} has a star less", event.repository.full_name),
//!         other => println!("an action that is not documented: {other:?}"),
//!     },
//!     other => println!("{}: {:?}", other.name(), other.envelope()?.action),
//! }
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! Only the signature proves that a delivery comes from GitHub. Check it first, for example with the module `webhook`.

#[macro_use]
mod table;

mod kinds;

pub use crate::apps::models::EventName;
pub use kinds::Event;

use octogen_runtime::{DecodeError, StringEnum, decode, encode};

use crate::apps::models;

impl Event {
    /// Reads a webhook event as [`Event::Other`], with its payload as a plain JSON value, even if the event has a type.
    /// Use it for a delivery whose payload does not fit the type.
    ///
    /// # Errors
    ///
    /// If the body is not JSON.
    pub fn read_untyped(name: &str, body: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::Other { name: name.to_owned(), payload: decode(body)? })
    }

    /// Returns the name of this webhook event as an [`EventName`], the enum of the documented event names.
    #[must_use]
    pub fn kind(&self) -> EventName {
        EventName::from(self.name())
    }

    /// Encodes the payload of this webhook event as JSON text.
    #[must_use]
    pub fn encode(&self) -> String {
        encode(self.payload())
    }

    /// Returns the properties that the payloads of all webhook events share: action, installation, repository,
    /// organization, enterprise and sender.
    ///
    /// # Errors
    ///
    /// If the payload is not an object, or one of these properties has an unexpected type.
    pub fn envelope(&self) -> Result<models::WebhookEnvelope, DecodeError> {
        decode(self.encode().as_bytes())
    }
}

impl EventName {
    /// Returns an iterator over the names of all documented webhook events, with or without types in [`Event`].
    pub fn all() -> impl Iterator<Item = Self> {
        Self::VALUES.iter().map(|(_, name)| name.clone())
    }
}
