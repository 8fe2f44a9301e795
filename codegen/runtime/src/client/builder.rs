//! The builder of a client.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Extensions;
use http::header::USER_AGENT;
use tower::{Layer, Service};

use super::address::parse_host;
use super::client::Client;
use super::credential::Credential;
use super::error::Error;
use super::into_credential::IntoCredential;
use super::parse_settings::{build_error, parse_base_url, parse_headers};
use super::settings::Settings;
use super::transport::{Channel, Transport, to_transport};
use crate::http::{AnyCredential, Body, BoxError, Grants};

/// The default of the header `user-agent`.
const DEFAULT_USER_AGENT: &str = concat!("octogen-runtime/", env!("CARGO_PKG_VERSION"));

/// A builder of a client with its settings: base URL, credential, headers, timeout and layers. [`Client::builder`]
/// creates it.
///
/// | setting | default |
/// |---|---|
/// | base URL | none; pass the `SERVER` of a generated crate |
/// | credential | none |
/// | hosts that receive credentials over plain HTTP | loopback addresses |
/// | granted permissions | not known, so that none is checked |
/// | headers | `user-agent` with the version of this package |
/// | timeout | 30 seconds for a request and its response |
/// | layers | none |
/// | maximum length of a response body | 32 MiB |
#[must_use = "a builder does nothing until it builds"]
pub struct ClientBuilder<Held = AnyCredential> {
    base: String,
    plain_http_hosts: Vec<String>,
    headers: Vec<(String, String)>,
    credentials: Vec<Credential>,
    granted: Option<Arc<Grants>>,
    body_limit: usize,
    timeout: Option<Duration>,
    layers: Vec<WrapTransport>,
    held: PhantomData<fn() -> Held>,
}

/// A function that wraps a transport in a layer.
type WrapTransport = Arc<dyn Fn(Channel) -> Arc<dyn Transport> + Send + Sync>;

impl Client {
    /// Creates a builder with the default settings of a client. Set at least the base URL before you build the client.
    pub fn builder() -> ClientBuilder {
        ClientBuilder {
            base: String::new(),
            plain_http_hosts: Vec::new(),
            headers: vec![(USER_AGENT.to_string(), DEFAULT_USER_AGENT.to_owned())],
            credentials: Vec::new(),
            granted: None,
            body_limit: 32 * 1024 * 1024,
            timeout: Some(Duration::from_secs(30)),
            layers: Vec::new(),
            held: PhantomData,
        }
    }
}

