//! Media types: which of them are JSON, and which entries of `content` are none.

use super::Lowering;
use crate::document::MediaType;
use crate::ir::{BodyKind, ContentKind};

/// An entry of `content`.
pub(super) type Entry<'a> = (&'a str, MediaType<'a>);

/// The entries of a `content`.
pub(super) struct Content<'c, 'a> {
    /// The media types.
    pub(super) types: Vec<&'c Entry<'a>>,
    /// Properties of an example of the body. Converters from Swagger 2.0 write each of them as if it were a media type.
    pub(super) example_properties: Vec<&'c Entry<'a>>,
}

/// Separates media types from properties of an example, and reports names that are no media types.
pub(super) fn content<'c, 'a>(lowering: &mut Lowering<'a, '_>, entries: &'c [Entry<'a>]) -> Content<'c, 'a> {
    let is_property = |(name, content): &&Entry<'a>| {
        let has_example = content.example.is_some() || !content.examples.is_empty();
        !is_media_type(name) && content.schema.is_none() && has_example
    };
    let (example_properties, types): (Vec<_>, Vec<_>) = entries.iter().partition(is_property);
    for (name, content) in &types {
        if !is_media_type(name) {
            let help = if is_json(name, content) {
                "octogen reads it as JSON; write a media type, such as `application/json`"
            } else {
                "octogen reads it as bytes of any type; write a media type, such as `application/json`"
            };
            let message = format!("`{name}` is not a media type");
            lowering.diagnostics.warn(content.node.place_as_key(), message, help);
        }
    }
    if let Some((name, content)) = example_properties.first() {
        let message = format!("`{name}` is not a media type");
        let help = "octogen reads it as a property of an example of the body; write the example under a media type";
        lowering.diagnostics.warn(content.node.place_as_key(), message, help);
    }
    Content { types, example_properties }
}

/// Returns a short name for a media type.
pub(super) fn label(media_type: &str) -> String {
    match essence(media_type).as_str() {
        "application/x-www-form-urlencoded" => String::from("form"),
        "multipart/form-data" => String::from("multipart"),
        "application/octet-stream" => String::from("bytes"),
        other => other.strip_prefix("application/").unwrap_or(other).to_owned(),
    }
}

/// Returns the media type that a request sends. For a range of media types, it is the usual one of the kind.
pub(super) fn sent(media_type: &str, kind: BodyKind) -> String {
    if !media_type.contains('*') && is_media_type(media_type) {
        return media_type.to_owned();
    }
    String::from(match kind {
        BodyKind::Text(_) => "text/plain",
        BodyKind::Plain(ContentKind::Bytes) => "application/octet-stream",
        _ => "application/json",
    })
}

/// Returns the media type that a request accepts.
pub(super) fn accepted(media_type: &str, kind: ContentKind) -> String {
    let usual = if matches!(kind, ContentKind::Json(_)) { "application/json" } else { "*/*" };
    String::from(if is_media_type(media_type) { media_type } else { usual })
}

/// Whether the media type is `application/json`.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    essence(media_type) == "application/json"
}

/// Whether octogen reads a body as JSON: by the name of the media type, or by its schema if the name leaves it open.
pub(super) fn is_json(media_type: &str, content: &MediaType<'_>) -> bool {
    let essence = essence(media_type);
    let is_open = essence == "*/*" || !is_media_type(media_type);
    // A vendor type without a suffix is JSON if the schema is a component, such as GitHub's previews of 2016.
    let is_vendor = essence.starts_with("application/vnd.") && !essence.contains('+');
    let schema = content.schema.as_ref().map(|schema| &schema.node);
    names_json(media_type)
        || (is_open && schema.is_some() && !is_binary(content))
        || (is_vendor && schema.is_some_and(|schema| schema.reference().is_some()))
}

/// Whether a media type is JSON by its name.
pub(super) fn names_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json") || essence.ends_with("-json")
}

/// Returns a media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a name is a media type, or a range of them such as `image/*`.
fn is_media_type(name: &str) -> bool {
    essence(name).split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
}

/// Whether the schema describes bytes.
fn is_binary(content: &MediaType<'_>) -> bool {
    content.peek_schema().is_some_and(|schema| schema.format == Some("binary"))
}
