//! What a client proves itself with, and for which operations.

use std::fmt;
use std::sync::Arc;

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
pub struct Credential {
    place: Place,
    hold: Hold,
    scheme: Option<String>,
    /// That of its source, if it has one.
    name: Option<String>,
}

/// The secret, or where it comes from.
#[derive(Clone)]
enum Hold {
    Secret(Secret),
    Source(Arc<dyn CredentialSource>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Bearer,
    Jwt,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    Nowhere,
}

impl Credential {
    fn new(place: Place, secret: impl Into<Secret>) -> Self {
        Self { place, hold: Hold::Secret(secret.into()), scheme: None, name: None }
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
        Self::new(Place::Header(name.into()), key)
    }

    /// A key in the query parameter of that name. It is hidden wherever the URL is shown.
    pub fn query(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Query(name.into()), key)
    }

    /// A key in the cookie of that name.
    pub fn cookie(name: impl Into<String>, key: impl Into<Secret>) -> Self {
        Self::new(Place::Cookie(name.into()), key)
    }

    /// Says which security scheme this is for: operations that take another one are refused, even of the same kind.
    #[must_use]
    pub fn for_scheme(self, name: impl Into<String>) -> Self {
        Self { scheme: Some(name.into()), ..self }
    }

    /// The credential of a scheme that the types know; of one that no request can be given it goes nowhere.
    fn of<S: Scheme>(scheme: S) -> Self {
        Self::held(S::CREDENTIAL, Hold::Secret(scheme.into_secret()))
    }

    /// The credential of a scheme whose secret is asked for.
    pub(super) fn asked(scheme: operation::Credential, source: Arc<dyn CredentialSource>) -> Self {
        let name = source.name();
        Self { name, ..Self::held(scheme, Hold::Source(source)) }
    }

    fn held(operation::Credential { scheme, kind }: operation::Credential, hold: Hold) -> Self {
        let place = match kind {
            SchemeKind::Bearer => Place::Bearer,
            SchemeKind::Jwt => Place::Jwt,
            SchemeKind::Basic => Place::Basic,
            SchemeKind::Header(name) => Place::Header(name.to_owned()),
            SchemeKind::Query(name) => Place::Query(name.to_owned()),
            SchemeKind::Cookie(name) => Place::Cookie(name.to_owned()),
            SchemeKind::Other => Place::Nowhere,
        };
        Self { place, hold, scheme: Some(scheme.to_owned()), name: None }
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The secret; of one that is asked for there is none before it is given.
    pub(super) fn secret(&self) -> Option<&Secret> {
        match &self.hold {
            Hold::Secret(secret) => Some(secret),
            Hold::Source(_) => None,
        }
    }

    pub(super) fn source(&self) -> Option<&Arc<dyn CredentialSource>> {
        match &self.hold {
            Hold::Secret(_) => None,
            Hold::Source(source) => Some(source),
        }
    }

    /// By what it is known, whatever its secret is just now.
    #[cfg(feature = "resilience")]
    pub(super) fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// The same with the secret that its source gave.
    pub(super) fn given(&self, secret: Secret) -> Self {
        Self { hold: Hold::Secret(secret), ..self.clone() }
    }

    fn fits(&self, wanted: &operation::Credential) -> bool {
        let kind = match (&self.place, wanted.kind) {
            (Place::Bearer | Place::Jwt, SchemeKind::Bearer | SchemeKind::Jwt) | (Place::Basic, SchemeKind::Basic) => {
                true
            }
            (Place::Header(name), SchemeKind::Header(wanted)) => name.eq_ignore_ascii_case(wanted),
            (Place::Query(name), SchemeKind::Query(wanted)) => name == wanted,
            (Place::Cookie(name), SchemeKind::Cookie(wanted)) => name == wanted,
            _ => false,
        };
        kind && self.scheme.as_ref().is_none_or(|scheme| scheme == wanted.scheme)
    }
}

/// A source is equal to its own clones.
impl PartialEq for Hold {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Secret(one), Self::Secret(other)) => one == other,
            (Self::Source(one), Self::Source(other)) => Arc::ptr_eq(one, other),
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
        if let Some(scheme) = &self.scheme {
            write!(f, "`{scheme}` (")?;
        }
        match &self.place {
            Place::Bearer => f.write_str("a bearer token")?,
            Place::Jwt => f.write_str("a JWT")?,
            Place::Basic => f.write_str("a user and a password")?,
            Place::Header(name) => write!(f, "the header `{name}`")?,
            Place::Query(name) => write!(f, "the query parameter `{name}`")?,
            Place::Cookie(name) => write!(f, "the cookie `{name}`")?,
            Place::Nowhere => f.write_str("which this client can't give")?,
        }
        f.write_str(if self.scheme.is_some() { ")" } else { "" })
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
        Some(secret) if credential.place == Place::Jwt && !is_jwt(secret) => {
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
