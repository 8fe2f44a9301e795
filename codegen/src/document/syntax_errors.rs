//! Why a text can't be read, and what to do about it.

use octogen_runtime::{DecodeError, ErrorKind};
use saphyr_parser::{Event, Parser};

use crate::diagnostic::Spot;

/// What is wrong with a text.
pub(super) struct Fault {
    pub(super) spot: Spot,
    pub(super) message: String,
    pub(super) help: String,
}

const START: &str = "an OpenAPI document starts with `openapi: 3.1.0` or `openapi: 3.0.3`";
const GENERAL: &str = "correct the text here: a document is generated from once all of it can be read";
const CLOSE: &str = "close it, or take it away";
const TOO_DEEP: &str = "more than 127 nested arrays and objects";
const SHALLOW: &str = "describe the inner parts beside the outer ones and refer to them with `$ref`";

/// A text that says nothing.
pub(super) fn empty() -> Fault {
    Fault { spot: Spot::LineColumn(1, 1), message: String::from("the file is empty"), help: START.to_owned() }
}

/// An error of the JSON reader; `before` is how many bytes of the text it did not see.
pub(super) fn json(text: &str, before: usize, error: &DecodeError) -> Fault {
    let cause = match error.kind() {
        ErrorKind::Syntax(cause) => cause,
        _ => "the value is not what OpenAPI has here",
    };
    let offset = before + error.offset();
    let next = text.get(offset..).and_then(|rest| rest.chars().next());
    let (spot, help) = if !text[before..].trim_start().starts_with(['{', '[']) {
        (offset, String::from("JSON starts with `{`: a document in YAML has a name that ends in `.yaml`"))
    } else if let (true, Some(open)) = (cause.starts_with("the text ends"), open_at_end(text)) {
        let bracket = &text[open..=open];
        return fault(open, format!("the JSON can't be read: this `{bracket}` is not closed"), CLOSE);
    } else if cause == "trailing comma" {
        let comma = text[..offset].rfind(',').unwrap_or(offset);
        (comma, String::from("take the comma away: in JSON it only stands between two values"))
    } else if matches!(next, Some('/' | '#')) {
        (offset, String::from("take the comment away: JSON has none, but YAML has"))
    } else if next == Some('\'') {
        (offset, String::from("write `\"` in place of `'`: JSON has double quotes alone"))
    } else if cause == "expected a key in quotes" {
        (offset, String::from("write the key in double quotes"))
    } else if cause.starts_with("a control character") {
        (offset, String::from("write it as an escape: a line break is `\\n`, a tab `\\t`"))
    } else if cause.starts_with("more than") {
        (offset, SHALLOW.to_owned())
    } else {
        (offset, GENERAL.to_owned())
    };
    fault(spot, format!("the JSON can't be read: {cause}"), &help)
}

fn fault(offset: usize, message: String, help: &str) -> Fault {
    Fault { spot: Spot::Offset(offset), message, help: help.to_owned() }
}

/// The innermost bracket, or else the quote, that is open where a text of JSON ends.
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

/// Parts of the YAML parser's messages, and what to do about each.
const YAML_HELP: [(&str, &str); 9] = [
    ("did not find expected node content", "put a value here, or close the bracket before it"),
    ("mapping values are not allowed", "put a text that holds `: ` in quotes, or check the indentation"),
    ("did not find expected key", "check the indentation: the keys of one object start in the same column"),
    (
        "did not find expected '-' indicator",
        "check the indentation: the elements of one array start in the same column",
    ),
    ("block sequence entries are not allowed", "start the first `- ` of an array on a line of its own"),
    ("did not find expected alphabetic or numeric", "put a text that starts with `*` or `&` in quotes"),
    ("cannot start any token", "put a text that starts with such a character in quotes"),
    ("unknown anchor", "name with `&` what `*` is to repeat, or put the text in quotes"),
    ("a key is not a scalar", "write the key as text, in quotes if it holds brackets"),
];

/// An error of the YAML reader.
pub(super) fn yaml(text: &str, error: &serde_yaml::Error) -> Fault {
    let message = error.to_string();
    let (cause, context) = message.split_once(" at line ").unwrap_or((&message, ""));
    let spot = error.location().map(|at| Spot::LineColumn(at.line(), at.column()));
    let control = text.char_indices().find(|(_, char)| is_no_yaml(*char));
    if let (true, Some((at, _))) = (cause.starts_with("control characters"), control) {
        let message = String::from("the YAML can't be read: a control character stands here");
        return fault(at, message, "take it away, or write it as an escape in double quotes: `\"\\u0007\"`");
    }
    let (spot, cause, help) = if cause.contains("recursion limit exceeded") {
        (spot, TOO_DEEP, SHALLOW)
    } else if cause.contains("repetition limit exceeded") {
        let help = "refer with `$ref` to what is repeated: aliases of aliases multiply";
        (first(text, &|event| matches!(event, Event::Alias(_)), 0), "its aliases stand for too much", help)
    } else if cause.contains("more than one document") {
        let second = first(text, &|event| matches!(event, Event::DocumentStart(_)), 1);
        (second, "a second document starts here", "keep one document in a file: take away this line and what follows")
    } else if let (Some(open), true) = (opening(context), at_end(text, spot.as_ref())) {
        (Some(open), "what starts here is not closed", CLOSE)
    } else if starts_with_tab(text, spot.as_ref()) {
        (spot, "a tab stands where the line is indented", "indent with spaces: YAML has no tabs there")
    } else {
        let help = YAML_HELP.iter().find(|(part, _)| cause.contains(part)).map_or(GENERAL, |(_, help)| help);
        (spot, cause, help)
    };
    let message = format!("the YAML can't be read: {cause}");
    Fault { spot: spot.unwrap_or(Spot::File), message, help: help.to_owned() }
}

/// YAML takes no controls but line breaks and tabs.
fn is_no_yaml(char: char) -> bool {
    (char.is_control() && !matches!(char, '\t' | '\n' | '\r' | '\u{85}')) || matches!(char, '\u{fffe}' | '\u{ffff}')
}

/// Where an event of that kind comes, after so many others of the kind.
fn first(text: &str, wanted: &dyn Fn(&Event<'_>) -> bool, mut after: usize) -> Option<Spot> {
    let mut parser = Parser::new_from_str(text);
    while let Some(Ok((event, span))) = parser.next_event() {
        match (wanted(&event), after) {
            (true, 0) => return Some(Spot::LineColumn(span.start.line(), span.start.col() + 1)),
            (true, _) => after -= 1,
            _ => {}
        }
    }
    None
}

/// Where that began which could not be read to its end: the message ends in `while … at line 7 column 18`.
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
