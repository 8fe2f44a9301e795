//! Receives the webhook of an app: checks signatures, reads events, and detects repeated deliveries.
//!
//! Requires the feature `webhook`.
//!
//! ```
//! use github_apps::event::Event;
//! use github_apps::webhook::Receiver;
//! # use http::HeaderMap;
//! # let mut headers = HeaderMap::new();
//! # headers.insert("x-github-delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958".parse()?);
//! # headers.insert("x-github-event", "ping".parse()?);
//! # let body = br#"{"zen":"Keep it logically awesome.","hook_id":1}"#;
//! # headers.insert("x-hub-signature-256", github_apps::webhook::sign("It's a Secret to Everybody", body).parse()?);
//!
//! let receiver = Receiver::new("It's a Secret to Everybody");
//! let delivery = receiver.receive(&headers, body)?;
//! match delivery.event {
//!     Event::Ping(ping) => assert_eq!(ping.hook_id, Some(1)),
//!     other => println!("{}", other.name()),
//! }
//! assert!(receiver.receive(&headers, body)?.is_repeated);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `axum`, [`Delivery`] is an extractor. With the feature `tower`, `ReceiveLayer` wraps any service.
//!
//! Sources: [the headers](https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers),
//! [the signature](https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).

#[cfg(any(feature = "axum", feature = "tower"))]
mod body;
mod delivery_log;
mod error;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "tower")]
mod layer;
mod signature;

use std::fmt;

use aws_lc_rs::hmac::Key;
use http::HeaderMap;

pub use error::ReceiveError;
#[cfg(feature = "axum")]
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
pub use extract::DeliveryRejection;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use layer::{Receive, ReceiveLayer};
pub use signature::sign;

use crate::event::Event;
use crate::runtime::{DecodeError, Secret};
use delivery_log::DeliveryLog;

/// GitHub's limit of a payload, in bytes.
const BODY_LIMIT: usize = 25 * 1024 * 1024;

/// A receiver of webhook deliveries: it checks their signatures, reads their events, and detects repeated deliveries.
/// Clones share the ids of the deliveries that they have received.
///
/// | setting | default |
/// |---|---|
/// | largest body | 25 MiB, GitHub's own limit |
/// | remembered deliveries | the last 100,000 of three days |
#[derive(Clone)]
pub struct Receiver {
    keys: Vec<Key>,
    limit: usize,
    log: DeliveryLog,
}

/// A webhook delivery with a valid signature: its id, its event, and whether it was received before.
/// [`Receiver::receive`] returns it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// The id of the delivery, from the header `X-GitHub-Delivery`. A redelivery has the same id.
    pub id: String,
    /// The event of the delivery, with its payload.
    pub event: Event,
    /// Whether the receiver has received a delivery with this id before.
    pub is_repeated: bool,
    /// The error of decoding the typed event, if the payload does not fit its type. The event is then [`Event::Other`].
    pub mismatch: Option<DecodeError>,
}

impl Receiver {
    /// Creates a receiver of webhook deliveries with the secret of the webhook. With an empty secret, it refuses all
    /// deliveries, since anybody could sign with that.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { keys: Vec::from_iter(signature::key(&secret.into())), limit: BODY_LIMIT, log: DeliveryLog::new(100_000) }
    }

    /// Adds another webhook secret to this receiver, which then also accepts deliveries that are signed with it. Use it
    /// while the secret of the webhook is changed.
    #[must_use]
    pub fn and_secret(mut self, secret: impl Into<Secret>) -> Self {
        self.keys.extend(signature::key(&secret.into()));
        self
    }

    /// Sets the largest number of bytes that the body of a webhook delivery may have. The default is 25 MiB. Larger
    /// deliveries are refused.
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { limit: bytes, ..self }
    }

    /// Sets how many webhook deliveries this receiver remembers by id, to detect repeated ones. The default is 100,000.
    /// Each needs a few hundred bytes.
    #[must_use]
    pub fn capacity(self, deliveries: u64) -> Self {
        Self { log: DeliveryLog::new(deliveries), ..self }
    }

    /// Checks the signature of a webhook delivery and reads its event, from the headers and the body of the HTTP
    /// request.
    ///
    /// Pass the body as it was received, byte by byte. The signature covers these bytes.
    ///
    /// # Errors
    ///
    /// If the signature is missing or wrong, a header is missing, the body exceeds the limit, or it is not JSON. If the
    /// payload does not fit the type of its event, that is not an error, see [`Delivery::mismatch`].
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, ReceiveError> {
        if body.len() > self.limit {
            return Err(ReceiveError::too_large(self.limit));
        }
        signature::verify(&self.keys, headers, body)?;
        let [id, name] = [error::DELIVERY, error::EVENT].map(|name| error::required_text(headers, name));
        let (id, name) = (id?, name?);
        let (event, mismatch) = match Event::read(name, body) {
            Ok(event) => (event, None),
            Err(mismatch) => {
                let event = Event::read_untyped(name, body);
                (event.map_err(|error| ReceiveError::unreadable(headers, &error))?, Some(mismatch))
            }
        };
        Ok(Delivery { id: id.to_owned(), event, is_repeated: self.log.record(id), mismatch })
    }

    /// Forgets the id of a webhook delivery, so that the delivery counts as new when it comes again. Call it if a
    /// delivery could not be handled and will be redelivered.
    ///
    /// A handler does not get to call it if it panics, or if it is dropped because GitHub closes the connection after ten
    /// seconds. A `ReceiveLayer` forgets every delivery whose response is not a success, in these cases too.
    pub fn forget(&self, id: &str) {
        self.log.forget(id);
    }
}

/// Leaves out the secrets.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receiver({} secrets, up to {} bytes)", self.keys.len(), self.limit)
    }
}
