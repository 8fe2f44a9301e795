use std::borrow::Cow;

use super::misfits::Misfits;
use super::text::{
    number_end, plain_length, short_integer, short_plain_length, string_end, unescape,
};
use super::union_memo::UnionMemo;
use crate::codec::error::{DecodeError, ErrorKind};
use crate::codec::json_type::JsonType;

/// How many arrays and objects may be open at once: the limit of `serde_json`.
const MAX_DEPTH: usize = 127;

/// A pull reader of JSON text: it reads one JSON value or key at a time. Decoders of generated models, and your own
/// implementations of [`Slot`](crate::Slot), call it.
///
/// No function is generic over the type that is read, so that each is compiled once, however many types there are.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    pub(crate) memo: UnionMemo,
    /// The misfits of all values that were decoded so far.
    pub(crate) misfits: Misfits,
}

/// A position to which a reader can return.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    at: usize,
    depth: usize,
    misfits: Misfits,
}

impl<'a> Reader<'a> {
    /// Creates a JSON reader at the start of the bytes of a document. A byte order mark before the document is ignored,
    /// as RFC 8259 allows.
    ///
    /// # Errors
    ///
    /// If the bytes are not UTF-8.
    pub fn new(json: &'a [u8]) -> Result<Self, DecodeError> {
        match std::str::from_utf8(json) {
            Ok(text) => Ok(Self {
                text,
                at: if text.starts_with('\u{feff}') { 3 } else { 0 },
                depth: 0,
                memo: UnionMemo::default(),
                misfits: Misfits::default(),
            }),
            Err(error) => Err(DecodeError::new(
                ErrorKind::Syntax("the text is not UTF-8"),
                error.valid_up_to(),
            )),
        }
    }

    /// Returns the byte offset of the JSON reader in its text, for the place in an error.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Returns the JSON type of the next value in the text, without reading the value. Use it to decide how to decode
    /// the value.
    ///
    /// # Errors
    ///
    /// If no value follows.
    pub fn peek(&mut self) -> Result<JsonType, DecodeError> {
        match self.byte() {
            Some(b'"') => Ok(JsonType::String),
            Some(b'{') => Ok(JsonType::Object),
            Some(b'[') => Ok(JsonType::Array),
            Some(b't' | b'f') => Ok(JsonType::Boolean),
            Some(b'n') => Ok(JsonType::Null),
            Some(b'-' | b'0'..=b'9') => Ok(JsonType::Number),
            Some(_) => Err(self.syntax("expected a value")),
            None => Err(self.syntax("the text ends where a value is expected")),
        }
    }

    /// Reads the JSON value `null` and moves the reader past it.
    ///
    /// # Errors
    ///
    /// If another value follows.
    pub fn null(&mut self) -> Result<(), DecodeError> {
        self.expect("null", b"n")?;
        self.literal("null")
    }

