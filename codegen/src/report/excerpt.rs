//! The part of a line that is shown.

use std::ops::Range;

use super::places::Cursor;

/// What the gutter and the dots of a cut line take beside the marked part.
const BESIDE_MARK: usize = 32;

/// A noncharacter that stands for the place until the excerpt is drawn; [`clean`] lets none pass.
pub(super) const PLACE: char = '\u{ffff}';

/// Messages quote the document, in which a name can be as long as it likes.
const MAX_CHARS: usize = 4_000;

/// A part of one line, and where it stands.
pub(super) struct Excerpt {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) text: String,
    pub(super) marked: Range<usize>,
}

/// What stands between two places, with as much around it as a line of the terminal can show.
///
/// The renderer cuts lines itself, but it reads all of a line that may have a million columns, and never cuts a mark.
pub(super) fn excerpt(text: &str, start: Cursor, end: Cursor, width: usize) -> Excerpt {
    let around = width * 2;
    let before = &text[start.line_start..start.offset];
    let cut = before.char_indices().rev().take(around).last().map_or(0, |(start, _)| start);
    let marked = first_columns(&text[start.offset..end.offset], width.saturating_sub(BESIDE_MARK));
    let after = first_columns(&text[start.offset + marked.len()..], around).trim_end();
    let (before, marked) = (clean(&before[cut..]), clean(marked));
    Excerpt {
        line: start.line + 1,
        column: start.column + 1,
        marked: before.len()..before.len() + marked.len(),
        text: before + &marked + &clean(after),
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
pub(super) fn clean(text: &str) -> String {
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
