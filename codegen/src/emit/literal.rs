//! String literals.

use proc_macro2::Literal;

/// Returns a string literal. `Literal::string` asks for each character whether it is printable, and most of an emitted crate
/// is documentation and the JSON of its tests.
pub(super) fn string_literal(text: &str) -> Literal {
    let is_plain = |character: char| matches!(character, ' '..='~') && !matches!(character, '"' | '\\');
    let mut quoted = String::with_capacity(text.len() * 5 / 4);
    quoted.push('"');
    let mut rest = text;
    while let Some((at, special)) = rest.char_indices().find(|(_, character)| !is_plain(*character)) {
        quoted.push_str(&rest[..at]);
        quoted.extend(special.escape_debug());
        rest = &rest[at + special.len_utf8()..];
    }
    quoted.push_str(rest);
    quoted.push('"');
    quoted.parse().unwrap_or_else(|_| Literal::string(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_escapes_are_those_of_any_string_literal() {
        for text in ["", "\"", "{\"a'b\":\"c\\d\\\"\"}", "é\u{301} 🐈 \u{7f}\u{200b}\n"] {
            assert_eq!(string_literal(text).to_string(), Literal::string(text).to_string());
        }
    }
}
