//! Where answers are kept for conditional requests.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::sync::Arc;

use bytes::Bytes;
use http::HeaderMap;

/// What a cached answer is found by: the hash of method, URL, `accept` and whose credential went along.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CacheKey(pub(super) [u8; 32]);

impl CacheKey {
    /// The hash itself, for a cache that keeps bytes. It is the same in another process where the client has no
    /// credential, or one with a [name](crate::client::CredentialId::named).
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// An answer with status 200 as it is kept: it is given again only when the server says that it still holds.
#[derive(Clone)]
pub struct Cached {
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
    /// The hash of those headers of the request by which the answer varies.
    pub varied: [u8; 32],
}

impl Cached {
    /// About how many bytes it takes.
    #[must_use]
    pub fn size(&self) -> usize {
        let headers: usize = self.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 64).sum();
        self.body.len() + headers + size_of::<Self>() + size_of::<CacheKey>()
    }
}

/// Without what it holds: a model shows no secret of its JSON.
impl fmt::Debug for Cached {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Cached({} bytes)", self.size())
    }
}

/// What a cache promises.
pub type Promise<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A cache of answers. One that is out of reach finds nothing and keeps nothing; it has no error to give.
///
/// ```
/// use std::sync::{Arc, Mutex};
///
/// use octogen_runtime::client::{Cache, CacheKey, Cached, Promise};
///
/// /// Keeps the last answer and no other one.
/// #[derive(Default)]
/// struct Last(Mutex<Option<(CacheKey, Arc<Cached>)>>);
///
/// impl Cache for Last {
///     fn get<'a>(&'a self, key: &'a CacheKey) -> Promise<'a, Option<Arc<Cached>>> {
///         let last = self.0.lock().ok().and_then(|last| last.clone());
///         Box::pin(std::future::ready(last.filter(|(kept, _)| kept == key).map(|(_, cached)| cached)))
///     }
///
///     fn put(&self, key: CacheKey, cached: Arc<Cached>) -> Promise<'_, ()> {
///         if let Ok(mut last) = self.0.lock() {
///             *last = Some((key, cached));
///         }
///         Box::pin(std::future::ready(()))
///     }
/// }
/// ```
pub trait Cache: Send + Sync {
    /// The answer of that key.
    fn get<'a>(&'a self, key: &'a CacheKey) -> Promise<'a, Option<Arc<Cached>>>;

    /// Keeps an answer in place of what it had of that key.
    fn put(&self, key: CacheKey, cached: Arc<Cached>) -> Promise<'_, ()>;
}

/// A cache in memory that takes no more than so many bytes; what is asked for rarely goes first.
#[derive(Clone)]
pub struct MemoryCache(moka::sync::Cache<CacheKey, Arc<Cached>>);

impl MemoryCache {
    /// A cache of so many bytes.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        let weigher = |_: &CacheKey, cached: &Arc<Cached>| u32::try_from(cached.size()).unwrap_or(u32::MAX);
        Self(moka::sync::Cache::builder().max_capacity(bytes).weigher(weigher).build())
    }

    /// How many bytes it takes, once what is under way is done.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.run_pending_tasks();
        self.0.weighted_size()
    }
}

impl Cache for MemoryCache {
    fn get<'a>(&'a self, key: &'a CacheKey) -> Promise<'a, Option<Arc<Cached>>> {
        Box::pin(ready(self.0.get(key)))
    }

    fn put(&self, key: CacheKey, cached: Arc<Cached>) -> Promise<'_, ()> {
        self.0.insert(key, cached);
        Box::pin(ready(()))
    }
}

impl fmt::Debug for MemoryCache {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MemoryCache({} bytes)", self.size())
    }
}
