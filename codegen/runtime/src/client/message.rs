//! A request on its way to its transport.

use std::time::Duration;

use http::{Extensions, HeaderMap, Method, Request, Uri, Version};
use url::Url;

use super::body::Body;
#[cfg(feature = "resilience")]
use super::call::Call;
use super::transport::{BoxError, Timeout};

/// What is sent. Services of tower have it as a request of HTTP, in which the URL is taken apart, and all that isn't sent is
/// looked up by its type.
pub(crate) struct Message {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The URL as a layer has it, which may have written it and nobody else should change.
    pub(crate) uri: Option<Uri>,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// For the whole exchange, where that isn't somebody else's to see to.
    pub(crate) timeout: Option<Duration>,
    #[cfg(feature = "resilience")]
    pub(crate) call: Option<Call>,
    pub(crate) extensions: Extensions,
}

impl Message {
    /// What a service of tower was asked for.
    pub(crate) fn of(request: Request<Body>) -> Result<Self, BoxError> {
        let (parts, body) = request.into_parts();
        let (method, version, headers, mut extensions) = (parts.method, parts.version, parts.headers, parts.extensions);
        let url = url(&mut extensions, &parts.uri)?;
        let uri = Some(parts.uri);
        let timeout = extensions.get().map(|Timeout(timeout)| *timeout);
        #[cfg(feature = "resilience")]
        let call = extensions.get().cloned();
        Ok(Self {
            method,
            url,
            uri,
            version,
            headers,
            body,
            timeout,
            #[cfg(feature = "resilience")]
            call,
            extensions,
        })
    }

    /// The message for one attempt, of which there may be `again` another one. It comes with what a service looks for that is
    /// somebody else's.
    #[cfg(feature = "resilience")]
    pub(crate) fn lent(&mut self, again: bool, is_foreign: bool) -> Self {
        let copy = if again { self.body.try_clone() } else { None };
        Self {
            method: self.method.clone(),
            url: self.url.clone(),
            uri: self.uri.clone().filter(|_| is_foreign),
            version: self.version,
            headers: self.headers.clone(),
            body: copy.unwrap_or_else(|| std::mem::replace(&mut self.body, Body::empty())),
            timeout: self.timeout,
            call: self.call.clone().filter(|_| is_foreign),
            extensions: if is_foreign { self.extensions.clone() } else { Extensions::new() },
        }
    }

    /// What a service of tower is asked for.
    pub(crate) fn into_request(self) -> Result<Request<Body>, BoxError> {
        let mut extensions = self.extensions;
        #[cfg(feature = "resilience")]
        if let Some(call) = self.call {
            extensions.insert(call);
        }
        if let Some(timeout) = self.timeout {
            extensions.insert(Timeout(timeout));
        }
        let mut request = Request::new(self.body);
        *request.uri_mut() = match self.uri {
            Some(uri) => uri,
            None => self.url.as_str().parse()?,
        };
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

/// Where a request goes that says no more than the path, for those who send it nowhere.
const NOWHERE: &str = "nowhere:/";

fn url(extensions: &mut Extensions, uri: &Uri) -> Result<Url, BoxError> {
    let parsed = extensions.get_mut::<Parsed>().and_then(|Parsed(url)| url.take());
    let mut url = match parsed {
        Some(url) if is_of(&url, uri) => return Ok(url),
        // A layer has sent it elsewhere, it is sent again, or it comes from no client.
        _ if uri.scheme().is_some() => return Ok(Url::parse(&uri.to_string())?),
        Some(url) => url,
        None => Url::parse(NOWHERE)?,
    };
    // No path leads to another host, as `//` would in a link.
    url.set_path(uri.path());
    url.set_query(uri.query());
    Ok(url)
}

fn is_of(url: &Url, uri: &Uri) -> bool {
    let parts = || {
        let rest = url.as_str().strip_prefix(uri.scheme_str()?)?.strip_prefix("://")?;
        rest.strip_prefix(uri.authority()?.as_str())?.strip_prefix(uri.path_and_query()?.as_str())
    };
    parts() == Some("")
}
