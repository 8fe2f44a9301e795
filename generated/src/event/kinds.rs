//! The enum of events. The events about an app itself are listed here and described in `spec/`. All others are listed in
//! `table`, which `cargo xtask events` writes.

use octogen_runtime::{DecodeError, Slot, Value, decode};

use crate::apps::webhooks;
#[cfg(feature = "events")]
use crate::events::webhooks as described;

/// Writes the enum [`Event`] and the functions that need a line for each event. An event is listed as a doc comment, its
/// variant, the type of its payload, and its name.
macro_rules! events {
    (
        own { $($(#[$own_doc:meta])* $Own:ident $OwnPayload:ident $own:literal)* }
        described { $($(#[$doc:meta])* $Described:ident $DescribedPayload:ident $described:literal)* }
    ) => {
        /// A webhook event of GitHub with its payload, as an enum with one variant per event name. Match on it after
        /// [`Event::read`], or on the event of a `webhook::Delivery`.
        ///
        /// The events about the app itself have types. With the feature `events`, the events that an app can subscribe to
        /// have types too. Any other event is its name and its payload. [`Event::envelope`] returns the properties that all
        /// events share.
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $($(#[$own_doc])* $Own(Box<webhooks::$OwnPayload>),)*
            $($(#[$doc])* #[cfg(feature = "events")] $Described(Box<described::$DescribedPayload>),)*
            /// An event without a type of its own in this crate, or one whose type was not used.
            Other {
                /// The name of the event, as in the header `X-GitHub-Event`.
                name: String,
                /// The payload of the event as a JSON value.
                payload: Value,
            },
        }

        impl Event {
            /// Reads a webhook event from the value of the header `X-GitHub-Event` and the JSON body of a delivery.
            /// Check the signature first.
            ///
            /// # Errors
            ///
            /// If the body is not JSON, or does not fit the type of the event.
            pub fn read(name: &str, body: &[u8]) -> Result<Self, DecodeError> {
                match name {
                    $($own => boxed(body).map(Self::$Own),)*
                    $(#[cfg(feature = "events")] $described => boxed(body).map(Self::$Described),)*
                    name => Self::read_untyped(name, body),
                }
            }

            /// Returns the name of this webhook event as text, such as `push`: the value of the header
            /// `X-GitHub-Event`.
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
    Installation InstallationPayload "installation"
    /// `installation_repositories`: an installation covers other repositories than before.
    InstallationRepositories InstallationRepositoriesPayload "installation_repositories"
    /// `installation_target`: the account of an installation was renamed.
    InstallationTarget InstallationTargetPayload "installation_target"
    /// `github_app_authorization`: a user took back an authorization.
    GithubAppAuthorization GithubAppAuthorizationPayload "github_app_authorization"
    /// `meta`: the webhook was deleted.
    Meta MetaPayload "meta"
    /// `ping`: a webhook was made.
    Ping PingPayload "ping"
} }

fn boxed<T: Slot>(body: &[u8]) -> Result<Box<T>, DecodeError> {
    decode(body).map(Box::new)
}
