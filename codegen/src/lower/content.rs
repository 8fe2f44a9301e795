//! Bodies of requests and responses.

use octogen_runtime::JsonType;

use super::schemas::of_operation;
use super::{Lowering, examples};
use crate::document::Node;
use crate::ir::{
    Body, Content, ContentKind, Docs, ExampleRole, Origin, Response, Shape, Status, Step, StringKind, Type,
};

/// The request body of an operation.
pub(super) fn body<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, node: &Node<'a>) -> Option<Body> {
    let stated = node.expect("requestBody", JsonType::Object, lowering.diagnostics)?;
    let stated = lowering.resolved(stated)?;
    let contents = stated.entries_of("content", lowering.diagnostics);
    let (mut media_type, kind) = chosen(lowering, owner, &contents, &Step::Body, &ExampleRole::Request)?;
    if media_type.contains('*') {
        // A body is of one media type: the usual one of its kind.
        media_type = String::from(match kind {
            ContentKind::Json(_) => "application/json",
            ContentKind::Text => "text/plain",
            ContentKind::Bytes => "application/octet-stream",
        });
    }
    Some(Body {
        required: stated.flag("required", lowering.diagnostics),
        content: Content { media_type, kind },
        docs: Docs {
            description: stated.text("description", lowering.diagnostics).map(str::to_owned),
            ..Docs::default()
        },
    })
}

/// The responses of an operation.
pub(super) fn responses<'a>(lowering: &mut Lowering<'a, '_>, owner: &str, node: &Node<'a>) -> Vec<Response> {
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
        let contents = stated.entries_of("content", lowering.diagnostics);
        let content =
            chosen(lowering, owner, &contents, &Step::Response(label(status)), &ExampleRole::Response(status));
        let media_types = asked_for(&contents, content.as_ref());
        responses.push(Response {
            status,
            media_types,
            content: content.map(|(_, kind)| kind),
            headers: headers(lowering, &stated),
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
    std::iter::once(typed.clone()).chain(others.map(|(name, _)| (*name).to_owned())).collect()
}

/// The names of the headers, and what is said of them.
fn headers<'a>(lowering: &mut Lowering<'a, '_>, stated: &Node<'a>) -> Vec<(String, Option<String>)> {
    let mut headers = Vec::new();
    for (name, header) in stated.entries_of("headers", lowering.diagnostics) {
        // A content type among the headers is ignored, as OpenAPI says: the media types are its place.
        if let Some(header) = lowering.resolved(header)
            && !name.eq_ignore_ascii_case("content-type")
        {
            let description = header.text("description", lowering.diagnostics);
            headers.push((name.to_owned(), description.map(str::to_owned)));
        }
    }
    headers
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

/// The media type that stands for the body: the first of JSON, or the first.
fn chosen<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    contents: &[(&'a str, Node<'a>)],
    step: &Step,
    role: &ExampleRole,
) -> Option<(String, ContentKind)> {
    let typed: Vec<_> = contents.iter().filter(|(media_type, content)| is_json(media_type, content)).collect();
    let Some((media_type, content)) = typed.first() else {
        let (media_type, content) = contents.first()?;
        return Some(((*media_type).to_owned(), untyped(lowering, owner, media_type, content, step, role)));
    };
    let ty = of_operation(lowering, owner, content.get("schema"), step.clone());
    examples::collect(lowering, content, owner, role, ty);
    for (other, further) in &typed[1..] {
        if further.value.get("schema") == content.value.get("schema") {
            examples::collect(lowering, further, owner, role, ty);
        } else {
            let message =
                format!("the body of `{other}` differs from that of `{media_type}`, which is not covered yet");
            lowering.diagnostics.warn(further.place(), message, format!("only `{media_type}` is typed"));
        }
    }
    if *step == Step::Body {
        for (other, content) in contents.iter().filter(|(media_type, content)| !is_json(media_type, content)) {
            let message = format!("a body of `{other}` beside JSON is not covered yet");
            lowering.diagnostics.warn(content.place(), message, format!("only `{media_type}` is sent"));
        }
    }
    Some(((*media_type).to_owned(), ContentKind::Json(ty)))
}

fn untyped<'a>(
    lowering: &mut Lowering<'a, '_>,
    owner: &str,
    media_type: &str,
    content: &Node<'a>,
    step: &Step,
    role: &ExampleRole,
) -> ContentKind {
    let essence = essence(media_type);
    if essence.starts_with("text/") {
        let origin = Origin::Operation(owner.to_owned(), step.clone());
        let text = Type { shape: Shape::String(StringKind::Plain), origin, docs: Docs::default() };
        let text = lowering.types.add(text);
        examples::collect(lowering, content, owner, role, text);
        return ContentKind::Text;
    }
    let has_parts = matches!(essence.as_str(), "application/x-www-form-urlencoded" | "multipart/form-data");
    if has_parts && *step == Step::Body {
        let message = format!("bodies of `{media_type}` are not covered yet");
        lowering.diagnostics.warn(content.place(), message, "the body is given as bytes");
    }
    if let Some(example) = content.get("example").or_else(|| content.get("examples")) {
        let message = format!("an example of `{media_type}` can't be proven, since its body is bytes");
        lowering.diagnostics.warn(example.place(), message, "no test is made of it");
    }
    ContentKind::Bytes
}

fn is_json(media_type: &str, content: &Node<'_>) -> bool {
    let essence = essence(media_type);
    let any = essence == "*/*" && content.get("schema").is_some();
    // The preview of 2016 is JSON under a media type that does not say so.
    let typed = content.get("schema").and_then(|schema| schema.value.get("$ref").cloned()).is_some();
    let unsaid = essence.starts_with("application/vnd.") && !essence.contains('+') && typed;
    essence.ends_with("/json") || essence.ends_with("+json") || essence.ends_with("-json") || any || unsaid
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
