//! Finds the next page in the `Link` header ([RFC 8288](https://www.rfc-editor.org/rfc/rfc8288)). The parser is our
//! own, since no widely used crate has one.

use http::HeaderMap;
use http::header::LINK;

/// Returns the target of the link with the relation `next`, as the header has it.
pub(crate) fn find_next_page(headers: &HeaderMap) -> Option<String> {
    headers
        .get_all(LINK)
        .iter()
        .find_map(|value| find_next_in(&String::from_utf8_lossy(value.as_bytes())))
}

/// Parses one header. Commas and semicolons within `<…>` and quotes separate nothing.
fn find_next_in(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, mut parameters) = after.split_once('>')?;
        let (mut relation, mut anchored) = (None, false);
        while let Some(after) = parameters.trim_start().strip_prefix(';') {
            let (name, value, left) = parse_parameter(after);
            parameters = left;
            if name.eq_ignore_ascii_case("rel") && relation.is_none() {
                relation = Some(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                anchored = true;
            }
        }
        let is_next = |relation: &String| {
            relation
                .split_whitespace()
                .any(|one| one.eq_ignore_ascii_case("next"))
        };
        // A link with an anchor is about another document.
        if !anchored && relation.as_ref().is_some_and(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = parameters;
    }
    None
}

/// Parses a parameter whose semicolon was read. Returns its name, its value, and the rest.
fn parse_parameter(text: &str) -> (&str, String, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, after) = text.split_at(end);
    let Some(after) = after.strip_prefix('=') else {
        return (name.trim(), String::new(), after);
    };
    let after = after.trim_start();
    if let Some(quoted) = after.strip_prefix('"') {
        let (value, left) = parse_quoted(quoted);
        return (name.trim(), value, left);
    }
    let end = after.find([';', ',']).unwrap_or(after.len());
    let (value, left) = after.split_at(end);
    (name.trim(), value.trim().to_owned(), left)
}

/// Parses a quoted string whose first quote was read. Returns its content and the rest.
fn parse_quoted(text: &str) -> (String, &str) {
    let (mut value, mut escaped) = (String::new(), false);
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => {
                value.push(character);
                escaped = false;
            }
            '\\' => escaped = true,
            '"' => return (value, text.get(at + 1..).unwrap_or_default()),
            _ => value.push(character),
        }
    }
    (value, "")
}

#[cfg(test)]
mod tests {
    use super::find_next_in;

    #[test]
    fn the_next_page_is_found() {
        let cases = [
            (
                r#"<https://a.example/?page=2>; rel="next""#,
                Some("https://a.example/?page=2"),
            ),
            (r#"</a>; rel="prev", </b>; rel="next""#, Some("/b")),
            ("</a>;rel=next", Some("/a")),
            (r#"< /a > ; REL = "last NEXT""#, Some("/a")),
            (
                r#"</a,;b>; title="x, <y>; rel=\"next\""; rel="next""#,
                Some("/a,;b"),
            ),
            (r#"</a>; rel="prev"; rel="next""#, None),
            (
                r#"</a>; rel="next"; anchor="/other", </b>; rel=next"#,
                Some("/b"),
            ),
            (r#"</a>; rel="nextpage""#, None),
            (r#"</a>; rel"#, None),
            (r#"</a>; title="next"#, None),
            ("</a", None),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(find_next_in(header).as_deref(), expected, "{header}");
        }
    }
}
