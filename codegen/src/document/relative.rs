//! Paths and URIs relative to a file.

use std::borrow::Cow;

use fluent_uri::pct_enc::{EString, encoder};
use fluent_uri::{Iri, IriRef};

/// Returns the file that a reference names, without the part after `#`: a path relative to the root, or a URI. Returns
/// `None` if the file is outside of the root.
pub(super) fn file_of(from: &str, reference: &str) -> Option<String> {
    match is_uri(from) || is_uri(reference) {
        true => resolve_uri(&uri_of_file(from), reference).filter(|uri| !uri.starts_with("file:")),
        false => join(folder(from), reference),
    }
}

/// Returns the URI against which references of a file are resolved. A file within the root has its path as a made-up
/// URI.
pub(super) fn uri_of_file(file: &str) -> String {
    if is_uri(file) {
        return file.to_owned();
    }
    let mut path = EString::<encoder::IPath>::new();
    path.encode_str::<encoder::IPath>(file);
    format!("file:///{path}")
}

/// Resolves a reference against an absolute URI, as RFC 3986 says. Returns `None` if one of them is no URI.
pub(super) fn resolve_uri(base: &str, reference: &str) -> Option<String> {
    let reference = IriRef::parse(reference).ok()?;
    Some(reference.resolve_against(&Iri::parse(base).ok()?).ok()?.normalize().into_string())
}

/// Returns whether a reference starts with a scheme. A single letter is a drive of Windows.
pub(super) fn is_uri(reference: &str) -> bool {
    let scheme = reference.split_once(':').map_or("", |(scheme, _)| scheme);
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

/// Joins a relative reference to a folder, without `.` and `..`. Returns `None` if the result is outside of the root.
fn join(base: &str, relative: &str) -> Option<String> {
    if relative.contains("://") || relative.starts_with('/') || relative.contains('\\') {
        return None;
    }
    let decoded = percent_decode(relative);
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in decoded.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns the folder of a path.
fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Decodes `%7B` to `{`, since a reference is a URI. Returns the text itself if the result is not UTF-8.
pub(super) fn percent_decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return text.into();
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let code = (bytes[at] == b'%').then(|| text.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                decoded.push(byte);
                at += 3;
            }
            None => {
                decoded.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).map_or(text.into(), Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_references_stay_within_the_root() {
        let cases = [
            ("", "pets.yaml", Some("pets.yaml")),
            ("apis", "./pets.yaml", Some("apis/pets.yaml")),
            ("apis/v1", "../common/types.yaml", Some("apis/common/types.yaml")),
            ("apis", "a//b.yaml", Some("apis/a/b.yaml")),
            ("apis", "%7Bid%7D.yaml", Some("apis/{id}.yaml")),
            ("apis", "../../outside.yaml", None),
            ("", "..", None),
            ("apis", "%2E%2E/%2E%2E/outside.yaml", None),
            ("apis", "/etc/passwd", None),
            ("apis", "https://example.com/pets.yaml", None),
            ("apis", r"..\pets.yaml", None),
        ];
        for (base, relative, expected) in cases {
            assert_eq!(join(base, relative).as_deref(), expected, "{base} and {relative}");
        }
    }

    #[test]
    fn a_reference_of_a_remote_file_is_a_uri() {
        let cases = [
            ("apis/zoo.yaml", "pets.yaml", Some("apis/pets.yaml")),
            ("apis/zoo.yaml", "https://zoo.test/a/b.yaml", Some("https://zoo.test/a/b.yaml")),
            ("https://zoo.test/a/b.yaml", "../c.yaml", Some("https://zoo.test/c.yaml")),
            ("zoo.yaml", "urn:zoo:pet", Some("urn:zoo:pet")),
            ("zoo.yaml", "file:///etc/zoo.yaml", None),
            ("zoo.yaml", "//zoo.test/zoo.yaml", None),
            ("zoo.yaml", r"C:\zoo.yaml", None),
        ];
        for (from, reference, expected) in cases {
            assert_eq!(file_of(from, reference).as_deref(), expected, "{reference}");
        }
        assert_eq!(uri_of_file("a b/{c}.yaml"), "file:///a%20b/%7Bc%7D.yaml");
        assert_eq!(resolve_uri("file:///a/b.yaml", "c").as_deref(), Some("file:///a/c"));
        assert_eq!(resolve_uri("https://zoo.test/a/b", "/c?d").as_deref(), Some("https://zoo.test/c?d"));
    }

    #[test]
    fn the_folder_is_all_before_the_last_slash() {
        assert_eq!(folder("apis/v1/pets.yaml"), "apis/v1");
        assert_eq!(folder("pets.yaml"), "");
    }

    #[test]
    fn only_complete_escapes_are_decoded() {
        let cases = [("%7Bid%7D", "{id}"), ("100%", "100%"), ("%zz", "%zz"), ("%C3%A9", "é"), ("%FF", "%FF")];
        for (text, expected) in cases {
            assert_eq!(percent_decode(text), expected);
        }
    }
}
