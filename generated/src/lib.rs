//! GitHub Apps in Rust.
//!
//! Start with an [`App`](app::App): its client id and its private key. It signs its own token, requests the tokens of its
//! installations, and replaces them before they expire.
//!
//! ```no_run
//! # #[cfg(feature = "app")]
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::app::{App, AppKey};
//! use github_apps::apps::endpoints::{ListInstallationRepositories, ListInstallations};
//!
//! let app = App::new("Iv23liExample", AppKey::from_file("my-app.private-key.pem")?)?;
//! let mut installations = app.client().pages(ListInstallations::new()).items();
//! while let Some(installation) = installations.try_next().await? {
//!     let client = app.installation(installation.id);
//!     let repositories = client.send(ListInstallationRepositories::new()).await?;
//!     println!("{}: {} repositories", installation.html_url, repositories.total_count);
//! }
//! # Ok(())
//! # }
//! # #[cfg(not(feature = "app"))]
//! # fn main() {}
//! ```
//!
//! - [`app`]: the app, its installations and their tokens.
//! - [`webhook`] receives deliveries, [`event`] has their types.
//! - [`user`] signs users in, with a browser or from a device.
//! - [`manifest`] registers a new app.
//! - [`client`] sends any operation with any credential; [`blocking`] is for programs without async.
//!
//! Operations are in the `endpoints` of a generation of the API, such as [`apps`], models in its `models`, and
//! credentials in its `security`. An operation that does not take the client's credential does not compile.
//!
//! # Modules and features
//!
//! | module | feature | content |
//! |---|---|---|
//! | `app` | `app` (default) | an app with its private key, and its tokens |
//! | | `redis` | a store of tokens that the processes of an `app` share |
//! | `apps` | `apps` (default) | today's API, version 2022-11-28 |
//! | `apps_2017` | `apps-2017` | the API of 2017, when GitHub Apps got their name |
//! | `blocking` | `blocking` | the client and the app without async |
//! | `client` | `client` (default) | the HTTP client |
//! | | `gzip` | compressed responses |
//! | | `resilience` | layers of the client: retries, rate limits, deadlines, conditional requests, tracing |
//! | `event` | `apps` (default) | the events that a webhook delivers |
//! | `events` | `events` | types of the 69 events that an app can subscribe to |
//! | | `examples` | `example()` of each model, for tests and mocks |
//! | `integrations` | `integrations` | the Integrations preview of 2016 |
//! | `manifest` | `manifest` | the registration of an app from a manifest |
//! | `oauth` | `oauth` | the three OAuth endpoints that `user` uses |
//! | [`runtime`] | | the traits and functions behind all models and operations |
//! | | `jiff` | conversions of dates and times to and from [jiff](https://docs.rs/jiff) |
//! | `user` | `user` | the sign-in of users, and their tokens |
//! | `webhook` | `webhook` | a receiver of deliveries |
//! | | `axum`, `tower` | `webhook::Delivery` as an axum extractor, and a tower layer |
//!
//! # Operations are values
//!
//! An operation shows its request before it is sent, and reads a response that you made yourself. Tests need no network.
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
//! # Permissions
//!
//! [`permissions_for`](runtime::permissions_for) returns the smallest set of permissions that a list of operations needs, as
//! the model that a manifest and a request for a token take. A client that knows the permissions of its token refuses an
//! operation that needs more before it sends anything.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::{CreateInstallationToken, ListUserInstallationRepositories, ListUserInstallations};
//! use github_apps::apps::models::{InstallationTokenRequest, ReadWriteLevel};
//! use github_apps::runtime::{Operation, permissions_for};
//!
//! let needs = permissions_for([&ListUserInstallations::INFO, &ListUserInstallationRepositories::INFO]);
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
//! # Models keep the JSON
//!
//! A model encodes to the JSON that it was decoded from. Null stays null and absent stays absent. URLs and timestamps keep
//! their text. Enums keep values that they do not know. `Debug` never shows a secret.
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

#![cfg_attr(docsrs, feature(doc_cfg))]

pub use octogen_runtime as runtime;

#[cfg(any(feature = "manifest", feature = "user"))]
mod address;

#[cfg(feature = "app")]
#[cfg_attr(docsrs, doc(cfg(feature = "app")))]
pub mod app;

#[cfg(feature = "apps")]
#[cfg_attr(docsrs, doc(cfg(feature = "apps")))]
pub mod apps;

#[cfg(feature = "apps-2017")]
#[cfg_attr(docsrs, doc(cfg(feature = "apps-2017")))]
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
pub mod events;

#[cfg(feature = "integrations")]
#[cfg_attr(docsrs, doc(cfg(feature = "integrations")))]
pub mod integrations;

#[cfg(feature = "manifest")]
#[cfg_attr(docsrs, doc(cfg(feature = "manifest")))]
pub mod manifest;

#[cfg(feature = "oauth")]
#[cfg_attr(docsrs, doc(cfg(feature = "oauth")))]
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
