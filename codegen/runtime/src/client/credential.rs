//! What a client proves itself with.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::InvalidHeaderValue;

#[cfg(feature = "resilience")]
use super::call::{CredentialId, Ids, Named};
use super::source::CredentialSource;
use crate::codec::scalars::Secret;
use crate::http::{AnyCredential, Credential as Documented, Scheme, SchemeKind, percent_encoded};

/// A credential that a client holds. It never prints its secret.
///
/// Before anything is sent it is checked against what the operation takes. Where the documentation has several
/// schemes that look alike, [`Credential::for_scheme`] says which one this is for.
///
/// ```
/// use octogen_runtime::client::Credential;
///
/// let token = Credential::bearer("ghs_16C7e42F292c6912E7").for_scheme("installationToken");
/// assert_eq!(format!("{token:?}"), "`installationToken` (a bearer token)");
/// ```
#[derive(Clone)]
pub struct Credential {
    kind: Arc<Kind>,
    /// None where it is still to be asked for.
    held: Option<Arc<Held>>,
}

/// What is known of a credential without its secret.
struct Kind {
    place: Place,
    scheme: Option<Cow<'static, str>>,
    asked: Option<Asked>,
}

/// Where a secret comes from. What it gave last is kept, since mostly it gives the same again.
struct Asked {
    source: Arc<dyn CredentialSource>,
    last: Mutex<Option<Arc<Held>>>,
    /// The names that the source has for it.
    #[cfg(feature = "resilience")]
    named: Named,
}

/// A secret, and what is worked out of it once: most requests are sent with one that was sent before.
struct Held {
    secret: Secret,
    header: OnceLock<HeaderValue>,
    is_well_formed: OnceLock<bool>,
    #[cfg(feature = "resilience")]
    hash: OnceLock<CredentialId>,
}

/// How long a secret is at least that is looked for in what a server says.
const SHORTEST: usize = 4;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    Bearer,
    Jwt,
    Basic,
    Header(Cow<'static, str>),
    Query(Cow<'static, str>),
    Cookie(Cow<'static, str>),
    Nowhere,
}

impl Asked {
    fn new(source: Arc<dyn CredentialSource>) -> Self {
        #[cfg(feature = "resilience")]
        let named = Named::of(&*source);
        Self {
            source,
            last: Mutex::default(),
            #[cfg(feature = "resilience")]
            named,
        }
    }

    fn given(&self, secret: Secret) -> Arc<Held> {
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(held) if held.secret == secret => Arc::clone(held),
            _ => Arc::clone(last.insert(Held::new(secret))),
        }
    }
}

impl Held {
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
        Self { kind: Arc::new(Kind { place, scheme: None, asked: None }), held: Some(Held::new(secret.into())) }
    }

    /// A bearer token, in the `Authorization` header.
    pub fn bearer(token: impl Into<Secret>) -> Self {
        Self::new(Place::Bearer, token)
    }

    /// A JSON Web Token that is signed already, as a bearer token. What has not the form of one is refused, so that a
    /// key or a token of another kind doesn't leave the house by mistake.
    pub fn jwt(token: impl Into<Secret>) -> Self {
        Self::new(Place::Jwt, token)
    }

    /// A user and a password, in the `Authorization` header.
    #[must_use]
    pub fn basic(user: &str, password: &str) -> Self {
        Self::new(Place::Basic, format!("{user}:{password}"))
    }

    /// A key in the header of that name.
    pub fn header(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Header(Cow::Owned(name.into())), key)
    }

    /// A key in the query parameter of that name. It is hidden wherever the URL is shown.
    pub fn query(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Query(Cow::Owned(name.into())), key)
    }

    /// A key in the cookie of that name.
    pub fn cookie(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Cookie(Cow::Owned(name.into())), key)
    }

    /// Says which security scheme this is for: operations that take another one are refused, even of the same kind.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<String>) -> Self {
        let asked = self.source().map(|source| Asked::new(Arc::clone(source)));
        let kind = Kind { place: self.place().clone(), scheme: Some(Cow::Owned(name.into())), asked };
        Self { kind: Arc::new(kind), held: self.secret().cloned().map(Held::new) }
    }

    /// The credential of a scheme that the types know; of one that no request can be given it goes nowhere.
    fn of<S: Scheme>(scheme: S) -> Self {
        Self { kind: Arc::new(kind(S::CREDENTIAL)), held: Some(Held::new(scheme.into_secret())) }
    }

    /// The credential of a scheme whose secret is asked for.
    pub(crate) fn asked(scheme: Documented, source: Arc<dyn CredentialSource>) -> Self {
        let kind = Kind { asked: Some(Asked::new(source)), ..kind(scheme) };
        Self { kind: Arc::new(kind), held: None }
    }

    pub(crate) fn place(&self) -> &Place {
        &self.kind.place
    }

    /// The secret; of one that is asked for there is none before it is given.
    pub(crate) fn secret(&self) -> Option<&Secret> {
        self.held.as_ref().map(|held| &held.secret)
    }

    pub(crate) fn source(&self) -> Option<&Arc<dyn CredentialSource>> {
        self.kind.asked.as_ref().map(|asked| &asked.source)
    }

    /// By what it is known, whatever its secret is just now.
    #[cfg(feature = "resilience")]
    pub(crate) fn ids(&self) -> Ids {
        let hash = || CredentialId::of_secret(&format!("{self:?}"), self.secret());
        let hash = || self.held.as_ref().map_or_else(hash, |held| *held.hash.get_or_init(hash));
        self.kind.asked.as_ref().map(|asked| asked.named).unwrap_or_default().or_else(hash)
    }

    /// The same with the secret that its source gave.
    pub(crate) fn given(&self, secret: Secret) -> Self {
        let held = match &self.kind.asked {
            Some(asked) => asked.given(secret),
            None => Held::new(secret),
        };
        Self { kind: Arc::clone(&self.kind), held: Some(held) }
    }

    /// The same for what is kept for long: its secret without what gave it, if there is one.
    pub(crate) fn without_source(&self) -> Option<Self> {
        let held = self.held.clone()?;
        let Kind { place, scheme, asked } = &*self.kind;
        let kind = match asked {
            None => Arc::clone(&self.kind),
            Some(_) => Arc::new(Kind { place: place.clone(), scheme: scheme.clone(), asked: None }),
        };
        Some(Self { kind, held: Some(held) })
    }

    /// The texts by which a server may say the secret again: as it is, and as it was written into the request.
    pub(crate) fn spellings(&self) -> Vec<String> {
        let own = self.secret().map_or("", Secret::expose);
        let mut all = vec![own.to_owned(), BASE64_STANDARD.encode(own), percent_encoded(own)];
        if let (Place::Basic, Some((_, password))) = (self.place(), own.split_once(':')) {
            all.push(password.to_owned());
        }
        // So short a text stands in any message, and is no secret.
        all.retain(|text| text.len() >= SHORTEST);
        all.sort_by_key(|text| std::cmp::Reverse(text.len()));
        all
    }

    /// The header that it is, made of its secret when it is first asked for.
    pub(crate) fn header_value(&self, text: impl FnOnce() -> String) -> Result<HeaderValue, InvalidHeaderValue> {
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

    /// Whether it has the form that it should have, as far as it is known already.
    pub(crate) fn is_well_formed(&self) -> bool {
        match &self.held {
            Some(held) if *self.place() == Place::Jwt => *held.is_well_formed.get_or_init(|| is_jwt(&held.secret)),
            _ => true,
        }
    }

    pub(crate) fn fits(&self, wanted: &Documented) -> bool {
        let kind = match (self.place(), wanted.kind) {
            (Place::Bearer | Place::Jwt, SchemeKind::Bearer | SchemeKind::Jwt) | (Place::Basic, SchemeKind::Basic) => {
                true
            }
            (Place::Header(name), SchemeKind::Header(wanted)) => name.eq_ignore_ascii_case(wanted),
            (Place::Query(name), SchemeKind::Query(wanted)) => name == wanted,
            (Place::Cookie(name), SchemeKind::Cookie(wanted)) => name == wanted,
            _ => false,
        };
        kind && self.kind.scheme.as_ref().is_none_or(|scheme| scheme == wanted.scheme)
    }
}

