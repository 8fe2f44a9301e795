//! Security requirements, security schemes and permissions.

use super::Lowering;
use crate::diagnostic::Code;
use crate::document::{Document, Map, OpenApiObject, SecurityRequirement, SecurityScheme, Version};
use crate::ir::{DescribedScheme, Docs, Operation, Scheme, SchemeKind};

/// Lowers security requirements. A request needs one of the outer list, and all schemes of an inner one.
pub(super) fn requirements<'a>(
    lowering: &mut Lowering<'a, '_>,
    document: &Document<'a>,
    stated: &[SecurityRequirement<'a>],
) -> Vec<Vec<Scheme>> {
    let mut requirements = Vec::new();
    for requirement in stated {
        let mut schemes = Vec::new();
        for (name, scopes) in &requirement.schemes {
            schemes
                .push(Scheme { name: (*name).to_owned(), kind: kind(lowering, document, requirement, (name, scopes)) });
        }
        requirements.push(schemes);
    }
    requirements
}

/// Lowers the security schemes that operations need and octogen supports, in the order of the document.
pub(super) fn schemes<'a>(
    lowering: &mut Lowering<'a, '_>,
    document: &Document<'a>,
    operations: &[Operation],
) -> Vec<DescribedScheme> {
    let needed: Vec<&Scheme> = operations.iter().flat_map(|operation| &operation.credentials).flatten().collect();
    let mut schemes = Vec::new();
    for (name, declared) in document.components.iter().flat_map(|components| &components.security_schemes) {
        let scheme = needed.iter().find(|scheme| scheme.name == *name && scheme.kind != SchemeKind::Other);
        if let Some(scheme) = scheme.copied().cloned()
            && let Some(declared) = lowering.read(declared)
        {
            let description = declared.description.map(str::to_owned);
            schemes.push(DescribedScheme { scheme, docs: Docs { description, ..Docs::default() } });
        }
    }
    schemes
}

/// Lowers `x-permissions`: alternatives, each with the level of every permission that it needs.
pub(super) fn permissions(stated: &[Map<'_, &str>]) -> Vec<Vec<(String, String)>> {
    let alternative =
        |needed: &Map<'_, &str>| needed.iter().map(|(name, level)| ((*name).to_owned(), (*level).to_owned())).collect();
    stated.iter().map(alternative).collect()
}

fn kind<'a>(
    lowering: &mut Lowering<'a, '_>,
    document: &Document<'a>,
    requirement: &SecurityRequirement<'a>,
    (name, scopes): (&str, &[&str]),
) -> SchemeKind {
    let mut declared = document.components.iter().flat_map(|components| &components.security_schemes);
    let Some((_, declared)) = declared.find(|(declared, _)| *declared == name) else {
        let message = format!("the security scheme `{name}` is not declared");
        let help = "octogen documents the scheme, but the client cannot send its credential; declare the scheme in `securitySchemes` under `components`";
        lowering.diagnostics.warn(Code::UndeclaredSecurityScheme, requirement.node.place(), message, help);
        return SchemeKind::Other;
    };
    let Some(scheme) = lowering.read(declared) else {
        return SchemeKind::Other;
    };
    check_scopes(lowering, requirement, (name, scopes), &scheme);
    kind_of(&scheme).unwrap_or_else(|| {
        let message = format!("octogen does not support the `type` or `scheme` of the security scheme `{name}` yet");
        lowering.diagnostics.warn(
            Code::UnsupportedSecurityScheme,
            scheme.place(),
            message,
            "octogen documents the scheme, but the client cannot send its credential; no change is needed",
        );
        SchemeKind::Other
    })
}

