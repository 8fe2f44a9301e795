//! Ids of credentials.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::source::CredentialSource;
use crate::codec::Secret;

/// An id that identifies a client's credential without its secret. Layers cache responses and count rate limits by it.
///
/// All secrets of a source with a name ([`CredentialSource::name`](crate::client::CredentialSource::name)) have one id. Any
/// other secret has an id of its own. If several credentials are equivalent, give the client's requests a common id as an
/// extension:
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
    /// Creates an id of credentials from a name, which must not be a secret. The id is the same in each process, and
    /// credentials with the same name share rate limits and cached responses.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(hash([b"name".as_slice(), name.as_bytes()]))
    }

    /// Creates an id from a secret and its description. The hash has a key of this process, so that no list of known secrets
    /// reveals it.
    pub(crate) fn from_secret(description: &str, secret: Option<&Secret>) -> Self {
        Self(keyed_hash([
            description.as_bytes(),
            secret.map_or("", Secret::expose).as_bytes(),
        ]))
    }

    pub(crate) fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// The ids of the names of a source.
#[derive(Clone, Copy, Default)]
pub(crate) struct SourceIds {
    credential: Option<CredentialId>,
    budget: Option<CredentialId>,
}

/// The ids of a credential: for cached responses, and for rate limits.
#[derive(Clone, Copy)]
pub(crate) struct CredentialIds {
    pub(super) credential: CredentialId,
    pub(super) budget: CredentialId,
}

impl SourceIds {
    pub(crate) fn new(source: &dyn CredentialSource) -> Self {
        let [credential, budget] =
            [source.name(), source.budget()].map(|name| Some(CredentialId::named(&name?)));
        Self { credential, budget }
    }

    /// Returns both ids. `default` creates the id of a source without a name.
    pub(crate) fn or_else(self, default: impl FnOnce() -> CredentialId) -> CredentialIds {
        let credential = self.credential.unwrap_or_else(default);
        CredentialIds {
            credential,
            budget: self.budget.unwrap_or(credential),
        }
    }
}

impl CredentialIds {
    /// Returns the ids of several credentials together, or `None` if there is no credential.
    pub(crate) fn combine(ids: impl IntoIterator<Item = Self>) -> Option<Self> {
        let mut ids = ids.into_iter();
        let first = ids.next()?;
        let Some(second) = ids.next() else {
            return Some(first);
        };
        let all: Vec<Self> = [first, second].into_iter().chain(ids).collect();
        let together = |part: fn(&Self) -> &CredentialId| {
            CredentialId(hash(all.iter().map(|ids| part(ids).as_bytes().as_slice())))
        };
        Some(Self {
            credential: together(|ids| &ids.credential),
            budget: together(|ids| &ids.budget),
        })
    }
}

impl fmt::Debug for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second, third, ..] = self.0;
        // Three bytes need no library for hex.
        write!(f, "{first:02x}{second:02x}{third:02x}…")
    }
}

/// Hashes parts. Each part is preceded by its length, so that no two lists of parts are hashed as the same bytes.
pub(crate) fn hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part.len().to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// The same as [`hash`], with a random key of this process.
pub(crate) fn keyed_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 32] {
    static KEY: LazyLock<[u8; 32]> = LazyLock::new(|| {
        let random = RandomState::new();
        let words: [[u8; 8]; 4] = [0_u8, 1, 2, 3].map(|at| random.hash_one(at).to_be_bytes());
        hash(words.iter().map(<[u8; 8]>::as_slice))
    });
    // The key is at both ends, so that nobody can extend a hash to that of a longer text.
    hash(
        [KEY.as_slice()]
            .into_iter()
            .chain(parts)
            .chain([KEY.as_slice()]),
    )
}

#[cfg(test)]
mod tests {
    use super::{CredentialId, CredentialIds, SourceIds, hash, keyed_hash};
    use crate::codec::Secret;

    #[test]
    fn parts_do_not_run_into_one_another() {
        assert_ne!(
            hash([b"ab".as_slice(), b"c"]),
            hash([b"a".as_slice(), b"bc"])
        );
        assert_ne!(hash([b"a".as_slice()]), hash([b"a".as_slice(), b""]));
        assert_eq!(keyed_hash([b"a".as_slice()]), keyed_hash([b"a".as_slice()]));
        assert_ne!(keyed_hash([b"a".as_slice()]), hash([b"a".as_slice()]));
    }

    #[test]
    fn ids_distinguish_secrets_and_their_schemes() {
        let id =
            |scheme, secret: &str| CredentialId::from_secret(scheme, Some(&Secret::from(secret)));
        assert_eq!(id("a", "s"), id("a", "s"));
        assert!(id("a", "s") != id("b", "s") && id("a", "s") != id("a", "t"));
        assert!(!format!("{:?}", id("a", "secret")).contains("secret"));
    }

    #[test]
    fn several_credentials_have_ids_of_their_own() {
        let ids = |name| SourceIds::default().or_else(|| CredentialId::named(name));
        let combine = |names: &[&'static str]| {
            CredentialIds::combine(names.iter().map(|name| ids(*name))).map(|ids| ids.credential)
        };
        assert_eq!(combine(&[]), None);
        assert_eq!(combine(&["a"]), Some(CredentialId::named("a")));
        assert!(
            combine(&["a", "b"]) != combine(&["b", "a"]) && combine(&["a", "b"]) != combine(&["a"])
        );
    }
}
