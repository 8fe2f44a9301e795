//! A tower layer that receives deliveries in front of any service.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use tower::{Layer, Service};

use super::Receiver;
use super::body::receive_request;

/// A tower layer that puts a receiver of webhook deliveries in front of an HTTP service. The service gets each valid
/// delivery with its body unchanged and the [`Delivery`](super::Delivery) as an extension. Any other request is
/// answered with the status and the text of the error.
///
/// If the service fails, panics, answers without success, or is dropped because GitHub has closed the connection, the
/// delivery is forgotten: GitHub counts it as failed, and a redelivery counts as new.
///
/// ```
/// use axum::routing::post;
/// use axum::{Extension, Router};
/// use github_apps::webhook::{Delivery, ReceiveLayer, Receiver};
///
/// let router: Router = Router::new()
///     .route("/webhook", post(async |delivery: Extension<Delivery>| println!("{}", delivery.event.name())))
///     .layer(ReceiveLayer::new(Receiver::new("It's a Secret to Everybody")));
/// ```
#[derive(Clone, Debug)]
pub struct ReceiveLayer(Receiver);

impl ReceiveLayer {
    /// Creates the tower layer from the receiver that checks and reads the webhook deliveries.
    #[must_use]
    pub fn new(receiver: Receiver) -> Self {
        Self(receiver)
    }
}

impl<S> Layer<S> for ReceiveLayer {
    type Service = Receive<S>;

    fn layer(&self, inner: S) -> Self::Service {
        Receive { inner, receiver: self.0.clone() }
    }
}

/// The tower service that [`ReceiveLayer`] makes: it receives each webhook delivery before the inner service. It is
/// rarely named in code.
#[derive(Clone, Debug)]
pub struct Receive<S> {
    inner: S,
    receiver: Receiver,
}

impl<S, B, R> Service<Request<B>> for Receive<S>
where
    S: Service<Request<Full<Bytes>>, Response = Response<R>> + Clone + Send + 'static,
    S::Future: Send,
    B: http_body::Body<Data: Send> + Send + 'static,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
    R: From<String>,
{
    type Response = Response<R>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Response<R>, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that is called is the one that `poll_ready` was called on; the clone is not ready yet.
        let next = self.inner.clone();
        let (mut inner, receiver) = (std::mem::replace(&mut self.inner, next), self.receiver.clone());
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match receive_request(&receiver, &parts, body).await {
                Ok((delivery, body)) => {
                    let guard = ForgetUnlessHandled { receiver, id: delivery.id.clone(), is_handled: false };
                    parts.extensions.insert(delivery);
                    let response = inner.call(Request::from_parts(parts, Full::new(body))).await?;
                    guard.set_status(response.status());
                    Ok(response)
                }
                Err(error) => {
                    let mut response = Response::new(R::from(error.to_string()));
                    *response.status_mut() = error.status();
                    Ok(response)
                }
            }
        })
    }
}

/// Forgets a delivery when it is dropped, unless the response was a success.
struct ForgetUnlessHandled {
    receiver: Receiver,
    id: String,
    is_handled: bool,
}

impl ForgetUnlessHandled {
    fn set_status(mut self, status: StatusCode) {
        self.is_handled = status.is_success();
    }
}

impl Drop for ForgetUnlessHandled {
    fn drop(&mut self) {
        if !self.is_handled {
            self.receiver.forget(&self.id);
        }
    }
}
