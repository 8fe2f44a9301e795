//! Signs users in, and acts on their behalf with tokens that are refreshed in time.
//!
//! Requires the feature `user`.
//!
//! # With a browser
//!
//! ```no_run
//! # async fn example(query: String) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::user::{SignIn, parse_callback};
//!
//! let sign_in = SignIn::builder("Iv23liExample").client_secret(std::env::var("CLIENT_SECRET")?).build()?;
//!
//! // Send the browser to the URL, and store the pending sign-in in the browser's session.
//! let (url, pending) = sign_in.authorization().redirect_uri("https://app.example/callback").begin()?;
//!
//! // The browser comes back with a query. A pending sign-in can be finished once.
//! let tokens = sign_in.finish(pending, &parse_callback(&query)?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The `state` and the code verifier (PKCE with S256) are always random and always checked. [`PendingSignIn`] is a model:
//! `encode` writes it as JSON for the session, which must be private to the browser.
//!
//! # From a device
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! # use github_apps::user::SignIn;
//! let sign_in = SignIn::new("Iv23liExample")?;
//! let mut device = sign_in.device().await?;
//! println!("Enter {} at {}", device.user_code(), device.verification_uri());
//! let tokens = device.wait().await?;
//! # Ok(())
//! # }
//! ```
//!
//! # A client of the user
//!
//! By default, the token of a user expires after eight hours. Its refresh token gives the next pair of tokens, **once**:
//! both old tokens are then invalid. If the new pair is lost, the user has to sign in again. So a [`UserClient`] saves
//! each new pair in its [`UserTokenStore`] before it uses it.
//!
//! ```no_run
//! # async fn example(
//! #     sign_in: github_apps::user::SignIn,
//! #     tokens: github_apps::user::UserTokens,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::apps::endpoints::ListUserInstallations;
//! use github_apps::runtime::encode;
//! use github_apps::user::UserTokens;
//!
//! // `decode` reads the file again. Its content is secret.
//! let store = |tokens: UserTokens| async move { Ok(std::fs::write("tokens.json", encode(&tokens))?) };
//! let user = sign_in.user(tokens, store);
//! println!("{} installations", user.send(ListUserInstallations::new()).await?.total_count);
//! # Ok(())
//! # }
//! ```
//!
//! A pair is refreshed once, however many tasks wait: shortly before it expires, or after a 401. A pair that could not be
//! saved is not used; the next request tries to save it again.

mod authorization;
mod browser;
mod device;
mod error;
mod refresh;
mod sign_in;
mod store;
mod tokens;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub use crate::clock::{Clock, SystemClock};
pub use crate::store_future::StoreFuture;
pub use browser::{AuthorizationRequest, PendingSignIn, parse_callback};
pub use device::DeviceSignIn;
pub use error::UserError;
pub use sign_in::{SignIn, SignInBuilder};
pub use store::UserTokenStore;
pub use tokens::UserTokens;

use crate::apps::security::UserToken;
use crate::client::{Client, CredentialSource, SourcedCredential};
use crate::runtime::SchemeCredential;
use refresh::{TokenRefresher, UserCredential};

/// An HTTP client that acts on behalf of one user. It sends the user's access token with each request, and refreshes
/// the token before it expires. A clone is cheap and shares the tokens.
///
/// It dereferences to [`Client`], so it sends every operation that takes the token of a user. [`SignIn::user`] makes one.
#[derive(Clone)]
pub struct UserClient {
    refresher: Arc<TokenRefresher>,
    name: Option<Arc<str>>,
    client: Client<UserToken>,
}

impl UserClient {
    fn new(refresher: Arc<TokenRefresher>, name: Option<Arc<str>>) -> Self {
        let credential = SourcedCredential::new(UserCredential::new(&refresher, name.as_ref()));
        let client = refresher.sign_in().api().with_credential(credential);
        Self { refresher, name, client }
    }

    /// Sets an id by which caches and rate limits recognize the user of this client after a refresh of the token. Use
    /// GitHub's user id, or another id that no other user has.
    #[must_use]
    pub fn known_as(self, id: impl Into<Arc<str>>) -> Self {
        Self::new(self.refresher, Some(id.into()))
    }

    /// Returns the HTTP client that sends the token of this user. Use it where a function takes a [`Client`];
    /// otherwise, [`UserClient`] dereferences to it.
    #[must_use]
    pub fn client(&self) -> &Client<UserToken> {
        &self.client
    }

    /// Returns an HTTP client that sends the same user token for operations with another security scheme, such as those
    /// of a crate that you have generated.
    #[must_use]
    pub fn client_for<S: SchemeCredential>(&self) -> Client<S> {
        self.client.with_credential(SourcedCredential::shared(self.source()))
    }

    /// Returns the token of this user as a credential source, which refreshes the token before it expires. Pass it to
    /// an HTTP client that you build yourself.
    #[must_use]
    pub fn source(&self) -> Arc<dyn CredentialSource> {
        Arc::new(UserCredential::new(&self.refresher, self.name.as_ref()))
    }

    /// Returns the current access token and refresh token of this user. If they expire soon, they are refreshed first.
    /// Use it for git and other programs.
    ///
    /// # Errors
    ///
    /// If the tokens can't be refreshed or saved.
    pub async fn tokens(&self) -> Result<UserTokens, UserError> {
        self.refresher.current(None).await
    }
}

impl Deref for UserClient {
    type Target = Client<UserToken>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl fmt::Debug for UserClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UserClient({:?}, {:?})", self.name, self.client)
    }
}
