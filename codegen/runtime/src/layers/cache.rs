//! Caches of responses for conditional requests.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;

/// The key of an HTTP response in a [`Cache`]: a hash of method, URL, `accept`, and the id of the credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheKey(pub(super) [u8; 32]);

impl CacheKey {
    /// Returns the hash of this cache key, for a cache that stores bytes. The hash is the same in another process if
    /// the client has no credential, or one with a [name](crate::client::CredentialId::named).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// An HTTP response with status 200 in a [`Cache`]: its headers and its body. The layer returns it only if the server
/// confirms that it is still valid.
#[derive(Clone)]
pub struct CachedResponse {
    /// The headers of the HTTP response.
    pub headers: HeaderMap,
    /// The body of the HTTP response.
    pub body: Bytes,
    /// The hash of the values of those request headers that the response names in `vary`.
    pub vary_hash: [u8; 32],
}

impl CachedResponse {
    /// Returns the approximate number of bytes that this HTTP response takes in a cache. A cache with a maximum size
    /// adds them up.
    #[must_use]
    pub fn size(&self) -> usize {
        let headers: usize = self
            .headers
            .iter()
            .map(|(name, value)| name.as_str().len() + value.len() + 64)
            .sum();
        self.body.len() + headers + size_of::<Self>() + size_of::<CacheKey>()
    }
}

/// Prints no content, which may be secret.
impl fmt::Debug for CachedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CachedResponse({} bytes)", self.size())
    }
}

/// The type alias of the future that the functions of a [`Cache`] return.
pub type CacheFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A trait of caches of HTTP responses. Implement it to keep responses in your own store; a store that cannot be
/// reached finds nothing and keeps nothing, and returns no error.
///
/// ```
/// use std::sync::{Arc, Mutex};
///
/// use octogen_runtime::layers::{Cache, CacheFuture, CacheKey, CachedResponse};
///
/// /// Keeps only the last response.
/// #[derive(Default)]
/// struct Last(Mutex<Option<(CacheKey, Arc<CachedResponse>)>>);
///
/// impl Cache for Last {
///     fn get<'a>(&'a self, key: &'a CacheKey) -> CacheFuture<'a, Option<Arc<CachedResponse>>> {
///         let last = self.0.lock().ok().and_then(|last| last.clone());
///         Box::pin(std::future::ready(last.filter(|(kept, _)| kept == key).map(|(_, cached)| cached)))
///     }
///
///     fn put(&self, key: CacheKey, cached: Arc<CachedResponse>) -> CacheFuture<'_, ()> {
///         if let Ok(mut last) = self.0.lock() {
///             *last = Some((key, cached));
///         }
///         Box::pin(std::future::ready(()))
///     }
/// }
/// ```
pub trait Cache: Send + Sync {
    /// Returns the HTTP response that is stored under this key, if there is one.
    fn get<'a>(&'a self, key: &'a CacheKey) -> CacheFuture<'a, Option<Arc<CachedResponse>>>;

    /// Stores an HTTP response under this key, in place of an older one.
    fn put(&self, key: CacheKey, cached: Arc<CachedResponse>) -> CacheFuture<'_, ()>;
}

/// A cache of HTTP responses in memory, with a maximum size. Responses that are rarely requested are removed first.
#[derive(Clone)]
pub struct MemoryCache(moka::sync::Cache<CacheKey, Arc<CachedResponse>>);

impl MemoryCache {
    /// Creates a cache of HTTP responses in memory, with a maximum size in bytes.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let weigher = |_: &CacheKey, cached: &Arc<CachedResponse>| {
            u32::try_from(cached.size()).unwrap_or(u32::MAX)
        };
        Self(
            moka::sync::Cache::builder()
                .max_capacity(bytes)
                .weigher(weigher)
                .build(),
        )
    }

    /// Returns the size in bytes of all HTTP responses in this memory cache, after all pending changes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.weighted_size()
    }
}

impl Cache for MemoryCache {
    fn get<'a>(&'a self, key: &'a CacheKey) -> CacheFuture<'a, Option<Arc<CachedResponse>>> {
        Box::pin(ready(self.0.get(key)))
    }

    fn put(&self, key: CacheKey, cached: Arc<CachedResponse>) -> CacheFuture<'_, ()> {
        self.0.insert(key, cached);
        Box::pin(ready(()))
    }
}

impl fmt::Debug for MemoryCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryCache({} bytes)", self.size())
    }
}
