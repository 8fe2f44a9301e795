//! Selects the credentials with which an operation is sent.

use super::credential::Credential;
use crate::http::{OperationInfo, SchemeKind, SecurityScheme};

/// Returns the credentials to send with an operation: those of the first documented alternative that the client holds.
///
/// The error names the credentials that the operation takes.
pub(crate) fn select_credentials(
    held: &[Credential],
    info: &OperationInfo,
) -> Result<Vec<Credential>, String> {
    let mut optional = info.credentials.is_empty();
    for alternative in info.credentials {
        optional |= alternative.is_empty();
        let find = |wanted| {
            held.iter()
                .find(|credential| credential.fits(wanted))
                .cloned()
        };
        let found: Option<Vec<Credential>> = alternative.iter().map(find).collect();
        if let Some(found) = found.filter(|found| !found.is_empty()) {
            return found.iter().try_for_each(check_form).map(|()| found);
        }
    }
    if optional {
        return Ok(Vec::new());
    }
    let has = match held {
        [] => String::from("none"),
        held => held
            .iter()
            .map(|credential| format!("{credential:?}"))
            .collect::<Vec<_>>()
            .join(" and "),
    };
    Err(format!(
        "the operation takes {}; the client has {has}",
        accepted_text(info)
    ))
}

/// Checks the form of a secret: a JWT has three parts.
pub(crate) fn check_form(credential: &Credential) -> Result<(), String> {
    if credential.is_well_formed() {
        return Ok(());
    }
    Err(String::from(
        "the credential is given as a JWT, but it does not consist of three parts between two dots",
    ))
}

/// Lists the credentials that an operation takes, for a message.
fn accepted_text(info: &OperationInfo) -> String {
    let all = |all: &&[SecurityScheme]| {
        all.iter()
            .map(scheme_text)
            .collect::<Vec<_>>()
            .join(" together with ")
    };
    info.credentials
        .iter()
        .map(all)
        .collect::<Vec<_>>()
        .join(" or ")
}

fn scheme_text(scheme: &SecurityScheme) -> String {
    let SecurityScheme { name: scheme, kind } = scheme;
    match kind {
        SchemeKind::Bearer => format!("`{scheme}` (a bearer token)"),
        SchemeKind::Jwt => format!("`{scheme}` (a JWT)"),
        SchemeKind::Basic => format!("`{scheme}` (a user and a password)"),
        SchemeKind::Header(name) => format!("`{scheme}` (the header `{name}`)"),
        SchemeKind::Query(name) => format!("`{scheme}` (the query parameter `{name}`)"),
        SchemeKind::Cookie(name) => format!("`{scheme}` (the cookie `{name}`)"),
        SchemeKind::Other => format!("`{scheme}` (which this client does not support)"),
    }
}
