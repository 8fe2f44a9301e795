//! Rules of the keys of `content`.

use super::super::check::Checker;
use super::super::objects::MediaType;
use super::super::read::Map;
use crate::diagnostic::{Code, nearest};

/// Media types that documents use often. A name that is close to one of them is probably misspelt.
const KNOWN: [&str; 24] = [
    "application/cbor",
    "application/geo+json",
    "application/gzip",
    "application/hal+json",
    "application/javascript",
    "application/json",
    "application/merge-patch+json",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/problem+xml",
    "application/vnd.api+json",
    "application/x-www-form-urlencoded",
    "application/xml",
    "application/yaml",
    "application/zip",
    "image/jpeg",
    "multipart/form-data",
    "multipart/mixed",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/plain",
    "text/xml",
];

/// Media types and widespread names that differ from a known one by few letters, and are not misspelt.
const OTHERS: [&str; 9] = [
    "application/hal+xml",
    "application/json5",
    "application/jsonl",
    "application/jsonp",
    "application/jose",
    "application/yml",
    "application/gml",
    "image/jpg",
    "text/yaml",
];

/// Reports names of media types that are not valid, or probably misspelt.
pub(super) fn check_media_types<'a>(content: &Map<'a, MediaType<'a>>, checker: &mut Checker<'a, '_>) {
    for (name, media_type) in content {
        let essence = essence(name);
        // Lowering decides what a name without a slash means.
        if !essence.contains('/') {
            continue;
        }
        check_encoding_key(essence, media_type, checker);
        let place = media_type.node.place_as_key();
        if !is_media_type(essence) {
            let help = "octogen sends and accepts the name as it is written; write a type and a subtype, such as `application/json`";
            checker.warn(Code::InvalidMediaType, place, format!("`{name}` is not a media type"), help);
        } else if let Some(meant) = misspelt(essence) {
            let message = format!("`{name}` is probably not the media type that is meant");
            let help = format!("octogen does not know it, and reads its body as bytes; did you mean `{meant}`?");
            checker.warn(Code::InvalidMediaType, place, message, help);
        }
    }
}

/// Reports encodings of a body that is not a form.
fn check_encoding_key<'a>(essence: &str, media_type: &MediaType<'a>, checker: &mut Checker<'a, '_>) {
    let essence = essence.to_ascii_lowercase();
    let is_form = essence.starts_with("multipart/") || essence == "application/x-www-form-urlencoded";
    if !media_type.encoding.is_empty() && !is_form && !essence.contains('*') {
        let message = format!("`encoding` has no meaning for `{essence}`, which is not a form");
        let help = "octogen ignores the encodings; remove the key, or correct the media type";
        checker.warn(Code::MisplacedKey, media_type.node.child("encoding").place_as_key(), message, help);
    }
}

/// Returns a media type without its parameters.
pub(super) fn essence(name: &str) -> &str {
    name.split(';').next().unwrap_or_default().trim()
}

/// Returns whether a name is two tokens with a slash between them. A part can be `*`, and can have braces for a variable.
pub(super) fn is_media_type(essence: &str) -> bool {
    let is_part = |part: &str| is_token(&part.replace(['{', '}'], "x"));
    essence.split_once('/').is_some_and(|(kind, subtype)| is_part(kind) && is_part(subtype))
}

/// Returns whether a text is a token of HTTP, such as the name of a header.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|char| char.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(char))
}

/// Returns the known media type that a misspelt one probably means.
fn misspelt(essence: &str) -> Option<&'static str> {
    let lower = essence.to_ascii_lowercase();
    // An experimental name is not a misspelt one.
    if lower.contains('*')
        || lower.contains("/x-")
        || KNOWN.contains(&lower.as_str())
        || OTHERS.contains(&lower.as_str())
    {
        return None;
    }
    let (kind, subtype) = lower.split_once('/')?;
    let alike = |known: &&'static str| {
        let (known_kind, known_subtype) = known.split_once('/').unwrap_or_default();
        let is_near = |one: &str, other: &str| one == other || (other.len() > 3 && nearest_word(one, other));
        is_near(kind, known_kind) && is_near(subtype, known_subtype)
    };
    KNOWN.into_iter().find(alike)
}

/// Returns whether the words differ by one letter, or by two in a long word.
fn nearest_word(one: &str, other: &str) -> bool {
    nearest(one, std::iter::once(other)).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_near_a_known_one_is_misspelt() {
        for (name, expected) in [
            ("application/jsn", Some("application/json")),
            ("aplication/json", Some("application/json")),
            ("multipart/formdata", Some("multipart/form-data")),
            ("text/plan", Some("text/plain")),
            ("application/json", None),
            ("Application/JSON", None),
            ("application/jsonl", None),
            ("application/x-ndjson", None),
            ("application/vnd.zoo+json", None),
            ("image/png", None),
            ("text/xsl", None),
            ("*/*", None),
            ("application/*+json", None),
            ("application/x-javascript", None),
        ] {
            assert_eq!(misspelt(name), expected, "{name}");
        }
    }

    #[test]
    fn a_media_type_is_two_tokens() {
        for (name, expected) in [
            ("a/b", true),
            ("*/*", true),
            ("a/b+json", true),
            ("a/", false),
            ("/b", false),
            ("a/b/c", false),
            ("a/b c", false),
        ] {
            assert_eq!(is_media_type(name), expected, "{name}");
        }
    }
}