    /// Reads a JSON boolean, `true` or `false`, and returns it.
    ///
    /// # Errors
    ///
    /// If another value follows.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.expect("a boolean", b"tf")?;
        if self.text.as_bytes().get(self.at) == Some(&b't') {
            self.literal("true").map(|()| true)
        } else {
            self.literal("false").map(|()| false)
        }
    }

    /// Reads a JSON number and returns its text as it is in the document, so that no digit is lost. The number may be
    /// beyond the range of a 64-bit float.
    ///
    /// # Errors
    ///
    /// If another value follows.
    pub fn number(&mut self) -> Result<&'a str, DecodeError> {
        self.expect("a number", b"-0123456789")?;
        let end = number_end(self.text.as_bytes(), self.at)
            .map_err(|(message, at)| DecodeError::new(ErrorKind::Syntax(message), at))?;
        let text = &self.text[self.at..end];
        self.at = end;
        Ok(text)
    }

    /// Reads an integer without a point, an exponent, or more than 18 digits. Returns `None` if anything else follows.
    pub(crate) fn short_integer(&mut self) -> Option<i64> {
        self.byte();
        let (value, end) = short_integer(self.text.as_bytes(), self.at)?;
        self.at = end;
        Some(value)
    }

    /// Reads a JSON string and returns its text without quotes and escapes. The text is borrowed from the document if
    /// it has no escape. An escape of half a surrogate pair becomes U+FFFD, since no Rust text can hold it.
    ///
    /// # Errors
    ///
    /// If another value follows, or an escape is wrong.
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.expect("a string", b"\"")?;
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        self.text_until(start, end)
    }

    /// Reads the string whose content starts at `start` and needs no attention before `end`.
    #[inline]
    fn text_until(&mut self, start: usize, end: usize) -> Result<Cow<'a, str>, DecodeError> {
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        self.escaped(start)
    }

    /// Reads the string whose content starts at `start` and has escapes.
    fn escaped(&mut self, start: usize) -> Result<Cow<'a, str>, DecodeError> {
        let (value, end) = unescape(self.text, start)
            .map_err(|(message, at)| DecodeError::new(ErrorKind::Syntax(message), at))?;
        self.at = end;
        Ok(value)
    }

    /// Reads the opening bracket of a JSON array. Then call [`Reader::next_item`] before each element, until it returns
    /// `false`.
    ///
    /// # Errors
    ///
    /// If another value follows, or 127 arrays and objects are open already.
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        self.expect("an array", b"[")?;
        self.enter()
    }

    /// Moves the JSON reader to the next element of the open array, and returns `false` after the end of the array.
    /// Pass `first` as `true` for the first element.
    ///
    /// # Errors
    ///
    /// If neither an item nor the end of the array follows.
    pub fn next_item(&mut self, first: bool) -> Result<bool, DecodeError> {
        match (self.byte(), first) {
            (Some(b']'), _) => Ok(self.leave()),
            (Some(b','), false) => {
                self.at += 1;
                match self.byte() {
                    Some(b']') => Err(self.syntax("trailing comma")),
                    _ => Ok(true),
                }
            }
            (Some(_), true) => Ok(true),
            (Some(_), false) => Err(self.syntax("expected `,` or `]`")),
            (None, _) => Err(self.syntax("the text ends inside an array")),
        }
    }

    /// Reads the opening brace of a JSON object. Then call [`Reader::next_key`] before each value, until it returns
    /// `None`.
    ///
    /// # Errors
    ///
    /// If another value follows, or 127 arrays and objects are open already.
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        self.expect("an object", b"{")?;
        self.enter()
    }

    /// Reads the next key of the open JSON object and moves the reader to its value. Returns `None` after the end of
    /// the object. Pass `first` as `true` for the first key.
    ///
    /// # Errors
    ///
    /// If neither a key nor the end of the object follows.
    pub fn next_key(&mut self, first: bool) -> Result<Option<Cow<'a, str>>, DecodeError> {
        match (self.byte(), first) {
            (Some(b'}'), _) => {
                self.leave();
                return Ok(None);
            }
            (Some(b','), false) => {
                self.at += 1;
                if self.byte() == Some(b'}') {
                    return Err(self.syntax("trailing comma"));
                }
            }
            (Some(_), true) => {}
            (Some(_), false) => return Err(self.syntax("expected `,` or `}`")),
            (None, _) => return Err(self.syntax("the text ends inside an object")),
        }
        if self.byte() != Some(b'"') {
            return Err(self.syntax("expected a key in quotes"));
        }
        let start = self.at + 1;
        let end = start + short_plain_length(&self.text.as_bytes()[start..]);
        let key = self.text_until(start, end)?;
        if self.byte() != Some(b':') {
            return Err(self.syntax("expected `:`"));
        }
        self.at += 1;
        Ok(Some(key))
    }

    /// Skips the next JSON value, of any type and depth, without decoding it. Use it for values that nobody needs.
    ///
    /// # Errors
    ///
    /// If the text is not JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        // One entry per open bracket, true for an object. There is no recursion, so that no depth exhausts the stack.
        let mut open: Vec<bool> = Vec::new();
        loop {
            let mut fresh = false;
            match self.peek()? {
                JsonType::Null => self.null()?,
                JsonType::Boolean => drop(self.boolean()?),
                JsonType::Number => drop(self.number()?),
                JsonType::String => {
                    self.at = string_end(self.text, self.at + 1).map_err(|(message, at)| {
                        DecodeError::new(ErrorKind::Syntax(message), at)
                    })?;
                }
                JsonType::Array => {
                    self.at += 1;
                    open.push(false);
                    fresh = true;
                }
                JsonType::Object => {
                    self.at += 1;
                    open.push(true);
                    fresh = true;
                }
            }
            // Closes brackets until another value follows.
            loop {
                let depth = self.depth;
                let more = match open.last() {
                    None => return Ok(()),
                    Some(true) => self.next_key(fresh)?.is_some(),
                    Some(false) => self.next_item(fresh)?,
                };
                self.depth = depth;
                if more {
                    break;
                }
                open.pop();
                fresh = false;
            }
        }
    }

    /// Checks that only white space follows in the JSON text. Call it after the value of the whole document was read.
    ///
    /// # Errors
    ///
    /// If more text follows.
    pub fn end(&mut self) -> Result<(), DecodeError> {
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.syntax("trailing characters")),
        }
    }

    /// Creates the decoding error that the next JSON value is not of the `expected` type, such as "a string". Decoders
    /// return it when they refuse a value.
    #[cold]
    #[must_use]
    pub fn mismatch(&mut self, expected: &'static str) -> DecodeError {
        match self.peek() {
            Ok(found) => DecodeError::new(ErrorKind::Type { expected, found }, self.at),
            Err(error) => error,
        }
    }

    /// Returns the position, for [`Reader::rewind`].
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            at: self.at,
            depth: self.depth,
            misfits: self.misfits,
        }
    }

    /// Returns to a position, and forgets the misfits that were found after it.
    pub(crate) fn rewind(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
        self.misfits = mark.misfits;
    }

    /// Checks that the next value starts with one of these bytes.
    #[inline]
    fn expect(&mut self, expected: &'static str, starts: &[u8]) -> Result<(), DecodeError> {
        match self.byte() {
            Some(byte) if starts.contains(&byte) => Ok(()),
            _ => Err(self.mismatch(expected)),
        }
    }

    fn literal(&mut self, word: &str) -> Result<(), DecodeError> {
        if self.text.as_bytes()[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(())
        } else {
            Err(self.syntax("expected a value"))
        }
    }

    fn enter(&mut self) -> Result<(), DecodeError> {
        if self.depth == MAX_DEPTH {
            return Err(self.syntax("more than 127 nested arrays and objects"));
        }
        self.depth += 1;
        self.at += 1;
        Ok(())
    }

    fn leave(&mut self) -> bool {
        self.at += 1;
        self.depth = self.depth.saturating_sub(1);
        false
    }

    /// Skips white space and returns the next byte, without reading it.
    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(&byte) if byte > b' ' => return Some(byte),
                Some(b'\n') => self.skip_line_break(),
                Some(b' ' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    /// Skips a line break and most of the spaces behind it. They are most of the white space of formatted JSON.
    fn skip_line_break(&mut self) {
        self.at += 1;
        while self.text.as_bytes()[self.at..].starts_with(b"        ") {
            self.at += 8;
        }
    }

    #[cold]
    fn syntax(&self, message: &'static str) -> DecodeError {
        DecodeError::new(ErrorKind::Syntax(message), self.at)
    }
}
