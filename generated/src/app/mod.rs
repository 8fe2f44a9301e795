//! A GitHub App with its private key, its installations, and their tokens.
//!
//! Requires the feature `app`, which is on by default.
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
//! # Tokens
//!
//! - The app's token (a JWT) is signed once in eight minutes, with an [`AppKey`], or a [`Signer`] for a key in a service or
//!   in hardware.
//! - The clock of this machine may be wrong. It is corrected by the server's `Date` header.
//! - The token of an installation is requested once, however many tasks wait for it. It is replaced five minutes before it
//!   expires. If the replacement fails, the old token is used until shortly before it expires.
//! - After a 401, the request is repeated once with a new token. With [`Resilience`](crate::client), a failed request for a
//!   token is retried, although it is a `POST`.
//! - All clones of an app share the tokens. A [`TokenStore`] shares them among processes.
//! - An operation that needs a permission that the token lacks is not sent. The error names the permission.
//! - No secret is printed by `Debug`, in errors, or in logs.
//!
//! [`App::redeliver_failed`] asks GitHub to repeat failed deliveries of the webhook.
//!
//! # Credentials
//!
//! [`App::client`] sends the app's token, and [`App::installation`] the token of an installation. An operation that takes
//! another credential does not compile:
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
mod cached;
mod error;
mod installation;
mod jwt;
mod key;
mod pem;
mod redeliver;
#[cfg(feature = "redis")]
mod redis;
mod scope;
mod server_clock;
mod signer;
mod store;
mod token;
mod tokens;

use std::fmt;
use std::sync::Arc;

pub use crate::clock::{Clock, SystemClock};
pub use crate::store_future::StoreFuture;
pub use builder::{AppBuilder, Issuer};
pub use error::AppError;
pub use installation::InstallationClient;
pub use key::{AppKey, KeyError};
pub use redeliver::{
    FailedDelivery, Redelivery, RedeliveryProgress, RedeliveryReport, RedeliveryStep, RefusedDelivery,
};
#[cfg(feature = "redis")]
#[cfg_attr(docsrs, doc(cfg(feature = "redis")))]
pub use redis::{RedisStore, RedisStoreError};
pub use signer::{SignFuture, Signer};
pub use store::TokenStore;
pub use token::Token;

use crate::apps::security::AppJwt;
use crate::client::Client;
use crate::runtime::{OperationInfo, RequiredPermissions, Secret, permissions_for};
use jwt::Jwts;
use scope::Scope;
use tokens::Tokens;

/// A GitHub App with its private key. It signs its own token (a JWT), requests the tokens of its installations, and
/// renews both before they expire. A clone is cheap and shares all tokens.
#[derive(Clone)]
pub struct App {
    client: Client<AppJwt>,
    jwts: Arc<Jwts>,
    tokens: Arc<Tokens>,
    issuer: Arc<str>,
}

impl App {
    /// Creates a GitHub App of github.com with a private key, from its client id, such as `Iv23li…`, or its app id. Use
    /// [`App::builder`] for another server.
    ///
    /// # Errors
    ///
    /// If the id of the app is empty, or TLS can't be set up.
    pub fn new(issuer: impl Into<Issuer>, signer: impl Signer) -> Result<Self, AppError> {
        Self::builder(issuer, signer).build()
    }

    /// Starts an [`AppBuilder`], the builder of an app with another server, a store of tokens, or an HTTP client of
    /// your own.
    pub fn builder(issuer: impl Into<Issuer>, signer: impl Signer) -> AppBuilder {
        AppBuilder::new(issuer.into(), signer)
    }

    /// Returns an HTTP client that authenticates as the app itself, with its signed JWT. Use it for operations about
    /// the app, such as the list of its installations.
    #[must_use]
    pub fn client(&self) -> Client<AppJwt> {
        self.client.clone()
    }

    /// Returns an HTTP client that authenticates as one installation of the app. It takes the id of the installation,
    /// and sends no request yet.
    #[must_use]
    pub fn installation(&self, id: i64) -> InstallationClient {
        InstallationClient::new(self.client.clone(), Arc::clone(&self.tokens), Scope::of(id))
    }

    /// Returns the signed JSON Web Token (JWT) that authenticates the app itself. It expires within ten minutes. Use it
    /// for an HTTP client of your own; [`App::client`] sends it without this call.
    ///
    /// # Errors
    ///
    /// If the signer can't sign the token.
    pub async fn jwt(&self) -> Result<Secret, AppError> {
        self.jwts.token().await
    }

    /// Returns the smallest set of permissions that a list of operations needs. Pass its `grants` to
    /// [`InstallationClient::permissions`] to restrict a token to them.
    ///
    /// ```
    /// use github_apps::app::App;
    /// use github_apps::apps::endpoints::{ListUserInstallationRepositories, ListUserInstallations};
    /// use github_apps::runtime::Operation;
    ///
    /// let needs = App::permissions_for([&ListUserInstallations::INFO, &ListUserInstallationRepositories::INFO]);
    /// assert_eq!(needs.grants.iter().collect::<Vec<_>>(), [("metadata", "read")]);
    /// ```
    pub fn permissions_for<'a>(operations: impl IntoIterator<Item = &'a OperationInfo>) -> RequiredPermissions {
        permissions_for(operations)
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "App({}, {})", self.issuer, self.client.base_url())
    }
}
