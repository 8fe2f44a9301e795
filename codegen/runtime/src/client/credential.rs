//! What a client proves itself with, and for which operations.

use std::borrow::Cow;
use std::fmt;
use std::sync::{Arc, OnceLock};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use http::HeaderValue;
use http::header::InvalidHeaderValue;

#[cfg(feature = "resilience")]
use super::layers::{CredentialId, Ids, Named};
use super::source::CredentialSource;
use crate::operation::{self, About, AnyCredential, Scheme, SchemeKind};
use crate::scalars::Secret;

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
#[derive(Clone, PartialEq, Eq)]
pub struct Credential(Arc<Held>);

/// What is worked out of a secret is worked out once: most requests are sent with one that was sent before.
struct Held {
    place: Place,
    hold: Hold,
    scheme: Option<Cow<'static, str>>,
    header: OnceLock<HeaderValue>,
    is_well_formed: OnceLock<bool>,
    /// The names that its source has for it.
    #[cfg(feature = "resilience")]
    named: Named,
    #[cfg(feature = "resilience")]
    hash: OnceLock<CredentialId>,
}

/// How long a secret is at least that is looked for in what a server says.
const SHORTEST: usize = 4;

/// The secret, or where it comes from.
#[derive(Clone)]
enum Hold {
    Secret(Secret),
    Source(Arc<dyn CredentialSource>),
    /// What a source gave for one request.
    Given(Secret, Arc<dyn CredentialSource>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Bearer,
    Jwt,
    Basic,
    Header(Cow<'static, str>),
    Query(Cow<'static, str>),
    Cookie(Cow<'static, str>),
    Nowhere,
}

impl Held {
    fn new(place: Place, hold: Hold, scheme: Option<Cow<'static, str>>) -> Self {
        Self {
            place,
            hold,
            scheme,
            header: OnceLock::new(),
            is_well_formed: OnceLock::new(),
            #[cfg(feature = "resilience")]
            named: Named::default(),
            #[cfg(feature = "resilience")]
            hash: OnceLock::new(),
        }
    }
}

impl Credential {
    fn new(place: Place, secret: impl Into<Secret>) -> Self {
        Self(Arc::new(Held::new(place, Hold::Secret(secret.into()), None)))
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
        let Held { place, hold, .. } = &*self.0;
        let held = Held::new(place.clone(), hold.clone(), Some(Cow::Owned(name.into())));
        #[cfg(feature = "resilience")]
        let held = Held { named: self.0.named, ..held };
        Self(Arc::new(held))
    }

    /// The credential of a scheme that the types know; of one that no request can be given it goes nowhere.
    fn of<S: Scheme>(scheme: S) -> Self {
        Self(Arc::new(held(S::CREDENTIAL, Hold::Secret(scheme.into_secret()))))
    }

    /// The credential of a scheme whose secret is asked for.
    pub(super) fn asked(scheme: operation::Credential, source: Arc<dyn CredentialSource>) -> Self {
        #[cfg(feature = "resilience")]
        let named = Named::of(&*source);
        let held = held(scheme, Hold::Source(source));
        #[cfg(feature = "resilience")]
        let held = Held { named, ..held };
        Self(Arc::new(held))
    }

    pub(super) fn place(&self) -> &Place {
        &self.0.place
    }

    /// The secret; of one that is asked for there is none before it is given.
    pub(super) fn secret(&self) -> Option<&Secret> {
        match &self.0.hold {
            Hold::Secret(secret) | Hold::Given(secret, _) => Some(secret),
            Hold::Source(_) => None,
        }
    }

    pub(super) fn source(&self) -> Option<&Arc<dyn CredentialSource>> {
        match &self.0.hold {
            Hold::Secret(_) => None,
            Hold::Source(source) | Hold::Given(_, source) => Some(source),
        }
    }

    /// By what it is known, whatever its secret is just now.
    #[cfg(feature = "resilience")]
    pub(super) fn ids(&self) -> Ids {
        let hash = || *self.0.hash.get_or_init(|| CredentialId::of_secret(&format!("{self:?}"), self.secret()));
        self.0.named.or_else(hash)
    }

    /// The same with the secret that its source gave.
    pub(super) fn given(&self, secret: Secret, source: Arc<dyn CredentialSource>) -> Self {
        let Held { place, scheme, .. } = &*self.0;
        let held = Held::new(place.clone(), Hold::Given(secret, source), scheme.clone());
        #[cfg(feature = "resilience")]
        let held = Held { named: self.0.named, ..held };
        Self(Arc::new(held))
    }

    /// The same for what is kept for long: its secret without what gave it, if there is one.
    pub(super) fn without_source(&self) -> Option<Self> {
        match &self.0.hold {
            Hold::Secret(_) => Some(self.clone()),
            Hold::Source(_) => None,
            Hold::Given(secret, _) => {
                let Held { place, scheme, .. } = &*self.0;
                Some(Self(Arc::new(Held::new(place.clone(), Hold::Secret(secret.clone()), scheme.clone()))))
            }
        }
    }

    /// The texts by which a server may say the secret again: as it is, and as it was written into the request.
    pub(super) fn spellings(&self) -> Vec<String> {
        let own = self.secret().map_or("", Secret::expose);
        let mut all = vec![own.to_owned(), BASE64_STANDARD.encode(own), operation::percent_encoded(own)];
        if let (Place::Basic, Some((_, password))) = (self.place(), own.split_once(':')) {
            all.push(password.to_owned());
        }
        // So short a text stands in any message, and is no secret.
        all.retain(|text| text.len() >= SHORTEST);
        all.sort_by_key(|text| std::cmp::Reverse(text.len()));
        all
    }

    /// The header that it is, made of its secret when it is first asked for.
    pub(super) fn header_value(&self, text: impl FnOnce() -> String) -> Result<HeaderValue, InvalidHeaderValue> {
        if let Some(made) = self.0.header.get() {
            return Ok(made.clone());
        }
        let mut made = HeaderValue::try_from(text())?;
        made.set_sensitive(true);
        Ok(self.0.header.get_or_init(|| made).clone())
    }

    fn fits(&self, wanted: &operation::Credential) -> bool {
        let kind = match (&self.0.place, wanted.kind) {
            (Place::Bearer | Place::Jwt, SchemeKind::Bearer | SchemeKind::Jwt) | (Place::Basic, SchemeKind::Basic) => {
                true
            }
            (Place::Header(name), SchemeKind::Header(wanted)) => name.eq_ignore_ascii_case(wanted),
            (Place::Query(name), SchemeKind::Query(wanted)) => name == wanted,
            (Place::Cookie(name), SchemeKind::Cookie(wanted)) => name == wanted,
            _ => false,
        };
        kind && self.0.scheme.as_ref().is_none_or(|scheme| scheme == wanted.scheme)
    }
}

fn held(operation::Credential { scheme, kind }: operation::Credential, hold: Hold) -> Held {
    let place = match kind {
        SchemeKind::Bearer => Place::Bearer,
        SchemeKind::Jwt => Place::Jwt,
        SchemeKind::Basic => Place::Basic,
        SchemeKind::Header(name) => Place::Header(Cow::Borrowed(name)),
        SchemeKind::Query(name) => Place::Query(Cow::Borrowed(name)),
        SchemeKind::Cookie(name) => Place::Cookie(Cow::Borrowed(name)),
        SchemeKind::Other => Place::Nowhere,
    };
    Held::new(place, hold, Some(Cow::Borrowed(scheme)))
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        (&self.place, &self.hold, &self.scheme) == (&other.place, &other.hold, &other.scheme)
    }
}

impl Eq for Held {}

/// A source is equal to its own clones.
impl PartialEq for Hold {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Secret(one), Self::Secret(other)) => one == other,
            (Self::Source(one), Self::Source(other)) => Arc::ptr_eq(one, other),
            (Self::Given(one, of), Self::Given(other, from)) => one == other && Arc::ptr_eq(of, from),
            _ => false,
        }
    }
}

