//! The store of a user's tokens.

use std::future::Future;

use super::{StoreFuture, UserTokens};
use crate::client::BoxError;

/// A trait for stores that save the tokens of one user outside of the process, for example in a database, a file or a
/// key chain. Pass a store to [`SignIn::user`](super::SignIn::user).
///
/// [`UserTokens`] is a model, which `encode` writes as JSON and `decode` reads. Anyone who can read the tokens can act for
/// the user.
///
/// A closure that saves tokens is a store. If several processes act for one user, implement [`UserTokenStore::load`] too:
/// after one process has refreshed the tokens, the tokens of the others are invalid.
pub trait UserTokenStore: Send + Sync + 'static {
    /// Saves a new pair of the user's tokens and replaces the old one, which is invalid now. The new pair is not used
    /// before it is saved. If this fails, the next request tries again. Do not use the tokens or the
    /// [`UserClient`](super::UserClient) of this user here: they wait for this call.
    fn save<'a>(&'a self, tokens: &'a UserTokens) -> StoreFuture<'a, ()>;

    /// Returns the saved pair of the user's tokens, which another process may have refreshed. `None` if the store does
    /// not know it. It is called before a refresh, and after GitHub has refused one. An implementation may take a lock
    /// among processes here and release it in [`UserTokenStore::save`]; the lock must also expire without a release,
    /// since the refresh may fail.
    fn load(&self) -> StoreFuture<'_, Option<UserTokens>> {
        Box::pin(async { Ok(None) })
    }
}

impl<F, Saving> UserTokenStore for F
where
    F: Fn(UserTokens) -> Saving + Send + Sync + 'static,
    Saving: Future<Output = Result<(), BoxError>> + Send + 'static,
{
    fn save<'a>(&'a self, tokens: &'a UserTokens) -> StoreFuture<'a, ()> {
        Box::pin(self(tokens.clone()))
    }
}
