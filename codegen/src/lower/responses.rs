//! Responses, and what a media type says of a body.

use octogen_runtime::{Method, Value};

use super::media_types::{self, essence, is_json, is_plain_json};
use super::schemas::of_operation;
use super::{Lowering, examples};
use crate::document::Node;
use crate::ir::{
    ContentKind, ExampleRole, Origin, Response, ResponseHeader, Shape, Status, Step, StringKind, Type, TypeId,
};

/// The responses of an operation.
pub(super) fn responses<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    method: Method,
    node: &Node<'a>,
) -> Vec<Response> {
    let mut responses = Vec::new();
    for (key, stated) in node.entries_of("responses", lowering.diagnostics) {
        if key.starts_with("x-") {
            continue;
        }
        let Some(status) = status(key) else {
            let message = format!("`{key}` is no status");
            let help =
                "the response is passed over; a key is a status such as `200`, a range such as `2XX`, or `default`";
            lowering.diagnostics.warn(stated.place_as_key(), message, help);
            continue;
        };
        let Some(stated) = lowering.resolved(stated) else {
            continue;
        };
        if let Some(links) = stated.get("links") {
            lowering.diagnostics.warn(links.place(), "`links` are not covered yet", "they are passed over");
        }
        let (mut contents, mut members) = media_types::types(lowering, &stated);
        if status.is_bodiless() && !(contents.is_empty() && members.is_empty()) {
            let message = format!("a response of {} has no body", label(status).trim_start_matches("response "));
            lowering.diagnostics.warn(stated.place(), message, "its `content` is passed over");
            contents.clear();
            members.clear();
        }
        if method == Method::Head {
            // What is documented is what a GET would bring.
            contents.clear();
            members.clear();
        }
        let mut others = Vec::new();
        let content = chosen(lowering, owner, &contents, status, &mut others);
        let content = together(lowering, owner, content, &members, status);
        let media_types = asked_for(&contents, content.as_ref());
        responses.push(Response {
            status,
            media_types,
            content: content.map(|(_, kind)| kind),
            others,
            headers: headers(lowering, owner, &stated, status),
            description: stated.text("description", lowering.diagnostics).map(str::to_owned),
        });
    }
    responses
}

/// The media types that are asked for: those that can be read, the one that is typed first.
fn asked_for(contents: &[(&str, Node<'_>)], chosen: Option<&(String, ContentKind)>) -> Vec<String> {
    let Some((typed, kind)) = chosen else {
        return Vec::new();
    };
    let schema =
        |of: &str| contents.iter().find(|(name, _)| *name == of).and_then(|(_, content)| content.value.get("schema"));
    let is_read = |media_type: &str, content: &Node<'_>| {
        matches!(kind, ContentKind::Json(_)) && is_json(media_type, content) && schema(media_type) == schema(typed)
    };
    let others = contents.iter().filter(|(name, content)| name != typed && is_read(name, content));
    let mut asked: Vec<String> = Vec::new();
    for name in std::iter::once(typed.as_str()).chain(others.map(|(name, _)| *name)) {
        let name = media_types::accepted(name, *kind);
        if !asked.contains(&name) {
            asked.push(name);
        }
    }
    asked
}

/// The headers of a response.
fn headers<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, stated: &Node<'a>, status: Status) -> Vec<ResponseHeader> {
    let mut headers = Vec::new();
    for (name, header) in stated.entries_of("headers", lowering.diagnostics) {
        // A content type among the headers is ignored, as OpenAPI says: the media types are its place.
        if let Some(header) = lowering.resolved(header)
            && !name.eq_ignore_ascii_case("content-type")
        {
            let description = header.text("description", lowering.diagnostics).map(str::to_owned);
            let ty = header_type(lowering, owner, &header, Step::Response(format!("{} {name}", label(status))));
            headers.push(ResponseHeader { name: name.to_owned(), ty, description });
        }
    }
    headers
}

/// The type of a header: a text, where no schema says otherwise.
fn header_type<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, header: &Node<'a>, step: Step) -> TypeId {
    let ty = of_operation(lowering, owner, (header, header.get("schema")), step);
    if matches!(lowering.types[ty].shape, Shape::Any) && header.get("schema").is_none() {
        lowering.types[ty].shape = Shape::String(StringKind::Plain);
    }
    ty
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let digit = key.chars().next()?.to_digit(10)?;
    if key.len() == 3 && key[1..].eq_ignore_ascii_case("xx") {
        return u8::try_from(digit).ok().filter(|digit| (1..=5).contains(digit)).map(Status::Range);
    }
    key.parse().ok().filter(|code| (100..=599).contains(code)).map(Status::Code)
}

/// What the type of a response is called behind the name of its operation: by its status alone, so that a further
/// response changes no name.
fn label(status: Status) -> String {
    match status {
        Status::Code(200) | Status::Range(2) => String::from("response"),
        Status::Code(code) => format!("response {code}"),
        Status::Range(digit) => format!("response {digit}xx"),
        Status::Default => String::from("response default"),
    }
}

