//! The axum extractor of deliveries.

use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};

use super::body::receive_request;
use super::{Delivery, ReceiveError, Receiver};

/// Extracts a webhook delivery from a request with the [`Receiver`] in the state of the axum router. Requires the
/// feature `axum`.
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
    type Rejection = DeliveryRejection;

    async fn from_request(request: Request, state: &S) -> Result<Self, DeliveryRejection> {
        let (parts, body) = request.into_parts();
        let (delivery, _) =
            receive_request(&Receiver::from_ref(state), &parts, body).await.map_err(DeliveryRejection)?;
        Ok(delivery)
    }
}

/// The rejection of the axum extractor of webhook deliveries: a response with the status and the text of the error.
/// Requires the feature `axum`.
#[derive(Debug)]
pub struct DeliveryRejection(pub ReceiveError);

impl IntoResponse for DeliveryRejection {
    fn into_response(self) -> Response {
        (self.0.status(), self.0.to_string()).into_response()
    }
}
