//! GitHub Apps in Rust.
//!
//! Each generation of the API is a module and a Cargo feature of its own:
//!
//! | module | feature | what |
//! |---|---|---|
//! | `apps` | `apps`, on by default | today's API, version 2022-11-28 |
//! | `apps_2017` | `apps-2017` | the API of 2017, when GitHub Apps got their name |
//! | `integrations` | `integrations` | the Integrations preview of 2016 |
//!
//! A module has `models`, which carry JSON without changing it, and `endpoints`, which are operations as data: what is
//! sent, with which credential, and what comes back. The module `client`, with the feature of that name (on by
//! default), sends them.
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # #[cfg(feature = "apps")] {
//! use github_apps::apps::endpoints::ListInstallations;
//! use github_apps::runtime::{Operation, Response};
//!
//! // An operation knows its request before anything is sent …
//! let request = ListInstallations::new().per_page(100).request()?;
//! assert_eq!(request.path, "/app/installations");
//! assert_eq!(request.query, [("per_page".to_owned(), "100".to_owned())]);
//!
//! // … and reads the response into its models.
//! let installations = ListInstallations::read(&Response::new(200, b"[]"))?;
//! assert!(installations.is_empty());
//! # }
//! # Ok(())
//! # }
//! ```

pub use octogen_runtime as runtime;

#[cfg(feature = "client")]
pub mod client;

#[cfg(feature = "apps")]
#[rustfmt::skip]
pub mod apps;

#[cfg(feature = "apps-2017")]
#[rustfmt::skip]
pub mod apps_2017;

#[cfg(feature = "integrations")]
#[rustfmt::skip]
pub mod integrations;
