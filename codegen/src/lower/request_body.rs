//! Bodies of requests: JSON, forms, text, bytes, and which of them an operation takes.

use octogen_runtime::{JsonType, Value};

use super::media_types::{self, essence, is_json, is_plain_json, label, sent};
use super::responses::untyped;
use super::schemas::of_operation;
use super::{Lowering, examples, styles};
use crate::document::Node;
use crate::ir::{Body, BodyKind, Content, ContentKind, Docs, Encoding, ExampleRole, Location, Step, Style, TypeId};

/// The request body of an operation.
pub(super) fn body<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, node: &Node<'a>) -> Option<Body> {
    let stated = node.expect("requestBody", JsonType::Object, lowering.diagnostics)?;
    let stated = lowering.resolved(stated)?;
    let (listed, members) = media_types::types(lowering, &stated);
    // JSON says most of a value, so that it is the usual one where there is a choice.
    let (json, others): (Vec<_>, Vec<_>) = listed.into_iter().partition(|(name, content)| is_json(name, content));
    let (plain, json): (Vec<_>, Vec<_>) = json.into_iter().partition(|(name, _)| is_plain_json(name));
    let mut read: Vec<Read<'a>> = Vec::new();
    for (media_type, node) in plain.iter().chain(&json).chain(&others) {
        let further = one(lowering, owner, media_type, node, &read);
        read.extend(further);
    }
    let ty = read.first().and_then(|read| match read.content.kind {
        BodyKind::Plain(ContentKind::Json(ty)) => Some(ty),
        _ => None,
    });
    examples::of_members(lowering, owner, &ExampleRole::Request(String::from("members")), &members, ty);
    let contents: Vec<Content> = read.into_iter().map(|read| read.content).collect();
    (!contents.is_empty()).then(|| Body {
        required: stated.flag("required", lowering.diagnostics),
        contents,
        docs: Docs {
            description: stated.text("description", lowering.diagnostics).map(str::to_owned),
            ..Docs::default()
        },
    })
}

/// A media type that was read, and its schema.
struct Read<'a> {
    content: Content,
    schema: Option<&'a Value>,
}

/// What a media type adds to those before it; `None` where one of them says the same in the same form.
fn one<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    media_type: &str,
    node: &Node<'a>,
    earlier: &[Read<'a>],
) -> Option<Read<'a>> {
    let label = if earlier.is_empty() { String::new() } else { label(media_type) };
    let role = ExampleRole::Request(label.clone());
    let Some(form) = form(lowering, media_type, node) else {
        let text = untyped(lowering, owner, media_type, node, &Step::Body(label), &role);
        let kind = text.map_or(BodyKind::Plain(ContentKind::Bytes), BodyKind::Text);
        let content = Content { media_type: sent(media_type, kind), kind, encodings: Vec::new() };
        return Some(Read { content, schema: None });
    };
    let schema = node.value.get("schema");
    let alike: Vec<&Read<'a>> = earlier.iter().filter(|read| read.schema == schema).collect();
    let known = alike.iter().find_map(|read| read.content.kind.ty());
    let ty = known.unwrap_or_else(|| of_operation(lowering, owner, (node, node.get("schema")), Step::Body(label)));
    examples::collect(lowering, node, owner, &role, ty);
    let kind = form(ty);
    if alike.iter().any(|read| read.content.kind == kind) {
        return None;
    }
    let encodings = encodings(lowering, node, kind);
    Some(Read { content: Content { media_type: sent(media_type, kind), kind, encodings }, schema })
}

/// How a value is written as a media type, where it can be.
fn form<'a>(lowering: &mut Lowering<'a, '_>, media_type: &str, node: &Node<'a>) -> Option<fn(TypeId) -> BodyKind> {
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => Some(BodyKind::Form),
        "multipart/form-data" => {
            let ty = node.value.get("schema").and_then(|schema| schema.get("type")).and_then(Value::as_str);
            if ty.is_some_and(|ty| ty != "object") {
                let message = "the schema of a form of parts is no object, whose properties would be the parts";
                lowering.diagnostics.warn(node.place(), message, "the body is given as bytes");
                return None;
            }
            Some(BodyKind::Multipart)
        }
        _ if is_json(media_type, node) => Some(|ty| BodyKind::Plain(ContentKind::Json(ty))),
        _ => None,
    }
}

/// How the properties of a form are written, where it is not as usual.
fn encodings(lowering: &mut Lowering<'_, '_>, content: &Node<'_>, kind: BodyKind) -> Vec<Encoding> {
    let mut encodings = Vec::new();
    if matches!(kind, BodyKind::Plain(_) | BodyKind::Text(_)) {
        return encodings;
    }
    for (name, stated) in content.entries_of("encoding", lowering.diagnostics) {
        if let Some(headers) = stated.get("headers") {
            let help = "they are passed over";
            lowering.diagnostics.warn(headers.place(), "headers of a part are not covered yet", help);
        }
        let has_style = ["style", "explode", "allowReserved"].iter().any(|key| stated.get(key).is_some());
        // A choice of several, or of all of a kind, is for whoever gives the value.
        let media_type = stated.text("contentType", lowering.diagnostics).map(str::trim);
        let media_type = media_type.filter(|one| !one.contains(['*', ',']) && !one.is_empty());
        if has_style {
            let style = styles::style(lowering, &stated, Location::Query);
            if matches!(kind, BodyKind::Multipart(_)) {
                lowering.diagnostics.warn(
                    stated.place(),
                    "a style within a form of parts is not covered yet",
                    "it is passed over",
                );
            } else if style != Style::usual(Location::Query) {
                encodings.push(Encoding::Styled(name.to_owned(), style));
            }
        } else if let Some(media_type) = media_type {
            encodings.push(Encoding::OfType(name.to_owned(), media_type.to_owned()));
        }
    }
    encodings
}
