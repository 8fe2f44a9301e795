//! The body of a request, as far as it is let in.

use bytes::Bytes;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Delivery, ReceiveError, Receiver, signature};

/// A failure of whatever kind.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Reads a body and lets the delivery in; no more is read than the limit, and nothing of who has no signature.
pub(super) async fn received<B>(receiver: &Receiver, parts: &Parts, body: B) -> Result<(Delivery, Bytes), ReceiveError>
where
    B: http_body::Body,
    B::Error: Into<Failure>,
{
    signature::claimed(&parts.headers)?;
    if usize::try_from(body.size_hint().lower()).map_or(true, |announced| announced > receiver.limit) {
        return Err(ReceiveError::too_large(receiver.limit));
    }
    let body = match Limited::new(body, receiver.limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(ReceiveError::too_large(receiver.limit)),
        Err(_) => return Err(ReceiveError::broken()),
    };
    let mut delivery = receiver.receive(&parts.headers, &body)?;
    // A layer in front has seen the same request, which doesn't come twice for that.
    if let Some(before) = parts.extensions.get::<Delivery>().filter(|before| before.id == delivery.id) {
        delivery.is_repeated = before.is_repeated;
    }
    Ok((delivery, body))
}
