//! A delivery as what a handler of axum takes.

use axum::body::to_bytes;
use axum::extract::{FromRef, FromRequest, Request};
use axum::response::{IntoResponse, Response};

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
        let receiver = Receiver::from_ref(state);
        let (parts, body) = request.into_parts();
        // One more than is let in tells a body that is too large from one that broke off.
        let body = to_bytes(body, receiver.limit.saturating_add(1)).await;
        let body = body.map_err(|error| Rejected(of_body(&error, receiver.limit)))?;
        receiver.receive(&parts.headers, &body).map_err(Rejected)
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

fn of_body(error: &(dyn std::error::Error + 'static), limit: usize) -> ReceiveError {
    let mut next = Some(error);
    while let Some(error) = next {
        if error.is::<http_body_util::LengthLimitError>() {
            return ReceiveError::too_large(limit);
        }
        next = error.source();
    }
    ReceiveError::broken()
}
