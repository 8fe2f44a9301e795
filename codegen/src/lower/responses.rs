//! Responses: their media types and headers.

use octogen_runtime::Method;

use super::media_types::{self, Entry, is_json, is_plain_json};
use super::schemas::lower_operation_schema;
use super::untyped::{are_texts, report_untyped_body, untyped_body};
use super::{Lowering, examples};
use crate::diagnostic::Code;
use crate::document::{self, OpenApiObject};
use crate::ir::{ContentKind, ExampleRole, Response, ResponseHeader, Shape, Status, Step, StringKind, TypeRef};

/// Lowers the responses of an operation.
pub(super) fn responses<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    method: Method,
    operation: &document::Operation<'a>,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (key, response) in operation.responses.iter() {
        let Some(status) = parse_status(key) else { continue };
        let stated = lowering.read(response).unwrap_or_else(|| document::Response::missing(response.node.clone()));
        responses.push(lower_response(lowering, owner, (method, status), &stated));
    }
    responses
}

fn lower_response<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (method, status): (Method, Status),
    stated: &document::Response<'a>,
) -> Response {
    if stated.links.is_some() {
        lowering.diagnostics.warn(
            Code::UnsupportedLinks,
            stated.links_place(),
            "octogen does not support `links` yet",
            "octogen ignores the links; no change is needed",
        );
    }
    let mut content = media_types::content(lowering, &stated.content);
    let is_empty = content.types.is_empty() && content.example_properties.is_empty();
    if status.is_bodiless() && !is_empty {
        let message =
            format!("a response with status {} cannot have a body", label(status).trim_start_matches("response "));
        lowering.diagnostics.warn(
            Code::BodilessResponse,
            stated.place(),
            message,
            "octogen ignores the `content` of the response; remove it",
        );
    }
    // The content of a HEAD describes the body that a GET would have.
    if status.is_bodiless() || method == Method::Head {
        content.types.clear();
        content.example_properties.clear();
    }
    let mut others = Vec::new();
    let chosen = lower_content(lowering, owner, &content.types, status, &mut others);
    let chosen = lower_example_properties(lowering, owner, chosen, &content.example_properties, status);
    Response {
        status,
        media_types: accepted_media_types(&content.types, chosen.as_ref()),
        content: chosen.map(|(_, kind)| kind),
        others,
        headers: headers(lowering, owner, stated, status),
        description: stated.description.map(str::to_owned),
    }
}

/// Returns the media types that a request accepts: the chosen one first, and others of the same schema.
fn accepted_media_types(contents: &[&Entry<'_>], chosen: Option<&(String, ContentKind)>) -> Vec<String> {
    let Some((typed, kind)) = chosen else {
        return Vec::new();
    };
    let schema_of = |media_type: &str| {
        contents.iter().find(|(name, _)| *name == media_type).and_then(|(_, content)| content.schema_value())
    };
    let is_read_alike = |(name, content): &Entry<'_>| {
        matches!(kind, ContentKind::Json(_)) && is_json(name, content) && schema_of(name) == schema_of(typed)
    };
    let others = contents.iter().filter(|entry| entry.0 != typed && is_read_alike(entry));
    let mut accepted: Vec<String> = Vec::new();
    for name in std::iter::once(typed.as_str()).chain(others.map(|(name, _)| *name)) {
        let name = media_types::accepted_media_type(name, *kind);
        if !accepted.contains(&name) {
            accepted.push(name);
        }
    }
    accepted
}

/// Lowers the headers of a response.
fn headers<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    stated: &document::Response<'a>,
    status: Status,
) -> Vec<ResponseHeader> {
    let mut headers = Vec::new();
    for (name, header) in &stated.headers {
        // OpenAPI ignores a content type among the headers, because media types describe it.
        if let Some(header) = lowering.read(header)
            && !name.eq_ignore_ascii_case("content-type")
        {
            let description = header.description.map(str::to_owned);
            let ty = header_type(lowering, owner, &header, Step::Response(format!("{} {name}", label(status))));
            headers.push(ResponseHeader { name: (*name).to_owned(), ty, description });
        }
    }
    headers
}

/// Returns the type of a header. Without a schema, it is a string.
fn header_type<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, header: &document::Header<'a>, step: Step) -> TypeRef {
    let schema = header.schema.as_ref().map(|schema| schema.node.clone());
    let ty = lower_operation_schema(lowering, owner, (&header.node, schema), step);
    if header.schema.is_none() {
        lowering.types[ty.id].shape = Shape::String(StringKind::Plain);
    }
    ty
}

fn parse_status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let digit = key.chars().next()?.to_digit(10)?;
    if key.len() == 3 && key[1..].eq_ignore_ascii_case("xx") {
        return u8::try_from(digit).ok().filter(|digit| (1..=5).contains(digit)).map(Status::Range);
    }
    key.parse().ok().filter(|code| (100..=599).contains(code)).map(Status::Code)
}

