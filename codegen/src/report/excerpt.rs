//! Excerpts: the part of a line around a place.

use std::collections::BTreeSet;
use std::ops::Range;

use super::places::Cursor;

/// The columns of the gutter and of the dots of a cut line, beside the marked part.
const BESIDE_MARK: usize = 32;

/// A placeholder for the place until the excerpt is rendered. It is a noncharacter, which [`clean`] removes.
pub(super) const PLACE: char = '\u{ffff}';

/// The maximum number of characters of a message or a name: they quote the document, which has no limit.
const MAX_CHARS: usize = 4_000;

/// A part of one line with its position.
pub(super) struct Excerpt {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) text: String,
    pub(super) marked: Range<usize>,
    /// The code points of the characters of the excerpt that `�` replaces.
    pub(super) hidden: BTreeSet<String>,
}

/// Returns the text between two positions, with as much text around it as fits a line of the terminal.
///
/// The renderer cuts lines as well. But it reads the whole line, which can have a million columns, and never cuts the
/// marked part.
pub(super) fn excerpt(text: &str, start: Cursor, end: Cursor, width: usize) -> Excerpt {
    let around = width * 2;
    let before = &text[start.line_start..start.offset];
    let cut = before.char_indices().rev().take(around).last().map_or(0, |(start, _)| start);
    let marked = first_columns(&text[start.offset..end.offset], width.saturating_sub(BESIDE_MARK));
    let after = first_columns(&text[start.offset + marked.len()..], around).trim_end();
    let hidden = hidden_code_points(&before[cut..]).chain(hidden_code_points(marked)).chain(hidden_code_points(after));
    let hidden = hidden.collect();
    let (before, marked) = (clean(&before[cut..]), clean(marked));
    Excerpt {
        line: start.line + 1,
        column: start.column + 1,
        marked: before.len()..before.len() + marked.len(),
        text: before + &marked + &clean(after),
        hidden,
    }
}

/// Returns the start of the first line, up to a number of columns.
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

/// Replaces characters that move the cursor, change colors or reorder the text around them.
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

/// The code point of `�`.
pub(super) const REPLACEMENT: &str = "U+FFFD";

/// Returns the code points of the characters that [`clean`] replaces by `�`, and of `�` itself, which replaces bytes that
/// are not UTF-8.
pub(super) fn hidden_code_points(text: &str) -> impl Iterator<Item = String> {
    let is_replaced = |char: char| is_hidden(char) && !matches!(char, '\0'..='\u{1f}' | '\u{7f}');
    let hidden = text.chars().filter(move |char| is_replaced(*char) || *char == char::REPLACEMENT_CHARACTER);
    hidden.map(|char| format!("U+{:04X}", u32::from(char)))
}

fn is_hidden(char: char) -> bool {
    let is_bidi =
        matches!(char, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}');
    let is_break = matches!(char, '\u{2028}' | '\u{2029}');
    is_bidi || is_break || char.is_control() || matches!(char, '\u{feff}' | '\u{e0000}'..='\u{e007f}' | PLACE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_change_the_terminal_are_replaced() {
        let cases = [
            ("plain é 動物", "plain é 動物"),
            ("a\tb", "a    b"),
            ("\u{1b}[31mred", "␛[31mred"),
            ("\u{7f}\0", "␡␀"),
            ("\u{202e}a\u{2066}", "\u{fffd}a\u{fffd}"),
            ("\u{ffff}", "\u{fffd}"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected, "{text:?}");
        }
        assert_eq!(clean(&"a".repeat(5_000)).chars().count(), MAX_CHARS + 1);
    }

    #[test]
    fn an_excerpt_ends_with_the_line_and_the_width() {
        assert_eq!(first_columns("ab\ncd", 10), "ab");
        assert_eq!(first_columns("abcdef", 3), "abc");
        assert_eq!(first_columns("動物園", 4), "動物");
        assert_eq!(first_columns("\tab", 5), "\ta");
    }
}
