//! Finds the ends of strings and numbers in JSON text, and resolves escapes.

use std::borrow::Cow;

/// A syntax error: its message, and the byte at which it is.
type SyntaxError = (&'static str, usize);

/// Reads the string whose content starts at `from`. Returns the string and the byte after its closing quote.
pub(super) fn unescape(text: &str, from: usize) -> Result<(Cow<'_, str>, usize), SyntaxError> {
    let mut start = from;
    let mut owned = String::new();
    loop {
        let end = start + plain_length(&text.as_bytes()[start..]);
        match text.as_bytes().get(end) {
            Some(b'"') if owned.is_empty() && start == from => {
                return Ok((Cow::Borrowed(&text[from..end]), end + 1));
            }
            Some(b'"') => {
                owned.push_str(&text[start..end]);
                return Ok((Cow::Owned(owned), end + 1));
            }
            Some(b'\\') => {
                owned.push_str(&text[start..end]);
                let (character, next) = escape(text.as_bytes(), end + 1)?;
                owned.push(character);
                start = next;
            }
            Some(_) => return Err(("a string contains a control character", end)),
            None => return Err(("the text ends inside a string", end)),
        }
    }
}

/// Counts the bytes before the next quote, backslash or control character. Fast for long texts.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<16>();
    let passed = blocks.iter().take_while(|block| is_plain(block)).count() * 16;
    match bytes.last_chunk() {
        // The last block overlaps bytes that are known to be plain.
        Some(end) if bytes.len() - passed < 16 && is_plain(end) => bytes.len(),
        _ => passed + short_plain_length(&bytes[passed..]),
    }
}

/// Returns whether no byte needs attention. There is no branch, so that the compiler compares all bytes at once.
#[inline]
fn is_plain(block: &[u8; 16]) -> bool {
    let stops = block.map(|b| u8::from(b == b'"') | u8::from(b == b'\\') | u8::from(b < 0x20));
    u128::from_le_bytes(stops) == 0
}

/// The same as [`plain_length`]. Fast for short texts.
#[inline]
pub(super) fn short_plain_length(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let stops = stops(u64::from_le_bytes(*word));
        if stops != 0 {
            return index * 8 + first_of(stops);
        }
    }
    // The last word overlaps bytes that are known to be plain.
    match bytes.last_chunk() {
        _ if tail.is_empty() => bytes.len(),
        Some(word) => match stops(u64::from_le_bytes(*word)) {
            0 => bytes.len(),
            stops => bytes.len() - 8 + first_of(stops),
        },
        None => bytes
            .iter()
            .position(|&b| b == b'"' || b == b'\\' || b < 0x20)
            .unwrap_or(bytes.len()),
    }
}

/// Marks the high bit of each byte that is a quote, a backslash or a control character.
///
/// Bytes above the lowest marked byte may be marked by mistake, since a subtraction borrows from the next byte.
fn stops(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let quotes = (word ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslashes = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    let controls = word.wrapping_sub(EACH * 0x20);
    // Neither of the two characters has the high bit, so a byte that has it in `word` is neither of them.
    (quotes | backslashes | controls) & !word & (EACH * 0x80)
}

/// Returns the index of the lowest marked byte.
fn first_of(stops: u64) -> usize {
    (stops.trailing_zeros() / 8) as usize
}

/// Returns the byte after the closing quote of the string whose content starts at `from`.
pub(super) fn string_end(text: &str, from: usize) -> Result<usize, SyntaxError> {
    let mut at = from;
    loop {
        at += plain_length(&text.as_bytes()[at..]);
        match text.as_bytes().get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape(text.as_bytes(), at + 1)?.1,
            Some(_) => return Err(("a string contains a control character", at)),
            None => return Err(("the text ends inside a string", at)),
        }
    }
}

/// Reads an integer of at most 18 digits that starts at `from`. Returns it and the byte after it, or `None` for any other
/// number.
pub(super) fn short_integer(bytes: &[u8], from: usize) -> Option<(i64, usize)> {
    let is_negative = bytes.get(from) == Some(&b'-');
    let start = from + usize::from(is_negative);
    let mut value = 0;
    let mut at = start;
    while let Some(digit @ b'0'..=b'9') = bytes.get(at) {
        if at - start == 18 {
            return None;
        }
        value = value * 10 + i64::from(digit - b'0');
        at += 1;
    }
    let has_needless_zero = at - start > 1 && bytes[start] == b'0';
    if at == start || has_needless_zero || matches!(bytes.get(at), Some(b'.' | b'e' | b'E')) {
        return None;
    }
    Some((if is_negative { -value } else { value }, at))
}

/// Reads the escape whose backslash is before `at`.
fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), SyntaxError> {
    let character = match bytes.get(at) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return unicode(bytes, at + 1),
        Some(_) => return Err(("unknown escape", at)),
        None => return Err(("the text ends inside a string", at)),
    };
    Ok((character, at + 1))
}

