//! Conditional requests: what was answered once is asked for again with its `etag` or date, and given again on a 304.

use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::header::{
    ACCEPT, AGE, CACHE_CONTROL, DATE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, LAST_MODIFIED, RANGE,
    SET_COOKIE, VARY,
};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use tokio::time::Instant;
use tower::{Layer, Service};
use tracing::debug;

use super::attempt::{Attempt, Broken};
use super::cache::{Cache, CacheKey, Cached};
use super::{Asked, Inner, Next};
use crate::client::body::Body;
use crate::client::call::{Call, CredentialId, hash, keyed};
use crate::client::message::Message;
use crate::client::transport::{Answer, BoxError};

/// Keeps answers to `GET` that have an `etag` or a `last-modified`, and asks whether they still hold. See
/// [`super::Resilience::cache`].
///
/// No answer is given without asking. None is kept that says `no-store` or varies by `*`, and none goes to another
/// credential, nor to a request that differs in a header by which the answer varies.
#[derive(Clone)]
pub struct ConditionalLayer(pub(super) Option<Arc<dyn Cache>>);

impl ConditionalLayer {
    /// With this cache.
    #[must_use]
    pub fn new(cache: impl Cache + 'static) -> Self {
        Self(Some(Arc::new(cache)))
    }
}

impl fmt::Debug for ConditionalLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "ConditionalLayer(…)" } else { "ConditionalLayer(no cache)" })
    }
}

impl<S> Layer<S> for ConditionalLayer {
    type Service = Conditional<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Conditional::new(self.0.clone(), inner)
    }
}

/// What [`ConditionalLayer`] makes.
#[derive(Clone)]
pub struct Conditional<S> {
    inner: S,
    cache: Option<Arc<dyn Cache>>,
}

impl<S> Conditional<S> {
    pub(super) fn new(cache: Option<Arc<dyn Cache>>, inner: S) -> Self {
        Self { inner, cache }
    }
}

// Only a whole body can be kept.
serves!(Conditional, |this| Conditional::new(this.cache.clone(), Attempt(this.inner.clone())));

impl<N: Next> Next for Conditional<N> {
    async fn send(&self, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
        let Self { inner, cache } = self;
        match cache.as_deref().filter(|_| is_ours(asked)) {
            None => inner.send(asked).await,
            // Behind a pointer, so that a request without a cache needs no room for it.
            Some(cache) => Box::pin(conditionally(inner, cache, asked)).await,
        }
    }
}

/// The kept answer, where the server says that it still holds, or the server's own one, which is then kept.
async fn conditionally(inner: &impl Next, cache: &dyn Cache, asked: &mut Asked) -> Result<Response<Body>, BoxError> {
    let (key, headers) = (key(asked), asked.message.headers.clone());
    let kept = cache.get(&key).await.filter(|kept| varied(&kept.headers, &headers) == Some(kept.varied));
    asked.now = Instant::now();
    if let Some(kept) = &kept {
        add_conditions(&mut asked.message.headers, &kept.headers);
    }
    let response = inner.send(asked).await?;
    let Some(kept) = kept.filter(|_| response.status() == StatusCode::NOT_MODIFIED) else {
        return Ok(stored(cache, key, &headers, response).await);
    };
    debug!(bytes = kept.body.len(), "the cached answer still holds");
    Ok(revalidated(cache, key, &kept, response).await)
}

/// The server's answer, which is kept if it may be.
async fn stored(cache: &dyn Cache, key: CacheKey, asked: &HeaderMap, response: Response<Body>) -> Response<Body> {
    if let Some(fresh) = storable(&response, asked) {
        cache.put(key, Arc::new(fresh)).await;
    }
    response
}

/// Whether a request is one whose answer may be kept; one with conditions of its own wants the server's answer.
fn is_ours(asked: &Asked) -> bool {
    let Message { method, headers, .. } = &asked.message;
    let is_streamed = asked.call().is_none_or(Call::is_streamed);
    let own = [IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_RANGE, RANGE];
    method == Method::GET
        && !is_streamed
        && !forbids_storing(headers)
        && !own.iter().any(|name| headers.contains_key(name))
}

