//! Which of the credentials that a client holds an operation is sent with.

use super::credential::Credential;
use crate::http::{About, Credential as Documented, SchemeKind};

/// The credentials to send with an operation: of the alternatives that it documents, the first one that is held.
///
/// `Err` says what it takes instead.
pub(crate) fn chosen(held: &[Credential], about: &About) -> Result<Vec<Credential>, String> {
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

/// Whether it has the form that it should have, or what it has not.
pub(crate) fn well_formed(credential: &Credential) -> Result<(), String> {
    if credential.is_well_formed() {
        return Ok(());
    }
    Err(String::from("what is given as a JWT is none: it has not three parts between two dots"))
}

fn taken(about: &About) -> String {
    let all = |all: &&[Documented]| all.iter().map(described).collect::<Vec<_>>().join(" together with ");
    about.credentials.iter().map(all).collect::<Vec<_>>().join(" or ")
}

fn described(credential: &Documented) -> String {
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