/// Reads the four digits of a `\u` escape, and a second escape if the two are a surrogate pair. A surrogate without its
/// counterpart becomes U+FFFD.
fn unicode(bytes: &[u8], at: usize) -> Result<(char, usize), SyntaxError> {
    let first = hex(bytes, at)?;
    if (0xD800..0xDC00).contains(&first) && bytes.get(at + 4..at + 6) == Some(b"\\u") {
        let second = hex(bytes, at + 6)?;
        if (0xDC00..0xE000).contains(&second) {
            let code = 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00);
            return Ok((replace_surrogate(code), at + 10));
        }
    }
    Ok((replace_surrogate(first), at + 4))
}

fn replace_surrogate(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

fn hex(bytes: &[u8], at: usize) -> Result<u32, SyntaxError> {
    let Some(digits) = bytes.get(at..at + 4) else {
        return Err(("the text ends inside an escape", bytes.len()));
    };
    digits
        .iter()
        .try_fold(0, |code, &digit| match char::from(digit).to_digit(16) {
            Some(value) => Ok(code * 16 + value),
            None => Err(("expected four hexadecimal digits", at)),
        })
}

/// Returns the byte after the number that starts at `from`.
pub(super) fn number_end(bytes: &[u8], from: usize) -> Result<usize, SyntaxError> {
    let digits = |at: usize| {
        at + bytes[at.min(bytes.len())..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count()
    };
    let mut at = from;
    if bytes.get(at) == Some(&b'-') {
        at += 1;
    }
    at = match bytes.get(at) {
        Some(b'0') if bytes.get(at + 1).is_some_and(u8::is_ascii_digit) => {
            return Err(("a number starts with a needless zero", at));
        }
        Some(b'0'..=b'9') => digits(at),
        _ => return Err(("expected a digit", at)),
    };
    if bytes.get(at) == Some(&b'.') {
        let end = digits(at + 1);
        if end == at + 1 {
            return Err(("expected a digit", end));
        }
        at = end;
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let end = digits(at + 1 + sign);
        if end == at + 1 + sign {
            return Err(("expected a digit", end));
        }
        at = end;
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::{
        number_end, plain_length, short_integer, short_plain_length, string_end, unescape,
    };

    #[test]
    fn escapes_become_characters() {
        let cases = [
            ("abc\"", "abc"),
            (r#"\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r#"\u00e9\u20AC""#, "é€"),
            (r#"\ud83d\ude00!""#, "😀!"),
            (r#"\ud83d""#, "\u{fffd}"),
            (r#"a\ude00b""#, "a\u{fffd}b"),
            (r#"\ud83d\u0041""#, "\u{fffd}A"),
            (r#"\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
        ];
        for (text, expected) in cases {
            let found = unescape(text, 0).map(|(string, end)| (string.into_owned(), end));
            assert_eq!(found, Ok((expected.to_owned(), text.len())), "{text}");
            assert_eq!(string_end(text, 0), Ok(text.len()), "{text}");
        }
    }

    #[test]
    fn wrong_strings_are_refused_at_their_byte() {
        let cases = [
            ("abc", "the text ends inside a string", 3),
            ("a\nb\"", "a string contains a control character", 1),
            (r#"\x""#, "unknown escape", 1),
            (r#"\u12"#, "the text ends inside an escape", 4),
            (r#"\u12g4""#, "expected four hexadecimal digits", 2),
            (r#"\ud83d\u00""#, "the text ends inside an escape", 11),
        ];
        for (text, message, at) in cases {
            assert_eq!(unescape(text, 0).err(), Some((message, at)), "{text}");
            assert_eq!(string_end(text, 0), Err((message, at)), "{text}");
        }
    }

    #[test]
    fn plain_bytes_are_counted_at_any_length() {
        for length in 0..70 {
            for stop in ["\"", "\\", "\n", ""] {
                let text = format!("{}{stop}é", "x".repeat(length));
                let expected = if stop.is_empty() { text.len() } else { length };
                assert_eq!(plain_length(text.as_bytes()), expected, "{text}");
                assert_eq!(short_plain_length(text.as_bytes()), expected, "{text}");
            }
        }
    }

    #[test]
    fn numbers_end_where_json_says() {
        let cases = [
            ("0,", Ok(1)),
            ("-0.50e+10]", Ok(9)),
            ("1E5", Ok(3)),
            ("01", Err(("a number starts with a needless zero", 0))),
            ("-", Err(("expected a digit", 1))),
            ("1.", Err(("expected a digit", 2))),
            ("1e+", Err(("expected a digit", 3))),
            (".5", Err(("expected a digit", 0))),
        ];
        for (text, expected) in cases {
            assert_eq!(number_end(text.as_bytes(), 0), expected, "{text}");
        }
    }

    #[test]
    fn short_integers_are_read_without_a_text() {
        let cases = [
            ("7,", Some((7, 1))),
            ("-42]", Some((-42, 3))),
            ("123456789012345678", Some((123_456_789_012_345_678, 18))),
            ("1234567890123456789", None),
            ("00", None),
            ("1.0", None),
            ("1e3", None),
            ("-", None),
        ];
        for (text, expected) in cases {
            assert_eq!(short_integer(text.as_bytes(), 0), expected, "{text}");
        }
    }
}
