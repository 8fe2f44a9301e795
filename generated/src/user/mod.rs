//! Users who let an app act on their behalf: they sign in with a browser or from a device, and their tokens are kept
//! fresh.
//!
//! # With a browser
//!
//! ```no_run
//! # async fn example(query: String) -> Result<(), Box<dyn std::error::Error>> {
//! use github_apps::user::{SignIn, callback};
//!
//! let sign_in = SignIn::builder("Iv23liExample").client_secret(std::env::var("CLIENT_SECRET")?).build()?;
//!
//! // Send the browser to the URL, and keep what is pending with its session.
//! let (url, pending) = sign_in.authorization().redirect_uri("https://app.example/callback").begin()?;
//!
//! // The browser is back, with a query; what was pending is good for one time.
//! let tokens = sign_in.finish(pending, &callback(&query)?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The `state` and the code verifier (PKCE, S256) are made at random and checked: you can't forget them. What is pending
//! is a model; `encode` makes JSON of it, for the session, which nobody else may read.
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
//! A token of a user ends after eight hours, unless the app's settings say otherwise. With it comes a refresh token, with
//! which the next pair is had, **once**: then both are of no use. Whoever loses the new pair has lost the user, who has to
//! sign in again. So a [`User`] hands each new pair to its [`TokenOwner`] before anything is sent with it.
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
//! // `decode` reads it again; what it says is secret.
//! let owner = |tokens: UserTokens| async move { Ok(std::fs::write("tokens.json", encode(&tokens))?) };
//! let user = sign_in.user(tokens, owner);
//! println!("{} installations", user.send(ListUserInstallations::new()).await?.total_count);
//! # Ok(())
//! # }
//! ```
//!
//! However many tasks wait, a pair is refreshed once: before its end, or after a 401. A pair that its owner could not keep
//! is used for nothing; the next request hands it over again.

mod address;
mod device;
mod error;
mod handle;
mod owner;
mod pair;
mod sign_in;
mod tokens;
mod web;

use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

pub use crate::clock::{Clock, SystemClock};
pub use device::Device;
pub use error::UserError;
pub use owner::{Keeping, TokenOwner};
pub use sign_in::{SignIn, SignInBuilder};
pub use tokens::UserTokens;
pub use web::{Authorization, Pending, callback};

use crate::apps::security::UserToken;
use crate::client::{Client, CredentialSource, Sourced};
use crate::runtime::Scheme;
use pair::{Held, Pair};

/// A user: a client whose token is always good. A clone costs nothing, and shares the tokens.
///
/// It is a [`Client`] by `Deref`: what takes the token of a user is sent with it. [`SignIn::user`] makes one.
#[derive(Clone)]
pub struct User {
    pair: Arc<Pair>,
    name: Option<Arc<str>>,
    client: Client<UserToken>,
}

impl User {
    fn new(pair: Arc<Pair>, name: Option<Arc<str>>) -> Self {
        let client = pair.sign_in().api().with_credential(Sourced::new(Held::new(&pair, name.as_ref())));
        Self { pair, name, client }
    }

    /// Says by what this user is known, as by their id: so that layers know that the tokens, one after the other, are
    /// those of one user, whose answers they may keep. No two users may have the same.
    #[must_use]
    pub fn known_as(self, id: impl Into<Arc<str>>) -> Self {
        Self::new(self.pair, Some(id.into()))
    }

    /// The client itself.
    #[must_use]
    pub fn client(&self) -> &Client<UserToken> {
        &self.client
    }

    /// A client for operations that name the token otherwise, such as those of a crate that you have generated.
    #[must_use]
    pub fn client_for<S: Scheme>(&self) -> Client<S> {
        self.client.with_credential(Sourced::shared(self.source()))
    }

    /// What gives the token, request by request, for a client of your own.
    #[must_use]
    pub fn source(&self) -> Arc<dyn CredentialSource> {
        Arc::new(Held::new(&self.pair, self.name.as_ref()))
    }

    /// The tokens, refreshed where they are about to end.
    ///
    /// # Errors
    ///
    /// Where none can be had, or their owner can't keep them.
    pub async fn tokens(&self) -> Result<UserTokens, UserError> {
        self.pair.current(None).await
    }
}

impl Deref for User {
    type Target = Client<UserToken>;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "User({:?}, {:?})", self.name, self.client)
    }
}
