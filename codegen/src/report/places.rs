//! Finds the places of diagnostics in their texts.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Spot};
use crate::document::locate_all;
use crate::source::Format;

/// A position in a text that only moves forward.
#[derive(Clone, Copy, Default)]
pub(super) struct Cursor {
    /// The offset in bytes.
    pub(super) offset: usize,
    /// The offset of the start of the line in bytes.
    pub(super) line_start: usize,
    /// The line, counted from 0.
    pub(super) line: usize,
    /// The column in characters, counted from 0.
    pub(super) column: usize,
}

impl Cursor {
    fn advance(&mut self, text: &str, to: usize) {
        let passed = &text[self.offset..to];
        if let Some(last_break) = passed.rfind('\n') {
            self.line += passed.matches('\n').count();
            self.line_start = self.offset + last_break + 1;
            self.column = 0;
        }
        self.column += text[self.line_start.max(self.offset)..to].chars().count();
        self.offset = to;
    }
}

/// Calls `found` for each diagnostic whose place is in a text: with its index, the text, and the start and end of the
/// place.
///
/// The diagnostics of a file are located together, so that its text is loaded once and walked twice.
pub(super) fn visit<'a>(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<Cow<'a, str>>,
    found: &mut dyn FnMut(usize, &str, Cursor, Cursor),
) {
    let mut by_file: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if diagnostic.place.spot != Spot::File {
            by_file.entry(&diagnostic.place.file).or_default().push(index);
        }
    }
    for (file, indices) in by_file {
        let Some(text) = text_of(file) else { continue };
        let spots: Vec<_> = indices.iter().map(|index| &diagnostics[*index].place.spot).collect();
        let spans = spans(file, &text, &spots).into_iter().zip(indices);
        let mut spans: Vec<_> = spans.filter_map(|(span, index)| Some((span?, index))).collect();
        spans.sort_unstable_by_key(|(span, _)| span.start);
        let mut start = Cursor::default();
        for (span, index) in spans {
            start.advance(&text, span.start);
            let mut end = start;
            end.advance(&text, span.end);
            found(index, &text, start, end);
        }
    }
}

fn spans(file: &str, text: &str, spots: &[&Spot]) -> Vec<Option<Range<usize>>> {
    let pointers = spots.iter().filter_map(|spot| match spot {
        Spot::Pointer(pointer) | Spot::Key(pointer) => Some(pointer.as_str()),
        Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => None,
    });
    let mut located = locate_all(text, Format::detect(file, text), &pointers.collect::<Vec<_>>()).into_iter();
    let span = |spot: &&Spot| match spot {
        Spot::File => None,
        Spot::Pointer(_) => located.next().flatten().map(|(value, _)| value),
        Spot::Key(_) => located.next().flatten().map(|(value, key)| key.unwrap_or(value)),
        Spot::Offset(offset) => Some(token(text, char_start(text, *offset))),
        Spot::LineColumn(line, column) => Some(token(text, offset_of(text, *line, *column))),
    };
    spots.iter().map(span).collect()
}

/// Returns the word or the quoted text at an offset. The span is empty for any other character.
fn token(text: &str, start: usize) -> Range<usize> {
    let rest = &text[start..];
    let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
    let is_word = |char: char| char.is_alphanumeric() || matches!(char, '_' | '-' | '/' | '.' | '$');
    let length = match line.chars().next() {
        Some(quote @ ('"' | '\'')) => line[1..].find(quote).map_or(1, |closing| closing + 2),
        Some(first) if is_word(first) => line.find(|char| !is_word(char)).unwrap_or(line.len()),
        _ => 0,
    };
    start..start + length
}

fn char_start(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let mut lines = text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(line.saturating_sub(1)).map(str::len).sum();
    let line = lines.next().unwrap_or_default().trim_end_matches(['\r', '\n']);
    let mut offsets = line.char_indices().map(|(offset, _)| offset);
    start + offsets.nth(column.saturating_sub(1)).unwrap_or(line.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_is_a_word_or_a_quoted_text() {
        let cases = [("a-b: c", "a-b"), ("\"a b\": c", "\"a b\""), ("'open", "'"), ("{ a }", ""), ("", "")];
        for (text, expected) in cases {
            assert_eq!(&text[token(text, 0)], expected, "{text}");
        }
    }

    #[test]
    fn positions_beyond_the_text_are_at_its_end() {
        let text = "é\nab\r\n";
        for (line, column, expected) in [(1, 1, 0), (1, 2, 2), (1, 9, 2), (2, 2, 4), (2, 9, 5), (9, 1, 7)] {
            assert_eq!(offset_of(text, line, column), expected, "{line}:{column}");
        }
        assert_eq!((char_start(text, 1), char_start(text, 99)), (0, text.len()));
    }

    #[test]
    fn a_cursor_counts_lines_and_characters() {
        let text = "é\nab\ncd";
        let mut cursor = Cursor::default();
        cursor.advance(text, 4);
        assert_eq!((cursor.line, cursor.column, cursor.line_start), (1, 1, 3));
        cursor.advance(text, text.len());
        assert_eq!((cursor.line, cursor.column, cursor.line_start), (2, 2, 6));
    }
}
