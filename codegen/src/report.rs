//! Shows diagnostics the way rustc does.

use std::collections::BTreeMap;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Element, Level, Origin, Renderer, Snippet};

use crate::diagnostic::{Diagnostic, Severity, Spot};
use crate::document::locate_all;
use crate::source::Source;

/// Narrower terminals get lines that are too long for them.
const MIN_WIDTH: usize = 40;

/// What the gutter and the dots of a cut line take beside the marked part.
const BESIDE_MARK: usize = 32;

/// Messages quote the document, in which a name can be as long as it likes.
const MAX_CHARS: usize = 4_000;

/// A noncharacter that stands for the place until the excerpt is drawn; [`clean`] lets none pass.
const PLACE: char = '\u{ffff}';

/// The diagnostics as text, with a blank line between them and a line break at the end.
///
/// `text_of` brings the text of a file; it is called once per file. Excerpts are cut to `width` columns, messages are
/// left to the terminal to wrap. Whatever comes from a document is shown without control characters.
#[must_use]
pub fn render(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<String>,
    width: usize,
    color: bool,
) -> String {
    let width = width.max(MIN_WIDTH);
    let renderer = if color { Renderer::styled() } else { Renderer::plain() }.term_width(width);
    let excerpts = excerpts(diagnostics, text_of, width);
    let shown = diagnostics.iter().zip(&excerpts);
    let shown = shown.map(|(diagnostic, excerpt)| render_one(&renderer, diagnostic, excerpt.as_ref()) + "\n");
    shown.collect::<Vec<_>>().join("\n")
}

/// A part of one line, and where it stands.
struct Excerpt {
    line: usize,
    column: usize,
    text: String,
    marked: Range<usize>,
}

fn render_one(renderer: &Renderer, diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let place = shown_place(diagnostic, excerpt);
    let mut elements: Vec<Element<'_>> = vec![match excerpt {
        // The column that the snippet would print counts from the cut.
        Some(excerpt) => Snippet::source(&excerpt.text)
            .path(PLACE.to_string())
            .line_start(excerpt.line)
            .annotation(AnnotationKind::Primary.span(excerpt.marked.clone()))
            .into(),
        None => Origin::path(PLACE.to_string()).into(),
    }];
    if let Spot::Pointer(pointer) = &diagnostic.place.spot
        && !pointer.is_empty()
    {
        elements.push(Level::NOTE.message(format!("at `{}`", clean(pointer))).into());
    }
    if let Some(help) = &diagnostic.help {
        let lines: Vec<_> = help.lines().map(clean).collect();
        elements.push(Level::HELP.message(lines.join("\n")).into());
    }
    let report = level.primary_title(clean(&diagnostic.message)).elements(elements);
    put_place(&renderer.render(&[report]), &place)
}

fn shown_place(diagnostic: &Diagnostic, excerpt: Option<&Excerpt>) -> String {
    let file = clean(&diagnostic.place.file);
    match (excerpt, &diagnostic.place.spot) {
        (Some(Excerpt { line, column, .. }), _) | (None, Spot::LineColumn(line, column)) => {
            format!("{file}:{line}:{column}")
        }
        (None, Spot::File | Spot::Pointer(_) | Spot::Offset(_)) => file,
    }
}

fn put_place(drawn: &str, place: &str) -> String {
    let Some((before, after)) = drawn.split_once(PLACE) else {
        return drawn.to_owned();
    };
    let end_of_line = after.find('\n').unwrap_or(after.len());
    format!("{before}{place}{}", &after[end_of_line..])
}

