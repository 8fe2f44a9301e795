//! Requests between the client, its layers and its transport.

use std::time::Duration;

use http::{Extensions, HeaderMap, Method, Request, Uri, Version};
use url::Url;

#[cfg(feature = "resilience")]
use super::call::Call;
use crate::http::{Body, BoxError};

/// The timeout of an HTTP request: the time that the request and its response may take, from the first byte sent to the
/// last byte received.
///
/// The client adds it to each request as an extension. The transport must enforce it, because only the transport knows the
/// clock of its async runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timeout(pub Duration);

/// A request with its URL in one piece. Services of tower take an [`http::Request`] instead, which has the URL in parts and
/// finds everything else by its type.
pub(crate) struct Message {
    pub(crate) method: Method,
    pub(crate) url: Url,
    /// The URL of an [`http::Request`], if a layer created this message from one. It is passed on unchanged.
    pub(crate) uri: Option<Uri>,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
    /// The timeout that the transport must keep, if no layer has replaced it.
    pub(crate) timeout: Option<Duration>,
    #[cfg(feature = "resilience")]
    pub(crate) call: Option<Call>,
    pub(crate) extensions: Extensions,
}

impl Message {
    /// Converts a request to a service of tower.
    pub(crate) fn from_request(request: Request<Body>) -> Result<Self, BoxError> {
        let (parts, body) = request.into_parts();
        let (method, version, headers, mut extensions) =
            (parts.method, parts.version, parts.headers, parts.extensions);
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

    /// Creates the message of one attempt. If `may_repeat`, this message keeps its body for another attempt. If
    /// `is_foreign`, a service of the user sends the attempt, and finds all extensions.
    #[cfg(feature = "resilience")]
    pub(crate) fn for_attempt(&mut self, may_repeat: bool, is_foreign: bool) -> Self {
        let copy = if may_repeat {
            self.body.try_clone()
        } else {
            None
        };
        Self {
            method: self.method.clone(),
            url: self.url.clone(),
            uri: self.uri.clone().filter(|_| is_foreign),
            version: self.version,
            headers: self.headers.clone(),
            body: copy.unwrap_or_else(|| std::mem::replace(&mut self.body, Body::empty())),
            timeout: self.timeout,
            call: self.call.clone().filter(|_| is_foreign),
            extensions: if is_foreign {
                self.extensions.clone()
            } else {
                Extensions::new()
            },
        }
    }

    /// Converts the message to a request to a service of tower.
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

/// The parsed URL of a request, so that it is not parsed again. A copy of the request has none, since it is sent only if the
/// first one fails.
struct Parsed(Option<Url>);

impl Clone for Parsed {
    fn clone(&self) -> Self {
        Self(None)
    }
}

/// The base of a request that has only a path. It fits a service within the process, which sends nothing.
const NOWHERE: &str = "nowhere:/";

/// Returns the URL of a request.
fn url(extensions: &mut Extensions, uri: &Uri) -> Result<Url, BoxError> {
    let parsed = extensions
        .get_mut::<Parsed>()
        .and_then(|Parsed(url)| url.take());
    let mut url = match parsed {
        Some(url) if is_same(&url, uri) => return Ok(url),
        // A layer changed the URI, the request is a copy, or it does not come from a client.
        _ if uri.scheme().is_some() => return Ok(Url::parse(&uri.to_string())?),
        Some(url) => url,
        None => Url::parse(NOWHERE)?,
    };
    // The path is set and not joined: joined, a path with `//` would name another host.
    url.set_path(uri.path());
    url.set_query(uri.query());
    Ok(url)
}

/// Returns whether a URL and a URI have the same text.
fn is_same(url: &Url, uri: &Uri) -> bool {
    let parts = || {
        let rest = url
            .as_str()
            .strip_prefix(uri.scheme_str()?)?
            .strip_prefix("://")?;
        rest.strip_prefix(uri.authority()?.as_str())?
            .strip_prefix(uri.path_and_query()?.as_str())
    };
    parts() == Some("")
}
