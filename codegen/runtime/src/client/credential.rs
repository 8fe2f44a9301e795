//! Credentials of a client.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::InvalidHeaderValue;

#[cfg(feature = "resilience")]
use super::credential_id::{CredentialId, CredentialIds, SourceIds};
use super::source::CredentialSource;
use crate::codec::Secret;
use crate::http::{SchemeCredential, SchemeKind, SecurityScheme, percent_encode};

/// A credential that a client holds and sends with operations: a secret, and its place in an HTTP request. It never
/// prints its secret.
///
/// Before an operation is sent, the client checks that the operation takes the credential. If the documentation has several
/// schemes of the same kind, [`Credential::for_scheme`] states the scheme.
///
/// ```
/// use octogen_runtime::client::Credential;
///
/// let token = Credential::bearer("ghs_16C7e42F292c6912E7").for_scheme("installationToken");
/// assert_eq!(format!("{token:?}"), "`installationToken` (a bearer token)");
/// ```
#[derive(Clone)]
pub struct Credential {
    scheme: Arc<HeldScheme>,
    /// `None` until the source gives a secret.
    held: Option<Arc<HeldSecret>>,
}

/// The facts about a credential without its secret.
struct HeldScheme {
    place: Place,
    /// The name of the security scheme, if it is stated.
    name: Option<Cow<'static, str>>,
    source: Option<Source>,
}

/// A source and its last secret, which is often the next one as well.
struct Source {
    source: Arc<dyn CredentialSource>,
    last: Mutex<Option<Arc<HeldSecret>>>,
    #[cfg(feature = "resilience")]
    ids: SourceIds,
}

/// A secret, and the values that are computed from it once, since most requests repeat a secret.
struct HeldSecret {
    secret: Secret,
    header: OnceLock<HeaderValue>,
    is_well_formed: OnceLock<bool>,
    #[cfg(feature = "resilience")]
    hash: OnceLock<CredentialId>,
}

/// The minimum length of a secret that is masked in the texts of a server.
const MIN_MASKED_LENGTH: usize = 4;

/// The place of the secret in a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Bearer,
    Jwt,
    Basic,
    Header(Cow<'static, str>),
    Query(Cow<'static, str>),
    Cookie(Cow<'static, str>),
    /// The scheme is not supported, so that the secret is not sent.
    Nowhere,
}

impl Source {
    fn new(source: Arc<dyn CredentialSource>) -> Self {
        #[cfg(feature = "resilience")]
        let ids = SourceIds::new(&*source);
        Self {
            source,
            last: Mutex::default(),
            #[cfg(feature = "resilience")]
            ids,
        }
    }

    /// Returns the secret with its computed values, which are kept if it is the last secret again.
    fn hold(&self, secret: Secret) -> Arc<HeldSecret> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(held) if held.secret == secret => Arc::clone(held),
            _ => Arc::clone(last.insert(HeldSecret::new(secret))),
        }
    }
}

impl HeldSecret {
    fn new(secret: Secret) -> Arc<Self> {
        Arc::new(Self {
            secret,
            header: OnceLock::new(),
            is_well_formed: OnceLock::new(),
            #[cfg(feature = "resilience")]
            hash: OnceLock::new(),
        })
    }
}

impl Credential {
    fn new(place: Place, secret: impl Into<Secret>) -> Self {
        let scheme = HeldScheme {
            place,
            name: None,
            source: None,
        };
        Self {
            scheme: Arc::new(scheme),
            held: Some(HeldSecret::new(secret.into())),
        }
    }

