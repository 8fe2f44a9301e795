//! Paths and webhooks.

use octogen_runtime::{JsonType, Method, Value};

use super::request_body::body;
use super::responses::responses;
use super::selection::Candidate;
use super::servers::servers;
use super::{Lowering, parameters, security, styles};
use crate::document::Node;
use crate::ir::{BodyKind, Docs, Location, Operation, PageStyle, Pagination, Server, Webhook};

const METHODS: [(&str, Method); 8] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
];

/// All operations under `paths`.
pub(super) fn operations<'a>(lowering: &mut Lowering<'a, '_>, root: &Node<'a>) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let global = security::requirements(lowering, root, root);
    for (path, item) in root.entries_of("paths", lowering.diagnostics) {
        if path.starts_with("x-") {
            continue;
        }
        let Some(item) = lowering.resolved(item) else {
            continue;
        };
        for (name, method) in METHODS {
            let Some(node) = item.expect(name, JsonType::Object, lowering.diagnostics) else {
                continue;
            };
            let stated = node.text("operationId", lowering.diagnostics).filter(|id| !id.trim().is_empty());
            let candidate = Candidate { tags: tags(lowering, &node), path: Some(path), id: stated, webhook: None };
            if !lowering.selection.wants(&candidate) {
                continue;
            }
            let mut id = stated.map_or_else(|| own_id(method, path), str::to_owned);
            if operations.iter().any(|earlier| earlier.id == id) {
                let message = format!("`{id}` is the id of two operations");
                lowering.diagnostics.warn(
                    node.place_of("operationId"),
                    message,
                    "the second is named after its method and path",
                );
                id = own_id(method, path);
            }
            let mut operation = operation(lowering, root, (id, method, path), &item, &node);
            if node.get("security").is_none() {
                operation.credentials = global.clone();
            }
            operations.push(operation);
        }
        lowering.drain();
    }
    operations
}

/// All entries under `webhooks`, and under `x-webhooks`, as 3.0 has them.
pub(super) fn webhooks<'a>(lowering: &mut Lowering<'a, '_>, root: &Node<'a>) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for key in ["webhooks", "x-webhooks"] {
        for (name, item) in root.entries_of(key, lowering.diagnostics) {
            let Some(item) = lowering.resolved(item) else {
                continue;
            };
            for (_, node) in item.entries().into_iter().filter(|(key, _)| METHODS.iter().any(|(name, _)| name == key)) {
                let (tags, id) = (tags(lowering, &node), node.text("operationId", lowering.diagnostics));
                let candidate = Candidate { tags, path: None, id, webhook: Some(name) };
                if lowering.selection.wants(&candidate) {
                    webhooks.push(webhook(lowering, name, &item, &node));
                }
            }
        }
    }
    lowering.drain();
    webhooks
}

fn tags<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>) -> Vec<&'a str> {
    node.items_of("tags", lowering.diagnostics).iter().filter_map(|tag| tag.value.as_str()).collect()
}

fn own_id(method: Method, path: &str) -> String {
    format!("{} {path}", method.as_str().to_ascii_lowercase())
}

fn operation<'a>(
    lowering: &mut Lowering<'a, '_>,
    root: &Node<'a>,
    (id, method, path): (String, Method, &str),
    item: &Node<'a>,
    node: &Node<'a>,
) -> Operation {
    if let Some(callbacks) = node.get("callbacks") {
        lowering.diagnostics.warn(callbacks.place(), "`callbacks` are not covered yet", "they are passed over");
    }
    let parameters = parameters::parameters(lowering, &id, path, item, node);
    Operation {
        method,
        path: styles::template(path, &parameters),
        docs: docs(lowering, node),
        tags: tags(lowering, node).into_iter().map(str::to_owned).collect(),
        parameters,
        body: body(lowering, &id, node),
        responses: responses(lowering, &id, method, node),
        credentials: security::requirements(lowering, root, node),
        permissions: security::permissions(lowering, node),
        pagination: pagination(lowering, node),
        server: server(lowering, item, node),
        id,
    }
}

/// The server of an operation, or of its path.
fn server(lowering: &mut Lowering<'_, '_>, item: &Node<'_>, node: &Node<'_>) -> Option<Server> {
    let own = servers(node, lowering.diagnostics).into_iter().next();
    own.or_else(|| servers(item, lowering.diagnostics).into_iter().next())
}

fn webhook<'a>(lowering: &mut Lowering<'a, '_>, name: &str, item: &Node<'a>, node: &Node<'a>) -> Webhook {
    let parameters = parameters::parameters(lowering, name, "", item, node);
    let contents = body(lowering, name, node).map(|body| body.contents).unwrap_or_default();
    let payload = contents.iter().find_map(|content| match content.kind {
        BodyKind::Plain(kind) => kind.ty(),
        BodyKind::Text(_) | BodyKind::Form(_) | BodyKind::Multipart(_) => None,
    });
    if payload.is_none() {
        lowering.diagnostics.warn(node.place(), "the webhook has no body of JSON", "no type is made of it");
    }
    Webhook {
        name: name.to_owned(),
        docs: docs(lowering, node),
        payload,
        headers: parameters.into_iter().filter(|parameter| parameter.location == Location::Header).collect(),
    }
}

/// What an operation says of itself; its summary is the headline.
fn docs(lowering: &mut Lowering<'_, '_>, node: &Node<'_>) -> Docs {
    let d = &mut *lowering.diagnostics;
    Docs {
        title: node.text("summary", d).map(str::to_owned),
        description: node.text("description", d).map(str::to_owned),
        deprecated: node.flag("deprecated", d),
        removal_date: node.text("x-removal-date", d).map(str::to_owned),
        link: node.get("externalDocs").and_then(|link| link.text("url", d).map(str::to_owned)),
        ..Docs::default()
    }
}

fn pagination(lowering: &mut Lowering<'_, '_>, node: &Node<'_>) -> Option<Pagination> {
    let stated = node.expect("x-pagination", JsonType::Object, lowering.diagnostics)?;
    let d = &mut *lowering.diagnostics;
    let by = match stated.text("by", d) {
        Some("page") => PageStyle::Page,
        Some("cursor") => PageStyle::Cursor(stated.text("parameter", d).unwrap_or("cursor").to_owned()),
        _ => {
            d.warn(stated.place(), "`x-pagination` says neither `by: page` nor `by: cursor`", "it is passed over");
            return None;
        }
    };
    Some(Pagination { by, items: stated.value.get("items").and_then(Value::as_str).map(str::to_owned) })
}
