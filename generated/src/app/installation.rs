//! A client for one installation of an app.

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;
use std::time::Duration;

use super::AppError;
use super::scope::Scope;
use super::token::Token;
use super::tokens::{ScopedTokens, Tokens};
use crate::apps::security::{AppJwt, InstallationToken};
use crate::client::{Client, CredentialSource, SourcedCredential};
use crate::runtime::{Grants, SchemeCredential};

/// An HTTP client for one installation of a GitHub App. It sends the installation's access token with each request, and
/// renews the token before it expires. All clients of an app share the tokens.
///
/// It dereferences to [`Client`], so it sends every operation that takes the token of an installation.
///
/// ```no_run
/// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
/// use github_apps::apps::endpoints::ListInstallationRepositories;
///
/// let installation = app.installation(1).repositories(["hello-world"]).permissions([("contents", "read")]);
/// let covered = installation.send(ListInstallationRepositories::new()).await?;
/// println!("{} repositories", covered.total_count);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub struct InstallationClient {
    app: Client<AppJwt>,
    tokens: Arc<Tokens>,
    scope: Arc<Scope>,
    client: Client<InstallationToken>,
}

impl InstallationClient {
    pub(super) fn new(app: Client<AppJwt>, tokens: Arc<Tokens>, scope: Scope) -> Self {
        let scope = Arc::new(scope);
        let scoped = ScopedTokens { tokens: Arc::clone(&tokens), scope: Arc::clone(&scope) };
        let client = app.with_credential(SourcedCredential::new(scoped));
        Self { app, tokens, scope, client }
    }

    /// Returns this client with a token that is restricted to the repositories with these names. A name has no owner:
    /// `hello-world`.
    #[must_use]
    pub fn repositories<N: Into<String>>(self, names: impl IntoIterator<Item = N>) -> Self {
        let scope = Scope::clone(&self.scope).repositories(names.into_iter().map(Into::into));
        Self::new(self.app, self.tokens, scope)
    }

    /// Returns this client with a token that is restricted to the repositories with these ids.
    #[must_use]
    pub fn repository_ids(self, ids: impl IntoIterator<Item = i64>) -> Self {
        let scope = Scope::clone(&self.scope).repository_ids(ids.into_iter());
        Self::new(self.app, self.tokens, scope)
    }

    /// Returns this client with a token that is restricted to these permissions.
    /// [`App::permissions_for`](super::App::permissions_for) returns the permissions that a list of operations needs.
    #[must_use]
    pub fn permissions(self, permissions: impl Into<Grants>) -> Self {
        let scope = Scope::clone(&self.scope).permissions(&permissions.into());
        Self::new(self.app, self.tokens, scope)
    }

    /// Returns the id of the installation for which this client sends requests.
    #[must_use]
    pub fn id(&self) -> i64 {
        self.scope.installation
    }

    /// Returns the HTTP client that sends the token of this installation. Use it where a function takes a [`Client`];
    /// otherwise, [`InstallationClient`] dereferences to it.
    #[must_use]
    pub fn client(&self) -> &Client<InstallationToken> {
        &self.client
    }

    /// Returns an HTTP client that sends the same installation token for operations with another security scheme, such
    /// as those of `apps_2017` or of a crate that you have generated.
    ///
    /// ```no_run
    /// # #[cfg(feature = "integrations")]
    /// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// use github_apps::integrations::{endpoints::ListDeployments, security::InstallationToken};
    ///
    /// let client = app.installation(1).client_for::<InstallationToken>();
    /// let deployments = client.send(ListDeployments::new(1296269)).await?;
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn client_for<S: SchemeCredential>(&self) -> Client<S> {
        self.client.with_credential(SourcedCredential::shared(self.source()))
    }

    /// Returns the token of this installation as a credential source, which renews the token before it expires. Pass it
    /// to an HTTP client that you build yourself.
    #[must_use]
    pub fn source(&self) -> Arc<dyn CredentialSource> {
        Arc::new(ScopedTokens { tokens: Arc::clone(&self.tokens), scope: Arc::clone(&self.scope) })
    }

    /// Returns an access token of this installation that is valid for at least this time. Use it for git and other
    /// programs; the client itself needs no such call.
    ///
    /// ```no_run
    /// # async fn example(app: github_apps::app::App) -> Result<(), Box<dyn std::error::Error>> {
    /// use std::time::Duration;
    ///
    /// let token = app.installation(1).token(Duration::from_secs(600)).await?;
    /// let url = format!("https://x-access-token:{}@github.com/octocat/hello-world", token.expose());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the server gives no token, or none that is valid for so long.
    pub async fn token(&self, min_ttl: Duration) -> Result<Token, AppError> {
        let needed = i64::try_from(min_ttl.as_secs()).unwrap_or(i64::MAX);
        self.tokens.token(&self.scope, needed, None).await
    }

    /// Removes the token of this installation from the memory of this process, so that the next request gets another
    /// token. Call it after new permissions were granted, since a token keeps the permissions with which it was made.
    pub fn forget(&self) {
        self.tokens.forget(&self.scope);
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
        write!(f, "Installation({:?})", self.scope)
    }
}