impl<Held> ClientBuilder<Held> {
    /// Sets the base URL of the client, under which the paths of operations are, such as
    /// `https://shop.example.com/api/v3`.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base = url.into();
        self
    }

    /// Allows credentials over plain HTTP to these hosts, such as `billing` or `10.0.0.5`, on any port.
    ///
    /// Anybody on the way to the host can read the credential. It is for hosts that only a private network reaches,
    /// such as those of Kubernetes or of docker-compose. Without it, the client sends a credential to `https` and to
    /// loopback addresses alone ([`may_receive_secrets`](super::may_receive_secrets)). A name or an address that is not
    /// a host is an error when the client is built.
    ///
    /// ```
    /// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
    /// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
    /// # });
    /// use octogen_runtime::client::{Client, Credential};
    ///
    /// let client = Client::builder()
    ///     .base_url("http://billing:8080")
    ///     .allow_plain_http(["billing"])
    ///     .credential(Credential::bearer("…"))
    ///     .build_over(service)?;
    /// # Ok::<(), octogen_runtime::client::Error>(())
    /// ```
    pub fn allow_plain_http(mut self, hosts: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.plain_http_hosts
            .extend(hosts.into_iter().map(Into::into));
        self
    }

    /// Sets the header `user-agent` of all requests of the client: the name of your program.
    pub fn user_agent(self, name: impl Into<String>) -> Self {
        self.header(USER_AGENT.as_str(), name)
    }

    /// Adds a header to every request of the client. If two have the same name, the last one counts. A header of the
    /// operation takes precedence.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Sets the credential of the client, in place of all credentials set before.
    ///
    /// If it is a type of a generated crate's module `security`, an operation that does not take it does not compile.
    /// If it is a [`Credential`], the client checks it before it sends.
    pub fn credential<C: IntoCredential>(self, credential: C) -> ClientBuilder<C::Held> {
        self.holding(vec![credential.into()])
    }

    /// Sets several credentials of the client, in place of all set before. Each operation is sent with those that it
    /// takes.
    pub fn credentials(self, credentials: impl IntoIterator<Item = Credential>) -> ClientBuilder {
        self.holding(credentials.into_iter().collect())
    }

    /// Sets the permissions that are granted to the client's credential. The client does not send an operation that
    /// needs others.
    pub fn granted(mut self, permissions: impl Into<Grants>) -> Self {
        self.granted = Some(Arc::new(permissions.into()));
        self
    }

    /// Sets the maximum number of bytes of a response body that the client receives. A longer body is an error.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// Sets the timeout of the client: the time that one request and its response may take. `None`: there is no
    /// timeout.
    ///
    /// A custom transport finds it as [`super::Timeout`] among the extensions of the request. To set another timeout
    /// for some requests, pass a [`super::Timeout`] to [`Client::with_extension`].
    pub fn timeout(mut self, timeout: impl Into<Option<Duration>>) -> Self {
        self.timeout = timeout.into();
        self
    }

    /// Adds a tower layer to the client, around the transport and the layers added before. The layer that is added last
    /// sees a request first.
    ///
    /// With the feature `resilience`, `layers::Resilience` is a layer that retries, respects rate limits, and more. A
    /// layer that is added before it sees each attempt. A layer that is added after it sees each request once, however
    /// often it is retried.
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
        L::Service: Service<http::Request<Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        <L::Service as Service<http::Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<http::Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.layers
            .push(Arc::new(move |channel| to_transport(layer.layer(channel))));
        self
    }

    /// Builds a client that sends over a custom transport, such as a stack of tower's layers or a test server in the
    /// same process.
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
    /// If the base URL or a header is invalid.
    pub fn build_over<S, B>(self, service: S) -> Result<Client<Held>, Error>
    where
        S: Service<http::Request<Body>, Response = http::Response<B>>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.build_with(to_transport(service))
    }

    /// Replaces the credentials and their type.
    fn holding<Other>(self, credentials: Vec<Credential>) -> ClientBuilder<Other> {
        let Self {
            base,
            plain_http_hosts,
            headers,
            granted,
            body_limit,
            timeout,
            layers,
            ..
        } = self;
        ClientBuilder {
            base,
            plain_http_hosts,
            headers,
            credentials,
            granted,
            body_limit,
            timeout,
            layers,
            held: PhantomData,
        }
    }

    /// Checks the settings and builds the client.
    pub(super) fn build_with(self, transport: Arc<dyn Transport>) -> Result<Client<Held>, Error> {
        let base = parse_base_url(&self.base).map_err(build_error)?;
        let plain_http_hosts = self.plain_http_hosts.iter().map(|host| parse_host(host));
        let plain_http_hosts = plain_http_hosts
            .collect::<Result<_, _>>()
            .map_err(build_error)?;
        let headers = parse_headers(&self.headers).map_err(build_error)?;
        let Self {
            credentials,
            granted,
            body_limit,
            timeout,
            layers,
            ..
        } = self;
        let transport = layers
            .iter()
            .fold(transport, |transport, wrap| wrap(Channel(transport)));
        let extensions = Extensions::new();
        Ok(Client::new(Settings {
            base,
            plain_http_hosts,
            headers,
            credentials,
            granted,
            body_limit,
            timeout,
            extensions,
            transport,
        }))
    }
}

impl<Held> Clone for ClientBuilder<Held> {
    fn clone(&self) -> Self {
        let Self {
            base,
            plain_http_hosts,
            headers,
            credentials,
            granted,
            body_limit,
            timeout,
            layers,
            ..
        } = self;
        let (base, headers, credentials) = (base.clone(), headers.clone(), credentials.clone());
        Self {
            base,
            plain_http_hosts: plain_http_hosts.clone(),
            headers,
            credentials,
            granted: granted.clone(),
            body_limit: *body_limit,
            timeout: *timeout,
            layers: layers.clone(),
            held: PhantomData,
        }
    }
}

impl<Held> fmt::Debug for ClientBuilder<Held> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The value of a header may be a secret, so only names are printed.
        let headers: Vec<&str> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let Self {
            base, credentials, ..
        } = self;
        // The same holds for a base URL with a user or a query.
        let base = if base.contains(['@', '?', '#']) {
            "…"
        } else {
            base
        };
        write!(
            f,
            "ClientBuilder({base:?}, headers: {headers:?}, credentials: {credentials:?})"
        )
    }
}
