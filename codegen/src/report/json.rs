//! Diagnostics for editors and other programs.

use std::borrow::Cow;

use octogen_runtime::Writer;

use super::places::{Cursor, visit};
use crate::diagnostic::{Diagnostic, Severity, Spot};

/// Renders diagnostics as JSON text, one object on each line, for programs that read the problems which octogen
/// reports.
///
/// Each object has all of these keys, in this order:
///
/// | key | value |
/// |---|---|
/// | `severity` | `"error"` or `"warning"` |
/// | `code` | the kind of the problem, such as `"unknown-key"` |
/// | `message` | the fact, in one sentence without a full stop |
/// | `file` | the path of the file, as it was given on the command line or in a reference |
/// | `line`, `column` | the start of the place, counted from 1; columns are counted in characters |
/// | `end_line`, `end_column` | the character after the place; equal to the start if the place has no text |
/// | `pointer` | the JSON pointer of the value; `""` is the whole document |
/// | `help` | the consequence for the output, and the change that solves the problem |
///
/// A value that does not exist is null: the numbers and the pointer of a diagnostic about a whole file, the pointer of a
/// syntax error, and an empty help.
/// Later versions can add keys. `text_of` loads the text of a file, and is called once for each file.
#[must_use]
pub fn render_json<'a>(diagnostics: &[Diagnostic], text_of: &dyn Fn(&str) -> Option<Cow<'a, str>>) -> String {
    let mut places: Vec<_> = diagnostics.iter().map(|one| stated(&one.place.spot)).collect();
    visit(diagnostics, text_of, &mut |index, _, start, end| {
        places[index] = Some([position(start), position(end)]);
    });
    let lines = diagnostics.iter().zip(places).map(|(diagnostic, place)| line(diagnostic, place));
    lines.collect()
}

/// A line and a column, from 1.
type Position = (usize, usize);

fn position(cursor: Cursor) -> Position {
    (cursor.line + 1, cursor.column + 1)
}

/// Returns the position that a diagnostic states itself, which is known even if the file cannot be loaded.
fn stated(spot: &Spot) -> Option<[Position; 2]> {
    match spot {
        Spot::LineColumn(line, column) => Some([(*line, *column); 2]),
        Spot::File | Spot::Pointer(_) | Spot::Key(_) | Spot::Offset(_) => None,
    }
}

fn line(diagnostic: &Diagnostic, place: Option<[Position; 2]>) -> String {
    let Diagnostic { code, severity, message, place: at, help } = diagnostic;
    let severity = match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let [start, end] = place.map_or([None; 2], |place| place.map(Some));
    let pointer = match &at.spot {
        Spot::Pointer(pointer) | Spot::Key(pointer) => Some(pointer.as_str()),
        Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => None,
    };
    let mut writer = Writer::new();
    writer.raw("{");
    text(&mut writer, "severity", Some(severity));
    text(&mut writer, "code", Some(code.name()));
    text(&mut writer, "message", Some(message));
    text(&mut writer, "file", Some(&at.file));
    number(&mut writer, "line", start.map(|(line, _)| line));
    number(&mut writer, "column", start.map(|(_, column)| column));
    number(&mut writer, "end_line", end.map(|(line, _)| line));
    number(&mut writer, "end_column", end.map(|(_, column)| column));
    text(&mut writer, "pointer", pointer);
    text(&mut writer, "help", help.as_deref());
    writer.raw("}\n");
    writer.finish()
}

fn text(writer: &mut Writer, key: &str, value: Option<&str>) {
    writer.key(key);
    match value {
        Some(value) => writer.string(value),
        None => writer.raw("null"),
    }
}

fn number(writer: &mut Writer, key: &str, value: Option<usize>) {
    writer.key(key);
    writer.raw(&value.map_or_else(|| "null".to_owned(), |value| value.to_string()));
}
