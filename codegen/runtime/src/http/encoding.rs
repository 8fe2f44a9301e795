//! Percent-encoding.

/// A value within a path or a query: everything but the unreserved characters of RFC 3986 is encoded.
pub(crate) fn percent_encoded(text: &str) -> String {
    encoded(text, b"-._~")
}

/// A value within a query whose reserved characters are allowed, but for those that would end it or be read as
/// something else.
pub(crate) fn reserved_encoded(text: &str) -> String {
    encoded(text, b"-._~:/?@!$'()*,;=")
}

fn encoded(text: &str, kept: &[u8]) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || kept.contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    encoded
}
