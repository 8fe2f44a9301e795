//! Letters beyond ASCII: those that identifiers can have without a warning of rustc.

use std::borrow::Cow;

use unicode_ident::is_xid_continue;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_security::{GeneralSecurityProfile, is_potential_mixed_script_confusable_char, skeleton};

/// Returns whether an identifier can have the letter.
pub(super) fn is_usual(letter: char) -> bool {
    is_xid_continue(letter) && letter.identifier_allowed()
}

/// Returns whether a name could be confused with another one, as Cyrillic `а` with `a`: one that looks like ASCII, or
/// that has no letter by which its script is known.
pub(super) fn is_ambiguous(name: &str) -> bool {
    if name.is_ascii() {
        return false;
    }
    let mut foreign = name.chars().filter(|&letter| !is_latin(letter)).peekable();
    let is_alone = foreign.peek().is_some() && foreign.all(is_potential_mixed_script_confusable_char);
    is_alone || skeleton(name).all(|letter| letter.is_ascii())
}

/// Returns whether a letter belongs to the Latin letters of European languages.
fn is_latin(letter: char) -> bool {
    letter.is_ascii() || matches!(letter, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

/// Latin letters that are no ASCII letter with a mark, in ASCII.
const LATIN: [(char, &str); 20] = [
    ('Æ', "Ae"),
    ('æ', "ae"),
    ('Ð', "D"),
    ('ð', "d"),
    ('Đ', "D"),
    ('đ', "d"),
    ('Ħ', "H"),
    ('ħ', "h"),
    ('ı', "i"),
    ('Ł', "L"),
    ('ł', "l"),
    ('Ø', "O"),
    ('ø', "o"),
    ('Œ', "Oe"),
    ('œ', "oe"),
    ('ẞ', "Ss"),
    ('ß', "ss"),
    ('Þ', "Th"),
    ('þ', "th"),
    ('ŋ', "n"),
];

/// Returns a letter in ASCII: without its marks, or else by its number.
pub(super) fn in_ascii(letter: char) -> String {
    if let Some((_, plain)) = LATIN.iter().find(|(latin, _)| *latin == letter) {
        return (*plain).to_owned();
    }
    let plain: String = letter.encode_utf8(&mut [0; 4]).nfkd().filter(char::is_ascii_alphanumeric).collect();
    if plain.is_empty() { by_number(letter) } else { plain }
}

/// Returns a letter as a word of its own: its number.
pub(super) fn by_number(letter: char) -> String {
    format!(" u{:x} ", u32::from(letter))
}

/// Returns a name in the Unicode form NFKC, in which letters with marks are composed.
pub(super) fn composed(name: &str) -> Cow<'_, str> {
    if name.is_ascii() { Cow::Borrowed(name) } else { Cow::Owned(name.nfkc().collect()) }
}

/// Returns whether a letter is lost when a name is composed.
pub(super) fn is_lost(letter: char) -> bool {
    is_combining_mark(letter) || !(letter.encode_utf8(&mut [0; 4]).nfkc().eq([letter]))
}
