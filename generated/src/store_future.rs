//! The future that stores return.

use std::future::Future;
use std::pin::Pin;

use crate::client::BoxError;

/// An alias of the boxed future that the methods of a store of tokens return. Use it when you implement such a store,
/// for an app or for a user.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;
