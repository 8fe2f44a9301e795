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
//! sent, with which credential, and what comes back.
#![cfg_attr(feature = "apps", doc = "")]
#![cfg_attr(feature = "apps", doc = "```")]
#![cfg_attr(feature = "apps", doc = "use github_apps::apps::endpoints::ListInstallations;")]
#![cfg_attr(feature = "apps", doc = "use github_apps::apps::models::Installation;")]
#![cfg_attr(feature = "apps", doc = "use github_apps::runtime::Operation;")]
#![cfg_attr(feature = "apps", doc = "")]
#![cfg_attr(feature = "apps", doc = "let request = ListInstallations::new().per_page(100).request()?;")]
#![cfg_attr(feature = "apps", doc = "assert_eq!(request.path, \"/app/installations\");")]
#![cfg_attr(feature = "apps", doc = "assert_eq!(request.query, [(\"per_page\".to_owned(), \"100\".to_owned())]);")]
#![cfg_attr(feature = "apps", doc = "# Ok::<(), github_apps::runtime::RequestError>(())")]
#![cfg_attr(feature = "apps", doc = "```")]

pub use octogen_runtime as runtime;

#[cfg(feature = "apps")]
#[rustfmt::skip]
pub mod apps;

#[cfg(feature = "apps-2017")]
#[rustfmt::skip]
pub mod apps_2017;

#[cfg(feature = "integrations")]
#[rustfmt::skip]
pub mod integrations;
