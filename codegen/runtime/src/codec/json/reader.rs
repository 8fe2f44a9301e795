use std::borrow::Cow;

use super::JsonType;
use super::text::{number_end, plain_length, short_integer, short_plain_length, string_end, unescape};
use super::trials::Trials;
use crate::codec::error::{DecodeError, ErrorKind};

/// How many arrays and objects may be open at once: what `serde_json` allows.
const MAX_DEPTH: usize = 127;

/// Reads JSON from bytes, one value at a time.
///
/// Nothing here is generic over what is read, so that it is compiled once however many types there are.
#[derive(Clone, Debug)]
pub struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    pub(crate) trials: Trials,
}

/// A place to which a reader can return.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    at: usize,
    depth: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of `json`.
    ///
    /// # Errors
    ///
    /// Where the bytes are not UTF-8.
    pub fn new(json: &'a [u8]) -> Result<Self, DecodeError> {
        match std::str::from_utf8(json) {
            Ok(text) => Ok(Self { text, at: 0, depth: 0, trials: Trials::default() }),
            Err(error) => Err(DecodeError::new(ErrorKind::Syntax("the text is not UTF-8"), error.valid_up_to())),
        }
    }

    /// The byte at which the reader stands.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.at
    }

    /// The JSON type of the value that comes next.
    ///
    /// # Errors
    ///
    /// Where no value comes.
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

    /// Reads `null`.
    ///
    /// # Errors
    ///
    /// Where something else stands.
    pub fn null(&mut self) -> Result<(), DecodeError> {
        self.expect("null", b"n")?;
        self.literal("null")
    }

    /// Reads `true` or `false`.
    ///
    /// # Errors
    ///
    /// Where something else stands.
    pub fn boolean(&mut self) -> Result<bool, DecodeError> {
        self.expect("a boolean", b"tf")?;
        if self.text.as_bytes().get(self.at) == Some(&b't') {
            self.literal("true").map(|()| true)
        } else {
            self.literal("false").map(|()| false)
        }
    }

    /// Reads a number and gives its text as it stands.
    ///
    /// # Errors
    ///
    /// Where something else stands, or the number is beyond what a 64-bit float can hold.
    pub fn number(&mut self) -> Result<&'a str, DecodeError> {
        self.expect("a number", b"-0123456789")?;
        let end = number_end(self.text.as_bytes(), self.at)
            .map_err(|(message, at)| DecodeError::new(ErrorKind::Syntax(message), at))?;
        let text = &self.text[self.at..end];
        // Only an exponent or hundreds of digits can leave the range of a float.
        if (text.len() > 300 || text.contains(['e', 'E'])) && text.parse::<f64>().is_ok_and(f64::is_infinite) {
            return Err(self.syntax("the number is out of range"));
        }
        self.at = end;
        Ok(text)
    }

    /// Reads an integer, if that is what comes next and it is written without a point, an exponent or many digits.
    pub(crate) fn short_integer(&mut self) -> Option<i64> {
        self.byte();
        let (value, end) = short_integer(self.text.as_bytes(), self.at)?;
        self.at = end;
        Some(value)
    }

    /// Reads a string.
    ///
    /// # Errors
    ///
    /// Where something else stands, or an escape is wrong.
    pub fn string(&mut self) -> Result<Cow<'a, str>, DecodeError> {
        self.expect("a string", b"\"")?;
        let start = self.at + 1;
        let end = start + plain_length(&self.text.as_bytes()[start..]);
        self.text_until(start, end)
    }

    /// The string that starts at `start`, of which all is plain up to `end`.
    #[inline]
    fn text_until(&mut self, start: usize, end: usize) -> Result<Cow<'a, str>, DecodeError> {
        if self.text.as_bytes().get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Cow::Borrowed(&self.text[start..end]));
        }
        self.escaped(start)
    }

    fn escaped(&mut self, start: usize) -> Result<Cow<'a, str>, DecodeError> {
        let (value, end) =
            unescape(self.text, start).map_err(|(message, at)| DecodeError::new(ErrorKind::Syntax(message), at))?;
        self.at = end;
        Ok(value)
    }

    /// Opens an array; [`Reader::next_item`] follows.
    ///
    /// # Errors
    ///
    /// Where something else stands, or too many are open.
    pub fn begin_array(&mut self) -> Result<(), DecodeError> {
        self.expect("an array", b"[")?;
        self.enter()
    }

    /// Whether another item of the array follows; the reader then stands at it.
    ///
    /// # Errors
    ///
    /// Where neither an item nor the end of the array follows.
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

    /// Opens an object; [`Reader::next_key`] follows.
    ///
    /// # Errors
    ///
    /// Where something else stands, or too many are open.
    pub fn begin_object(&mut self) -> Result<(), DecodeError> {
        self.expect("an object", b"{")?;
        self.enter()
    }

    /// The next key of the object, or `None` at its end; the reader then stands at the value.
    ///
    /// # Errors
    ///
    /// Where neither a key nor the end of the object follows.
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

    /// Passes over one value of any kind and depth.
    ///
    /// # Errors
    ///
    /// Where it is not JSON.
    pub fn skip(&mut self) -> Result<(), DecodeError> {
        // One entry per open bracket, true for an object: no recursion, so that no depth can exhaust the stack.
        let mut open: Vec<bool> = Vec::new();
        loop {
            let mut fresh = false;
            match self.peek()? {
                JsonType::Null => self.null()?,
                JsonType::Boolean => drop(self.boolean()?),
                JsonType::Number => drop(self.number()?),
                JsonType::String => {
                    self.at = string_end(self.text, self.at + 1)
                        .map_err(|(message, at)| DecodeError::new(ErrorKind::Syntax(message), at))?;
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
            // Closing brackets until a further value stands before the reader.
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

    /// Checks that nothing but white space is left.
    ///
    /// # Errors
    ///
    /// Where more text follows.
    pub fn end(&mut self) -> Result<(), DecodeError> {
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.syntax("trailing characters")),
        }
    }

    /// The error that the value which comes next is not the documented one.
    #[cold]
    #[must_use]
    pub fn mismatch(&mut self, expected: &'static str) -> DecodeError {
        match self.peek() {
            Ok(found) => DecodeError::new(ErrorKind::Type { expected, found }, self.at),
            Err(error) => error,
        }
    }

    /// Where the reader stands.
    pub(crate) fn mark(&self) -> Mark {
        Mark { at: self.at, depth: self.depth }
    }

    /// Returns to where the reader stood.
    pub(crate) fn rewind(&mut self, mark: Mark) {
        self.at = mark.at;
        self.depth = mark.depth;
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

    /// The next byte that is not white space.
    #[inline]
    fn byte(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at) {
                Some(&byte) if byte > b' ' => return Some(byte),
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                other => return other.copied(),
            }
        }
    }

    #[cold]
    fn syntax(&self, message: &'static str) -> DecodeError {
        DecodeError::new(ErrorKind::Syntax(message), self.at)
    }
}
