//! Decodes the bytes of a file.

use crate::diagnostic::Spot;

/// An error of a file that is not UTF-8.
pub(super) struct EncodingError {
    pub(super) message: String,
    pub(super) spot: Spot,
    pub(super) help: String,
}

/// The byte order marks of other encodings. The longer marks come first, because they start with those of UTF-16.
const MARKS: [(&[u8], &str); 4] = [
    (b"\xff\xfe\0\0", "UTF-32LE"),
    (b"\0\0\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
];

/// The byte order mark of UTF-8.
const UTF_8_MARK: &[u8] = b"\xef\xbb\xbf";

/// Decodes UTF-8 and removes its byte order mark.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<String, EncodingError> {
    if let Some(encoding) = detect_wide(&bytes) {
        let message = format!("the file is not UTF-8: its first bytes look like {encoding}");
        return Err(EncodingError { message, spot: Spot::LineColumn(1, 1), help: convert(encoding) });
    }
    if bytes.starts_with(UTF_8_MARK) {
        bytes.drain(..UTF_8_MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        invalid_byte(error.as_bytes(), at)
    })
}

/// Detects an encoding with two or four bytes for each letter.
///
/// A document starts with a letter, a bracket or `#`, so that a zero among its first bytes is as clear as a mark.
fn detect_wide(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, encoding)) = MARKS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(encoding);
    }
    match bytes {
        [letter, 0, 0, 0, ..] if *letter != 0 => Some("UTF-32LE"),
        [0, 0, 0, letter, ..] if *letter != 0 => Some("UTF-32BE"),
        [letter, 0, ..] if *letter != 0 => Some("UTF-16LE"),
        [0, letter, ..] if *letter != 0 => Some("UTF-16BE"),
        _ => None,
    }
}

fn invalid_byte(bytes: &[u8], at: usize) -> EncodingError {
    let (before, after) = bytes.split_at(at);
    let byte = after.first().copied().unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    // The bytes before are UTF-8: each character has exactly one byte that does not continue another.
    let column = before[line_start..].iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
    let (guess, help) = guess_encoding(bytes, at);
    EncodingError {
        message: format!("the file is not UTF-8: its byte {}, which is 0x{byte:02X}, {guess}", at + 1),
        spot: Spot::LineColumn(line, column),
        help,
    }
}

fn guess_encoding(bytes: &[u8], at: usize) -> (&'static str, String) {
    if bytes.starts_with(b"\x1f\x8b") {
        return ("looks like gzip", String::from("the file is compressed: unpack it first, for example with `gunzip`"));
    }
    let is_ascii = |index: Option<usize>| index.and_then(|index| bytes.get(index)).is_none_or(u8::is_ascii);
    match bytes.get(at) {
        // In Western languages, other characters are usually between ASCII letters.
        Some(0x80..=0x9f) if is_ascii(at.checked_sub(1)) && is_ascii(Some(at + 1)) => {
            ("looks like Windows-1252", convert("WINDOWS-1252"))
        }
        Some(0xa0..) if is_ascii(at.checked_sub(1)) && is_ascii(Some(at + 1)) => {
            ("looks like ISO-8859-1 or Windows-1252", convert("WINDOWS-1252"))
        }
        _ => ("does not start a character", convert("ENCODING") + ", where ENCODING is the encoding of the file"),
    }
}

fn convert(encoding: &str) -> String {
    format!("save the file as UTF-8, for example with `iconv -f {encoding} -t UTF-8 OLD > NEW`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_decoded_without_its_mark() {
        assert_eq!(decode(b"\xef\xbb\xbfopenapi".to_vec()).ok().as_deref(), Some("openapi"));
        assert_eq!(decode("é".into()).ok().as_deref(), Some("é"));
        assert_eq!(decode(Vec::new()).ok().as_deref(), Some(""));
    }

    #[test]
    fn other_encodings_are_guessed() {
        let cases: [(&[u8], &str, Spot); 7] = [
            (b"\xff\xfeo\0", "look like UTF-16LE", Spot::LineColumn(1, 1)),
            (b"\0o\0p", "look like UTF-16BE", Spot::LineColumn(1, 1)),
            (b"\xff\xfe\0\0", "look like UTF-32LE", Spot::LineColumn(1, 1)),
            (b"\x1f\x8b\x08", "looks like gzip", Spot::LineColumn(1, 2)),
            (b"a: 1\nb: f\xfcr", "looks like ISO-8859-1", Spot::LineColumn(2, 5)),
            (b"\xc3\xa9 \x80 ", "looks like Windows-1252", Spot::LineColumn(1, 3)),
            (b"\x93\xae\x95", "does not start a character", Spot::LineColumn(1, 1)),
        ];
        for (bytes, message, spot) in cases {
            let error = decode(bytes.to_vec()).err();
            assert!(error.as_ref().is_some_and(|error| error.message.contains(message)), "{bytes:?}");
            assert_eq!(error.map(|error| error.spot), Some(spot), "{bytes:?}");
        }
    }
}
