//! Diagnostics for editors and other programs.

use octogen_runtime::Writer;

use super::places::{Cursor, visit};
use crate::diagnostic::{Diagnostic, Severity, Spot};

/// The diagnostics as JSON, one object on each line.
///
/// The keys stand in this order, and all of them stand in every object:
///
/// | key | what |
/// |---|---|
/// | `severity` | `"error"` or `"warning"` |
/// | `message` | what is wrong, in one sentence without a full stop |
/// | `file` | the path of the file, as it was given on the command line |
/// | `line`, `column` | where the place starts, counted from 1; columns are counted in characters |
/// | `end_line`, `end_column` | the character behind the place; the same as its start where no text is meant |
/// | `pointer` | the value in the document as a JSON pointer; `""` is the document as a whole |
/// | `help` | what was done instead, or what to do about it |
///
/// What is not known is null: the numbers where the file can't be shown, the pointer where the text can't be read.
/// Further keys may follow in a later version; these stay. `text_of` is called once per file.
#[must_use]
pub fn render_json(diagnostics: &[Diagnostic], text_of: &dyn Fn(&str) -> Option<String>) -> String {
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

/// The place of what could not be read can be known although there is no text.
fn stated(spot: &Spot) -> Option<[Position; 2]> {
    match spot {
        Spot::LineColumn(line, column) => Some([(*line, *column); 2]),
        Spot::File | Spot::Pointer(_) | Spot::Key(_) | Spot::Offset(_) => None,
    }
}

fn line(diagnostic: &Diagnostic, place: Option<[Position; 2]>) -> String {
    let Diagnostic { severity, message, place: at, help } = diagnostic;
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
