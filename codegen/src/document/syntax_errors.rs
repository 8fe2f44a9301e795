//! Errors of the YAML and JSON readers as diagnostics.

use octogen_runtime::{DecodeError, ErrorKind};
use saphyr_parser::{Event, Parser};

use super::version::START;
use crate::diagnostic::Spot;

/// An error in the syntax of a text.
pub(super) struct SyntaxError {
    pub(super) spot: Spot,
    pub(super) message: String,
    pub(super) help: String,
}

const GENERAL: &str = "correct the text here; octogen generates nothing until it can read the whole document";
const CLOSE: &str = "close it, or remove it";
const TOO_DEEP: &str = "more than 127 nested arrays and objects";
const SHALLOW: &str = "move inner parts to `components`, and refer to them by `$ref`";

/// The error of a text without a value.
pub(super) fn empty() -> SyntaxError {
    SyntaxError { spot: Spot::LineColumn(1, 1), message: String::from("the file is empty"), help: START.to_owned() }
}

/// An error of the JSON reader, which did not see the first `before` bytes of the text.
pub(super) fn json(text: &str, before: usize, error: &DecodeError) -> SyntaxError {
    let cause = match error.kind() {
        ErrorKind::Syntax(cause) => cause,
        _ => "unexpected value",
    };
    let offset = before + error.offset();
    let next = text.get(offset..).and_then(|rest| rest.chars().next());
    let (spot, help) = if !text[before..].trim_start().starts_with(['{', '[']) {
        (offset, String::from("start the JSON with `{`, or name the file with the ending `.yaml` if it is YAML"))
    } else if let (true, Some(open)) = (cause.starts_with("the text ends"), open_at_end(text)) {
        let bracket = &text[open..=open];
        return error_at(open, format!("the JSON cannot be read: this `{bracket}` is not closed"), CLOSE);
    } else if cause == "trailing comma" {
        let comma = text[..offset].rfind(',').unwrap_or(offset);
        (comma, String::from("remove the comma: JSON has commas only between two values"))
    } else if matches!(next, Some('/' | '#')) {
        (offset, String::from("remove the comment: YAML has comments, but JSON has none"))
    } else if next == Some('\'') {
        (offset, String::from("write `\"` instead of `'`: JSON has double quotes only"))
    } else if cause == "expected a key in quotes" {
        (offset, String::from("write the key in double quotes"))
    } else if cause.starts_with("a control character") {
        (offset, String::from("write it as an escape, such as `\\n` for a line break and `\\t` for a tab"))
    } else if cause.starts_with("more than") {
        (offset, SHALLOW.to_owned())
    } else {
        (offset, GENERAL.to_owned())
    };
    error_at(spot, format!("the JSON cannot be read: {cause}"), &help)
}

fn error_at(offset: usize, message: String, help: &str) -> SyntaxError {
    SyntaxError { spot: Spot::Offset(offset), message, help: help.to_owned() }
}

/// Returns the quote, or else the innermost bracket, that is still open at the end of a JSON text.
fn open_at_end(text: &str) -> Option<usize> {
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
    quote.or_else(|| open.pop())
}

/// Parts of the YAML reader's messages, each with its help.
const YAML_HELP: [(&str, &str); 9] = [
    ("did not find expected node content", "put a value here, or close the bracket before it"),
    ("mapping values are not allowed", "put a text that contains `: ` in quotes, or check the indentation"),
    ("did not find expected key", "check the indentation: the keys of one object start in the same column"),
    (
        "did not find expected '-' indicator",
        "check the indentation: the elements of one array start in the same column",
    ),
    ("block sequence entries are not allowed", "start the first `- ` of an array on a line of its own"),
    ("did not find expected alphabetic or numeric", "put a text that starts with `*` or `&` in quotes"),
    ("cannot start any token", "put a text that starts with such a character in quotes"),
    ("unknown anchor", "mark the value that `*` repeats with `&` and its name, or put the text in quotes"),
    ("a key is not a scalar", "write the key as a text, in quotes if it contains brackets"),
];

