//! Receives deliveries in front of any service of tower.

use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body_util::Full;
use tower::{Layer, Service};

use super::Receiver;
use super::body::received;

/// Puts a receiver in front of a service: what is let in goes on with its [`Delivery`](super::Delivery) among the
/// extensions and its body as it came, and anything else is answered with the status and why.
///
/// What the service doesn't answer with a success, since it fails, panics, or is dropped because GitHub has hung up, is
/// forgotten: GitHub counts it as failed, and when it comes again it is new.
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
    /// With this receiver.
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

/// What [`ReceiveLayer`] makes.
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
        // The service that was asked for its readiness is the one that is called.
        let next = self.inner.clone();
        let (mut inner, receiver) = (std::mem::replace(&mut self.inner, next), self.receiver.clone());
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            match received(&receiver, &parts, body).await {
                Ok((delivery, body)) => {
                    let open = Open { receiver, id: delivery.id.clone(), is_done: false };
                    parts.extensions.insert(delivery);
                    let response = inner.call(Request::from_parts(parts, Full::new(body))).await?;
                    open.answered(response.status());
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

/// A delivery that nobody has said yet to be handled.
struct Open {
    receiver: Receiver,
    id: String,
    is_done: bool,
}

impl Open {
    fn answered(mut self, status: StatusCode) {
        self.is_done = status.is_success();
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if !self.is_done {
            self.receiver.forget(&self.id);
        }
    }
}
