//! The default transport. No other file uses reqwest.

use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Response};
use http_body_util::BodyExt;

use super::message::Message;
use super::transport::{ResponseFuture, Transport, TransportError};
use crate::http::{Body, BoxError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) struct ReqwestTransport {
    client: reqwest::Client,
    /// The client for `http`. A request to loopback may have a credential, which a proxy could read, so it uses none.
    direct: reqwest::Client,
}

impl ReqwestTransport {
    pub(crate) fn new() -> Result<Self, BoxError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT_TIMEOUT)
                // The same behaviour, whichever features of reqwest other crates enable.
                .http1_only()
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
