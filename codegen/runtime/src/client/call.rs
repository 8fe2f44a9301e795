//! What layers know of a request beside what is sent: the operation, and whose credential goes along.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, LazyLock, OnceLock};

use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::client::credential::Credential;
use crate::client::source::CredentialSource;
use crate::codec::scalars::Secret;
use crate::http::About;

/// What is sent, as an extension of each request: for what a layer counts, tells or decides by.
///
/// Redirects of one operation and the attempts of it have the same one; each page has its own.
#[derive(Clone)]
pub struct Call(Arc<Shared>);

struct Shared {
    about: &'static About,
    ids: Option<Ids>,
    limit: usize,
    is_streamed: bool,
    began: OnceLock<Instant>,
    until: OnceLock<Instant>,
}

impl Call {
    pub(crate) fn new(about: &'static About, held: &[Credential], limit: usize, is_streamed: bool) -> Self {
        let (ids, began, until) = (Ids::of(held), OnceLock::new(), OnceLock::new());
        Self(Arc::new(Shared { about, ids, limit, is_streamed, began, until }))
    }

    /// The operation.
    #[must_use]
    pub fn about(&self) -> &About {
        self.0.about
    }

    /// The credential that goes along, if any does.
    #[must_use]
    pub fn credential(&self) -> Option<CredentialId> {
        self.0.ids.map(|ids| ids.credential)
    }

    /// By what the server counts its requests, which several credentials may have in common
    /// ([`CredentialSource::budget`](crate::client::CredentialSource::budget)).
    #[must_use]
    pub fn budget(&self) -> Option<CredentialId> {
        self.0.ids.map(|ids| ids.budget)
    }

    /// How many bytes the body of the response may have.
    #[must_use]
    pub fn body_limit(&self) -> usize {
        self.0.limit
    }

    /// Whether the body is read as it comes: nobody else should wait for the end of it.
    #[must_use]
    pub fn is_streamed(&self) -> bool {
        self.0.is_streamed
    }

    /// When the first of its requests came by: now, if there was none.
    pub(crate) fn began(&self, now: Instant) -> Instant {
        *self.0.began.get_or_init(|| now)
    }

    /// Sets when all of its requests have to be done, or gives what is set.
    pub(crate) fn ends(&self, until: Instant) -> Instant {
        *self.0.until.get_or_init(|| until)
    }

    /// When all of its requests have to be done.
    pub(crate) fn until(&self) -> Option<Instant> {
        self.0.until.get().copied()
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({}, {:?})", self.0.about.id, self.credential())
    }
}

/// By what a credential is known again without its secret: answers are kept by it, and limits counted.
///
/// What a source with a name gives is one credential, however often it is renewed
/// ([`CredentialSource::name`](crate::client::CredentialSource::name)); any other token that is renewed is another one.
/// Where several of them stand for one thing, [`CredentialId::named`] says so, as an extension of the client's requests:
///
/// ```
/// use octogen_runtime::client::{Client, CredentialId};
///
/// # let service = tower::service_fn(async |_request: http::Request<octogen_runtime::client::Body>| {
/// #     Ok::<_, std::io::Error>(http::Response::new(octogen_runtime::client::Body::empty()))
/// # });
/// let client: Client = Client::builder().base_url("https://api.example.com").build_over(service)?;
/// let client = client.with_extension(CredentialId::named("installation 7"));
/// # Ok::<(), octogen_runtime::client::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId([u8; 32]);

impl CredentialId {
    /// A name that is no secret, and the same in each process. Whoever has the same name shares limits and cached answers.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(hash([b"name".as_slice(), name.as_bytes()]))
    }

    /// The hash of a secret and of what is told of it, with a key of this process, so that no dictionary leads back to it.
    pub(crate) fn of_secret(told: &str, secret: Option<&Secret>) -> Self {
        Self(keyed([told.as_bytes(), secret.map_or("", Secret::expose).as_bytes()]))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The names that a source has for its credential, hashed.
#[derive(Clone, Copy, Default)]
pub(crate) struct Named {
    credential: Option<CredentialId>,
    budget: Option<CredentialId>,
}

/// By what answers are kept, and by what limits are counted.
#[derive(Clone, Copy)]
pub(crate) struct Ids {
    credential: CredentialId,
    budget: CredentialId,
}

impl Named {
    pub(crate) fn of(source: &dyn CredentialSource) -> Self {
        let [credential, budget] = [source.name(), source.budget()].map(|name| Some(CredentialId::named(&name?)));
        Self { credential, budget }
    }

    /// What has no name is known by something else.
    pub(crate) fn or_else(self, hash: impl Fn() -> CredentialId) -> Ids {
        let credential = self.credential.unwrap_or_else(&hash);
        Ids { credential, budget: self.budget.unwrap_or(credential) }
    }
}

impl Ids {
    /// Of several credentials, that of all of them together.
    fn of(held: &[Credential]) -> Option<Self> {
        match held {
            [] => None,
            [only] => Some(only.ids()),
            several => {
                let all: Vec<Self> = several.iter().map(Credential::ids).collect();
                let together = |of: fn(&Self) -> &CredentialId| {
                    CredentialId(hash(all.iter().map(|ids| of(ids).as_bytes().as_slice())))
                };
                Some(Self { credential: together(|ids| &ids.credential), budget: together(|ids| &ids.budget) })
            }
        }
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third, ..] = self.0;
        write!(f, "{first:02x}{second:02x}{third:02x}…")
    }
}

/// The hash of parts, none of which can run into the next one.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The same with a key that no other process has.
pub(crate) fn keyed<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    static KEY: LazyLock<[u8; 32]> = LazyLock::new(|| {
        let random = RandomState::new();
        let words: [[u8; 8]; 4] = [0_u8, 1, 2, 3].map(|at| random.hash_one(at).to_be_bytes());
        hash(words.iter().map(<[u8; 8]>::as_slice))
    });
    // The key goes before and behind, so that the hash of a longer text can't be told from that of a shorter one.
    hash([KEY.as_slice()].into_iter().chain(parts).chain([KEY.as_slice()]))
}
