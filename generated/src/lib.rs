//! GitHub Apps in Rust.
//!
//! A program in four steps: a `client`, an operation of a generation's `endpoints`, a credential of its `security`, and
//! one of its `models` that comes back.
//!
//! ```no_run
//! # #[cfg(all(feature = "apps", feature = "client"))]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::apps::endpoints::{GetApp, ListInstallations};
//! use github_apps::apps::security::AppJwt;
//! use github_apps::client::github;
//!
//! let jwt = std::env::var("GITHUB_APP_JWT")?;
//! let client = github().credential(AppJwt::new(jwt)).build()?;
//!
//! let app = client.send(GetApp::new()).await?;
//! println!("{} is installed at:", app.name);
//!
//! let mut all = client.pages(ListInstallations::new().per_page(100)).items();
//! while let Some(installation) = all.try_next().await? {
//!     println!("{} since {}", installation.html_url, installation.created_at);
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(all(feature = "apps", feature = "client")))]
//! # fn main() {}
//! ```
//!
//! # Which module, which feature
//!
//! Each generation of the API is a module and a Cargo feature of its own:
//!
//! | module | feature | what |
//! |---|---|---|
//! | `apps` | `apps`, on by default | today's API, version 2022-11-28 |
//! | `apps_2017` | `apps-2017` | the API of 2017, when GitHub Apps got their name |
//! | `integrations` | `integrations` | the Integrations preview of 2016 |
//! | `event` | `apps` | what the webhook of an app delivers, see `Event` |
//! | `events` | `events` | types of the 69 events that an app can subscribe to, for `Event` |
//! | `client` | `client`, on by default | sends operations over HTTP; models and operations need none of it |
//! | `app` | `app`, on by default | an app with its key: its tokens and those of its installations, kept fresh |
//! | | `redis` | a store by which the processes of an `app` share its tokens |
//! | `oauth` | `oauth` | how an app comes by the token of a user: three endpoints beside the API |
//! | `user` | `user` | users who sign in, by the browser or a device, and their tokens, kept fresh |
//! | `webhook` | `webhook` | lets deliveries in: their signatures, their types, and those that come twice |
//! | | `axum`, `tower` | a delivery as what a handler of axum takes; a layer in front of any service |
//! | `manifest` | `manifest` | registers an app: the form with its manifest, what comes back, its credentials in a file |
//! | | `resilience` | layers for a `client` that runs for long: retries, limits, a deadline, conditional requests, spans |
//! | `blocking` | `blocking` | the same `client` and `app` for programs without async |
//! | | `gzip` | responses in gzip |
//! | [`runtime`] | | what all of them stand on: [`runtime::decode`], [`runtime::encode`], [`runtime::Operation`] |
//! | | `jiff` | conversions of timestamps to [jiff](https://docs.rs/jiff) |
//!
//! # An operation is a value
//!
//! What it sends is known before anything is sent, and it reads what comes back, so that no network is needed to test a
//! program.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::ListInstallations;
//! use github_apps::runtime::{Operation, Response};
//!
//! let request = ListInstallations::new().per_page(100).request()?;
//! assert_eq!(request.path, "/app/installations");
//! assert_eq!(request.query, [("per_page".to_owned(), "100".to_owned())]);
//!
//! let installations = ListInstallations::read(&Response::new(200, b"[]"))?;
//! assert!(installations.is_empty());
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! # What a list of operations needs
//!
//! The smallest set of permissions, as the model that a manifest and a token take. A client that knows what is granted
//! (`granted`) refuses an operation that needs more, before anything is sent.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::{CreateInstallationToken, ListUserInstallationRepositories, ListUserInstallations};
//! use github_apps::apps::models::{InstallationTokenRequest, ReadWriteLevel};
//! use github_apps::runtime::{Operation, permissions_for};
//!
//! let needs = permissions_for([&ListUserInstallations::ABOUT, &ListUserInstallationRepositories::ABOUT]);
//! let mut narrow = InstallationTokenRequest::new();
//! narrow.permissions = Some(needs.grants.to_model()?);
//! assert_eq!(narrow.permissions.as_ref().and_then(|all| all.metadata.clone()), Some(ReadWriteLevel::Read));
//! let request = CreateInstallationToken::new(1).body(narrow).request()?;
//! assert_eq!(request.path, "/app/installations/1/access_tokens");
//! # }
//! # Ok(())
//! # }
//! ```
//!
//! # A model gives back what it was given
//!
//! Null stays null and absent stays absent; a URL gets no slash and a timestamp keeps its offset; a value that is new
//! tomorrow is kept. A secret comes back like all else, and never prints.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::models::WebhookConfig;
//! use github_apps::runtime::{decode, encode};
//!
//! let json = r#"{"content_type":"json","insecure_ssl":0,"secret":"hush","url":"https://example.com"}"#;
//! let config: WebhookConfig = decode(json.as_bytes())?;
//! assert_eq!(config.url.as_deref(), Some("https://example.com"));
//! assert_eq!(encode(&config), json);
//! assert!(!format!("{config:?}").contains("hush"));
//! # }
//! # Ok(())
//! # }
//! ```

pub use octogen_runtime as runtime;

#[cfg(any(feature = "manifest", feature = "user"))]
mod address;

#[cfg(feature = "app")]
#[cfg_attr(docsrs, doc(cfg(feature = "app")))]
pub mod app;

#[cfg(feature = "apps")]
#[cfg_attr(docsrs, doc(cfg(feature = "apps")))]
#[rustfmt::skip]
pub mod apps;

#[cfg(feature = "apps-2017")]
#[cfg_attr(docsrs, doc(cfg(feature = "apps-2017")))]
#[rustfmt::skip]
pub mod apps_2017;

#[cfg(feature = "blocking")]
#[cfg_attr(docsrs, doc(cfg(feature = "blocking")))]
pub mod blocking;

#[cfg(feature = "client")]
#[cfg_attr(docsrs, doc(cfg(feature = "client")))]
pub mod client;

#[cfg(any(feature = "app", feature = "user"))]
mod clock;

#[cfg(any(feature = "app", feature = "user"))]
mod error_chain;

#[cfg(feature = "apps")]
#[cfg_attr(docsrs, doc(cfg(feature = "apps")))]
pub mod event;

#[cfg(feature = "events")]
#[cfg_attr(docsrs, doc(cfg(feature = "events")))]
#[rustfmt::skip]
pub mod events;

#[cfg(feature = "integrations")]
#[cfg_attr(docsrs, doc(cfg(feature = "integrations")))]
#[rustfmt::skip]
pub mod integrations;

#[cfg(feature = "manifest")]
#[cfg_attr(docsrs, doc(cfg(feature = "manifest")))]
pub mod manifest;

#[cfg(feature = "oauth")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth")))]
#[rustfmt::skip]
pub mod oauth;

#[cfg(any(feature = "manifest", feature = "user"))]
mod random;

#[cfg(any(feature = "app", feature = "user"))]
mod single_flight;

#[cfg(any(feature = "app", feature = "user"))]
mod store_future;

#[cfg(feature = "user")]
#[cfg_attr(docsrs, doc(cfg(feature = "user")))]
pub mod user;

#[cfg(feature = "webhook")]
#[cfg_attr(docsrs, doc(cfg(feature = "webhook")))]
pub mod webhook;
