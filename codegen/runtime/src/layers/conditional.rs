//! Conditional requests: a cached response is requested again with its `etag` or date, and returned after a 304.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    ACCEPT, AGE, CACHE_CONTROL, DATE, ETAG, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE,
    LAST_MODIFIED, RANGE, SET_COOKIE, VARY,
};
use http::{HeaderMap, Method, Response, StatusCode};
use tokio::time::Instant;
use tower::Layer;
use tracing::debug;

use super::attempt::{Attempt, BrokenBody};
use super::cache::{Cache, CacheKey, CachedResponse};
use super::service::{Handler, LayeredRequest, impl_service};
use crate::client::{Call, CredentialId, Message, hash, keyed_hash};
use crate::http::{Body, BoxError};

/// A tower layer that keeps HTTP responses to `GET` in a cache, if they have an `etag` or a `last-modified`, and asks
/// the server whether they are still valid. [`super::Resilience`] contains it ([`super::Resilience::cache`]).
///
/// No response is returned without a request to the server. A response with `no-store` or `vary: *` is not kept. A
/// response is not returned to another credential, or to a request that differs in a header of `vary`.
#[derive(Clone)]
pub struct ConditionalLayer(pub(super) Option<Arc<dyn Cache>>);

impl ConditionalLayer {
    /// Creates the layer of conditional requests with a cache for its HTTP responses.
    #[must_use]
    pub fn new(cache: impl Cache + 'static) -> Self {
        Self(Some(Arc::new(cache)))
    }
}

impl fmt::Debug for ConditionalLayer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "ConditionalLayer(…)"
        } else {
            "ConditionalLayer(no cache)"
        })
    }
}

impl<S> Layer<S> for ConditionalLayer {
    type Service = Conditional<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Conditional::new(self.0.clone(), inner)
    }
}

/// The tower service that [`ConditionalLayer`] creates: it sends conditional requests and answers a 304 from the cache.
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

// Only a complete body can be kept, so the attempt receives it.
impl_service!(Conditional, |this| Conditional::new(
    this.cache.clone(),
    Attempt(this.inner.clone())
));

impl<H: Handler> Handler for Conditional<H> {
    async fn send(&self, request: &mut LayeredRequest) -> Result<Response<Body>, BoxError> {
        let Self { inner, cache } = self;
        match cache.as_deref().filter(|_| is_cacheable(request)) {
            None => inner.send(request).await,
            // In a box, so that the future of a request without a cache is small.
            Some(cache) => Box::pin(send_conditionally(inner, cache, request)).await,
        }
    }
}

/// Returns the cached response if the server confirms it. Otherwise returns the response of the server, and keeps it.
async fn send_conditionally(
    inner: &impl Handler,
    cache: &dyn Cache,
    request: &mut LayeredRequest,
) -> Result<Response<Body>, BoxError> {
    let (key, headers) = (cache_key(request), request.message.headers.clone());
    let kept = cache
        .get(&key)
        .await
        .filter(|kept| vary_hash(&kept.headers, &headers) == Some(kept.vary_hash));
    request.now = Instant::now();
    if let Some(kept) = &kept {
        add_conditions(&mut request.message.headers, &kept.headers);
    }
    let response = inner.send(request).await?;
    let Some(kept) = kept.filter(|_| response.status() == StatusCode::NOT_MODIFIED) else {
        return Ok(store(cache, key, &headers, response).await);
    };
    debug!(
        bytes = kept.body.len(),
        "the cached response is still valid"
    );
    Ok(revalidate(cache, key, &kept, response).await)
}

/// Keeps the response of the server if that is allowed, and returns it.
async fn store(
    cache: &dyn Cache,
    key: CacheKey,
    sent: &HeaderMap,
    response: Response<Body>,
) -> Response<Body> {
    if let Some(fresh) = storable(&response, sent) {
        cache.put(key, Arc::new(fresh)).await;
    }
    response
}

/// Returns whether the response of a request may be cached. A request with its own conditions needs the server's response.
fn is_cacheable(request: &LayeredRequest) -> bool {
    let Message {
        method, headers, ..
    } = &request.message;
    let is_streamed = request.call().is_none_or(Call::is_streamed);
    let own = [IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_RANGE, RANGE];
    method == Method::GET
        && !is_streamed
        && !forbids_storing(headers)
        && !own.iter().any(|name| headers.contains_key(name))
}

/// Returns the cache key of a request.
fn cache_key(request: &LayeredRequest) -> CacheKey {
    let Message {
        method,
        url,
        headers,
        extensions,
        ..
    } = &request.message;
    let named = extensions.get::<CredentialId>().copied();
    let credential = named.or_else(|| request.call()?.credential());
    let whose = credential
        .as_ref()
        .map_or([].as_slice(), |credential| credential.as_bytes());
    let mut parts: Vec<&[u8]> = vec![method.as_str().as_bytes(), url.as_str().as_bytes(), whose];
    parts.extend(
        headers
            .get_all(ACCEPT)
            .iter()
            .map(http::HeaderValue::as_bytes),
    );
    CacheKey(hash(parts))
}

/// Adds the `etag` or date of a cached response to a request.
fn add_conditions(request: &mut HeaderMap, kept: &HeaderMap) {
    for (condition, validator) in [(IF_NONE_MATCH, ETAG), (IF_MODIFIED_SINCE, LAST_MODIFIED)] {
        if let Some(value) = kept.get(validator) {
            request.insert(condition, value.clone());
        }
    }
}

