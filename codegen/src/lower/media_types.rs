//! Media types: what their names say of a body.

use octogen_runtime::Value;

use super::Lowering;
use crate::document::Node;
use crate::ir::{BodyKind, ContentKind};

/// An entry of a `content`.
type Entry<'a> = (&'a str, Node<'a>);

/// The media types of a `content`, and what stands among them and is none: the members of an example, each as if it
/// were a media type of its own. Converters from Swagger 2 write that.
pub(super) fn types<'a>(lowering: &mut Lowering<'a, '_>, node: &Node<'a>) -> (Vec<Entry<'a>>, Vec<Entry<'a>>) {
    let entries = node.entries_of("content", lowering.diagnostics);
    let is_member = |(name, content): &Entry<'a>| {
        let has_example = content.get("example").is_some() || content.get("examples").is_some();
        !is_name(name) && content.get("schema").is_none() && has_example
    };
    let (members, types): (Vec<_>, Vec<_>) = entries.into_iter().partition(is_member);
    for (name, content) in &types {
        if !is_name(name) {
            let help = if is_json(name, content) {
                "it is taken for JSON; a media type has a slash"
            } else {
                "it is taken for bytes of any type; a media type has a slash"
            };
            lowering.diagnostics.warn(content.place_as_key(), format!("`{name}` is no media type"), help);
        }
    }
    if let Some((name, content)) = members.first() {
        let message = format!("`{name}` is no media type");
        let help = "what has an example and no slash is a member of the example of the body";
        lowering.diagnostics.warn(content.place_as_key(), message, help);
    }
    (types, members)
}

/// What tells a body apart from others: the media type without what all of its kind have.
pub(super) fn label(media_type: &str) -> String {
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => String::from("form"),
        "multipart/form-data" => String::from("multipart"),
        "application/octet-stream" => String::from("bytes"),
        other => other.strip_prefix("application/").unwrap_or(other).to_owned(),
    }
}

/// The media type that is sent: of several, the usual one of their kind.
pub(super) fn sent(media_type: &str, kind: BodyKind) -> String {
    if !media_type.contains('*') && is_name(media_type) {
        return media_type.to_owned();
    }
    String::from(match kind {
        BodyKind::Text(_) => "text/plain",
        BodyKind::Plain(ContentKind::Bytes) => "application/octet-stream",
        _ => "application/json",
    })
}

/// The media type that is asked for.
pub(super) fn accepted(media_type: &str, kind: ContentKind) -> String {
    let usual = if matches!(kind, ContentKind::Json(_)) { "application/json" } else { "*/*" };
    String::from(if is_name(media_type) { media_type } else { usual })
}

/// Whether a body is what people mean by JSON, and no media type of somebody's own.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    essence(media_type) == "application/json"
}

/// Whether a body is JSON.
pub(super) fn is_json(media_type: &str, content: &Node<'_>) -> bool {
    let essence = essence(media_type);
    let schema = content.value.get("schema");
    let any = (essence == "*/*" || !is_name(media_type)) && schema.is_some() && !is_binary(content);
    // The preview of 2016 is JSON under a media type that does not say so.
    let typed = schema.and_then(|schema| schema.get("$ref")).is_some();
    let unsaid = essence.starts_with("application/vnd.") && !essence.contains('+') && typed;
    says_json(media_type) || any || unsaid
}

/// Whether a media type is one of JSON by its name.
pub(super) fn says_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json") || essence.ends_with("-json")
}

/// A media type without its parameters.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether it could be the name of a media type, or of several.
fn is_name(media_type: &str) -> bool {
    essence(media_type).split_once('/').is_some_and(|(kind, of_it)| !kind.is_empty() && !of_it.is_empty())
}

/// Whether the schema says that the body is bytes.
fn is_binary(content: &Node<'_>) -> bool {
    let schema = content.value.get("schema");
    schema.and_then(|schema| schema.get("format")).and_then(Value::as_str) == Some("binary")
}
