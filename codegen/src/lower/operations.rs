//! Operations of paths, and webhooks.

use octogen_runtime::Method;
use rustc_hash::FxHashMap;

use super::request_body::request_body;
use super::responses::responses;
use super::selection::Candidate;
use super::servers::servers;
use super::{Lowering, parameters, path_template, security};
use crate::diagnostic::{Code, Diagnostics, Place};
use crate::document::{self, Document, OpenApiObject, PathItem, RefOr};
use crate::ir::{BodyKind, Docs, Location, Operation, PageStyle, Pagination, Webhook};

/// The places of the operations by their ids.
pub(super) type Ids<'a> = FxHashMap<&'a str, Place>;

/// Lowers the selected operations under `paths`.
pub(super) fn operations<'a>(
    lowering: &mut Lowering<'a, '_>,
    document: &Document<'a>,
    ids: &mut Ids<'a>,
) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let default_credentials = security::requirements(lowering, document, &document.security);
    for (path, item) in document.paths.iter() {
        if !path.starts_with('/') && lowering.selection.is_everything() {
            let message = format!("the path `{path}` does not start with `/`");
            lowering.diagnostics.warn(
                Code::InvalidPath,
                item.node.place_as_key(),
                message,
                "octogen sends requests to this path as it is written; add the `/` at its start",
            );
        }
        let Some(item) = lowering.read(item) else {
            continue;
        };
        for (method, stated) in item.operations() {
            let Some(selected) = read_selected(lowering, stated, Some(path), None) else {
                reserve_id(lowering, ids, stated);
                continue;
            };
            let id = unique_id(lowering, ids, &selected, method, path);
            let mut operation = operation(lowering, (id, method, path), &item, &selected);
            operation.credentials = match &selected.security {
                Some(own) => security::requirements(lowering, document, own),
                None => default_credentials.clone(),
            };
            operations.push(operation);
        }
        lowering.drain();
    }
    operations
}

/// Lowers the selected entries of `webhooks`, and of `x-webhooks`, which documents of version 3.0 have.
pub(super) fn webhooks<'a>(
    lowering: &mut Lowering<'a, '_>,
    document: &Document<'a>,
    ids: &mut Ids<'a>,
) -> Vec<Webhook> {
    let mut webhooks = Vec::new();
    for (name, item) in document.webhooks.iter().chain(document.extension_webhooks.iter()) {
        let Some(item) = lowering.read(item) else {
            continue;
        };
        for stated in item.operations_as_written() {
            if let Some(stated) = read_selected(lowering, stated, None, Some(name)) {
                note_id(lowering, ids, &stated, "octogen names the webhook after its key");
                webhooks.push(webhook(lowering, name, &item, &stated));
            }
        }
    }
    lowering.drain();
    webhooks
}

/// Reads an operation. If it is not selected, its diagnostics are dropped.
fn read_selected<'a>(
    lowering: &mut Lowering<'a, '_>,
    operation: &RefOr<'a, document::Operation<'a>>,
    path: Option<&str>,
    webhook: Option<&str>,
) -> Option<document::Operation<'a>> {
    let mut diagnostics = Diagnostics::default();
    let operation = lowering.files.read(operation, &mut diagnostics);
    let is_selected = operation.as_ref().is_none_or(|operation| {
        let id = operation.id.as_ref().map(|id| id.text).filter(|id| !id.trim().is_empty());
        lowering.selection.selects(&Candidate { tags: &operation.tags, path, id, webhook })
    });
    if !is_selected {
        return None;
    }
    lowering.diagnostics.append(diagnostics);
    if let Some(operation) = operation.as_ref().filter(|_| !lowering.selection.is_everything()) {
        lowering.check(operation, webhook.is_some());
    }
    operation
}

/// Notes the id of an operation that is not selected, so that a selection changes no id.
fn reserve_id<'a>(lowering: &Lowering<'a, '_>, ids: &mut Ids<'a>, stated: &RefOr<'a, document::Operation<'a>>) {
    let operation = lowering.files.read(stated, &mut Diagnostics::default());
    if let Some(id) = operation.and_then(|operation| operation.id).filter(|id| !id.text.trim().is_empty()) {
        ids.entry(id.text).or_insert_with(|| id.node.place());
    }
}

/// Returns the id that an operation states, or its method and path if an earlier operation has that id.
fn unique_id<'a>(
    lowering: &mut Lowering<'a, '_>,
    ids: &mut Ids<'a>,
    stated: &document::Operation<'a>,
    method: Method,
    path: &str,
) -> String {
    let id = note_id(lowering, ids, stated, "octogen names this operation after its method and path");
    id.map_or_else(|| format!("{} {path}", method.as_str().to_ascii_lowercase()), str::to_owned)
}

