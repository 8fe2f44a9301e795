//! The client: sends operations and reads their responses.
//!
//! ```no_run
//! # #[cfg(feature = "reqwest")]
//! # async fn example<List>(list: List) -> Result<(), Box<dyn std::error::Error>>
//! # where
//! #     List: octogen_runtime::Operation<Failure = ()> + Clone,
//! #     List::Output: octogen_runtime::Page,
//! # {
//! use octogen_runtime::client::{Client, Credential};
//!
//! let client = Client::builder()
//!     .base_url("https://api.example.com")
//!     .credential(Credential::bearer("…"))
//!     .build()?;
//! let value = client.send(list.clone()).await?;
//! let mut items = client.pages(list).items();
//! while let Some(item) = items.try_next().await? {
//!     // Each page is requested when its first item is.
//! }
//! # Ok(())
//! # }
//! ```
//!
//! The client follows these rules:
//!
//! - It sends a [`Credential`] only with operations that take it, only to the origin of the base URL, and only to addresses
//!   where nobody can read it ([`may_receive_secrets`]). It never prints a credential.
//! - If an operation is documented at another host and the base URL is the documented one, the operation is sent to
//!   that host with its credential, and only over TLS. With any other base URL, all operations are sent to its host.
//! - If the client knows the granted permissions ([`ClientBuilder::granted`]), it does not send an operation that needs
//!   others.
//! - It follows up to ten redirects of `GET` and `HEAD` within the origin. Any other redirect is an error.
//! - It reads a body up to a limit, and JSON up to a depth of 127. With [`Client::stream`], the caller reads the body.
//! - It requests the secret of a [`CredentialSource`] for each request, and renews it once after a 401.
//! - It sends nothing else a second time. `layers::Resilience` does that, with the feature `resilience`.
//!
//! Programs without async use the same client from the module `blocking`, with the feature `blocking`.
//!
//! Any service of tower can be the transport ([`ClientBuilder::build_over`]). With the feature `reqwest` there is a default
//! transport, which runs on tokio and uses HTTP/1.1.

mod address;
mod base_url;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
#[cfg(feature = "resilience")]
mod call;
#[expect(clippy::module_inception, reason = "the file has the type `Client`")]
mod client;
mod credential;
#[cfg(feature = "resilience")]
mod credential_id;
mod error;
mod error_details;
mod error_message;
mod exchange;
#[cfg(all(feature = "reqwest", target_family = "wasm", target_os = "unknown"))]
mod fetch_transport;
mod into_credential;
mod link;
mod message;
mod pages;
mod parse_settings;
mod plan;
#[cfg(feature = "resilience")]
pub(crate) mod rate_limits;
#[cfg(all(
    feature = "reqwest",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
mod reqwest_transport;
mod response;
mod secrets;
mod select_credentials;
mod settings;
mod source;
mod sourced;
mod transport;

pub use address::may_receive_secrets;
pub use builder::ClientBuilder;
#[cfg(feature = "resilience")]
pub use call::Call;
pub use client::Client;
pub use credential::Credential;
#[cfg(feature = "resilience")]
pub use credential_id::CredentialId;
#[cfg(feature = "resilience")]
pub(crate) use credential_id::{hash, keyed_hash};
pub use error::Error;
pub use into_credential::IntoCredential;
#[cfg(feature = "resilience")]
pub(crate) use message::Message;
pub use message::Timeout;
pub use pages::{Items, Pages};
pub use response::FullResponse;
pub use source::{CredentialSource, ProvideFuture, Provided};
pub use sourced::SourcedCredential;
pub use transport::{Channel, ResponseFuture, TransportError};
#[cfg(feature = "resilience")]
pub(crate) use transport::{ServiceTransport, Transport, TransportErrorKind, error_kind, fail};

pub use crate::http::{Body, BodyError, BoxError};
#[cfg(all(
    feature = "reqwest",
    not(all(target_family = "wasm", target_os = "unknown"))
))]
pub use reqwest_transport::reqwest;
