//! Media types: which of them are JSON, and which entries of `content` are none.

use super::Lowering;
use crate::diagnostic::Code;
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

/// Separates media types from properties of an example, and reports names that are not media types.
pub(super) fn content<'c, 'a>(lowering: &mut Lowering<'a, '_>, entries: &'c [Entry<'a>]) -> Content<'c, 'a> {
    let is_property = |(name, content): &&Entry<'a>| {
        let has_example = content.example.is_some() || !content.examples.is_empty();
        !is_media_type(name) && content.schema.is_none() && has_example
    };
    let (example_properties, types): (Vec<_>, Vec<_>) = entries.iter().partition(is_property);
    for (name, content) in &types {
        if !is_media_type(name) {
            let help = if is_json(name, content) {
                "octogen reads the body as JSON; write a media type as the key, such as `application/json`"
            } else {
                "octogen reads the body as bytes; write a media type as the key, such as `application/json`"
            };
            let message = format!("`{name}` is not a media type");
            lowering.diagnostics.warn(Code::InvalidMediaType, content.node.place_as_key(), message, help);
        }
    }
    if let Some((name, content)) = example_properties.first() {
        let message = format!("`{name}` is not a media type");
        let help = "octogen reads the key as a property of an example of the body; move the example under a media type, such as `application/json`";
        lowering.diagnostics.warn(Code::InvalidMediaType, content.node.place_as_key(), message, help);
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
pub(super) fn sent_media_type(media_type: &str, kind: BodyKind) -> String {
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
pub(super) fn accepted_media_type(media_type: &str, kind: ContentKind) -> String {
    let usual = if matches!(kind, ContentKind::Json(_)) { "application/json" } else { "*/*" };
    String::from(if is_media_type(media_type) { media_type } else { usual })
}

/// Returns whether the media type is `application/json`.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    essence(media_type) == "application/json"
}

/// Returns whether octogen reads a body as JSON: by the name of the media type, or by its schema if the name leaves it
/// open.
pub(super) fn is_json(media_type: &str, content: &MediaType<'_>) -> bool {
    let essence = essence(media_type);
    let is_open = essence == "*/*" || !is_media_type(media_type);
    // A vendor type without a suffix is JSON if the schema is a component, such as GitHub's previews of 2016.
    let is_vendor = essence.starts_with("application/vnd.") && !essence.contains('+');
    let schema = content.schema.as_ref().map(|schema| &schema.node);
    octogen_runtime::is_json(media_type)
        || (is_open && schema.is_some() && !is_binary(content))
        || (is_vendor && schema.is_some_and(|schema| schema.reference().is_some()))
}

/// Returns a media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Returns whether a name is a media type, or a range of them such as `image/*`.
fn is_media_type(name: &str) -> bool {
    essence(name).split_once('/').is_some_and(|(kind, subtype)| !kind.is_empty() && !subtype.is_empty())
}

/// Returns whether the schema describes bytes.
fn is_binary(content: &MediaType<'_>) -> bool {
    content.peek_schema().is_some_and(|schema| schema.format == Some("binary"))
}

#[cfg(test)]
mod tests {
    use octogen_runtime::Value;

    use super::*;
    use crate::diagnostic::Diagnostics;
    use crate::document::{File, OpenApiObject};
    use crate::ir::TypeId;

    fn reads_as_json(media_type: &str, content: &str) -> bool {
        let root = octogen_runtime::decode::<Value>(content.as_bytes()).unwrap_or_default();
        let file = File { path: String::new(), root };
        is_json(media_type, &MediaType::read_fields(file.node(), &mut Diagnostics::default()))
    }

    #[test]
    fn json_is_a_name_or_an_open_name_with_a_schema() {
        let component = r##"{"schema": {"$ref": "#/components/schemas/A"}}"##;
        let inline = r#"{"schema": {"type": "object"}}"#;
        let binary = r#"{"schema": {"type": "string", "format": "binary"}}"#;
        let cases = [
            ("application/json", "{}", true),
            ("application/problem+json; charset=utf-8", "{}", true),
            ("Text/JSON", "{}", true),
            ("application/json-seq", inline, false),
            ("*/*", "{}", false),
            ("*/*", inline, true),
            ("*/*", binary, false),
            ("json", inline, true),
            ("application/vnd.zoo", component, true),
            ("application/vnd.zoo", inline, false),
            ("application/vnd.zoo+xml", component, false),
            ("application/xml", component, false),
            ("text/plain", inline, false),
        ];
        for (media_type, content, expected) in cases {
            assert_eq!(reads_as_json(media_type, content), expected, "{media_type} {content}");
        }
    }

    #[test]
    fn a_media_type_has_a_slash_between_two_names() {
        for (name, expected) in [("a/b", true), ("image/*", true), ("a/b; c=d", true), ("json", false), ("/b", false)] {
            assert_eq!(is_media_type(name), expected, "{name}");
        }
    }

    #[test]
    fn a_range_is_sent_as_the_usual_media_type() {
        let ty = TypeId(0).into();
        let json = BodyKind::Plain(ContentKind::Json(ty));
        let cases = [
            ("application/vnd.zoo+json", json, "application/vnd.zoo+json"),
            ("*/*", json, "application/json"),
            ("json", json, "application/json"),
            ("text/*", BodyKind::Text(ty), "text/plain"),
            ("image/*", BodyKind::Plain(ContentKind::Bytes), "application/octet-stream"),
        ];
        for (media_type, kind, expected) in cases {
            assert_eq!(sent_media_type(media_type, kind), expected, "{media_type}");
        }
        assert_eq!(accepted_media_type("image/*", ContentKind::Bytes), "image/*");
        assert_eq!(accepted_media_type("pdf", ContentKind::Bytes), "*/*");
    }

    #[test]
    fn labels_are_short() {
        let cases = [
            ("application/x-www-form-urlencoded", "form"),
            ("multipart/form-data; boundary=x", "multipart"),
            ("application/octet-stream", "bytes"),
            ("application/XML", "xml"),
            ("text/csv", "text/csv"),
        ];
        for (media_type, expected) in cases {
            assert_eq!(label(media_type), expected);
        }
    }
}
