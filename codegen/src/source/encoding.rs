//! From bytes to text.

use crate::diagnostic::Spot;

/// Why bytes are no text.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) spot: Spot,
    pub(super) help: String,
}

/// How the bytes of other encodings start. The longer marks come first: those of UTF-16 are their beginning.
///
/// A document starts with a letter, a bracket or `#`, so that a zero among its first bytes tells as much as a mark.
const STARTS: [(&[u8], &str); 4] = [
    (b"\xff\xfe\0\0", "UTF-32LE"),
    (b"\0\0\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
];

const MARK: &[u8] = b"\xef\xbb\xbf";

pub(super) fn text(mut bytes: Vec<u8>) -> Result<String, Fault> {
    if let Some(encoding) = wide(&bytes) {
        let message = format!("the file is not UTF-8: its first bytes look like {encoding}");
        return Err(Fault { message, spot: Spot::LineColumn(1, 1), help: convert(encoding) });
    }
    if bytes.starts_with(MARK) {
        bytes.drain(..MARK.len());
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        wrong_byte(error.as_bytes(), at)
    })
}

/// What uses two or four bytes for each letter.
fn wide(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, encoding)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
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

fn wrong_byte(bytes: &[u8], at: usize) -> Fault {
    let (before, after) = bytes.split_at(at);
    let byte = after.first().copied().unwrap_or_default();
    let line = before.split(|byte| *byte == b'\n').count();
    let line_start = before.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
    // What stands before the wrong byte is UTF-8: each of its characters has one byte that doesn't continue another.
    let column = before[line_start..].iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
    let (looks, help) = guess(bytes, at);
    Fault {
        message: format!("the file is not UTF-8: byte {at}, which is 0x{byte:02X}, {looks}"),
        spot: Spot::LineColumn(line, column),
        help,
    }
}

fn guess(bytes: &[u8], at: usize) -> (&'static str, String) {
    if bytes.starts_with(b"\x1f\x8b") {
        return ("looks like gzip", String::from("unpack it first, for example with `gunzip`"));
    }
    let is_ascii = |index: Option<usize>| index.and_then(|index| bytes.get(index)).is_none_or(u8::is_ascii);
    match bytes.get(at) {
        // The characters of Western languages stand alone between ASCII.
        Some(0x80..=0x9f) if is_ascii(at.checked_sub(1)) && is_ascii(Some(at + 1)) => {
            ("looks like Windows-1252", convert("WINDOWS-1252"))
        }
        Some(0xa0..) if is_ascii(at.checked_sub(1)) && is_ascii(Some(at + 1)) => {
            ("looks like ISO-8859-1 or Windows-1252", convert("WINDOWS-1252"))
        }
        _ => ("starts no character", String::from("save the file as UTF-8")),
    }
}

fn convert(encoding: &str) -> String {
    format!("save the file as UTF-8, for example with `iconv -f {encoding} -t UTF-8`")
}
