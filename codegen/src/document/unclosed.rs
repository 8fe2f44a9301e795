//! Finds the bracket or the quote that is open at the end of a text.

use saphyr_parser::{Event, Parser};

use crate::diagnostic::Spot;

/// Returns the quote, or else the innermost bracket, that is still open at the end of a JSON text, and the number of
/// brackets around it.
pub(super) fn open_in_json(text: &str) -> Option<(usize, usize)> {
    let mut open = Vec::new();
    let mut quote = None;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
        match (byte, quote) {
            (_, Some(_)) if escaped => escaped = false,
            (b'\\', Some(_)) => escaped = true,
            (b'"', Some(_)) => quote = None,
            (_, Some(_)) => {}
            (b'"', None) => quote = Some(at),
            (b'{' | b'[', None) => open.push(at),
            (b'}' | b']', None) => drop(open.pop()),
            _ => {}
        }
    }
    let last = quote.or_else(|| open.pop())?;
    Some((last, open.len()))
}

/// Returns the offset of the bracket or the quote that is open at the end of a YAML text, and the number of brackets
/// around it. `start` is the incomplete value in the message of the reader, if it names one.
pub(super) fn open_in_yaml(text: &str, start: Option<Spot>) -> Option<(usize, usize)> {
    let mut open = Vec::new();
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let spot = Spot::LineColumn(span.start.line(), span.start.col() + 1);
                open.push(opening_sign(text, &spot));
            }
            Event::MappingEnd | Event::SequenceEnd => drop(open.pop()),
            _ => {}
        }
    }
    let mut brackets: Vec<usize> = open.into_iter().flatten().collect();
    if let Some(offset) = start.and_then(|spot| opening_sign(text, &spot))
        && !brackets.contains(&offset)
    {
        brackets.push(offset);
    }
    let last = brackets.pop()?;
    Some((last, brackets.len()))
}

/// Returns the offset of the bracket or the quote at a place.
fn opening_sign(text: &str, spot: &Spot) -> Option<usize> {
    let Spot::LineColumn(line, column) = spot else {
        return None;
    };
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let (offset, sign) = text[start..].char_indices().nth(column.saturating_sub(1))?;
    matches!(sign, '{' | '[' | '"' | '\'').then_some(start + offset)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_bracket_or_quote_of_json_is_found() {
        let cases = [
            (r#"{"a": [1, {"b": 2}"#, Some((6, 1))),
            (r#"{"a": "text"#, Some((6, 1))),
            (r#"{"a": "]\" }"#, Some((6, 1))),
            (r#"{"a": [1]}"#, None),
        ];
        for (text, expected) in cases {
            assert_eq!(open_in_json(text), expected, "{text}");
        }
    }

    #[test]
    fn the_open_bracket_or_quote_of_yaml_is_found() {
        let quote = Some(Spot::LineColumn(2, 4));
        let cases = [
            ("a: [1, {b: 2}", None, Some((3, 0))),
            ("a:\n  - [{b: [", None, Some((12, 2))),
            ("é: 1\na: [", None, Some((9, 0))),
            ("x: 1\na: \"text", quote, Some((8, 0))),
            ("a: [1]\n", None, None),
        ];
        for (text, start, expected) in cases {
            assert_eq!(open_in_yaml(text, start), expected, "{text}");
        }
    }
}