/// The media type that stands for the body: the first of JSON, or the first. What differs from it goes to the others.
fn chosen<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    contents: &[(&'a str, Node<'a>)],
    status: Status,
    others: &mut Vec<(String, ContentKind)>,
) -> Option<(String, ContentKind)> {
    let plain = contents.iter().find(|(name, _)| is_plain_json(name));
    let usual = plain.or_else(|| contents.iter().find(|(name, content)| is_json(name, content)));
    let usual = usual.or_else(|| contents.first())?;
    let kind = read(lowering, owner, usual, status, "");
    let schema = |content: &Node<'a>| content.value.get("schema");
    for further in contents.iter().filter(|(name, _)| *name != usual.0) {
        let media = media_types::label(further.0);
        if schema(&further.1) != schema(&usual.1) {
            others.push((further.0.to_owned(), read(lowering, owner, further, status, &media)));
        } else if !is_json(further.0, &further.1) && are_texts(&examples::values(lowering, &further.1)) {
            read(lowering, owner, further, status, &media);
        } else if let ContentKind::Json(ty) = kind {
            // A value that is no text tells of the schema, in whichever form it is sent.
            examples::collect(lowering, &further.1, owner, &ExampleRole::Response(status, media), ty);
        } else {
            let role = ExampleRole::Response(status, media);
            examples::unsupported(lowering, &further.1, owner, &role, "its media type is read as the usual one");
        }
    }
    Some((usual.0.to_owned(), kind))
}

/// What comes of the members of an example that stand where media types belong: an example of the body, which is JSON.
fn together<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    content: Option<(String, ContentKind)>,
    members: &[(&'a str, Node<'a>)],
    status: Status,
) -> Option<(String, ContentKind)> {
    let Some((_, first)) = members.first() else {
        return content;
    };
    let content = content.or_else(|| {
        let ty = of_operation(lowering, owner, (first, None), Step::Response(label(status)));
        Some((String::from("application/json"), ContentKind::Json(ty)))
    });
    let ty = content.as_ref().and_then(|(_, kind)| if let ContentKind::Json(ty) = kind { Some(*ty) } else { None });
    examples::of_members(lowering, owner, &ExampleRole::Response(status, String::from("members")), members, ty);
    content
}

/// How a media type is read; `media` tells it apart from the usual one.
fn read<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    (media_type, content): &(&'a str, Node<'a>),
    status: Status,
    media: &str,
) -> ContentKind {
    let step = Step::Response(format!("{media} {}", label(status)).trim_start().to_owned());
    let role = ExampleRole::Response(status, media.to_owned());
    if !is_json(media_type, content) {
        let text = untyped(lowering, owner, media_type, content, &step, &role);
        return text.map_or(ContentKind::Bytes, |_| ContentKind::Text);
    }
    let ty = of_operation(lowering, owner, (content, content.get("schema")), step);
    examples::collect(lowering, content, owner, &role, ty);
    ContentKind::Json(ty)
}

/// A body that is passed on as it is: text of that type, or bytes.
pub(super) fn untyped<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    media_type: &str,
    content: &Node<'a>,
    step: &Step,
    role: &ExampleRole,
) -> Option<TypeId> {
    let text = |lowering: &mut Lowering<'a, '_>| {
        let origin = Origin::Operation(owner.to_owned(), step.clone());
        lowering.types.add(Type::new(Shape::String(StringKind::Plain), origin, content.place()))
    };
    let ty = essence(media_type).starts_with("text/").then(|| text(lowering));
    let shown = examples::values(lowering, content);
    let named = content.get("schema").filter(|schema| schema.get("$ref").is_some());
    let proven = match named.filter(|_| shown.iter().any(|value| value.as_str().is_none())) {
        // An example that is no text tells of the schema, which is a model all the same.
        Some(schema) => Some(of_operation(lowering, owner, (content, Some(schema)), step.clone())),
        None => ty.or_else(|| are_texts(&shown).then(|| text(lowering))),
    };
    if let Some(proven) = proven {
        let first = lowering.examples.len();
        examples::collect(lowering, content, owner, role, proven);
        examples::as_texts(&lowering.types, lowering.examples.iter_mut().skip(first));
    } else if let Some(example) = content.get("example").or_else(|| content.get("examples")) {
        let message = format!("an example of `{media_type}` can't be proven, since its body is bytes");
        lowering.diagnostics.warn(example.place(), message, "no test is made of it");
        examples::unsupported(lowering, content, owner, role, "its body is bytes, and it is no text");
    }
    ty
}

fn are_texts(values: &[&Value]) -> bool {
    !values.is_empty() && values.iter().all(|value| value.as_str().is_some())
}