/// Names the type of a response after its status alone, so that a further response renames nothing.
fn label(status: Status) -> String {
    match status {
        Status::Code(200) | Status::Range(2) => String::from("response"),
        Status::Code(code) => format!("response {code}"),
        Status::Range(digit) => format!("response {digit}xx"),
        Status::Default => String::from("response default"),
    }
}

/// Chooses the media type of a response and lowers all: the first of JSON, or else the first.
///
/// Media types whose schema differs from that of the chosen one are added to `others`.
fn lower_content<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    contents: &[&Entry<'a>],
    status: Status,
    others: &mut Vec<(String, ContentKind)>,
) -> Option<(String, ContentKind)> {
    let plain = contents.iter().find(|(name, _)| is_plain_json(name));
    let json = plain.or_else(|| contents.iter().find(|(name, content)| is_json(name, content)));
    let chosen = *json.or_else(|| contents.first())?;
    let kind = lower_media_type(lowering, owner, chosen, status, "");
    if kind.ty().is_none() {
        report_untyped_body(lowering, (chosen.0, &chosen.1));
    }
    for other in contents.iter().filter(|(name, _)| *name != chosen.0) {
        let (name, content) = *other;
        let label = media_types::label(name);
        if content.schema_value() != chosen.1.schema_value() {
            let kind = lower_media_type(lowering, owner, other, status, &label);
            if kind.ty().is_none() {
                report_untyped_body(lowering, (name, content));
            }
            others.push(((*name).to_owned(), kind));
        } else if !is_json(name, content) && are_texts(&examples::values(lowering, content.examples())) {
            lower_media_type(lowering, owner, other, status, &label);
        } else if let ContentKind::Json(ty) = kind {
            // An example that is not a text is a value of the schema, whatever the media type.
            examples::collect(lowering, content.examples(), owner, &ExampleRole::Response(status, label), ty);
        } else {
            let role = ExampleRole::Response(status, label);
            let reason = "octogen reads another media type of the response with the same schema";
            examples::collect_unsupported(lowering, content.examples(), owner, &role, reason);
        }
    }
    Some((chosen.0.to_owned(), kind))
}

/// Collects the example whose properties are written in place of media types. It makes the body JSON.
fn lower_example_properties<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    content: Option<(String, ContentKind)>,
    properties: &[&Entry<'a>],
    status: Status,
) -> Option<(String, ContentKind)> {
    let Some((_, first)) = properties.first() else {
        return content;
    };
    let content = content.or_else(|| {
        let ty = lower_operation_schema(lowering, owner, (&first.node, None), Step::Response(label(status)));
        Some((String::from("application/json"), ContentKind::Json(ty)))
    });
    let ty = content.as_ref().and_then(|(_, kind)| if let ContentKind::Json(ty) = kind { Some(*ty) } else { None });
    let role = ExampleRole::Response(status, String::from("members"));
    examples::collect_properties(lowering, owner, &role, properties, ty);
    content
}

/// Lowers a media type. `label` distinguishes its type from that of the chosen media type.
fn lower_media_type<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (media_type, content): &Entry<'a>,
    status: Status,
    label_of_type: &str,
) -> ContentKind {
    let step = Step::Response(format!("{label_of_type} {}", label(status)).trim_start().to_owned());
    let role = ExampleRole::Response(status, label_of_type.to_owned());
    if !is_json(media_type, content) {
        let text = untyped_body(lowering, owner, (media_type, content), &step, &role);
        return text.map_or(ContentKind::Bytes, |_| ContentKind::Text);
    }
    let schema = content.schema.as_ref().map(|schema| schema.node.clone());
    let ty = lower_operation_schema(lowering, owner, (&content.node, schema), step);
    examples::collect(lowering, content.examples(), owner, &role, ty);
    ContentKind::Json(ty)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_a_code_a_range_or_the_default() {
        let cases = [
            ("200", Some(Status::Code(200))),
            ("599", Some(Status::Code(599))),
            ("2XX", Some(Status::Range(2))),
            ("4xx", Some(Status::Range(4))),
            ("default", Some(Status::Default)),
            ("600", None),
            ("99", None),
            ("2000", None),
            ("6XX", None),
            ("2é", None),
            ("ok", None),
            ("", None),
        ];
        for (key, expected) in cases {
            assert_eq!(parse_status(key), expected, "{key}");
        }
    }

    #[test]
    fn a_type_is_named_after_its_status() {
        let labels =
            [Status::Code(200), Status::Range(2), Status::Code(201), Status::Range(4), Status::Default].map(label);
        assert_eq!(labels, ["response", "response", "response 201", "response 4xx", "response default"]);
    }
}
