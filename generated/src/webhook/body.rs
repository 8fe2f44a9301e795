//! The body of a request, as far as it is let in.

use bytes::Bytes;
use http::HeaderMap;
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::{Delivery, ReceiveError, Receiver};

/// A failure of whatever kind.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Reads a body and lets the delivery in; no more is read than the limit.
pub(super) async fn received<B>(
    receiver: &Receiver,
    headers: &HeaderMap,
    body: B,
) -> Result<(Delivery, Bytes), ReceiveError>
where
    B: http_body::Body,
    B::Error: Into<Failure>,
{
    let body = match Limited::new(body, receiver.limit).collect().await {
        Ok(body) => body.to_bytes(),
        Err(error) if error.is::<LengthLimitError>() => return Err(ReceiveError::too_large(receiver.limit)),
        Err(_) => return Err(ReceiveError::broken()),
    };
    Ok((receiver.receive(headers, &body)?, body))
}
