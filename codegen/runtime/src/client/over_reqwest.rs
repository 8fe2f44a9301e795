//! The transport of a client that is given none: reqwest, of which nothing shows outside of this file.

use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, Response};
use http_body_util::BodyExt;

use super::body::Body;
use super::message::Message;
use super::transport::{Answer, BoxError, Transport, TransportError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

pub(crate) struct OverReqwest {
    client: reqwest::Client,
    /// For what goes in the clear, which may have a credential on loopback: a proxy would read it.
    direct: reqwest::Client,
}

impl OverReqwest {
    pub(crate) fn new() -> Result<Self, BoxError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT_TIMEOUT)
                // As if no other crate turned a feature of reqwest on.
                .http1_only()
                // What was sent is not sent a second time but by what counts attempts.
                .retry(reqwest::retry::never().max_retries_per_request(0))
        };
        // The second one speaks no TLS, so that it needs no certificates.
        Ok(Self { client: builder().build()?, direct: builder().no_proxy().tls_certs_only([]).build()? })
    }
}

impl Transport for OverReqwest {
    fn send(&self, message: Message) -> Answer {
        let client = if message.url.scheme() == "http" { self.direct.clone() } else { self.client.clone() };
        Box::pin(async move {
            let Message { method, url, version, mut headers, mut body, timeout, .. } = message;
            // Servers that expect a body answer 411 where nothing says that there is none.
            let may_have_one = [Method::POST, Method::PUT, Method::PATCH].contains(&method);
            if may_have_one && http_body::Body::size_hint(&body).exact() == Some(0) {
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
            let response = client.execute(request).await.map_err(told)?;
            Ok(Response::from(response).map(|body: reqwest::Body| Body::new(body.map_err(told))))
        })
    }

    #[cfg(feature = "resilience")]
    fn is_foreign(&self) -> bool {
        false
    }
}

/// The error without its URL, which may hold a credential.
fn told(error: reqwest::Error) -> BoxError {
    let error = error.without_url();
    if error.is_timeout() {
        return Box::new(TransportError::timeout(error));
    }
    if error.is_connect() {
        return Box::new(TransportError::connect(error));
    }
    Box::new(error)
}