    /// Creates a client's credential from a bearer token, which is sent in the header `Authorization`.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::new(Place::Bearer, token)
    }

    /// Creates a client's credential from a signed JSON Web Token, which is sent as a bearer token. A text that does
    /// not have the form of a JWT is refused, so that a private key is not sent by mistake.
    pub fn jwt(token: impl Into<Secret>) -> Self {
        Self::new(Place::Jwt, token)
    }

    /// Creates a client's credential for HTTP basic authentication from a user name and a password, which are sent in
    /// the header `Authorization`.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self::new(Place::Basic, format!("{user}:{password}"))
    }

    /// Creates a client's credential from an API key that is sent in the HTTP header with this name.
    pub fn header(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Header(Cow::Owned(name.into())), key)
    }

    /// Creates a client's credential from an API key that is sent in the query parameter with this name. Its value is
    /// hidden wherever the URL is printed.
    pub fn query(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Query(Cow::Owned(name.into())), key)
    }

    /// Creates a client's credential from an API key that is sent in the cookie with this name.
    pub fn cookie(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Cookie(Cow::Owned(name.into())), key)
    }

    /// Sets the security scheme of this credential by its name in the OpenAPI document. The client then refuses
    /// operations that take another scheme, even one of the same kind.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<String>) -> Self {
        let source = self.source().map(|source| Source::new(Arc::clone(source)));
        let scheme = HeldScheme {
            place: self.place().clone(),
            name: Some(Cow::Owned(name.into())),
            source,
        };
        Self {
            scheme: Arc::new(scheme),
            held: self.secret().cloned().map(HeldSecret::new),
        }
    }

    /// Creates a credential of a security scheme that the compiler knows.
    fn from_scheme<S: SchemeCredential>(credential: S) -> Self {
        let held = HeldSecret::new(credential.into_secret());
        Self {
            scheme: Arc::new(held_scheme(S::SCHEME)),
            held: Some(held),
        }
    }

    /// Creates a credential of a security scheme whose secret comes from a source.
    pub(crate) fn from_source(scheme: SecurityScheme, source: Arc<dyn CredentialSource>) -> Self {
        let scheme = HeldScheme {
            source: Some(Source::new(source)),
            ..held_scheme(scheme)
        };
        Self {
            scheme: Arc::new(scheme),
            held: None,
        }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.scheme.place
    }

    /// Returns the secret, or `None` if the source gave none yet.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        self.held.as_ref().map(|held| &held.secret)
    }

    pub(crate) fn source(&self) -> Option<&Arc<dyn CredentialSource>> {
        self.scheme.source.as_ref().map(|source| &source.source)
    }

    /// Returns the ids of the credential.
    #[cfg(feature = "resilience")]
    pub(crate) fn ids(&self) -> CredentialIds {
        let hash = || CredentialId::from_secret(&format!("{self:?}"), self.secret());
        let hash = || {
            self.held
                .as_ref()
                .map_or_else(hash, |held| *held.hash.get_or_init(hash))
        };
        self.scheme
            .source
            .as_ref()
            .map(|source| source.ids)
            .unwrap_or_default()
            .or_else(hash)
    }

    /// Returns the credential with a secret that its source gave.
    pub(crate) fn with_secret(&self, secret: Secret) -> Self {
        let held = match &self.scheme.source {
            Some(source) => source.hold(secret),
            None => HeldSecret::new(secret),
        };
        Self {
            scheme: Arc::clone(&self.scheme),
            held: Some(held),
        }
    }

    /// Returns the credential without its source, for an error that may be kept for long. Returns `None` if there is no
    /// secret.
    pub(crate) fn without_source(&self) -> Option<Self> {
        let held = self.held.clone()?;
        let HeldScheme {
            place,
            name,
            source,
        } = &*self.scheme;
        let scheme = match source {
            None => Arc::clone(&self.scheme),
            Some(_) => Arc::new(HeldScheme {
                place: place.clone(),
                name: name.clone(),
                source: None,
            }),
        };
        Some(Self {
            scheme,
            held: Some(held),
        })
    }

    /// Returns the texts in which a server may repeat the secret: as it is, and as requests contain it. The longest comes
    /// first.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let own = self.secret().map_or("", Secret::expose);
        let mut all = vec![
            own.to_owned(),
            BASE64_STANDARD.encode(own),
            percent_encode(own),
        ];
        if let (Place::Basic, Some((_, password))) = (self.place(), own.split_once(':')) {
            all.extend([password.to_owned(), percent_encode(password)]);
        }
        // Shorter texts occur in any message.
        all.retain(|text| text.len() >= MIN_MASKED_LENGTH);
        all.sort_by_key(|text| std::cmp::Reverse(text.len()));
        all.dedup();
        all
    }

    /// Returns the header with the secret. `text` is called once per secret.
    pub(crate) fn header_value(
        &self,
        text: impl FnOnce() -> String,
    ) -> Result<HeaderValue, InvalidHeaderValue> {
        let header = self.held.as_ref().map(|held| &held.header);
        if let Some(made) = header.and_then(OnceLock::get) {
            return Ok(made.clone());
        }
        let mut made = HeaderValue::try_from(text())?;
        made.set_sensitive(true);
        Ok(match header {
            Some(header) => header.get_or_init(|| made).clone(),
            None => made,
        })
    }

    /// Returns whether the secret has the form of its kind. It does until there is a secret.
    pub(crate) fn is_well_formed(&self) -> bool {
        match &self.held {
            Some(held) if *self.place() == Place::Jwt => {
                *held.is_well_formed.get_or_init(|| is_jwt(&held.secret))
            }
            _ => true,
        }
    }

    /// Returns whether an operation that takes this security scheme can be sent with the credential.
    pub(crate) fn fits(&self, wanted: &SecurityScheme) -> bool {
        let has_kind = match (self.place(), wanted.kind) {
            (Place::Bearer | Place::Jwt, SchemeKind::Bearer | SchemeKind::Jwt)
            | (Place::Basic, SchemeKind::Basic) => true,
            (Place::Header(name), SchemeKind::Header(wanted)) => name.eq_ignore_ascii_case(wanted),
            (Place::Query(name), SchemeKind::Query(wanted)) => name == wanted,
            (Place::Cookie(name), SchemeKind::Cookie(wanted)) => name == wanted,
            _ => false,
        };
        has_kind
            && self
                .scheme
                .name
                .as_ref()
                .is_none_or(|name| name == wanted.name)
    }
}

