//! The path to a value within a payload.

use std::fmt;

/// A step from a JSON value to a value within it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Segment<'v> {
    /// The value of a key.
    Key(&'v str),
    /// An element of an array.
    Index(usize),
}

/// The path from a payload to a value within it. The check of a payload keeps it while it goes deeper.
#[derive(Debug, Default)]
pub(super) struct ValuePath<'v>(Vec<Segment<'v>>);

impl<'v> ValuePath<'v> {
    pub(super) fn push(&mut self, segment: Segment<'v>) {
        self.0.push(segment);
    }

    pub(super) fn pop(&mut self) {
        self.0.pop();
    }

    /// Returns the path as a JSON pointer.
    pub(super) fn pointer(&self) -> String {
        let mut pointer = String::new();
        for segment in &self.0 {
            pointer.push('/');
            match segment {
                Segment::Key(key) => pointer += &key.replace('~', "~0").replace('/', "~1"),
                Segment::Index(index) => pointer += &index.to_string(),
            }
        }
        pointer
    }
}

/// Writes the path as people read it, such as `$.tags[0]`.
impl fmt::Display for ValuePath<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("$")?;
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Key(key) => write!(f, ".{key}"),
            Segment::Index(index) => write!(f, "[{index}]"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_a_text_and_a_pointer() {
        let mut path = ValuePath::default();
        assert_eq!((path.to_string(), path.pointer()), ("$".to_owned(), String::new()));
        for segment in [Segment::Key("a/b"), Segment::Index(2), Segment::Key("~"), Segment::Key("gone")] {
            path.push(segment);
        }
        path.pop();
        assert_eq!((path.to_string(), path.pointer()), ("$.a/b[2].~".to_owned(), "/a~1b/2/~0".to_owned()));
    }
}
