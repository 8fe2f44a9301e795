//! String literals of JSON.

use proc_macro2::Literal;

/// Returns a string literal with JSON. `Literal::string` asks for each character whether it is printable, and most of an
/// emitted crate's text is the JSON of its tests.
pub(super) fn json_literal(json: &str) -> Literal {
    let is_plain = |character: char| matches!(character, ' '..='~') && !matches!(character, '"' | '\\');
    let mut quoted = String::with_capacity(json.len() * 5 / 4);
    quoted.push('"');
    let mut rest = json;
    while let Some((at, special)) = rest.char_indices().find(|(_, character)| !is_plain(*character)) {
        quoted.push_str(&rest[..at]);
        quoted.extend(special.escape_debug());
        rest = &rest[at + special.len_utf8()..];
    }
    quoted.push_str(rest);
    quoted.push('"');
    quoted.parse().unwrap_or_else(|_| Literal::string(json))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_escapes_are_those_of_any_string_literal() {
        for json in ["", "\"", "{\"a'b\":\"c\\d\\\"\"}", "é\u{301} 🐈 \u{7f}\u{200b}\n"] {
            assert_eq!(json_literal(json).to_string(), Literal::string(json).to_string());
        }
    }
}
