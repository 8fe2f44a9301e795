//! The default transport of `wasm32-unknown-unknown`: the function `fetch` of browsers. No other file calls JavaScript.

use std::sync::Arc;

use bytes::Bytes;
use http::{Response, StatusCode};
use http_body_util::BodyExt;
use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use tokio::sync::oneshot;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, Headers, Request, RequestInit, RequestRedirect};

use super::builder::ClientBuilder;
use super::client::Client;
use super::error::Error;
use super::message::Message;
use super::transport::{ResponseFuture, Transport, TransportError};
use crate::http::{Body, BoxError};

struct FetchTransport;

impl<Held> ClientBuilder<Held> {
    /// Builds an async client that sends with `fetch` of the browser, from these settings.
    ///
    /// A redirect is an error, because `fetch` would follow it with the credential. Bodies are sent and received in one
    /// piece.
    ///
    /// # Errors
    ///
    /// If the base URL or a header is invalid.
    pub fn build(self) -> Result<Client<Held>, Error> {
        self.build_with(Arc::new(FetchTransport))
    }
}

impl Transport for FetchTransport {
    fn send(&self, message: Message) -> ResponseFuture {
        // Values of JavaScript stay on their thread: a task there sends the request, and the future waits for it.
        let (answer, answered) = oneshot::channel();
        spawn_local(async move {
            // Nobody waits any more if this fails.
            let _ = answer.send(fetch(message).await);
        });
        Box::pin(async move { answered.await? })
    }

    #[cfg(feature = "resilience")]
    fn is_foreign(&self) -> bool {
        false
    }
}

/// Sends a request and receives the whole response.
async fn fetch(message: Message) -> Result<Response<Body>, BoxError> {
    let Message {
        method,
        url,
        headers,
        body,
        timeout,
        ..
    } = message;
    let init = RequestInit::new();
    init.set_method(method.as_str());
    init.set_redirect(RequestRedirect::Error);
    let content = body.collect().await?.to_bytes();
    if !content.is_empty() {
        init.set_body(&Uint8Array::from(content.as_ref()));
    }
    let signal = timeout.map(|timeout| {
        AbortSignal::timeout_with_u32(u32::try_from(timeout.as_millis()).unwrap_or(u32::MAX))
    });
    init.set_signal(signal.as_ref());
    let sent = Headers::new().map_err(script_error)?;
    for (name, value) in &headers {
        sent.append(name.as_str(), value.to_str()?)
            .map_err(script_error)?;
    }
    init.set_headers(&sent);
    let request = Request::new_with_str_and_init(url.as_str(), &init).map_err(script_error)?;
    let failed = |error: JsValue| match &signal {
        Some(signal) if signal.aborted() => {
            BoxError::from(TransportError::timeout(script_error(error)))
        }
        // A browser does not say more about a failure.
        _ => BoxError::from(TransportError::connect(script_error(error))),
    };
    let response: web_sys::Response = JsFuture::from(call_fetch(&request).map_err(script_error)?)
        .await
        .map_err(failed)?
        .dyn_into()
        .map_err(script_error)?;
    let content = JsFuture::from(response.array_buffer().map_err(script_error)?)
        .await
        .map_err(failed)?;
    let content = Bytes::from(Uint8Array::new(&content).to_vec());
    let mut received = Response::new(Body::from(content));
    *received.status_mut() = StatusCode::from_u16(response.status())?;
    for entry in response.headers().entries() {
        let entry: Array = entry
            .map_err(script_error)?
            .dyn_into()
            .map_err(script_error)?;
        if let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) {
            received
                .headers_mut()
                .append(http::HeaderName::try_from(name)?, value.try_into()?);
        }
    }
    Ok(received)
}

/// Calls `fetch` of the window or of the worker.
fn call_fetch(request: &Request) -> Result<Promise, JsValue> {
    let scope = js_sys::global();
    let fetch: Function = Reflect::get(&scope, &JsValue::from_str("fetch"))?.dyn_into()?;
    fetch.call1(&scope, request)?.dyn_into()
}

/// Returns an error of JavaScript as an error of Rust. It has no URL, which could contain a credential.
fn script_error(error: JsValue) -> BoxError {
    let message = error.dyn_ref::<js_sys::Error>().map(js_sys::Error::name);
    message
        .map_or_else(
            || String::from("fetch failed"),
            |name| format!("fetch failed: {}", String::from(name)),
        )
        .into()
}
