use std::any::Any;
use std::sync::Arc;

use super::text::plain_length;

/// A writer of compact JSON text. Encoders of generated models, and your own implementations of [`Slot`](crate::Slot),
/// append values to it.
///
/// ```
/// use octogen_runtime::Writer;
///
/// let mut writer = Writer::new();
/// writer.raw("{");
/// writer.key("name");
/// writer.string("Ada \"Countess\"");
/// writer.raw("}");
/// assert_eq!(writer.finish(), r#"{"name":"Ada \"Countess\""}"#);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    out: String,
    /// The attachments, if the caller wants them apart from the text.
    attachments: Option<Vec<Attachment>>,
    /// Whether the text is no JSON.
    is_refused: bool,
}

/// A value that a multipart form sends as a part of its own. The text has an empty string in its place.
#[derive(Clone, Debug)]
pub(crate) struct Attachment {
    /// The byte of the text at which the empty string is.
    pub(crate) at: usize,
    /// The value, of a type that the codec does not know.
    pub(crate) value: Arc<dyn Any + Send + Sync>,
}

impl Writer {
    /// Creates a JSON writer whose text is empty. Call [`Writer::finish`] to take the text after all values are
    /// written.
    #[must_use]
    pub fn new() -> Self {
        // Enough for a small document, so that writing one needs one allocation.
        Self {
            out: String::with_capacity(512),
            ..Self::default()
        }
    }

    /// Creates a writer that keeps attachments apart from the text.
    pub(crate) fn with_attachments() -> Self {
        Self {
            attachments: Some(Vec::new()),
            ..Self::default()
        }
    }

    /// Returns the text and the attachments.
    pub(crate) fn finish_with_attachments(self) -> (String, Vec<Attachment>) {
        (self.out, self.attachments.unwrap_or_default())
    }

    /// Keeps a value as an attachment, or writes its text if this writer keeps none.
    pub(crate) fn attach<T: Any + Clone + Send + Sync>(
        &mut self,
        value: &T,
        text: impl FnOnce() -> String,
    ) {
        match &mut self.attachments {
            Some(kept) => {
                kept.push(Attachment {
                    at: self.out.len(),
                    value: Arc::new(value.clone()),
                });
                self.string("");
            }
            None => self.string(&text()),
        }
    }

    /// Records that the next value cannot be JSON, such as NaN. No request is sent with the text.
    pub(crate) fn refuse(&mut self) {
        self.is_refused = true;
    }

    /// Returns the text if a value in it cannot be JSON.
    pub(crate) fn refused(&self) -> Option<&str> {
        self.is_refused.then_some(self.out.as_str())
    }

    /// Returns the JSON text that was written, and consumes the writer.
    #[must_use]
    pub fn finish(self) -> String {
        self.out
    }

    /// Appends text to the JSON as it is, without quotes and escapes: a bracket, a comma, or a number.
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
        self.out
            .push_str(std::str::from_utf8(&digits[start..]).unwrap_or_default());
    }

    /// Appends a JSON string: the text in quotes, with its special characters escaped.
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

    /// Appends the key of a JSON object and its colon. A comma comes before it, unless it is the first key of its
    /// object.
    pub fn key(&mut self, key: &str) {
        self.separate();
        self.string(key);
        self.out.push(':');
    }

    /// Writes the introduction of a member: a comma, the key in quotes, and a colon. The first member of an object has no
    /// comma.
    pub(crate) fn member(&mut self, introduction: &str) {
        let from = usize::from(self.out.ends_with('{'));
        self.out
            .push_str(introduction.get(from..).unwrap_or_default());
    }

    fn separate(&mut self) {
        // No value ends with this bracket, so the key is the first of its object.
        if !self.out.ends_with('{') {
            self.out.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Writer;

    #[test]
    fn strings_are_escaped_only_where_json_demands_it() {
        let cases = [
            ("", r#""""#),
            ("plain / text é 😀", r#""plain / text é 😀""#),
            ("\"\\", r#""\"\\""#),
            ("\n\r\t\u{8}\u{c}", r#""\n\r\t\b\f""#),
            ("\u{0}\u{1f}\u{7f}", "\"\\u0000\\u001f\u{7f}\""),
        ];
        for (text, expected) in cases {
            let mut writer = Writer::new();
            writer.string(text);
            assert_eq!(writer.finish(), expected);
        }
    }

    #[test]
    fn integers_are_written_to_their_limits() {
        let cases = [
            (false, 0, "0"),
            (true, 1, "-1"),
            (false, u64::MAX, "18446744073709551615"),
        ];
        for (is_negative, magnitude, expected) in cases {
            let mut writer = Writer::new();
            writer.integer(is_negative, magnitude);
            assert_eq!(writer.finish(), expected);
        }
        let mut writer = Writer::new();
        writer.integer(true, i64::MIN.unsigned_abs());
        assert_eq!(writer.finish(), i64::MIN.to_string());
    }

    #[test]
    fn only_the_first_key_has_no_comma() {
        let mut writer = Writer::new();
        writer.raw("{");
        writer.key("a");
        writer.raw("1");
        writer.member(",\"b\":");
        writer.raw("{}");
        writer.key("c");
        writer.raw("2}");
        assert_eq!(writer.finish(), r#"{"a":1,"b":{},"c":2}"#);
    }
}
