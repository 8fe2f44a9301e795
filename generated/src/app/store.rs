//! The trait of stores that processes share.

use std::time::Duration;

use super::StoreFuture;
use crate::runtime::Secret;

/// A trait for stores through which the processes of a GitHub App share its installation tokens, so that not each of
/// them requests its own. A store keeps texts under keys for a limited time. Pass it to
/// [`AppBuilder::store`](super::AppBuilder::store).
///
/// An app keeps its tokens in memory, and reads the store before it requests a token from GitHub. If the store fails, the
/// app requests a token. So a store should fail soon rather than wait for long. The texts are secrets: anyone who can read
/// the store can act for the app.
///
/// With the feature `redis`, `RedisStore` is such a store.
pub trait TokenStore: Send + Sync + 'static {
    /// Returns the text that this store has saved under a key. `None` if there is none, or it has expired.
    fn get<'a>(&'a self, key: &'a str) -> StoreFuture<'a, Option<Secret>>;

    /// Saves a text under a key in this store for `lifetime`, and replaces any other text under the key.
    fn put<'a>(&'a self, key: &'a str, value: &'a Secret, lifetime: Duration) -> StoreFuture<'a, ()>;
}
