//! A GitHub App that runs for as long as it likes: its own token and those of its installations are made, kept, and
//! replaced before they end.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::app::{App, AppKey};
//! use github_apps::apps::endpoints::{GetApp, ListInstallationRepositories};
//!
//! let app = App::new("Iv23liExample", AppKey::from_file("my-app.private-key.pem")?)?;
//! println!("I am {}", app.client().send(GetApp::new()).await?.name);
//!
//! let repositories = app.installation(1).send(ListInstallationRepositories::new()).await?;
//! println!("{} repositories", repositories.total_count);
//! # Ok(())
//! # }
//! ```
//!
//! # What it takes care of
//!
//! - The app's token is signed once in eight minutes ([`AppKey`], or a [`Signer`] for a key that is elsewhere).
//! - The clock of this machine may be wrong: it is set right by what the server says (`Date`).
//! - An installation's token is asked for once, however many tasks wait for it, and replaced five minutes before its
//!   end. Until then the old one is used, also where no other can be had.
//! - A 401 is answered with another token, once; then it is an error. With [`Resilience`](crate::client), a request for a
//!   token is sent again where it fails, though it is a `POST`.
//! - All handles of an app share the tokens. A [`TokenStore`] shares them among processes.
//! - An operation that needs more than a token is granted isn't sent; its error names what is missing.
//! - Deliveries of the webhook that failed are asked for again ([`App::redeliver_failed`]).
//! - No secret is printed, neither by `Debug` nor in an error nor in a log.
//!
//! # What takes which credential
//!
//! [`App::client`] holds the app's token and [`App::installation`] that of an installation. An operation that takes the
//! other one doesn't compile:
//!
//! ```compile_fail,E0277
//! # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::apps::endpoints::ListInstallationRepositories;
//!
//! app.client().send(ListInstallationRepositories::new()).await?;
//! # Ok(())
//! # }
//! ```
//!
//! ```compile_fail,E0277
//! # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::apps::endpoints::GetApp;
//!
//! app.installation(1).send(GetApp::new()).await?;
//! # Ok(())
//! # }
//! ```

mod builder;
mod clock;
mod der;
mod error;
mod installation;
mod jwt;
mod key;
mod pem;
mod redeliver;
#[cfg(feature = "redis")]
mod redis;
mod scope;
mod signer;
mod slot;
mod store;
mod token;
mod tokens;

use std::fmt;
use std::sync::Arc;

pub use crate::clock::{Clock, SystemClock};
pub use builder::{AppBuilder, Issuer};
pub use error::AppError;
pub use installation::Installation;
pub use key::{AppKey, KeyError};
pub use redeliver::{
    FailedDelivery, Redelivery, RedeliveryProgress, RedeliveryReport, RedeliveryStep, RefusedDelivery,
};
#[cfg(feature = "redis")]
pub use redis::{RedisStore, RedisStoreError};
pub use signer::{Signer, Signing};
pub use store::{Storing, TokenStore};
pub use token::Token;

use crate::apps::security::AppJwt;
use crate::client::Client;
use crate::runtime::{About, Needs, Secret, permissions_for};
use jwt::Jwts;
use scope::Scope;
use tokens::Tokens;

/// A GitHub App with its key. A clone costs nothing, and shares all tokens.
#[derive(Clone)]
pub struct App {
    client: Client<AppJwt>,
    jwts: Arc<Jwts>,
    tokens: Arc<Tokens>,
    issuer: Arc<str>,
}

impl App {
    /// An app of github.com, by its client id or its app id.
    ///
    /// # Errors
    ///
    /// Where the id is empty, or TLS can't be set up.
    pub fn new(issuer: impl Into<Issuer>, signer: impl Signer) -> Result<Self, AppError> {
        Self::builder(issuer, signer).build()
    }

    /// Begins an app, by its client id or its app id.
    pub fn builder(issuer: impl Into<Issuer>, signer: impl Signer) -> AppBuilder {
        AppBuilder::new(issuer.into(), signer)
    }

    /// A client that proves itself as the app.
    #[must_use]
    pub fn client(&self) -> Client<AppJwt> {
        self.client.clone()
    }

    /// The app on one account, by the id of the installation.
    #[must_use]
    pub fn installation(&self, id: i64) -> Installation {
        Installation::new(self.client.clone(), Arc::clone(&self.tokens), Scope::of(id))
    }

    /// The token by which the app proves that it is itself, for a client of your own. It ends within ten minutes.
    ///
    /// # Errors
    ///
    /// Where it can't be signed.
    pub async fn jwt(&self) -> Result<Secret, AppError> {
        self.jwts.token().await
    }

    /// The smallest grant that a list of operations needs, for [`Installation::permissions`].
    ///
    /// ```
    /// use github_apps::app::App;
    /// use github_apps::apps::endpoints::{ListUserInstallationRepositories, ListUserInstallations};
    /// use github_apps::runtime::Operation;
    ///
    /// let needs = App::permissions_for([&ListUserInstallations::ABOUT, &ListUserInstallationRepositories::ABOUT]);
    /// assert_eq!(needs.grants.iter().collect::<Vec<_>>(), [("metadata", "read")]);
    /// ```
    pub fn permissions_for<'a>(operations: impl IntoIterator<Item = &'a About>) -> Needs {
        permissions_for(operations)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "App({}, {})", self.issuer, self.client.base_url())
    }
}
