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
//! With the feature `events`, the events to which an app can subscribe have types as well, a union of its actions each:
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
//! Nothing but the signature proves that a delivery comes from GitHub: check it before reading.

#[macro_use]
#[rustfmt::skip]
mod table;

mod kinds;

pub use crate::apps::models::EventName;
pub use kinds::Event;

use octogen_runtime::{DecodeError, StringEnum, decode, encode};

use crate::apps::models;

impl Event {
    /// Reads a delivery into the event of any name, whether it has a type or not.
    ///
    /// A delivery that is not what is documented for its event can be kept like this.
    ///
    /// # Errors
    ///
    /// Where the body is not JSON.
    pub fn read_untyped(name: &str, body: &[u8]) -> Result<Self, DecodeError> {
        Ok(Self::Other { name: name.to_owned(), payload: decode(body)? })
    }

    /// The name of the event, to tell it apart where its type doesn't matter.
    #[must_use]
    pub fn kind(&self) -> EventName {
        EventName::from(self.name())
    }

    /// The payload as JSON.
    #[must_use]
    pub fn encode(&self) -> String {
        encode(self.payload())
    }

    /// What deliveries have in common, whether their event has a type or not: the action, and where it happened, by
    /// installation, repository, organization, enterprise and sender.
    ///
    /// # Errors
    ///
    /// Where the payload is no object, or one of these keys isn't what all events have there.
    pub fn envelope(&self) -> Result<models::WebhookEnvelope, DecodeError> {
        decode(self.encode().as_bytes())
    }
}

impl EventName {
    /// The names of all events that are documented, whether they have types or not.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::VALUES.iter().map(|(_, name)| name.clone())
    }
}

impl From<&str> for EventName {
    fn from(name: &str) -> Self {
        let known = Self::VALUES.iter().find(|(text, _)| *text == name);
        known.map_or_else(|| Self::Unknown(name.to_owned()), |(_, name)| name.clone())
    }
}
