//! Credentials and permissions.

use octogen_runtime::JsonType;

use super::Lowering;
use crate::document::Node;
use crate::ir::{DescribedScheme, Docs, Operation, Scheme, SchemeKind};

/// What `security` says at that place: any of the outer list, all of an inner one.
pub(super) fn requirements<'a>(lowering: &mut Lowering<'a, '_>, root: &Node<'a>, node: &Node<'a>) -> Vec<Vec<Scheme>> {
    let mut requirements = Vec::new();
    for alternative in node.items_of("security", lowering.diagnostics) {
        let mut schemes = Vec::new();
        for (name, _) in alternative.entries() {
            schemes.push(Scheme { name: name.to_owned(), kind: kind(lowering, root, &alternative, name) });
        }
        requirements.push(schemes);
    }
    requirements
}

/// The schemes that operations take and that a request can be given, in the order of their declaration.
pub(super) fn schemes<'a>(
    lowering: &mut Lowering<'a, '_>,
    root: &Node<'a>,
    operations: &[Operation],
) -> Vec<DescribedScheme> {
    let taken: Vec<&Scheme> = operations.iter().flat_map(|operation| &operation.credentials).flatten().collect();
    let mut schemes = Vec::new();
    for (name, node) in declared(root).map(|node| node.entries()).unwrap_or_default() {
        let scheme = taken.iter().find(|scheme| scheme.name == name && scheme.kind != SchemeKind::Other);
        if let Some(scheme) = scheme.copied().cloned()
            && let Some(node) = lowering.resolved(node)
        {
            let description = node.text("description", lowering.diagnostics).map(str::to_owned);
            schemes.push(DescribedScheme { scheme, docs: Docs { description, ..Docs::default() } });
        }
    }
    schemes
}

/// What `x-permissions` says.
pub(super) fn permissions(lowering: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<Vec<Vec<(String, String)>>> {
    let stated = node.expect("x-permissions", JsonType::Array, lowering.diagnostics)?;
    let mut alternatives = Vec::new();
    for alternative in stated.items() {
        let mut needed = Vec::new();
        for (name, level) in alternative.entries() {
            match level.value.as_str() {
                Some(level) => needed.push((name.to_owned(), level.to_owned())),
                None => lowering.diagnostics.warn(level.place(), "the level is no string", "it is passed over"),
            }
        }
        alternatives.push(needed);
    }
    Some(alternatives)
}

fn declared<'a>(root: &Node<'a>) -> Option<Node<'a>> {
    root.get("components").and_then(|node| node.get("securitySchemes"))
}

fn kind<'a>(lowering: &mut Lowering<'a, '_>, root: &Node<'a>, place: &Node<'a>, name: &str) -> SchemeKind {
    let scheme = declared(root).and_then(|node| node.get(name));
    let Some(scheme) = scheme.and_then(|scheme| lowering.resolved(scheme)) else {
        let message = format!("the security scheme `{name}` is not declared");
        lowering.diagnostics.warn(place.place(), message, "it is named, but no request can be given it");
        return SchemeKind::Other;
    };
    let d = &mut *lowering.diagnostics;
    let parameter = scheme.text("name", d).unwrap_or_default().to_owned();
    let is_jwt = scheme.text("bearerFormat", d).is_some_and(|format| format.eq_ignore_ascii_case("jwt"));
    match (
        scheme.text("type", d),
        scheme.text("scheme", d).map(str::to_ascii_lowercase).as_deref(),
        scheme.text("in", d),
    ) {
        (Some("http"), Some("bearer"), _) if is_jwt => SchemeKind::Jwt,
        (Some("http"), Some("bearer"), _) | (Some("oauth2" | "openIdConnect"), _, _) => SchemeKind::Bearer,
        (Some("http"), Some("basic"), _) => SchemeKind::Basic,
        (Some("apiKey"), _, Some("header")) => SchemeKind::Header(parameter),
        (Some("apiKey"), _, Some("query")) => SchemeKind::Query(parameter),
        (Some("apiKey"), _, Some("cookie")) => SchemeKind::Cookie(parameter),
        _ => {
            d.warn(scheme.place(), format!("the kind of `{name}` is not covered yet"), "no request can be given it");
            SchemeKind::Other
        }
    }
}
