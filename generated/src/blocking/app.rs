//! The blocking twin of [`crate::app`].

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use super::{Client, Driver};
use crate::app::{self, AppBuilder, AppError, Issuer, Signer, Token};
use crate::apps::security::{AppJwt, InstallationToken};
use crate::runtime::{Grants, SchemeCredential, Secret};

/// A GitHub App with its private key, for programs without async: the blocking twin of [`app::App`]. A clone is cheap
/// and shares all tokens.
#[derive(Clone)]
pub struct App {
    app: app::App,
    driver: Driver,
}

impl App {
    /// Creates a GitHub App of github.com for programs without async, with a private key, from its client id or its app
    /// id.
    ///
    /// # Errors
    ///
    /// If the id of the app is empty, TLS can't be set up, or no thread can be started.
    pub fn new(issuer: impl Into<Issuer>, signer: impl Signer) -> Result<Self, AppError> {
        Self::builder(issuer, signer).build_blocking()
    }

    /// Starts an [`AppBuilder`], the builder of an app with another server, a store of tokens, or an HTTP client of
    /// your own. End it with [`AppBuilder::build_blocking`] in a program without async.
    pub fn builder(issuer: impl Into<Issuer>, signer: impl Signer) -> AppBuilder {
        app::App::builder(issuer, signer)
    }

    /// Returns a blocking HTTP client that authenticates as the app itself, with its signed JWT. Use it for operations
    /// about the app, such as the list of its installations.
    #[must_use]
    pub fn client(&self) -> Client<AppJwt> {
        Client::new(self.app.client(), self.driver.clone())
    }

    /// Returns a blocking HTTP client that authenticates as one installation of the app. It takes the id of the
    /// installation, and sends no request yet.
    #[must_use]
    pub fn installation(&self, id: i64) -> InstallationClient {
        InstallationClient::new(self.app.installation(id), self.driver.clone())
    }

    /// Returns the signed JSON Web Token (JWT) that authenticates the app itself, and blocks until it is signed. Use it
    /// for an HTTP client of your own, see [`app::App::jwt`].
    ///
    /// # Errors
    ///
    /// If the signer can't sign the token.
    pub fn jwt(&self) -> Result<Secret, AppError> {
        self.driver.wait(self.app.jwt()).map_err(AppError::build)?
    }
}

impl AppBuilder {
    /// Builds the blocking [`App`] from the settings of this builder, for programs without async. If
    /// [`AppBuilder::client`] was set, do not use that HTTP client elsewhere.
    ///
    /// # Errors
    ///
    /// If [`AppBuilder::build`] fails, or no thread can be started.
    pub fn build_blocking(self) -> Result<App, AppError> {
        Ok(App { app: self.build()?, driver: Driver::new().map_err(AppError::build)? })
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.app.fmt(f)
    }
}

/// A blocking HTTP client for one installation of a GitHub App: [`app::InstallationClient`] for programs without async.
/// It keeps the installation's token valid, and dereferences to [`Client`].
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

    /// Returns this blocking client with a token that is restricted to the repositories with these names. A name has no
    /// owner: `hello-world`.
    #[must_use]
    pub fn repositories<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.with(|installation| installation.repositories(names))
    }

    /// Returns this blocking client with a token that is restricted to the repositories with these ids.
    #[must_use]
    pub fn repository_ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.with(|installation| installation.repository_ids(ids))
    }

    /// Returns this blocking client with a token that is restricted to these permissions.
    #[must_use]
    pub fn permissions(self, permissions: impl Into<Grants>) -> Self {
        self.with(|installation| installation.permissions(permissions))
    }

    /// Returns the id of the installation for which this blocking client sends requests.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.installation.id()
    }

    /// Returns the blocking HTTP client that sends the token of this installation. Use it where a function takes a
    /// [`Client`]; otherwise, [`InstallationClient`] dereferences to it.
    #[must_use]
    pub fn client(&self) -> &Client<InstallationToken> {
        &self.client
    }

    /// Returns a blocking HTTP client that sends the same installation token for operations with another security
    /// scheme, see [`app::InstallationClient::client_for`].
    #[must_use]
    pub fn client_for<S: SchemeCredential>(&self) -> Client<S> {
        Client::new(self.installation.client_for(), self.client.driver().clone())
    }

    /// Returns an access token of this installation that is valid for at least this time, and blocks until the server
    /// has given one. Use it for git and other programs.
    ///
    /// # Errors
    ///
    /// If the server gives no token, or none that is valid for so long.
    pub fn token(&self, min_ttl: Duration) -> Result<Token, AppError> {
        self.client.driver().wait(self.installation.token(min_ttl)).map_err(AppError::build)?
    }

    /// Removes the token of this installation from the memory of this process, so that the next request gets another
    /// token. Call it after new permissions were granted.
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
