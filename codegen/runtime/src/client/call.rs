//! Facts about a request that layers need and that are not sent.

use std::fmt;
use std::sync::{Arc, OnceLock};

use tokio::time::Instant;

use super::credential::Credential;
use super::credential_id::{CredentialId, CredentialIds};
use crate::http::OperationInfo;

/// The operation and the credential of an HTTP request, as an extension of the request. Layers read it to decide, and
/// to count rate limits. It is not sent.
///
/// All redirects and attempts of an operation share one `Call`. Each page has its own.
#[derive(Clone)]
pub struct Call(Arc<Shared>);

struct Shared {
    info: &'static OperationInfo,
    ids: Option<CredentialIds>,
    body_limit: usize,
    is_streamed: bool,
    start: OnceLock<Instant>,
    end: OnceLock<Instant>,
}

impl Call {
    pub(crate) fn new(
        info: &'static OperationInfo,
        credentials: &[Credential],
        body_limit: usize,
        is_streamed: bool,
    ) -> Self {
        let ids = CredentialIds::combine(credentials.iter().map(Credential::ids));
        Self(Arc::new(Shared {
            info,
            ids,
            body_limit,
            is_streamed,
            start: OnceLock::new(),
            end: OnceLock::new(),
        }))
    }

    /// Returns the facts about the operation that this HTTP request belongs to, such as its id and its method.
    #[must_use]
    pub fn info(&self) -> &'static OperationInfo {
        self.0.info
    }

    /// Returns the id of the credential that this HTTP request is sent with, or `None` if it has none. The id is not
    /// the secret.
    #[must_use]
    pub fn credential(&self) -> Option<CredentialId> {
        self.0.ids.map(|ids| ids.credential)
    }

    /// Returns the id of the rate limit that the server counts this HTTP request against. Several credentials may share
    /// it ([`CredentialSource::budget`](crate::client::CredentialSource::budget)).
    #[must_use]
    pub fn budget(&self) -> Option<CredentialId> {
        self.0.ids.map(|ids| ids.budget)
    }

    /// Returns the maximum number of bytes of a response body that the client collects. A layer that collects bodies must
    /// respect it. It does not apply to a body that the caller reads as a stream.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        self.0.body_limit
    }

    /// Returns whether the caller of this operation reads the response body while it arrives. A layer should then not
    /// wait for the end of the body.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        self.0.is_streamed
    }

    /// Returns when the first request of this call was sent. If none was sent, this one is the first.
    pub(crate) fn start(&self, now: Instant) -> Instant {
        *self.0.start.get_or_init(|| now)
    }

    /// Sets the deadline of all requests, unless it is set already. Returns the deadline.
    pub(crate) fn set_deadline(&self, deadline: Instant) -> Instant {
        *self.0.end.get_or_init(|| deadline)
    }

    /// Returns the deadline of all requests, if one is set.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.0.end.get().copied()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({}, {:?})", self.0.info.id, self.credential())
    }
}