/// Returns the id that an operation or a webhook states, unless an earlier one has that id, which is reported.
fn note_id<'a>(
    lowering: &mut Lowering<'a, '_>,
    ids: &mut Ids<'a>,
    stated: &document::Operation<'a>,
    consequence: &str,
) -> Option<&'a str> {
    let id = stated.id.as_ref().filter(|id| !id.text.trim().is_empty())?;
    if let Some(first) = ids.get(id.text) {
        let message = format!("two operations have the `operationId` `{}`, and the first is at {first}", id.text);
        let help = format!("{consequence}; give it another `operationId`");
        lowering.diagnostics.warn(Code::DuplicateOperationId, id.node.place(), message, help);
        return None;
    }
    ids.insert(id.text, id.node.place());
    Some(id.text)
}

fn operation<'a>(
    lowering: &mut Lowering<'a, '_>,
    (id, method, path): (String, Method, &str),
    item: &PathItem<'a>,
    stated: &document::Operation<'a>,
) -> Operation {
    report_callbacks(lowering, stated);
    let parameters = parameters::parameters(lowering, &id, path, item, stated);
    let server = servers(&stated.servers).into_iter().next();
    Operation {
        method,
        path: path_template::without_covered_query(path, &parameters),
        docs: docs(stated),
        tags: stated.tags.iter().map(|tag| (*tag).to_owned()).collect(),
        parameters,
        body: request_body(lowering, &id, stated),
        responses: responses(lowering, &id, method, stated),
        credentials: Vec::new(),
        permissions: stated.permissions.as_deref().map(security::permissions),
        pagination: stated.pagination.as_ref().and_then(|stated| pagination(lowering, stated)),
        server: server.or_else(|| servers(&item.servers).into_iter().next()),
        id,
    }
}

/// Reports the callbacks of an operation or a webhook, which have no effect.
fn report_callbacks<'a>(lowering: &mut Lowering<'a, '_>, stated: &document::Operation<'a>) {
    if stated.callbacks.is_some() {
        lowering.diagnostics.warn(
            Code::UnsupportedCallbacks,
            stated.callbacks_place(),
            "octogen does not support `callbacks` yet",
            "octogen generates no types for the callbacks; no change is needed",
        );
    }
}

fn webhook<'a>(
    lowering: &mut Lowering<'a, '_>,
    name: &str,
    item: &PathItem<'a>,
    stated: &document::Operation<'a>,
) -> Webhook {
    report_callbacks(lowering, stated);
    let parameters = parameters::parameters(lowering, name, "", item, stated);
    let contents = request_body(lowering, name, stated).map(|body| body.contents).unwrap_or_default();
    let payload = contents.iter().find_map(|content| match content.kind {
        BodyKind::Plain(kind) => kind.ty(),
        BodyKind::Text(_) | BodyKind::Form(_) | BodyKind::Multipart(_) => None,
    });
    if payload.is_none() {
        let message = "this webhook has no request body in JSON";
        lowering.diagnostics.warn(
            Code::UntypedWebhook,
            stated.place(),
            message,
            "octogen generates no payload type for the webhook; add `application/json` to `content` of `requestBody`",
        );
    }
    Webhook {
        name: name.to_owned(),
        docs: docs(stated),
        payload,
        headers: parameters.into_iter().filter(|parameter| parameter.location == Location::Header).collect(),
    }
}

/// Returns the documentation of an operation. Its summary is the headline.
fn docs(stated: &document::Operation<'_>) -> Docs {
    Docs {
        title: stated.summary.map(str::to_owned),
        description: stated.description.map(str::to_owned),
        deprecated: stated.deprecated,
        removal_date: stated.removal_date.map(str::to_owned),
        link: stated.external_docs.as_ref().and_then(|link| link.url).map(|url| url.0.to_owned()),
        values: Vec::new(),
    }
}

fn pagination(lowering: &mut Lowering<'_, '_>, stated: &document::Pagination<'_>) -> Option<Pagination> {
    let by = match stated.by {
        Some("page") => PageStyle::Page,
        Some("cursor") => PageStyle::Cursor(stated.parameter.unwrap_or("cursor").to_owned()),
        _ => {
            let message = "`x-pagination` has neither `by: page` nor `by: cursor`";
            let help = "octogen ignores `x-pagination`; add `by: page` or `by: cursor`";
            lowering.diagnostics.warn(Code::InvalidPagination, stated.place(), message, help);
            return None;
        }
    };
    Some(Pagination { by, items: stated.items.map(str::to_owned) })
}