/// Reports scopes that a scheme does not have. In version 3.1, schemes without scopes can list roles.
fn check_scopes(
    lowering: &mut Lowering<'_, '_>,
    requirement: &SecurityRequirement<'_>,
    (name, scopes): (&str, &[&str]),
    scheme: &SecurityScheme<'_>,
) {
    let place = requirement.node.child(name).place();
    match (scheme.kind.as_ref().map(|kind| kind.text), scopes.first()) {
        (Some("apiKey" | "http"), Some(scope)) if lowering.version == Version::V3_0 => {
            let message = format!("the security scheme `{name}` has no scopes, but the requirement lists `{scope}`");
            let help = "octogen ignores scopes; write an empty list";
            lowering.diagnostics.warn(Code::MisplacedScopes, place, message, help);
        }
        (Some("oauth2"), Some(_)) => {
            for scope in scopes.iter().filter(|scope| !scheme.declares_scope(scope)) {
                let message = format!("no flow of the security scheme `{name}` declares the scope `{scope}`");
                let help = "octogen ignores scopes; declare the scope in a flow, or correct its name";
                lowering.diagnostics.warn(Code::UndeclaredScope, place.clone(), message, help);
            }
        }
        _ => {}
    }
}

fn kind_of(scheme: &SecurityScheme<'_>) -> Option<SchemeKind> {
    let is_jwt = scheme.bearer_format.is_some_and(|format| format.eq_ignore_ascii_case("jwt"));
    let is_scheme = |name: &str| scheme.scheme.is_some_and(|stated| stated.eq_ignore_ascii_case(name));
    let name = scheme.name.unwrap_or_default().to_owned();
    match (scheme.kind.as_ref()?.text, scheme.location.as_ref().map(|location| location.text)) {
        ("http", _) if is_scheme("bearer") && is_jwt => Some(SchemeKind::Jwt),
        ("http", _) if is_scheme("bearer") => Some(SchemeKind::Bearer),
        ("http", _) if is_scheme("basic") => Some(SchemeKind::Basic),
        ("oauth2" | "openIdConnect", _) => Some(SchemeKind::Bearer),
        ("apiKey", Some("header")) => Some(SchemeKind::Header(name)),
        ("apiKey", Some("query")) => Some(SchemeKind::Query(name)),
        ("apiKey", Some("cookie")) => Some(SchemeKind::Cookie(name)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use octogen_runtime::Value;

    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::document::{File, OpenApiObject};

    #[test]
    fn the_kind_of_a_scheme_is_how_its_credential_is_sent() {
        let name = || String::from("X-Key");
        let cases = [
            (r#"{"type": "http", "scheme": "Bearer"}"#, Some(SchemeKind::Bearer)),
            (r#"{"type": "http", "scheme": "bearer", "bearerFormat": "jwt"}"#, Some(SchemeKind::Jwt)),
            (r#"{"type": "http", "scheme": "basic"}"#, Some(SchemeKind::Basic)),
            (r#"{"type": "http", "scheme": "digest"}"#, None),
            (r#"{"type": "oauth2", "flows": {}}"#, Some(SchemeKind::Bearer)),
            (r#"{"type": "openIdConnect"}"#, Some(SchemeKind::Bearer)),
            (r#"{"type": "apiKey", "in": "header", "name": "X-Key"}"#, Some(SchemeKind::Header(name()))),
            (r#"{"type": "apiKey", "in": "query", "name": "X-Key"}"#, Some(SchemeKind::Query(name()))),
            (r#"{"type": "apiKey", "in": "cookie", "name": "X-Key"}"#, Some(SchemeKind::Cookie(name()))),
            (r#"{"type": "apiKey", "in": "path"}"#, None),
            (r#"{"type": "mutualTLS"}"#, None),
            ("{}", None),
        ];
        for (text, expected) in cases {
            let root = octogen_runtime::decode::<Value>(text.as_bytes()).unwrap_or_default();
            let file = File { path: String::new(), root };
            let scheme = SecurityScheme::read_fields(file.node(), &mut Diagnostics::default());
            assert_eq!(kind_of(&scheme), expected, "{text}");
        }
    }
}
