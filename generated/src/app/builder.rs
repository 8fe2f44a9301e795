//! The builder of an app.

use std::fmt;
use std::sync::Arc;

use super::jwt::Jwts;
use super::server_clock::ServerClock;
use super::signer::Signer;
use super::store::TokenStore;
use super::tokens::Tokens;
use super::{App, AppError};
use crate::apps::security::AppJwt;
use crate::client::{Client, SourcedCredential, github, redact_base_url};
use crate::clock::{Clock, SystemClock};

/// The id of a GitHub App, which is the issuer (`iss`) of the JSON Web Tokens (JWTs) that the app signs: the client id,
/// such as `Iv23li…`, or the numeric app id. Strings and integers convert into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issuer(String);

impl From<&str> for Issuer {
    fn from(id: &str) -> Self {
        Self(id.trim().to_owned())
    }
}

impl From<String> for Issuer {
    fn from(id: String) -> Self {
        Self::from(id.as_str())
    }
}

impl From<i64> for Issuer {
    fn from(id: i64) -> Self {
        Self(id.to_string())
    }
}

impl From<u64> for Issuer {
    fn from(id: u64) -> Self {
        Self(id.to_string())
    }
}

impl From<i32> for Issuer {
    fn from(id: i32) -> Self {
        Self(id.to_string())
    }
}

/// A builder of an [`App`], with settings for another server, HTTP client, clock or store of tokens. Start with
/// [`App::builder`], and end with [`AppBuilder::build`].
///
/// | setting | default |
/// |---|---|
/// | server | github.com |
/// | clock | the system clock |
/// | tokens | in memory, at most 10,000 |
#[must_use = "a builder does nothing until it builds"]
pub struct AppBuilder {
    issuer: Issuer,
    signer: Arc<dyn Signer>,
    base: Option<String>,
    client: Option<Client>,
    clock: Arc<dyn Clock>,
    store: Option<Arc<dyn TokenStore>>,
    capacity: u64,
}

impl AppBuilder {
    pub(super) fn new(issuer: Issuer, signer: impl Signer) -> Self {
        let (signer, clock) = (Arc::new(signer), Arc::new(SystemClock));
        Self { issuer, signer, base: None, client: None, clock, store: None, capacity: 10_000 }
    }

    /// Sets the URL of the GitHub API to which the app sends its requests, such as `https://github.example.com/api/v3`
    /// of a GitHub Enterprise Server. The default is the API of github.com.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        (self.base, self.client) = (Some(url.into()), None);
        self
    }

    /// Sets the HTTP client with which the app sends all its requests, with its server, timeout and transport. It
    /// replaces [`AppBuilder::base_url`]. The app's credentials replace those of the HTTP client.
    ///
    /// ```
    /// use github_apps::app::App;
    /// use github_apps::client::github;
    /// # use github_apps::app::{Signer, SignFuture};
    /// # struct Key;
    /// # impl Signer for Key { fn sign<'a>(&'a self, _: &'a [u8]) -> SignFuture<'a> { Box::pin(async { Ok(vec![]) }) } }
    /// # let key = Key;
    ///
    /// let client = github().user_agent("my-app/1.0").timeout(std::time::Duration::from_secs(10)).build()?;
    /// let app = App::builder("Iv23liExample", key).client(client).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn client<Held>(mut self, client: Client<Held>) -> Self {
        (self.client, self.base) = (Some(client.without_credential()), None);
        self
    }

    /// Sets the clock that decides when the app signs and renews its tokens. The default is the system clock; tests set
    /// another one.
    pub fn clock(mut self, clock: impl Clock) -> Self {
        self.clock = Arc::new(clock);
        self
    }

    /// Sets a store through which this app shares the tokens of its installations with other processes. Without a
    /// store, each process requests its own tokens from GitHub.
    pub fn store(mut self, store: impl TokenStore) -> Self {
        self.store = Some(Arc::new(store));
        self
    }

    /// Sets how many installation tokens the app keeps in memory: one per installation and set of restrictions. If
    /// there are more, the least recently used ones are dropped.
    pub fn capacity(mut self, tokens: u64) -> Self {
        self.capacity = tokens;
        self
    }

    /// Builds the [`App`] from the settings of this builder. No request is sent yet.
    ///
    /// # Errors
    ///
    /// If the id of the app is empty, the base URL is invalid, or TLS can't be set up.
    pub fn build(self) -> Result<App, AppError> {
        let Self { issuer: Issuer(issuer), signer, base, client, clock, store, capacity } = self;
        if issuer.is_empty() {
            return Err(AppError::no_issuer());
        }
        let builder = base.map_or_else(github, |base| github().base_url(base));
        let client = client.map_or_else(|| builder.build().map_err(AppError::build), Ok)?;
        let clock = Arc::new(ServerClock::new(clock));
        let jwts = Arc::new(Jwts::new(issuer.clone(), signer, Arc::clone(&clock)));
        let client = client.with_credential(SourcedCredential::shared(jwts.clone()));
        let tokens = Arc::new(Tokens::new(token_client(&client), clock, store, &issuer, capacity));
        Ok(App { client, jwts, tokens, issuer: issuer.into() })
    }
}

/// Returns the client that requests tokens. Whatever its layers do with other requests, these are retried, since an extra
/// token does no harm, and they do not wait for each other.
fn token_client(client: &Client<AppJwt>) -> Client<AppJwt> {
    #[cfg(feature = "resilience")]
    return {
        use crate::client::{Resend, WriteInterval};
        client.with_extension(WriteInterval(std::time::Duration::ZERO)).with_extension(Resend::Always)
    };
    #[cfg(not(feature = "resilience"))]
    client.clone()
}

impl fmt::Debug for AppBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = self.base.as_deref().map(redact_base_url);
        write!(f, "AppBuilder({}, base URL: {base:?}, client: {:?})", self.issuer.0, self.client)
    }
}
