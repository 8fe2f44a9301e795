//! Errors of the YAML and JSON readers as diagnostics.

use octogen_runtime::{DecodeError, ErrorKind};
use saphyr_parser::{Event, Parser};

use super::unclosed::{open_in_json, open_in_yaml};
use super::version::START;
use crate::diagnostic::Spot;

/// An error in the syntax of a text.
pub(super) struct SyntaxError {
    pub(super) spot: Spot,
    pub(super) message: String,
    pub(super) help: String,
}

const GENERAL: &str = "correct the syntax at this place";
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
    if let (true, Some((open, around))) = (cause.starts_with("the text ends"), open_in_json(text)) {
        return unclosed("JSON", text, open, around);
    }
    let (spot, fact, help) = if !text[before..].trim_start().starts_with(['{', '[']) {
        let help = "start the JSON with `{`, or name the file with the ending `.yaml` if it is YAML";
        (offset, "the text does not start with `{`", help)
    } else if cause == "trailing comma" {
        let comma = text[..offset].rfind(',').unwrap_or(offset);
        (comma, "no value follows this comma", "remove the comma: JSON has commas only between two values")
    } else if matches!(next, Some('/' | '#')) {
        (offset, "the text contains a comment", "remove the comment: JSON has no comments")
    } else if next == Some('\'') {
        (offset, "this text is in single quotes", "write `\"` instead of `'`: JSON has double quotes only")
    } else if cause == "expected a key in quotes" {
        (offset, cause, "write the key of the object in double quotes")
    } else if cause.starts_with("a control character") {
        (offset, cause, "write it as an escape, such as `\\n` for a line break and `\\t` for a tab")
    } else if cause.starts_with("more than") {
        (offset, TOO_DEEP, SHALLOW)
    } else {
        (offset, cause, GENERAL)
    };
    error_at(spot, format!("the JSON cannot be read: {fact}"), help)
}

/// The error of a text that ends within the bracket or the quote at `open`, which `around` further brackets contain.
fn unclosed(format: &str, text: &str, open: usize, around: usize) -> SyntaxError {
    let sign = &text[open..=open];
    let others = match around {
        0 => String::new(),
        1 => String::from(", and so is the bracket around it"),
        more => format!(", and so are the {more} brackets around it"),
    };
    let message = format!("the {format} cannot be read: the file ends while this `{sign}` is open{others}");
    error_at(open, message, "close what is open, or restore the end of the file if the file is incomplete")
}

fn error_at(offset: usize, message: String, help: &str) -> SyntaxError {
    SyntaxError { spot: Spot::Offset(offset), message, help: help.to_owned() }
}

/// Parts of the YAML reader's messages, each with the fact and the help for people.
const YAML_CAUSES: [(&str, &str, &str); 9] = [
    (
        "did not find expected node content",
        "a value is missing here",
        "put a value here, or close the bracket before this place",
    ),
    (
        "mapping values are not allowed",
        "YAML does not allow this `:`",
        "put a text that contains `: ` in quotes, or check the indentation",
    ),
    (
        "did not find expected key",
        "this line does not belong to the object before it",
        "check the indentation: the keys of one object start in the same column",
    ),
    (
        "did not find expected '-' indicator",
        "this line does not belong to the array before it",
        "check the indentation: the elements of one array start in the same column",
    ),
    (
        "block sequence entries are not allowed",
        "an array cannot start here",
        "start the first `- ` of an array on a line of its own",
    ),
    (
        NO_NAME,
        "this sign starts an alias or an anchor, but no name follows it",
        "put a text that starts with `*` or `&` in quotes",
    ),
    (
        "cannot start any token",
        "a text without quotes cannot start with this character",
        "put a text that starts with such a character in quotes",
    ),
    (
        "unknown anchor",
        "no anchor before this alias has its name",
        "mark the value that `*` repeats with `&` and the name, or put the text in quotes",
    ),
    (
        "a key is not a scalar",
        "a key is an array or an object",
        "write the key as a text, in quotes if it contains brackets",
    ),
];

/// A message of the YAML reader whose place is the character after the sign.
const NO_NAME: &str = "did not find expected alphabetic or numeric";

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
    if let (true, Some((open, around))) = (at_end(text, spot.as_ref()), open_in_yaml(text, opening(context))) {
        return unclosed("YAML", text, open, around);
    }
    let (spot, cause, help) = if cause.contains("recursion limit exceeded") {
        (spot, TOO_DEEP, SHALLOW)
    } else if cause.contains("repetition limit exceeded") {
        let help = "refer to the repeated values by `$ref` instead of aliases: aliases of aliases multiply the values";
        (
            find_event(text, &|event| matches!(event, Event::Alias(_)), 0),
            "the aliases of the text repeat too many values",
            help,
        )
    } else if cause.contains("more than one document") {
        let second = find_event(text, &|event| matches!(event, Event::DocumentStart(_)), 1);
        (
            second,
            "a second document starts here",
            "keep one document in a file: remove this line and everything after it",
        )
    } else if starts_with_tab(text, spot.as_ref()) {
        (spot, "this line is indented by a tab", "indent the line by spaces: YAML does not allow tabs there")
    } else {
        let spot = if cause.contains(NO_NAME) { spot.map(before) } else { spot };
        let known = YAML_CAUSES.iter().find(|(part, ..)| cause.contains(part));
        let (cause, help) = known.map_or((cause, GENERAL), |(_, fact, help)| (*fact, *help));
        (spot, cause, help)
    };
    let message = format!("the YAML cannot be read: {cause}");
    SyntaxError { spot: spot.unwrap_or(Spot::File), message, help: help.to_owned() }
}

/// Returns whether YAML does not allow the character: a control character other than a line break or a tab.
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

/// Returns the place one column before.
fn before(spot: Spot) -> Spot {
    match spot {
        Spot::LineColumn(line, column) => Spot::LineColumn(line, column.saturating_sub(1).max(1)),
        other => other,
    }
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
