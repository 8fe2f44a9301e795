use std::fmt;

use super::json_type::JsonType;

/// The error type of decoding a JSON document, with its cause, its byte offset, and its JSON path.
/// [`decode`](crate::decode) returns it.
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
    /// The innermost segment comes first: each level adds its own when it returns the error.
    path: Vec<PathSegment>,
}

/// One step of the JSON path of a decoding error: a key of an object, or an index of an array.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathSegment {
    /// A key of an object.
    Key(String),
    /// An index of an array.
    Index(usize),
}

/// The cause of a [`DecodeError`], as an enum: wrong JSON syntax, a wrong type, a missing key, a number out of range,
/// or a wrong array length.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The text is not JSON. The message names the mistake.
    Syntax(&'static str),
    /// The value has another JSON type than the documentation promises.
    Type {
        /// The documented type with its article: "a string".
        expected: &'static str,
        /// The type of the value.
        found: JsonType,
    },
    /// A required key is missing.
    Missing(&'static str),
    /// The number does not fit the documented integer type.
    Range(&'static str),
    /// The array has another number of elements than the documentation promises.
    Length {
        /// The documented number of elements.
        expected: usize,
    },
}

impl DecodeError {
    pub(crate) fn new(kind: ErrorKind, offset: usize) -> Self {
        Self {
            inner: Box::new(Inner {
                kind,
                offset,
                path: Vec::new(),
            }),
        }
    }

    /// Adds the key under which the value is.
    pub(crate) fn within_key(mut self, key: &str) -> Self {
        self.inner.path.push(PathSegment::Key(key.to_owned()));
        self
    }

    /// Adds the index at which the value is.
    pub(crate) fn within_index(mut self, index: usize) -> Self {
        self.inner.path.push(PathSegment::Index(index));
        self
    }

    /// Returns the cause of this decoding error. Match on it to handle some causes in a special way.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.inner.kind
    }

    /// Returns the byte offset in the JSON text at which the decoder noticed this error. Use it to point at the mistake
    /// in the text.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.inner.offset
    }

    /// Returns the JSON path from the root of the document to the value that caused this decoding error, such as
    /// `$.items[3].id`. Use it in messages and logs.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::from("$");
        for segment in self.inner.path.iter().rev() {
            match segment {
                PathSegment::Key(key) if is_plain(key) => {
                    path.push('.');
                    path.push_str(key);
                }
                PathSegment::Key(key) => path.push_str(&format!("[{key:?}]")),
                PathSegment::Index(index) => path.push_str(&format!("[{index}]")),
            }
        }
        path
    }
}

/// Returns whether a key needs no quotes in a path.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_')
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "at {} (byte {}): ", self.path(), self.offset())?;
        match self.kind() {
            ErrorKind::Syntax(message) => f.write_str(message),
            ErrorKind::Type { expected, found } => {
                write!(f, "expected {expected}, found {}", found.with_article())
            }
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

#[cfg(test)]
mod tests {
    use super::{DecodeError, ErrorKind};
    use crate::codec::json_type::JsonType;

    #[test]
    fn a_path_quotes_keys_that_are_not_plain() {
        let error = DecodeError::new(ErrorKind::Missing("id"), 7);
        let error = error
            .within_key("a b")
            .within_index(3)
            .within_key("items")
            .within_key("")
            .within_key("é_1");
        assert_eq!(error.path(), r#"$.é_1[""].items[3]["a b"]"#);
    }

    #[test]
    fn messages_name_the_cause() {
        let cases = [
            (
                ErrorKind::Syntax("expected a digit"),
                "at $ (byte 7): expected a digit",
            ),
            (
                ErrorKind::Missing("id"),
                "at $ (byte 7): the required key `id` is missing",
            ),
            (
                ErrorKind::Range("an integer of 64 bits"),
                "at $ (byte 7): the number is not an integer of 64 bits",
            ),
            (
                ErrorKind::Length { expected: 2 },
                "at $ (byte 7): expected an array of 2 elements",
            ),
            (
                ErrorKind::Type {
                    expected: "a string",
                    found: JsonType::Null,
                },
                "at $ (byte 7): expected a string, found null",
            ),
        ];
        for (kind, expected) in cases {
            assert_eq!(DecodeError::new(kind, 7).to_string(), expected);
        }
    }
}