fn key(asked: &Asked) -> CacheKey {
    let Message { method, url, headers, extensions, .. } = &asked.message;
    let named = extensions.get::<CredentialId>().copied();
    let credential = named.or_else(|| asked.call()?.credential());
    let whose = credential.as_ref().map_or([].as_slice(), |credential| credential.as_bytes());
    let mut parts: Vec<&[u8]> = vec![method.as_str().as_bytes(), url.as_str().as_bytes(), whose];
    parts.extend(headers.get_all(ACCEPT).iter().map(http::HeaderValue::as_bytes));
    CacheKey(hash(parts))
}

fn add_conditions(request: &mut HeaderMap, kept: &HeaderMap) {
    for (condition, validator) in [(IF_NONE_MATCH, ETAG), (IF_MODIFIED_SINCE, LAST_MODIFIED)] {
        if let Some(value) = kept.get(validator) {
            request.insert(condition, value.clone());
        }
    }
}

/// The kept answer with the headers that the server sends now.
async fn revalidated(cache: &dyn Cache, key: CacheKey, kept: &Cached, now: Response<Body>) -> Response<Body> {
    let (parts, _) = now.into_parts();
    let mut headers = kept.headers.clone();
    // They are of the moment: a clock that goes by an old one would go wrong.
    for name in [AGE, DATE] {
        headers.remove(name);
    }
    for name in parts.headers.keys().filter(|name| !name.as_str().starts_with("content-")) {
        headers.remove(name);
        for value in parts.headers.get_all(name) {
            headers.append(name, value.clone());
        }
    }
    if parts.headers.get(ETAG).is_some_and(|etag| Some(etag) != kept.headers.get(ETAG)) {
        let fresh = Cached { headers: keepable(&headers), ..kept.clone() };
        cache.put(key, Arc::new(fresh)).await;
    }
    let mut response = Response::new(Body::from(kept.body.clone()));
    *response.headers_mut() = headers;
    *response.extensions_mut() = parts.extensions;
    response
}

/// What is kept of a response, if anything may be.
fn storable(response: &Response<Body>, asked: &HeaderMap) -> Option<Cached> {
    let headers = response.headers();
    let can_be_asked = headers.contains_key(ETAG) || headers.contains_key(LAST_MODIFIED);
    let is_whole = response.extensions().get::<Broken>().is_none();
    if response.status() != StatusCode::OK || !can_be_asked || !is_whole || forbids_storing(headers) {
        return None;
    }
    let varied = varied(headers, asked)?;
    // A copy, since the body may be a part of a larger buffer that would stay with it.
    let body = Bytes::copy_from_slice(response.body().as_bytes()?);
    Some(Cached { headers: keepable(headers), body, varied })
}

fn keepable(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove(SET_COOKIE);
    headers
}

fn forbids_storing(headers: &HeaderMap) -> bool {
    let words = headers.get_all(CACHE_CONTROL).iter().flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    words.into_iter().any(|word| word.trim_ascii().eq_ignore_ascii_case(b"no-store"))
}

/// The hash of those headers of a request by which an answer varies; `None` where it varies by anything.
fn varied(answer: &HeaderMap, asked: &HeaderMap) -> Option<[u8; 32]> {
    let (mut parts, mut is_secret): (Vec<Vec<u8>>, bool) = (Vec::new(), false);
    for value in answer.get_all(VARY) {
        for name in value.to_str().ok()?.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            if name == "*" {
                return None;
            }
            parts.push(name.to_ascii_lowercase().into_bytes());
            is_secret |= asked.get_all(name).iter().any(http::HeaderValue::is_sensitive);
            parts.extend(asked.get_all(name).iter().map(|value| value.as_bytes().to_vec()));
        }
    }
    let parts = parts.iter().map(Vec::as_slice);
    Some(if is_secret { keyed(parts) } else { hash(parts) })
}
