//! Where tokens are kept that several processes share.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::client::BoxError;
use crate::runtime::Secret;

/// What a store does, on its way.
pub type Storing<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;

/// Keeps texts under keys, for a time: what an app shares among processes, so that not each of them asks the server for
/// tokens of its own.
///
/// An app keeps its tokens in memory and asks its store only where it would have to ask the server. A store that fails or
/// gives nothing costs a request and nothing else, so it should rather give up soon than wait for long. The texts are
/// secrets: whoever can read the store can act for the app.
///
/// With the feature `redis` there is one, `RedisStore`.
pub trait TokenStore: Send + Sync + 'static {
    /// The text under a key; `None` where there is none, or its time is over.
    fn get<'a>(&'a self, key: &'a str) -> Storing<'a, Option<Secret>>;

    /// Keeps a text under a key, in place of any other, for so long.
    fn put<'a>(&'a self, key: &'a str, value: &'a Secret, lives: Duration) -> Storing<'a, ()>;
}