/// Returns the cached response with the headers that the server sends now.
async fn revalidate(
    cache: &dyn Cache,
    key: CacheKey,
    kept: &CachedResponse,
    now: Response<Body>,
) -> Response<Body> {
    let (parts, _) = now.into_parts();
    let mut headers = kept.headers.clone();
    // These describe one moment. A clock that uses an old value would be wrong.
    for name in [AGE, DATE] {
        headers.remove(name);
    }
    for name in parts
        .headers
        .keys()
        .filter(|name| !name.as_str().starts_with("content-"))
    {
        headers.remove(name);
        for value in parts.headers.get_all(name) {
            headers.append(name, value.clone());
        }
    }
    if parts
        .headers
        .get(ETAG)
        .is_some_and(|etag| Some(etag) != kept.headers.get(ETAG))
    {
        let fresh = CachedResponse {
            headers: without_cookies(&headers),
            ..kept.clone()
        };
        cache.put(key, Arc::new(fresh)).await;
    }
    let mut response = Response::new(Body::from(kept.body.clone()));
    *response.headers_mut() = headers;
    *response.extensions_mut() = parts.extensions;
    response
}

/// Returns the part of a response that is kept, or `None` if it may not be kept.
fn storable(response: &Response<Body>, sent: &HeaderMap) -> Option<CachedResponse> {
    let headers = response.headers();
    let can_be_confirmed = headers.contains_key(ETAG) || headers.contains_key(LAST_MODIFIED);
    let is_complete = response.extensions().get::<BrokenBody>().is_none();
    if response.status() != StatusCode::OK
        || !can_be_confirmed
        || !is_complete
        || forbids_storing(headers)
    {
        return None;
    }
    let vary_hash = vary_hash(headers, sent)?;
    // A copy, since the body may be a part of a larger buffer, which would stay in memory.
    let body = Bytes::copy_from_slice(response.body().as_bytes()?);
    Some(CachedResponse {
        headers: without_cookies(headers),
        body,
        vary_hash,
    })
}

/// Returns headers without cookies, which belong to one response.
fn without_cookies(headers: &HeaderMap) -> HeaderMap {
    let mut headers = headers.clone();
    headers.remove(SET_COOKIE);
    headers
}

/// Returns whether `cache-control` has `no-store`.
fn forbids_storing(headers: &HeaderMap) -> bool {
    let words = headers
        .get_all(CACHE_CONTROL)
        .iter()
        .flat_map(|value| value.as_bytes().split(|byte| *byte == b','));
    words
        .into_iter()
        .any(|word| word.trim_ascii().eq_ignore_ascii_case(b"no-store"))
}

/// Hashes the request headers by which a response varies. Returns `None` for `vary: *`.
fn vary_hash(response: &HeaderMap, sent: &HeaderMap) -> Option<[u8; 32]> {
    let (mut parts, mut is_secret): (Vec<Vec<u8>>, bool) = (Vec::new(), false);
    for value in response.get_all(VARY) {
        for name in value
            .to_str()
            .ok()?
            .split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            if name == "*" {
                return None;
            }
            parts.push(name.to_ascii_lowercase().into_bytes());
            is_secret |= sent
                .get_all(name)
                .iter()
                .any(http::HeaderValue::is_sensitive);
            parts.extend(
                sent.get_all(name)
                    .iter()
                    .map(|value| value.as_bytes().to_vec()),
            );
        }
    }
    let parts = parts.iter().map(Vec::as_slice);
    Some(if is_secret {
        keyed_hash(parts)
    } else {
        hash(parts)
    })
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderName, HeaderValue, Response};

    use super::{forbids_storing, storable, vary_hash};
    use crate::http::Body;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs
            .iter()
            .map(|(name, value)| {
                (
                    HeaderName::from_static(name),
                    HeaderValue::from_static(value),
                )
            })
            .collect()
    }

    #[test]
    fn no_store_is_one_word_of_several() {
        let cases = [
            ("no-store", true),
            ("private, No-Store ,max-age=1", true),
            ("no-storey", false),
            ("private", false),
        ];
        for (value, expected) in cases {
            assert_eq!(
                forbids_storing(&headers(&[("cache-control", value)])),
                expected,
                "{value}"
            );
        }
    }

    #[test]
    fn the_hash_covers_the_headers_of_vary() {
        let sent = headers(&[("accept-language", "de"), ("x-a", "1")]);
        let other = headers(&[("accept-language", "fr"), ("x-a", "1")]);
        let hash = |vary, sent: &HeaderMap| vary_hash(&headers(&[("vary", vary)]), sent);
        assert_eq!(hash("x-a", &sent), hash("X-A,", &other));
        assert_ne!(
            hash("x-a, Accept-Language", &sent),
            hash("x-a, Accept-Language", &other)
        );
        assert_eq!(hash("x-a, *", &sent), None);
    }

    #[test]
    fn only_confirmable_responses_are_kept() {
        let kept = |status: u16, pairs: &[(&'static str, &'static str)]| {
            let mut response = Response::new(Body::from("x"));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap_or_default();
            *response.headers_mut() = headers(pairs);
            storable(&response, &HeaderMap::new()).map(|kept| kept.headers.len())
        };
        assert_eq!(kept(200, &[("etag", "a"), ("set-cookie", "b")]), Some(1));
        assert_eq!(kept(200, &[("last-modified", "a")]), Some(1));
        assert_eq!(kept(200, &[]), None);
        assert_eq!(kept(201, &[("etag", "a")]), None);
        assert_eq!(
            kept(200, &[("etag", "a"), ("cache-control", "no-store")]),
            None
        );
        assert_eq!(kept(200, &[("etag", "a"), ("vary", "*")]), None);
    }
}
