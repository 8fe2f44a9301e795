//! How a client is made.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION, USER_AGENT};
use http::{Extensions, HeaderMap, HeaderName, HeaderValue};
use tower::{Layer, Service};
use url::Url;

use super::body::Body;
use super::credential::{Credential, Holds};
use super::fault::{Cause, Fault};
use super::transport::{BoxError, Channel, Transport, over};
use super::{Client, Error, Settings};
use crate::http::{AnyCredential, Grants};

const USER: &str = concat!("octogen-runtime/", env!("CARGO_PKG_VERSION"));

/// What a client will be like; [`Client::builder`] begins one.
///
/// | | unless said otherwise |
/// |---|---|
/// | base URL | none; a generated crate has its `SERVER` |
/// | credential | none |
/// | permissions | not known, so that none is checked |
/// | headers | `user-agent` |
/// | timeout | 30 seconds for each request |
/// | layers | none |
/// | limit of a response's body | 32 MiB |
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder<Held = AnyCredential> {
    base: String,
    headers: Vec<(String, String)>,
    credentials: Vec<Credential>,
    granted: Option<Arc<Grants>>,
    limit: usize,
    timeout: Option<Duration>,
    layers: Vec<Layered>,
    held: PhantomData<fn() -> Held>,
}

/// A transport with a layer around it.
type Layered = Arc<dyn Fn(Channel) -> Arc<dyn Transport> + Send + Sync>;

impl ClientBuilder {
    pub(crate) fn new() -> Self {
        Self {
            base: String::new(),
            headers: vec![(USER_AGENT.to_string(), USER.to_owned())],
            credentials: Vec::new(),
            granted: None,
            limit: 32 * 1024 * 1024,
            timeout: Some(Duration::from_secs(30)),
            layers: Vec::new(),
            held: PhantomData,
        }
    }
}

impl<Held> ClientBuilder<Held> {
    /// The URL under which the paths of the operations are, as `https://github.example.com/api/v3`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = url.into();
        self
    }

    /// The name by which the server knows the program.
    pub fn user_agent(self, name: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), name)
    }

    /// A header of every request; the last one of a name counts, and one of the operation over it.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The credential that the client holds, in place of any given before.
    ///
    /// With one of a generated crate's `security`, an operation that doesn't take it doesn't compile. With a
    /// [`Credential`] made by hand the client looks before it sends.
    pub fn credential<C: Holds>(self, credential: C) -> ClientBuilder<C::Held> {
        self.holding(vec![credential.into()])
    }

    /// Several credentials, in place of any given before; each operation is sent with those that it takes.
    pub fn credentials(self, credentials: impl IntoIterator<Item = Credential>) -> ClientBuilder {
        self.holding(credentials.into_iter().collect())
    }

    /// The permissions that are granted, such as those of the installation whose token the client holds: an operation
    /// that is documented to need another one is refused before anything is sent.
    pub fn granted(mut self, permissions: impl Into<Grants>) -> Self {
        self.granted = Some(Arc::new(permissions.into()));
        self
    }

    /// How many bytes the body of a response may have.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limit = bytes;
        self
    }

    /// How long one request and its response may take; `None`: as long as it takes.
    ///
    /// A transport of your own finds it as [`super::Timeout`] among the extensions of the request. One that is given to
    /// [`Client::with_extension`] is that of these requests.
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Puts a layer of tower around the transport and the layers given before: what is given last sees a request first.
    ///
    /// With the feature `resilience`, `Resilience` is a layer that retries, keeps to rate limits and more. What is given
    /// before it sees each attempt, and what is given behind it each operation.
    ///
    /// ```
    /// use octogen_runtime::client::{Body, Client};
    /// # let service = tower::service_fn(async |_request: http::Request<Body>| {
    /// #     Ok::<_, std::io::Error>(http::Response::new(Body::from("[]")))
    /// # });
    ///
    /// let marked = tower::util::MapRequestLayer::new(|mut request: http::Request<Body>| {
    ///     request.headers_mut().insert("x-trace", http::HeaderValue::from_static("7"));
    ///     request
    /// });
    /// let client: Client = Client::builder().base_url("https://api.example.com").layer(marked).build_over(service)?;
    /// # Ok::<(), octogen_runtime::client::Error>(())
    /// ```
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<Channel> + Send + Sync + 'static,
        L::Service: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers.push(Arc::new(move |channel| over(layer.layer(channel))));
        self
    }

    /// The client, over HTTP.
    ///
    /// # Errors
    ///
    /// Where the base URL or a header is none, or TLS can't be set up.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<Held>, Error> {
        let transport = super::over_reqwest::OverReqwest::new().map_err(|error| refused(error.to_string()))?;
        self.settle(Arc::new(transport))
    }

    /// The client over a transport of your own, such as a stack of tower's layers or a server within the process.
    ///
    /// ```
    /// use octogen_runtime::client::{Body, Client};
    ///
    /// let service = tower::service_fn(async |_request: http::Request<Body>| {
    ///     Ok::<_, std::io::Error>(http::Response::new(Body::from("[]")))
    /// });
    /// let client = Client::builder().base_url("https://api.example.com").build_over(service)?;
    /// # Ok::<(), octogen_runtime::client::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the base URL or a header is none.
    pub fn build_over<S, B>(self, service: S) -> Result<Client<Held>, Error>
    where
        S: Service<http::Request<Body>, Response = http::Response<B>> + Clone + Send + Sync + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.settle(over(service))
    }

    fn holding<Other>(self, credentials: Vec<Credential>) -> ClientBuilder<Other> {
        let Self { base, headers, granted, limit, timeout, layers, .. } = self;
        ClientBuilder { base, headers, credentials, granted, limit, timeout, layers, held: PhantomData }
    }

    fn settle(self, transport: Arc<dyn Transport>) -> Result<Client<Held>, Error> {
        let base = base(&self.base).map_err(refused)?;
        let headers = headers(&self.headers).map_err(refused)?;
        let Self { credentials, granted, limit, timeout, layers, .. } = self;
        let transport = layers.iter().fold(transport, |transport, layered| layered(Channel(transport)));
        let extensions = Extensions::new();
        Ok(Client::new(Settings { base, headers, credentials, granted, limit, timeout, extensions, transport }))
    }
}

