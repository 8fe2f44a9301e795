//! Credentials and permissions.

use octogen_runtime::JsonType;

use super::Lowering;
use crate::document::Node;
use crate::ir::{Scheme, SchemeKind};

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

fn kind<'a>(lowering: &mut Lowering<'a, '_>, root: &Node<'a>, place: &Node<'a>, name: &str) -> SchemeKind {
    let scheme = root.get("components").and_then(|node| node.get("securitySchemes")).and_then(|node| node.get(name));
    let Some(scheme) = scheme.and_then(|scheme| lowering.resolved(scheme)) else {
        let message = format!("the security scheme `{name}` is not declared");
        lowering.diagnostics.warn(place.place(), message, "it is named, but no request can be given it");
        return SchemeKind::Other;
    };
    let d = &mut *lowering.diagnostics;
    let parameter = scheme.text("name", d).unwrap_or_default().to_owned();
    match (
        scheme.text("type", d),
        scheme.text("scheme", d).map(str::to_ascii_lowercase).as_deref(),
        scheme.text("in", d),
    ) {
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
