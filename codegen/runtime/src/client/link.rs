//! The `Link` header (RFC 8288), as far as it leads to the next page.

use http::HeaderMap;
use http::header::LINK;

/// Where the next page is, as it is written there.
pub(crate) fn next_page(headers: &HeaderMap) -> Option<String> {
    headers.get_all(LINK).iter().find_map(|value| next_in(&String::from_utf8_lossy(value.as_bytes())))
}

/// What follows is read by one character at a time: commas and semicolons within `<…>` and quotes mean nothing.
fn next_in(header: &str) -> Option<String> {
    let mut rest = header;
    while let Some((_, behind)) = rest.split_once('<') {
        let (target, mut parameters) = behind.split_once('>')?;
        let (mut relation, mut anchored) = (None, false);
        while let Some(behind) = parameters.trim_start().strip_prefix(';') {
            let (name, value, left) = parameter(behind);
            parameters = left;
            if name.eq_ignore_ascii_case("rel") && relation.is_none() {
                relation = Some(value);
            } else if name.eq_ignore_ascii_case("anchor") {
                anchored = true;
            }
        }
        let is_next = |relation: &String| relation.split_whitespace().any(|one| one.eq_ignore_ascii_case("next"));
        // With an anchor it says what comes after another document than this one.
        if !anchored && relation.as_ref().is_some_and(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = parameters;
    }
    None
}

/// A parameter without its semicolon, and what is left behind it.
fn parameter(text: &str) -> (&str, String, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, behind) = text.split_at(end);
    let Some(behind) = behind.strip_prefix('=') else {
        return (name.trim(), String::new(), behind);
    };
    let behind = behind.trim_start();
    if let Some(quoted) = behind.strip_prefix('"') {
        let (value, left) = unquoted(quoted);
        return (name.trim(), value, left);
    }
    let end = behind.find([';', ',']).unwrap_or(behind.len());
    let (value, left) = behind.split_at(end);
    (name.trim(), value.trim().to_owned(), left)
}

/// The content of a quoted string whose first quote is gone, and what is left behind the last one.
fn unquoted(text: &str) -> (String, &str) {
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