/// The excerpt of each diagnostic. A text is read once and passed twice, however many diagnostics it has.
fn excerpts(
    diagnostics: &[Diagnostic],
    text_of: &dyn Fn(&str) -> Option<String>,
    width: usize,
) -> Vec<Option<Excerpt>> {
    let mut by_file: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, diagnostic) in diagnostics.iter().enumerate() {
        if diagnostic.place.spot != Spot::File {
            by_file.entry(&diagnostic.place.file).or_default().push(index);
        }
    }
    let mut excerpts: Vec<_> = diagnostics.iter().map(|_| None).collect();
    for (file, indices) in by_file {
        let Some(text) = text_of(file) else { continue };
        let source = Source { path: file.to_owned(), text };
        let spots: Vec<_> = indices.iter().map(|index| &diagnostics[*index].place.spot).collect();
        let spans = spans(&source, &spots).into_iter().zip(indices);
        let mut spans: Vec<_> = spans.filter_map(|(span, index)| Some((span?, index))).collect();
        spans.sort_unstable_by_key(|(span, _)| span.start);
        let mut cursor = Cursor::default();
        for (span, index) in spans {
            cursor.advance(&source.text, span.start);
            excerpts[index] = Some(cursor.excerpt(&source.text, span.end, width));
        }
    }
    excerpts
}

fn spans(source: &Source, spots: &[&Spot]) -> Vec<Option<Range<usize>>> {
    let pointers = spots.iter().filter_map(|spot| match spot {
        Spot::Pointer(pointer) => Some(pointer.as_str()),
        Spot::File | Spot::Offset(_) | Spot::LineColumn(..) => None,
    });
    let mut located = locate_all(&source.text, source.format(), &pointers.collect::<Vec<_>>()).into_iter();
    let span = |spot: &&Spot| match spot {
        Spot::File => None,
        Spot::Pointer(_) => located.next().flatten(),
        Spot::Offset(offset) => Some(empty_span(char_start(&source.text, *offset))),
        Spot::LineColumn(line, column) => Some(empty_span(offset_of(&source.text, *line, *column))),
    };
    spots.iter().map(span).collect()
}

fn empty_span(offset: usize) -> Range<usize> {
    offset..offset
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

/// A place in a text that only moves forward.
#[derive(Default)]
struct Cursor {
    offset: usize,
    line_start: usize,
    /// Counted from 0.
    line: usize,
    /// Counted from 0, in characters.
    column: usize,
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

    /// What stands between here and `end`, with as much around it as a line of the terminal can show.
    ///
    /// The renderer cuts lines itself, but it reads all of a line that may have a million columns, and never cuts a
    /// mark.
    fn excerpt(&self, text: &str, end: usize, width: usize) -> Excerpt {
        let around = width * 2;
        let before = &text[self.line_start..self.offset];
        let cut = before.char_indices().rev().take(around).last().map_or(0, |(start, _)| start);
        let marked = first_columns(&text[self.offset..end], width.saturating_sub(BESIDE_MARK));
        let after = first_columns(&text[self.offset + marked.len()..], around).trim_end();
        let (before, marked) = (clean(&before[cut..]), clean(marked));
        Excerpt {
            line: self.line + 1,
            column: self.column + 1,
            marked: before.len()..before.len() + marked.len(),
            text: before + &marked + &clean(after),
        }
    }
}

/// The start of the first line.
fn first_columns(text: &str, limit: usize) -> &str {
    let mut columns = 0;
    let end = text.char_indices().find(|(_, char)| {
        columns += match char {
            '\t' => 4,
            char if char.is_ascii() => 1,
            _ => 2,
        };
        columns > limit || matches!(char, '\r' | '\n')
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// The text without characters that would move the cursor, change colors or reorder what stands around them.
fn clean(text: &str) -> String {
    let mut cleaned = String::with_capacity(text.len().min(MAX_CHARS));
    for (index, char) in text.chars().enumerate() {
        match char {
            _ if index == MAX_CHARS => {
                cleaned.push('…');
                break;
            }
            '\t' => cleaned.push_str("    "),
            '\0'..='\u{1f}' => cleaned.extend(char::from_u32(0x2400 + u32::from(char))),
            '\u{7f}' => cleaned.push('␡'),
            _ if is_hidden(char) => cleaned.push(char::REPLACEMENT_CHARACTER),
            _ => cleaned.push(char),
        }
    }
    cleaned
}

fn is_hidden(char: char) -> bool {
    let is_bidi =
        matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    let is_break = matches!(char, '\u{2028}' | '\u{2029}');
    is_bidi || is_break || char.is_control() || matches!(char, '\u{feff}' | '\u{e0000}'..='\u{e007f}' | PLACE)
}
