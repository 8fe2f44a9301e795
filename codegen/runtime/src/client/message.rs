//! A request on its way to its transport.

use std::time::Duration;

use http::{Extensions, HeaderMap, Method, Request, Uri, Version};
use url::Url;

use super::body::Body;
#[cfg(feature = "resilience")]
use super::layers::Call;
use super::transport::{BoxError, Timeout};

/// What is sent. Services of tower have it as a request of HTTP, in which the URL is taken apart, and all that isn't sent is
/// looked up by its type.
pub(super) struct Message {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) version: Version,
    pub(super) headers: HeaderMap,
    pub(super) body: Body,
    /// For the whole exchange.
    pub(super) timeout: Option<Duration>,
    #[cfg(feature = "resilience")]
    pub(super) call: Option<Call>,
    pub(super) extensions: Extensions,
}

impl Message {
    /// What a service of tower was asked for.
    pub(super) fn of(request: Request<Body>) -> Result<Self, BoxError> {
        let (parts, body) = request.into_parts();
        let (method, version, headers, mut extensions) = (parts.method, parts.version, parts.headers, parts.extensions);
        let url = url(&mut extensions, &parts.uri)?;
        let timeout = extensions.get().map(|Timeout(timeout)| *timeout);
        #[cfg(feature = "resilience")]
        let call = extensions.get().cloned();
        Ok(Self {
            method,
            url,
            version,
            headers,
            body,
            timeout,
            #[cfg(feature = "resilience")]
            call,
            extensions,
        })
    }

    /// What a service of tower is asked for.
    pub(super) fn into_request(self) -> Result<Request<Body>, BoxError> {
        let mut extensions = self.extensions;
        #[cfg(feature = "resilience")]
        if let Some(call) = self.call {
            extensions.get_or_insert(call);
        }
        if let Some(timeout) = self.timeout {
            extensions.insert(Timeout(timeout));
        }
        let mut request = Request::new(self.body);
        *request.uri_mut() = self.url.as_str().parse()?;
        extensions.insert(Parsed(Some(self.url)));
        (*request.method_mut(), *request.version_mut()) = (self.method, self.version);
        (*request.headers_mut(), *request.extensions_mut()) = (self.headers, extensions);
        Ok(request)
    }
}

/// The URL of a request from before it became the address of one, for whoever sends it. A copy of the request has none: it
/// is sent only if the first one fails.
struct Parsed(Option<Url>);

impl Clone for Parsed {
    fn clone(&self) -> Self {
        Self(None)
    }
}

fn url(extensions: &mut Extensions, uri: &Uri) -> Result<Url, BoxError> {
    let parsed = extensions.get_mut::<Parsed>().and_then(|Parsed(url)| url.take());
    match parsed.filter(|url| is_of(url, uri)) {
        Some(url) => Ok(url),
        // A layer has sent it elsewhere, or it is sent again.
        None => Ok(Url::parse(&uri.to_string())?),
    }
}

fn is_of(url: &Url, uri: &Uri) -> bool {
    let parts = || {
        let rest = url.as_str().strip_prefix(uri.scheme_str()?)?.strip_prefix("://")?;
        rest.strip_prefix(uri.authority()?.as_str())?.strip_prefix(uri.path_and_query()?.as_str())
    };
    parts() == Some("")
}
