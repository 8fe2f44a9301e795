//! The events by their kinds. Those that an app receives about itself are listed here, and stand in `spec/`; the others
//! are listed in `table`, which `cargo xtask events` writes.

use octogen_runtime::{DecodeError, Slot, Value, decode};

use crate::apps::webhooks;
#[cfg(feature = "events")]
use crate::events::webhooks as described;

/// Each event is one line: what it is, its variant, and its name. The variant is called like the type of the payload.
macro_rules! events {
    (
        own { $($(#[$own_doc:meta])* $Own:ident $own:literal)* }
        described { $($(#[$doc:meta])* $Described:ident $described:literal)* }
    ) => {
        /// An event with its payload.
        ///
        /// What an app receives about itself has a type, and with the feature `events` what it can subscribe to; any
        /// other event keeps its name and payload, and [`Event::envelope`] has what they all have in common.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $($(#[$own_doc])* $Own(Box<webhooks::$Own>),)*
            $($(#[$doc])* #[cfg(feature = "events")] $Described(Box<described::$Described>),)*
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
                match name {
                    $($own => boxed(body).map(Self::$Own),)*
                    $(#[cfg(feature = "events")] $described => boxed(body).map(Self::$Described),)*
                    name => Self::read_untyped(name, body),
                }
            }

            /// The name of the event.
            #[must_use]
            pub fn name(&self) -> &str {
                match self {
                    $(Self::$Own(_) => $own,)*
                    $(#[cfg(feature = "events")] Self::$Described(_) => $described,)*
                    Self::Other { name, .. } => name,
                }
            }

            pub(super) fn payload(&self) -> &dyn Slot {
                match self {
                    $(Self::$Own(event) => &**event,)*
                    $(#[cfg(feature = "events")] Self::$Described(event) => &**event,)*
                    Self::Other { payload, .. } => payload,
                }
            }
        }
    };
}

described! { events! {
    /// `installation`: the app was installed or uninstalled, or an installation changed.
    Installation "installation"
    /// `installation_repositories`: an installation covers other repositories than before.
    InstallationRepositories "installation_repositories"
    /// `installation_target`: the account of an installation was renamed.
    InstallationTarget "installation_target"
    /// `github_app_authorization`: a user took back an authorization.
    GithubAppAuthorization "github_app_authorization"
    /// `meta`: the webhook was deleted.
    Meta "meta"
    /// `ping`: a webhook was made.
    Ping "ping"
} }

fn boxed<T: Slot>(body: &[u8]) -> Result<Box<T>, DecodeError> {
    decode(body).map(Box::new)
}
