//! Percent-encoding of values in paths, queries and cookies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the unreserved characters of [RFC 3986](https://www.rfc-editor.org/rfc/rfc3986#section-2.3).
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The same, less the reserved characters that may be in a query. `#`, `&`, `+`, `[` and `]` would end the value or mean
/// something else.
const ENCODED_BUT_RESERVED: &AsciiSet = &ENCODED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// Encodes a value of a path or a query: everything but the unreserved characters.
pub(crate) fn percent_encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

/// Encodes a value of a query whose reserved characters are allowed.
pub(super) fn percent_encode_but_reserved(text: &str) -> String {
    utf8_percent_encode(text, ENCODED_BUT_RESERVED).to_string()
}

#[cfg(test)]
mod tests {
    use super::{percent_encode, percent_encode_but_reserved};

    #[test]
    fn only_unreserved_characters_stay() {
        let printable: String = (' '..='~').collect();
        let kept: String = printable
            .chars()
            .filter(|c| percent_encode(&c.to_string()).len() == 1)
            .collect();
        assert_eq!(
            kept,
            "-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"
        );
        assert_eq!(percent_encode("a b/é\n%"), "a%20b%2F%C3%A9%0A%25");
    }

    #[test]
    fn reserved_characters_stay_if_they_change_nothing() {
        let reserved = ":/?#[]@!$&'()*+,;=";
        let kept: String = reserved
            .chars()
            .filter(|c| percent_encode_but_reserved(&c.to_string()).len() == 1)
            .collect();
        assert_eq!(kept, ":/?@!$'()*,;=");
        assert_eq!(percent_encode_but_reserved("a b+é"), "a%20b%2B%C3%A9");
    }
}
