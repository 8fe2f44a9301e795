//! Receives a delivery from a request whose body is still to be read.

use bytes::Bytes;
use http::request::Parts;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Delivery, ReceiveError, Receiver, signature};

/// Reads the body of an HTTP request and receives the webhook delivery in it. It reads at most the limit of the
/// receiver, and nothing if the signature is missing.
pub(super) async fn receive_request<B>(
    receiver: &Receiver,
    parts: &Parts,
    body: B,
) -> Result<(Delivery, Bytes), ReceiveError>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    signature::read_header(&parts.headers)?;
    if usize::try_from(body.size_hint().lower()).map_or(true, |length| length > receiver.limit) {
        return Err(ReceiveError::too_large(receiver.limit));
    }
    let body = match Limited::new(body, receiver.limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(ReceiveError::too_large(receiver.limit)),
        Err(_) => return Err(ReceiveError::interrupted()),
    };
    let mut delivery = receiver.receive(&parts.headers, &body)?;
    // A layer in front has received the same request. That does not make it a repeated delivery.
    if let Some(before) = parts.extensions.get::<Delivery>().filter(|before| before.id == delivery.id) {
        delivery.is_repeated = before.is_repeated;
    }
    Ok((delivery, body))
}
