//! Strings and numbers inside the text.

use std::borrow::Cow;

/// What is wrong, and the byte at which it is.
type Fault = (&'static str, usize);

/// The string that starts at `from`, behind its opening quote, and the byte behind its closing quote.
pub(super) fn unescape(text: &str, from: usize) -> Result<(Cow<'_, str>, usize), Fault> {
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
            Some(_) => return Err(("a control character stands in a string", end)),
            None => return Err(("the text ends inside a string", end)),
        }
    }
}

/// How many bytes come before the next quote, backslash or control character, of a text that is likely to be long.
#[inline]
pub(super) fn plain_length(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<16>();
    let passed = blocks.iter().take_while(|block| is_plain(block)).count() * 16;
    match bytes.last_chunk() {
        // The end is read as a block that starts among bytes which are known to be plain.
        Some(end) if bytes.len() - passed < 16 && is_plain(end) => bytes.len(),
        _ => passed + short_plain_length(&bytes[passed..]),
    }
}

/// Flags without a branch: the compiler compares all bytes at once.
#[inline]
fn is_plain(block: &[u8; 16]) -> bool {
    let stops = block.map(|b| u8::from(b == b'"') | u8::from(b == b'\\') | u8::from(b < 0x20));
    u128::from_le_bytes(stops) == 0
}

/// The same of a text that is likely to be short.
#[inline]
pub(super) fn short_plain_length(bytes: &[u8]) -> usize {
    let (words, tail) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        let stops = stops(u64::from_le_bytes(*word));
        if stops != 0 {
            return index * 8 + first_of(stops);
        }
    }
    // The end is read as a word that starts among bytes which are known to be plain.
    match bytes.last_chunk() {
        _ if tail.is_empty() => bytes.len(),
        Some(word) => match stops(u64::from_le_bytes(*word)) {
            0 => bytes.len(),
            stops => bytes.len() - 8 + first_of(stops),
        },
        None => bytes.iter().position(|&b| b == b'"' || b == b'\\' || b < 0x20).unwrap_or(bytes.len()),
    }
}

/// The high bit of each byte of a word that is a quote, a backslash or a control character.
///
/// Bytes above the lowest of them may be marked as well, since a subtraction borrows from the next byte.
fn stops(word: u64) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let quotes = (word ^ (EACH * b'"' as u64)).wrapping_sub(EACH);
    let backslashes = (word ^ (EACH * b'\\' as u64)).wrapping_sub(EACH);
    let controls = word.wrapping_sub(EACH * 0x20);
    // Neither of the two characters has the high bit, so that the word itself tells which bytes had it before.
    (quotes | backslashes | controls) & !word & (EACH * 0x80)
}

fn first_of(stops: u64) -> usize {
    (stops.trailing_zeros() / 8) as usize
}

/// The byte behind the closing quote of the string that starts at `from`, behind its opening quote.
pub(super) fn string_end(text: &str, from: usize) -> Result<usize, Fault> {
    let mut at = from;
    loop {
        at += plain_length(&text.as_bytes()[at..]);
        match text.as_bytes().get(at) {
            Some(b'"') => return Ok(at + 1),
            Some(b'\\') => at = escape(text.as_bytes(), at + 1)?.1,
            Some(_) => return Err(("a control character stands in a string", at)),
            None => return Err(("the text ends inside a string", at)),
        }
    }
}

/// The integer that starts at `from` and the byte behind it, where it is one of 18 digits at most and nothing else.
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

fn escape(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
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

fn unicode(bytes: &[u8], at: usize) -> Result<(char, usize), Fault> {
    let first = hex(bytes, at)?;
    let (code, end) = if (0xD800..0xDC00).contains(&first) && bytes.get(at + 4..at + 6) == Some(b"\\u") {
        let second = hex(bytes, at + 6)?;
        if !(0xDC00..0xE000).contains(&second) {
            return Err(("a surrogate stands alone", at));
        }
        (0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00), at + 10)
    } else {
        (first, at + 4)
    };
    match char::from_u32(code) {
        Some(character) => Ok((character, end)),
        None => Err(("a surrogate stands alone", at)),
    }
}

fn hex(bytes: &[u8], at: usize) -> Result<u32, Fault> {
    let Some(digits) = bytes.get(at..at + 4) else {
        return Err(("the text ends inside an escape", bytes.len()));
    };
    digits.iter().try_fold(0, |code, &digit| match char::from(digit).to_digit(16) {
        Some(value) => Ok(code * 16 + value),
        None => Err(("expected four hexadecimal digits", at)),
    })
}

/// The byte behind the number that starts at `from`.
pub(super) fn number_end(bytes: &[u8], from: usize) -> Result<usize, Fault> {
    let digits = |at: usize| at + bytes[at.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
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
