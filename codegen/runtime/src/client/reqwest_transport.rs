//! The default transport. No other file uses reqwest.

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Response};
use http_body_util::BodyExt;

use super::builder::ClientBuilder;
use super::client::Client;
use super::error::Error;
use super::message::Message;
use super::parse_settings::build_error;
use super::transport::{ResponseFuture, Transport, TransportError};
use crate::http::{Body, BoxError};

pub use reqwest;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

struct ReqwestTransport {
    client: reqwest::Client,
    /// The client for `http`. A request to loopback may have a credential, which a proxy could read, so it uses none.
    direct: reqwest::Client,
}

impl ReqwestTransport {
    fn new() -> Result<Self, BoxError> {
        // The same behaviour, whichever features of reqwest other crates enable.
        Self::configured(reqwest::ClientBuilder::http1_only)
    }

    /// Creates a transport whose two clients have further settings.
    fn configured(
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Self, BoxError> {
        // The rules of the client come last, so that no setting changes them.
        let builder = || {
            configure(reqwest::Client::builder().connect_timeout(CONNECT_TIMEOUT))
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                // Only the layer that counts attempts sends a request again.
                .retry(reqwest::retry::never().max_retries_per_request(0))
        };
        // The second client uses no TLS, so it needs no certificates.
        Ok(Self {
            client: builder().build()?,
            direct: builder().no_proxy().tls_certs_only([]).build()?,
        })
    }
}

impl<Held> ClientBuilder<Held> {
    /// Builds an async client that sends over HTTP, from these settings.
    ///
    /// # Errors
    ///
    /// If the base URL or a header is invalid, or TLS cannot be set up.
    pub fn build(self) -> Result<Client<Held>, Error> {
        let transport = ReqwestTransport::new().map_err(|error| build_error(error.to_string()))?;
        self.build_with(Arc::new(transport))
    }

    /// Builds an async client that sends over HTTP with further settings of reqwest, such as a certificate authority of your
    /// own, a client certificate, a proxy or HTTP/2.
    ///
    /// The function receives a builder of [`reqwest`](super::reqwest) and returns it. It is called twice, because requests
    /// without TLS have a client of their own, which uses no proxy. reqwest follows no redirect and repeats no request,
    /// whatever the function sets, because this client and its layers do both. If a program enables the feature `http2` of
    /// reqwest, requests use HTTP/2 where the server offers it.
    ///
    /// ```no_run
    /// use octogen_runtime::client::{Client, reqwest};
    ///
    /// let authority = reqwest::Certificate::from_pem(&std::fs::read("authority.pem")?)?;
    /// let client: Client = Client::builder()
    ///     .base_url("https://billing.internal")
    ///     .build_with_reqwest(|http| http.tls_certs_merge([authority.clone()]))?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// If [`ClientBuilder::build`] fails, or reqwest cannot build a client with these settings.
    pub fn build_with_reqwest(
        self,
        configure: impl Fn(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
    ) -> Result<Client<Held>, Error> {
        let transport = ReqwestTransport::configured(configure);
        self.build_with(Arc::new(
            transport.map_err(|error| build_error(error.to_string()))?,
        ))
    }
}

impl Transport for ReqwestTransport {
    fn send(&self, message: Message) -> ResponseFuture {
        let client = if message.url.scheme() == "http" {
            self.direct.clone()
        } else {
            self.client.clone()
        };
        Box::pin(async move {
            let Message {
                method,
                url,
                version,
                mut headers,
                mut body,
                timeout,
                ..
            } = message;
            // A server that expects a body answers 411 to a request without a length.
            let may_have_body = [Method::POST, Method::PUT, Method::PATCH].contains(&method);
            if may_have_body && http_body::Body::size_hint(&body).exact() == Some(0) {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            let mut request = reqwest::Request::new(method, url);
            *request.headers_mut() = headers;
            *request.version_mut() = version;
            *request.body_mut() = match body.take_whole(usize::MAX) {
                Some(nothing) if nothing.is_empty() => None,
                Some(whole) => Some(whole.into()),
                None => Some(reqwest::Body::wrap(body)),
            };
            *request.timeout_mut() = timeout;
            let response = client.execute(request).await.map_err(classify)?;
            Ok(Response::from(response)
                .map(|body: reqwest::Body| Body::new(body.map_err(classify))))
        })
    }

    #[cfg(feature = "resilience")]
    fn is_foreign(&self) -> bool {
        false
    }
}

/// Returns the error with its kind, and without its URL, which may contain a credential.
fn classify(error: reqwest::Error) -> BoxError {
    let error = error.without_url();
    if error.is_timeout() {
        return Box::new(TransportError::timeout(error));
    }
    if error.is_connect() {
        return Box::new(TransportError::connect(error));
    }
    Box::new(error)
}
