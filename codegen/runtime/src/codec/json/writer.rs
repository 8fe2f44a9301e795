use super::text::plain_length;
use crate::http::Blob;

/// Writes compact JSON.
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: String,
    /// The blobs by their places, where they are to be kept apart from the text.
    blobs: Option<Vec<(usize, Blob)>>,
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        // Room for a small document, so that writing one is one allocation.
        Self { out: String::with_capacity(512), blobs: None }
    }

    /// A writer that leaves blobs out and keeps them beside the text.
    pub(crate) fn keeping_blobs() -> Self {
        Self { blobs: Some(Vec::new()), ..Self::default() }
    }

    pub(crate) fn finish_with_blobs(self) -> (String, Vec<(usize, Blob)>) {
        (self.out, self.blobs.unwrap_or_default())
    }

    pub(crate) fn blob(&mut self, blob: &Blob) {
        match &mut self.blobs {
            Some(kept) => {
                kept.push((self.out.len(), blob.clone()));
                self.string("");
            }
            None => self.string(&String::from_utf8_lossy(blob.as_bytes().unwrap_or_default())),
        }
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Writes text as it is: a bracket, a comma, the text of a number.
    pub fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// Writes an integer, given as its sign and its magnitude.
    pub(crate) fn integer(&mut self, is_negative: bool, magnitude: u64) {
        let mut digits = [0; 20];
        let mut start = digits.len();
        let mut rest = magnitude;
        while let Some(place) = start.checked_sub(1) {
            digits[place] = b'0' + (rest % 10) as u8;
            rest /= 10;
            start = place;
            if rest == 0 {
                break;
            }
        }
        if is_negative {
            self.out.push('-');
        }
        self.out.push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
    }

    /// Writes a string in quotes, escaped.
    pub fn string(&mut self, text: &str) {
        self.out.reserve(text.len() + 3);
        self.out.push('"');
        let mut rest = text;
        loop {
            let (plain, other) = rest.split_at(plain_length(rest.as_bytes()));
            self.out.push_str(plain);
            let Some(&byte) = other.as_bytes().first() else {
                break;
            };
            match byte {
                b'"' => self.out.push_str("\\\""),
                b'\\' => self.out.push_str("\\\\"),
                b'\n' => self.out.push_str("\\n"),
                b'\r' => self.out.push_str("\\r"),
                b'\t' => self.out.push_str("\\t"),
                0x08 => self.out.push_str("\\b"),
                0x0c => self.out.push_str("\\f"),
                control => self.out.push_str(&format!("\\u{control:04x}")),
            }
            rest = &other[1..];
        }
        self.out.push('"');
    }

    /// Writes a key and its colon, with a comma before all but the first of an object.
    pub fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.out.push(':');
    }

    /// Writes what introduces a member: a comma, its key in quotes and a colon; the first of an object has no comma.
    pub(crate) fn member(&mut self, introduction: &str) {
        let from = usize::from(self.out.ends_with('{'));
        self.out.push_str(introduction.get(from..).unwrap_or_default());
    }

    fn separate(&mut self) {
        // No value ends with this bracket: it is that of the object which the key begins.
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
    }
}