fn kind(Documented { scheme, kind }: Documented) -> Kind {
    let place = match kind {
        SchemeKind::Bearer => Place::Bearer,
        SchemeKind::Jwt => Place::Jwt,
        SchemeKind::Basic => Place::Basic,
        SchemeKind::Header(name) => Place::Header(Cow::Borrowed(name)),
        SchemeKind::Query(name) => Place::Query(Cow::Borrowed(name)),
        SchemeKind::Cookie(name) => Place::Cookie(Cow::Borrowed(name)),
        SchemeKind::Other => Place::Nowhere,
    };
    Kind { place, scheme: Some(Cow::Borrowed(scheme)), asked: None }
}

/// A source is equal to its own clones.
impl PartialEq for Credential {
    fn eq(&self, other: &Self) -> bool {
        let sources = match (self.source(), other.source()) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        sources
            && (self.place(), &self.kind.scheme, self.secret()) == (other.place(), &other.kind.scheme, other.secret())
    }
}

impl Eq for Credential {}

impl<S: Scheme> From<S> for Credential {
    fn from(scheme: S) -> Self {
        Self::of(scheme)
    }
}

/// What a client can be given: a scheme of a generated crate, of which the compiler then knows what it is good for, or
/// a [`Credential`] made by hand.
pub trait Holds: Into<Credential> {
    /// What is known of it when the program is compiled.
    type Held;
}

impl<S: Scheme> Holds for S {
    type Held = S;
}

impl Holds for Credential {
    type Held = AnyCredential;
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = &self.kind.scheme {
            write!(f, "`{scheme}` (")?;
        }
        match self.place() {
            Place::Bearer => f.write_str("a bearer token")?,
            Place::Jwt => f.write_str("a JWT")?,
            Place::Basic => f.write_str("a user and a password")?,
            Place::Header(name) => write!(f, "the header `{name}`")?,
            Place::Query(name) => write!(f, "the query parameter `{name}`")?,
            Place::Cookie(name) => write!(f, "the cookie `{name}`")?,
            Place::Nowhere => f.write_str("which this client can't give")?,
        }
        f.write_str(if self.kind.scheme.is_some() { ")" } else { "" })
    }
}

/// Whether it has three parts between two dots.
fn is_jwt(secret: &Secret) -> bool {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
    };
    let parts = secret.expose().split('.');
    parts.clone().count() == 3 && parts.clone().all(is_part)
}
