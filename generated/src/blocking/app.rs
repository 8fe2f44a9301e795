//! The blocking twin of [`crate::app`].

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use super::{Client, Driver};
use crate::app::{self, AppBuilder, AppError, Issuer, Signer, Token};
use crate::apps::security::{AppJwt, InstallationToken};
use crate::runtime::{Grants, SchemeCredential, Secret};

/// A GitHub App with its private key: [`app::App`] for programs without async. A clone is cheap and shares all tokens.
#[derive(Clone)]
pub struct App {
    app: app::App,
    driver: Driver,
}

impl App {
    /// Creates an app of github.com from its client id or its app id.
    ///
    /// # Errors
    ///
    /// If the id is empty, TLS can't be set up, or no thread can be started.
    pub fn new(issuer: impl Into<Issuer>, signer: impl Signer) -> Result<Self, AppError> {
        Self::builder(issuer, signer).build_blocking()
    }

    /// Starts an [`AppBuilder`]. [`AppBuilder::build_blocking`] builds the app.
    pub fn builder(issuer: impl Into<Issuer>, signer: impl Signer) -> AppBuilder {
        app::App::builder(issuer, signer)
    }

    /// Returns a client that sends the app's token.
    #[must_use]
    pub fn client(&self) -> Client<AppJwt> {
        Client::new(self.app.client(), self.driver.clone())
    }

    /// Returns a client for one installation of the app, by the id of the installation.
    #[must_use]
    pub fn installation(&self, id: i64) -> InstallationClient {
        InstallationClient::new(self.app.installation(id), self.driver.clone())
    }

    /// Returns the app's token (a JWT), see [`app::App::jwt`].
    ///
    /// # Errors
    ///
    /// If the token can't be signed.
    pub fn jwt(&self) -> Result<Secret, AppError> {
        self.driver.wait(self.app.jwt()).map_err(AppError::build)?
    }
}

impl AppBuilder {
    /// Builds the app for programs without async. If [`AppBuilder::client`] was set, do not use that client elsewhere.
    ///
    /// # Errors
    ///
    /// The errors of [`AppBuilder::build`], and if no thread can be started.
    pub fn build_blocking(self) -> Result<App, AppError> {
        Ok(App { app: self.build()?, driver: Driver::new().map_err(AppError::build)? })
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.app.fmt(f)
    }
}

/// A client for one installation of an app: [`app::InstallationClient`] for programs without async. It dereferences to
/// [`Client`].
#[derive(Clone)]
pub struct InstallationClient {
    installation: app::InstallationClient,
    client: Client<InstallationToken>,
}

impl InstallationClient {
    fn new(installation: app::InstallationClient, driver: Driver) -> Self {
        let client = Client::new(installation.client().clone(), driver);
        Self { installation, client }
    }

    fn with(self, change: impl FnOnce(app::InstallationClient) -> app::InstallationClient) -> Self {
        Self::new(change(self.installation), self.client.driver().clone())
    }

    /// Restricts the token to these repositories, by name without the owner.
    #[must_use]
    pub fn repositories<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.with(|installation| installation.repositories(names))
    }

    /// Restricts the token to these repositories, by id.
    #[must_use]
    pub fn repository_ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.with(|installation| installation.repository_ids(ids))
    }

    /// Restricts the token to these permissions.
    #[must_use]
    pub fn permissions(self, permissions: impl Into<Grants>) -> Self {
        self.with(|installation| installation.permissions(permissions))
    }

    /// Returns the id of the installation.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.installation.id()
    }

    /// Returns the client itself.
    #[must_use]
    pub fn client(&self) -> &Client<InstallationToken> {
        &self.client
    }

    /// Returns a client for operations with another security scheme for the same token, see
    /// [`app::InstallationClient::client_for`].
    #[must_use]
    pub fn client_for<S: SchemeCredential>(&self) -> Client<S> {
        Client::new(self.installation.client_for(), self.client.driver().clone())
    }

    /// Returns a token that is valid for at least this time, for git and other programs.
    ///
    /// # Errors
    ///
    /// If the server gives no token, or none that is valid for so long.
    pub fn token(&self, min_ttl: Duration) -> Result<Token, AppError> {
        self.client.driver().wait(self.installation.token(min_ttl)).map_err(AppError::build)?
    }

    /// Forgets the token in this process, so that the next request gets another one.
    pub fn forget(&self) {
        self.installation.forget();
    }
}

impl Deref for InstallationClient {
    type Target = Client<InstallationToken>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl fmt::Debug for InstallationClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.installation.fmt(f)
    }
}
