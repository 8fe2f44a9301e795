//! A delivery as what a handler of axum takes.

use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};

use super::body::received;
use super::{Delivery, ReceiveError, Receiver};

/// Taken by the [`Receiver`] that is a router's state, or a part of it.
///
/// ```
/// use axum::Router;
/// use axum::routing::post;
/// use github_apps::webhook::{Delivery, Receiver};
///
/// let router: Router = Router::new()
///     .route("/webhook", post(async |delivery: Delivery| println!("{}", delivery.event.name())))
///     .with_state(Receiver::new("It's a Secret to Everybody"));
/// ```
impl<S: Send + Sync> FromRequest<S> for Delivery
where
    Receiver: FromRef<S>,
{
    type Rejection = Rejected;

    async fn from_request(request: Request, state: &S) -> Result<Self, Rejected> {
        let (parts, body) = request.into_parts();
        let (delivery, _) = received(&Receiver::from_ref(state), &parts, body).await.map_err(Rejected)?;
        Ok(delivery)
    }
}

/// The response to a delivery that isn't let in: its status, and why.
#[derive(Debug)]
pub struct Rejected(pub ReceiveError);

impl IntoResponse for Rejected {
    fn into_response(self) -> Response {
        (self.0.status(), self.0.to_string()).into_response()
    }
}