/// Converts a documented security scheme.
fn held_scheme(SecurityScheme { name, kind }: SecurityScheme) -> HeldScheme {
    let place = match kind {
        SchemeKind::Bearer => Place::Bearer,
        SchemeKind::Jwt => Place::Jwt,
        SchemeKind::Basic => Place::Basic,
        SchemeKind::Header(name) => Place::Header(Cow::Borrowed(name)),
        SchemeKind::Query(name) => Place::Query(Cow::Borrowed(name)),
        SchemeKind::Cookie(name) => Place::Cookie(Cow::Borrowed(name)),
        SchemeKind::Other => Place::Nowhere,
    };
    HeldScheme {
        place,
        name: Some(Cow::Borrowed(name)),
        source: None,
    }
}

/// A source equals only its own clones.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        let sources = match (self.source(), other.source()) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        sources
            && (self.place(), &self.scheme.name, self.secret())
                == (other.place(), &other.scheme.name, other.secret())
    }
}

impl Eq for Credential {}

impl<S: SchemeCredential> From<S> for Credential {
    fn from(credential: S) -> Self {
        Self::from_scheme(credential)
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.scheme.name {
            write!(f, "`{name}` (")?;
        }
        match self.place() {
            Place::Bearer => f.write_str("a bearer token")?,
            Place::Jwt => f.write_str("a JWT")?,
            Place::Basic => f.write_str("a user and a password")?,
            Place::Header(name) => write!(f, "the header `{name}`")?,
            Place::Query(name) => write!(f, "the query parameter `{name}`")?,
            Place::Cookie(name) => write!(f, "the cookie `{name}`")?,
            Place::Nowhere => f.write_str("which this client does not support")?,
        }
        f.write_str(if self.scheme.name.is_some() { ")" } else { "" })
    }
}

/// Returns whether a secret has the form of a JWT: three parts between two dots.
fn is_jwt(secret: &Secret) -> bool {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
    };
    let parts = secret.expose().split('.');
    parts.clone().count() == 3 && parts.clone().all(is_part)
}

#[cfg(test)]
mod tests;
