//! The transport of a client that is given none: reqwest, of which nothing shows outside of this file.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{Extensions, HeaderValue, Method, Request, Response, Uri};
use http_body_util::BodyExt;
use tower::Service;
use url::Url;

use super::body::Body;
use super::transport::{BoxError, Timeout, TransportError};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

#[derive(Clone)]
pub(super) struct OverReqwest {
    client: reqwest::Client,
    /// For what goes in the clear, which may have a credential on loopback: a proxy would read it.
    direct: reqwest::Client,
}

impl OverReqwest {
    pub(super) fn new() -> Result<Self, BoxError> {
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .referer(false)
                .connect_timeout(CONNECT_TIMEOUT)
        };
        // The second one speaks no TLS, so that it needs no certificates.
        Ok(Self { client: builder().build()?, direct: builder().no_proxy().tls_certs_only([]).build()? })
    }
}

impl Service<Request<Body>> for OverReqwest {
    type Response = Response<Body>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, BoxError>> + Send>>;

    fn poll_ready(&mut self, _context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let is_clear = request.uri().scheme() == Some(&http::uri::Scheme::HTTP);
        let client = if is_clear { self.direct.clone() } else { self.client.clone() };
        Box::pin(async move {
            let timeout = request.extensions().get::<Timeout>().copied();
            let (mut parts, mut body) = request.into_parts();
            let url = url(&mut parts.extensions, &parts.uri)?;
            // Servers that expect a body answer 411 where nothing says that there is none.
            let may_have_one = [Method::POST, Method::PUT, Method::PATCH].contains(&parts.method);
            if may_have_one && http_body::Body::size_hint(&body).exact() == Some(0) {
                parts.headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            let mut request = reqwest::Request::new(parts.method, url);
            *request.headers_mut() = parts.headers;
            *request.version_mut() = parts.version;
            *request.body_mut() = match body.take_whole(usize::MAX) {
                Some(nothing) if nothing.is_empty() => None,
                Some(whole) => Some(whole.into()),
                None => Some(reqwest::Body::wrap(body)),
            };
            *request.timeout_mut() = timeout.map(|Timeout(timeout)| timeout);
            let response = client.execute(request).await.map_err(told)?;
            Ok(Response::from(response).map(|body: reqwest::Body| Body::new(body.map_err(told))))
        })
    }
}

/// The URL of a request as it was before it became the address of an HTTP request, so that it isn't parsed once more.
#[derive(Clone)]
pub(super) struct Parsed(pub(super) Url);

fn url(extensions: &mut Extensions, uri: &Uri) -> Result<Url, BoxError> {
    match extensions.remove::<Parsed>() {
        // A layer may have sent the request elsewhere.
        Some(Parsed(url)) if is_of(&url, uri) => Ok(url),
        _ => Ok(Url::parse(&uri.to_string())?),
    }
}

fn is_of(url: &Url, uri: &Uri) -> bool {
    let parts = || {
        let rest = url.as_str().strip_prefix(uri.scheme_str()?)?.strip_prefix("://")?;
        rest.strip_prefix(uri.authority()?.as_str())?.strip_prefix(uri.path_and_query()?.as_str())
    };
    parts() == Some("")
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
