//! Receives the webhook of an app: a delivery is let in by its signature, has a type, and is known again when it comes a
//! second time.
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
//! With the feature `axum`, a [`Delivery`] is what a handler takes; with `tower`, a `ReceiveLayer` goes around any service.
//!
//! What the headers mean: <https://docs.github.com/en/webhooks/webhook-events-and-payloads#delivery-headers>; how a
//! delivery is signed: <https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries>.

#[cfg(any(feature = "axum", feature = "tower"))]
mod body;
mod error;
#[cfg(feature = "axum")]
mod extract;
#[cfg(feature = "tower")]
mod layer;
mod seen;
mod signature;

use std::fmt;

use aws_lc_rs::hmac::Key;
use http::HeaderMap;

pub use error::ReceiveError;
#[cfg(feature = "axum")]
pub use extract::Rejected;
#[cfg(feature = "tower")]
pub use layer::{Receive, ReceiveLayer};
pub use signature::sign;

use crate::event::Event;
use crate::runtime::{DecodeError, Secret};
use seen::Seen;

/// GitHub delivers no payload above this.
const LIMIT: usize = 25 * 1024 * 1024;

/// Lets deliveries in. A clone shares what was seen with the original.
///
/// | | unless said otherwise |
/// |---|---|
/// | limit of a body | 25 MiB, as GitHub's own |
/// | deliveries that are known again | the last 100,000 of three days |
#[derive(Clone)]
pub struct Receiver {
    keys: Vec<Key>,
    limit: usize,
    seen: Seen,
}

/// A delivery whose signature was right.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Delivery {
    /// What GitHub calls this delivery, from `X-GitHub-Delivery`. One that is asked for again keeps its id.
    pub id: String,
    /// What happened.
    pub event: Event,
    /// Whether a delivery of this id was let in before.
    pub is_repeated: bool,
    /// Why the event has no type though one is documented: its payload is kept as it came ([`Event::Other`]).
    pub mismatch: Option<DecodeError>,
}

impl Receiver {
    /// With the secret of the webhook. An empty one lets nothing in, since anybody could sign with it.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self { keys: Vec::from_iter(signature::kept(&secret.into())), limit: LIMIT, seen: Seen::new(100_000) }
    }

    /// Takes deliveries that are signed with this secret as well: while the secret is changed, both are in use.
    #[must_use]
    pub fn also(mut self, secret: impl Into<Secret>) -> Self {
        self.keys.extend(signature::kept(&secret.into()));
        self
    }

    /// How many bytes a body may have.
    #[must_use]
    pub fn body_limit(self, bytes: usize) -> Self {
        Self { limit: bytes, ..self }
    }

    /// How many deliveries are known again. Each takes some hundred bytes.
    #[must_use]
    pub fn remembering(self, deliveries: u64) -> Self {
        Self { seen: Seen::new(deliveries), ..self }
    }

    /// Lets a delivery in.
    ///
    /// The body is what came, byte by byte: the signature is that of these bytes, and not of the JSON that they stand for.
    ///
    /// # Errors
    ///
    /// Where the signature is missing or wrong, a header is missing, the body is above the limit, or no JSON. A payload
    /// that isn't what is documented for its event is no error, see [`Delivery::mismatch`].
    pub fn receive(&self, headers: &HeaderMap, body: &[u8]) -> Result<Delivery, ReceiveError> {
        if body.len() > self.limit {
            return Err(ReceiveError::too_large(self.limit));
        }
        signature::verify(&self.keys, headers, body)?;
        let [id, name] = [error::DELIVERY, error::EVENT].map(|name| error::text(headers, name));
        let (id, name) = (id?, name?);
        let (event, mismatch) = match Event::read(name, body) {
            Ok(event) => (event, None),
            Err(mismatch) => {
                let event = Event::read_untyped(name, body);
                (event.map_err(|error| ReceiveError::no_json(headers, error))?, Some(mismatch))
            }
        };
        Ok(Delivery { id: id.to_owned(), event, is_repeated: self.seen.again(id), mismatch })
    }

    /// Forgets a delivery, so that it is new when it comes again: what could not be handled may be asked for once more.
    ///
    /// A handler that panics, or that is dropped since GitHub has waited for ten seconds and hung up, doesn't come so far:
    /// what has to be done may be left to a task of its own. A `ReceiveLayer` forgets what wasn't answered with a success.
    pub fn forget(&self, id: &str) {
        self.seen.forget(id);
    }
}

/// Shows no secret.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Receiver({} secrets, up to {} bytes)", self.keys.len(), self.limit)
    }
}