/// An error of the YAML reader.
pub(super) fn yaml(text: &str, error: &serde_yaml::Error) -> SyntaxError {
    let message = error.to_string();
    let (cause, context) = message.split_once(" at line ").unwrap_or((&message, ""));
    let spot = error.location().map(|at| Spot::LineColumn(at.line(), at.column()));
    let control = text.char_indices().find(|(_, char)| is_forbidden(*char));
    if let (true, Some((at, _))) = (cause.starts_with("control characters"), control) {
        let message = String::from("the YAML cannot be read: the text contains a control character");
        return error_at(at, message, "remove it, or write it as an escape in double quotes, such as `\"\\u0007\"`");
    }
    let (spot, cause, help) = if cause.contains("recursion limit exceeded") {
        (spot, TOO_DEEP, SHALLOW)
    } else if cause.contains("repetition limit exceeded") {
        let help = "refer to the repeated values by `$ref`, since aliases of aliases multiply";
        (find_event(text, &|event| matches!(event, Event::Alias(_)), 0), "its aliases repeat too many values", help)
    } else if cause.contains("more than one document") {
        let second = find_event(text, &|event| matches!(event, Event::DocumentStart(_)), 1);
        (
            second,
            "a second document starts here",
            "keep one document in a file: remove this line and everything after it",
        )
    } else if let (Some(open), true) = (opening(context), at_end(text, spot.as_ref())) {
        (Some(open), "the value that starts here is not closed", CLOSE)
    } else if starts_with_tab(text, spot.as_ref()) {
        (spot, "the line is indented by a tab", "indent it by spaces: YAML does not allow tabs there")
    } else {
        let help = YAML_HELP.iter().find(|(part, _)| cause.contains(part)).map_or(GENERAL, |(_, help)| help);
        (spot, cause, help)
    };
    let message = format!("the YAML cannot be read: {cause}");
    SyntaxError { spot: spot.unwrap_or(Spot::File), message, help: help.to_owned() }
}

/// Whether YAML does not allow the character: a control character other than a line break or a tab.
fn is_forbidden(char: char) -> bool {
    (char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{85}')) || matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// Returns the place of an event of the wanted kind, after skipping some of them.
fn find_event(text: &str, wanted: &dyn Fn(&Event<'_>) -> bool, mut skip: usize) -> Option<Spot> {
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match (wanted(&event), skip) {
            (true, 0) => return Some(Spot::LineColumn(span.start.line(), span.start.col() + 1)),
            (true, _) => skip -= 1,
            _ => {}
        }
    }
    None
}

/// Returns the start of an incomplete value. The message of the reader ends in `while … at line 7 column 18`.
fn opening(context: &str) -> Option<Spot> {
    let (_, place) = context.split_once(", while ")?.1.split_once(" at line ")?;
    let (line, column) = place.split_once(" column ")?;
    Some(Spot::LineColumn(line.parse().ok()?, column.parse().ok()?))
}

fn at_end(text: &str, spot: Option<&Spot>) -> bool {
    let Some(Spot::LineColumn(line, column)) = spot else {
        return false;
    };
    let mut rest = text.lines().skip(line.saturating_sub(1));
    let own = rest.next().unwrap_or_default();
    own.chars().skip(column.saturating_sub(1)).all(char::is_whitespace) && rest.all(|line| line.trim().is_empty())
}

fn starts_with_tab(text: &str, spot: Option<&Spot>) -> bool {
    let Some(Spot::LineColumn(line, column)) = spot else {
        return false;
    };
    let line = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
    let before: String = line.chars().take(*column).collect();
    before.contains('\t') && before.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_bracket_or_quote_is_found() {
        let cases = [
            (r#"{"a": [1, {"b": 2}"#, Some(6)),
            (r#"{"a": "text"#, Some(6)),
            (r#"{"a": "]\" }"#, Some(6)),
            (r#"{"a": [1]}"#, None),
        ];
        for (text, expected) in cases {
            assert_eq!(open_at_end(text), expected, "{text}");
        }
    }

    #[test]
    fn the_start_of_an_incomplete_value_is_in_the_message() {
        let context = "3 column 1, while parsing a flow sequence at line 2 column 7";
        assert_eq!(opening(context), Some(Spot::LineColumn(2, 7)));
        assert_eq!(opening("3 column 1"), None);
    }

    #[test]
    fn yaml_allows_few_control_characters() {
        for char in ['a', '\t', '\n', '\r', '\u{85}', '\u{1f418}'] {
            assert!(!is_forbidden(char), "{char:?}");
        }
        for char in ['\u{7}', '\0', '\u{7f}', '\u{fffe}'] {
            assert!(is_forbidden(char), "{char:?}");
        }
    }
}