impl<Held> Clone for ClientBuilder<Held> {
    fn clone(&self) -> Self {
        let Self { base, headers, credentials, granted, limit, timeout, layers, .. } = self;
        let (base, headers, credentials) = (base.clone(), headers.clone(), credentials.clone());
        Self {
            base,
            headers,
            credentials,
            granted: granted.clone(),
            limit: *limit,
            timeout: *timeout,
            layers: layers.clone(),
            held: PhantomData,
        }
    }
}

impl<Held> fmt::Debug for ClientBuilder<Held> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A header may hold a key of which nobody told.
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let Self { base, credentials, .. } = self;
        // So may what is refused as a base URL.
        let base = if base.contains(['@', '?', '#']) { "…" } else { base };
        write!(f, "ClientBuilder({base:?}, headers: {headers:?}, credentials: {credentials:?})")
    }
}

fn refused(why: String) -> Error {
    Error::new(Fault::new(None, Cause::Build(format!("the client can't be built: {why}"))), None)
}

fn base(text: &str) -> Result<Url, String> {
    if text.is_empty() {
        return Err(String::from("it has no base URL"));
    }
    let url = Url::parse(text).map_err(|error| format!("the base URL is none: {error}"))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(String::from("the base URL is neither http nor https"));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(String::from("the base URL holds a user or a password; give a `Credential`"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(String::from("the base URL has a query or a fragment"));
    }
    Ok(url)
}

fn headers(written: &[(String, String)]) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in written {
        let wrong = |_| format!("`{}` is no header", name.escape_debug());
        let known = HeaderName::from_bytes(name.as_bytes()).map_err(|error| wrong(error.to_string()))?;
        if [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&known) {
            return Err(format!("the header `{known}` would go to every operation; give a `Credential`"));
        }
        headers.insert(known, HeaderValue::from_str(value).map_err(|error| wrong(error.to_string()))?);
    }
    Ok(headers)
}
