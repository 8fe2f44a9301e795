//! An app whose tokens are waited for.

use std::fmt;
use std::ops::Deref;
use std::time::Duration;

use super::{Client, Driver};
use crate::app::{self, AppBuilder, AppError, Issuer, Signer, Token};
use crate::apps::security::{AppJwt, InstallationToken};
use crate::runtime::{Grants, Scheme, Secret};

/// A GitHub App with its key, as [`app::App`] is, for programs without async. A clone costs nothing, and shares all tokens.
#[derive(Clone)]
pub struct App {
    app: app::App,
    driver: Driver,
}

impl App {
    /// An app of github.com, by its client id or its app id.
    ///
    /// # Errors
    ///
    /// Where the id is empty, TLS can't be set up, or there is no thread for it.
    pub fn new(issuer: impl Into<Issuer>, signer: impl Signer) -> Result<Self, AppError> {
        Self::builder(issuer, signer).build_blocking()
    }

    /// Begins an app, by its client id or its app id; [`AppBuilder::build_blocking`] makes it.
    pub fn builder(issuer: impl Into<Issuer>, signer: impl Signer) -> AppBuilder {
        app::App::builder(issuer, signer)
    }

    /// A client that proves itself as the app.
    #[must_use]
    pub fn client(&self) -> Client<AppJwt> {
        Client::new(self.app.client(), self.driver.clone())
    }

    /// The app on one account, by the id of the installation.
    #[must_use]
    pub fn installation(&self, id: i64) -> Installation {
        Installation::new(self.app.installation(id), self.driver.clone())
    }

    /// The token by which the app proves that it is itself, see [`app::App::jwt`].
    ///
    /// # Errors
    ///
    /// Where it can't be signed.
    pub fn jwt(&self) -> Result<Secret, AppError> {
        self.driver.wait(self.app.jwt()).map_err(AppError::build)?
    }
}

impl AppBuilder {
    /// The app, for programs without async. A client that was given to it should be used nowhere else.
    ///
    /// # Errors
    ///
    /// As for [`AppBuilder::build`], and where there is no thread for it.
    pub fn build_blocking(self) -> Result<App, AppError> {
        Ok(App { app: self.build()?, driver: Driver::new().map_err(AppError::build)? })
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.app.fmt(f)
    }
}

/// An app on one account, as [`app::Installation`] is: a [`Client`] by `Deref` whose token is always good.
#[derive(Clone)]
pub struct Installation {
    installation: app::Installation,
    client: Client<InstallationToken>,
}

impl Installation {
    fn new(installation: app::Installation, driver: Driver) -> Self {
        let client = Client::new(installation.client().clone(), driver);
        Self { installation, client }
    }

    fn with(self, change: impl FnOnce(app::Installation) -> app::Installation) -> Self {
        Self::new(change(self.installation), self.client.driver().clone())
    }

    /// Narrows the token down to these repositories, by their names without their owner.
    #[must_use]
    pub fn repositories<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        self.with(|installation| installation.repositories(names))
    }

    /// Narrows the token down to these repositories, by their ids.
    #[must_use]
    pub fn repository_ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        self.with(|installation| installation.repository_ids(ids))
    }

    /// Narrows the token down to these permissions.
    #[must_use]
    pub fn permissions(self, permissions: impl Into<Grants>) -> Self {
        self.with(|installation| installation.permissions(permissions))
    }

    /// The id of the installation.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.installation.id()
    }

    /// The client itself.
    #[must_use]
    pub fn client(&self) -> &Client<InstallationToken> {
        &self.client
    }

    /// A client for operations that name the token otherwise, see [`app::Installation::client_for`].
    #[must_use]
    pub fn client_for<S: Scheme>(&self) -> Client<S> {
        Client::new(self.installation.client_for(), self.client.driver().clone())
    }

    /// A token that is good for at least so long, for git and the like.
    ///
    /// # Errors
    ///
    /// Where the server gives none, or none that lives so long.
    pub fn token(&self, min_ttl: Duration) -> Result<Token, AppError> {
        self.client.driver().wait(self.installation.token(min_ttl)).map_err(AppError::build)?
    }

    /// Forgets the token, in this process, so that the next request asks for another one.
    pub fn forget(&self) {
        self.installation.forget();
    }
}

impl Deref for Installation {
    type Target = Client<InstallationToken>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl fmt::Debug for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.installation.fmt(f)
    }
}
