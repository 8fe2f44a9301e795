use std::fmt;

use crate::codec::json::JsonType;

/// Why a JSON text did not become a value: the cause, the place in the text, and the JSON path.
///
/// ```
/// use octogen_runtime::{Map, decode};
///
/// let error = decode::<Map<Vec<bool>>>(br#"{"flags":[true,1]}"#).unwrap_err();
/// assert_eq!(error.to_string(), "at $.flags[1] (byte 15): expected a boolean, found a number");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct DecodeError {
    inner: Box<Inner>,
}

#[derive(Clone, PartialEq, Eq)]
struct Inner {
    kind: ErrorKind,
    offset: usize,
    /// Innermost segment first: each level adds its own on the way out.
    path: Vec<Segment>,
}

/// One step of a JSON path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// A key of an object.
    Key(String),
    /// An index of an array.
    Index(usize),
}

/// What was wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON; the message says what is wrong with it.
    Syntax(&'static str),
    /// A value of another JSON type stands here.
    Type {
        /// What the documentation promises, with its article: "a string".
        expected: &'static str,
        /// What stands here.
        found: JsonType,
    },
    /// A required key is missing.
    Missing(&'static str),
    /// The number does not fit the documented integer type.
    Range(&'static str),
    /// The number of elements is not the documented one.
    Length {
        /// How many the documentation promises.
        expected: usize,
    },
}

impl DecodeError {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self { inner: Box::new(Inner { kind, offset, path: Vec::new() }) }
    }

    pub(crate) fn within_key(mut self, key: &str) -> Self {
        self.inner.path.push(Segment::Key(key.to_owned()));
        self
    }

    pub(crate) fn within_index(mut self, index: usize) -> Self {
        self.inner.path.push(Segment::Index(index));
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// The byte of the text at which it was noticed.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.inner.offset
    }

    /// The way from the root of the document to the value, such as `$.items[3].id`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for segment in self.inner.path.iter().rev() {
            match segment {
                Segment::Key(key) if is_plain(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                Segment::Key(key) => path.push_str(&format!("[{key:?}]")),
                Segment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} (byte {}): ", self.path(), self.offset())?;
        match self.kind() {
            ErrorKind::Syntax(message) => f.write_str(message),
            ErrorKind::Type { expected, found } => write!(f, "expected {expected}, found {}", found.with_article()),
            ErrorKind::Missing(key) => write!(f, "the required key `{key}` is missing"),
            ErrorKind::Range(expected) => write!(f, "the number is not {expected}"),
            ErrorKind::Length { expected } => write!(f, "expected an array of {expected} elements"),
        }
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DecodeError({self})")
    }
}

impl std::error::Error for DecodeError {}
