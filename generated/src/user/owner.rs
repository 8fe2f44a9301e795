//! To whom the tokens of a user belong.

use std::future::Future;
use std::pin::Pin;

use super::UserTokens;
use crate::client::BoxError;

/// What an owner does, on its way.
pub type Keeping<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// Keeps the tokens of one user, where they outlive the process: in a row of a database, in a file, in a key chain.
///
/// [`UserTokens`] are a model: `encode` makes JSON of them and `decode` reads it; their parts have functions of their own.
/// Whoever can read them can act for the user.
///
/// A closure that keeps is an owner. Several processes that act for one user need [`TokenOwner::load`] as well, since
/// what one of them has refreshed is of no use to the others any more.
pub trait TokenOwner: Send + Sync + 'static {
    /// Keeps a new pair in place of the one before, which is of no use any more. Nothing is sent with the new one until
    /// this is done; where it fails, the next request tries it again. So nothing in here may ask for the tokens of this
    /// [`User`](super::User), or send anything by it: it would wait for itself.
    fn keep<'a>(&'a self, tokens: &'a UserTokens) -> Keeping<'a, ()>;

    /// The pair that is kept now, which another process may have renewed: asked before a refresh, and after one that was
    /// refused. `None` where nothing newer is known. A lock among processes can be taken here and given back by
    /// [`TokenOwner::keep`], but has to end by itself: a refresh may fail.
    fn load(&self) -> Keeping<'_, Option<UserTokens>> {
        Box::pin(async { Ok(None) })
    }
}

impl<F, Kept> TokenOwner for F
where
    F: Fn(UserTokens) -> Kept + Send + Sync + 'static,
    Kept: Future<Output = Result<(), BoxError>> + Send + 'static,
{
    fn keep<'a>(&'a self, tokens: &'a UserTokens) -> Keeping<'a, ()> {
        Box::pin(self(tokens.clone()))
    }
}
