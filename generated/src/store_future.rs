//! The future that stores return.

use std::future::Future;
use std::pin::Pin;

use crate::client::BoxError;

/// The future that a store of tokens returns.
pub type StoreFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send + 'a>>;