impl Eq for Hold {}

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
        if let Some(scheme) = &self.0.scheme {
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
        f.write_str(if self.0.scheme.is_some() { ")" } else { "" })
    }
}

/// The credentials to send with an operation: of the alternatives that it documents, the first one that is held.
///
/// `Err` says what it takes instead.
pub(super) fn chosen(held: &[Credential], about: &About) -> Result<Vec<Credential>, String> {
    let mut optional = about.credentials.is_empty();
    for alternative in about.credentials {
        optional |= alternative.is_empty();
        let find = |wanted| held.iter().find(|credential| credential.fits(wanted)).cloned();
        let found: Option<Vec<Credential>> = alternative.iter().map(find).collect();
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            return found.iter().try_for_each(well_formed).map(|()| found);
        }
    }
    if optional {
        return Ok(Vec::new());
    }
    let has = match held {
        [] => String::from("none"),
        held => held.iter().map(|credential| format!("{credential:?}")).collect::<Vec<_>>().join(" and "),
    };
    Err(format!("the operation takes {}; the client has {has}", taken(about)))
}

/// Whether it has the form that it should have, as far as it is known already.
pub(super) fn well_formed(credential: &Credential) -> Result<(), String> {
    let is_part = |part: &str| {
        !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=".contains(&byte))
    };
    let is_jwt = |secret: &Secret| {
        let parts = secret.expose().split('.');
        parts.clone().count() == 3 && parts.clone().all(is_part)
    };
    match credential.secret() {
        Some(secret)
            if *credential.place() == Place::Jwt && !credential.0.is_well_formed.get_or_init(|| is_jwt(secret)) =>
        {
            Err(String::from("what is given as a JWT is none: it has not three parts between two dots"))
        }
        _ => Ok(()),
    }
}

fn taken(about: &About) -> String {
    let all = |all: &&[operation::Credential]| all.iter().map(described).collect::<Vec<_>>().join(" together with ");
    about.credentials.iter().map(all).collect::<Vec<_>>().join(" or ")
}

fn described(credential: &operation::Credential) -> String {
    let scheme = credential.scheme;
    match credential.kind {
        SchemeKind::Bearer => format!("`{scheme}` (a bearer token)"),
        SchemeKind::Jwt => format!("`{scheme}` (a JWT)"),
        SchemeKind::Basic => format!("`{scheme}` (a user and a password)"),
        SchemeKind::Header(name) => format!("`{scheme}` (the header `{name}`)"),
        SchemeKind::Query(name) => format!("`{scheme}` (the query parameter `{name}`)"),
        SchemeKind::Cookie(name) => format!("`{scheme}` (the cookie `{name}`)"),
        SchemeKind::Other => format!("`{scheme}` (which this client can't give)"),
    }
}
