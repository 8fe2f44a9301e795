//! JSON pointers.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

/// A JSON pointer: the path from the root of a file to a JSON value. Pointers are cheap to copy, because pointers with
/// the same parent share it.
#[derive(Clone, Debug)]
pub struct Pointer(Option<Arc<Link>>);

#[derive(Debug)]
struct Link {
    parent: Pointer,
    segment: Box<str>,
}

impl Pointer {
    /// Returns the JSON pointer to the root of a file, which is the empty pointer. Other pointers are made from it.
    #[must_use]
    pub fn root() -> Self {
        Self(None)
    }

    /// Returns the JSON pointer to a value one level below this pointer, by its object key or array index.
    #[must_use]
    pub fn child(&self, segment: &str) -> Self {
        Self(Some(Arc::new(Link { parent: self.clone(), segment: segment.into() })))
    }

    /// Returns the text of this JSON pointer. Places of diagnostics and of types have it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.length());
        self.write(&mut text);
        text
    }

    /// Returns the length of the text without escapes.
    fn length(&self) -> usize {
        self.0.as_ref().map_or(0, |link| link.parent.length() + 1 + link.segment.len())
    }

    fn write(&self, text: &mut String) {
        if let Some(link) = &self.0 {
            link.parent.write(text);
            text.push('/');
            text.push_str(&escape(&link.segment));
        }
    }

    /// Returns the object keys and array indices of this pointer, from the root of the file.
    pub(super) fn segments(&self) -> Vec<&str> {
        let mut segments = Vec::new();
        let mut at = self;
        while let Some(link) = &at.0 {
            segments.push(&*link.segment);
            at = &link.parent;
        }
        segments.reverse();
        segments
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Escapes a key as a segment of a pointer.
fn escape(key: &str) -> Cow<'_, str> {
    if key.bytes().any(|byte| matches!(byte, b'~' | b'/')) {
        Cow::Owned(key.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(key)
    }
}

/// Returns the key that a segment of a pointer is the escaped form of.
pub(super) fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') { segment.replace("~1", "/").replace("~0", "~").into() } else { segment.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pointer_is_written_with_escapes() {
        let pointer = Pointer::root().child("paths").child("/zoos/{zoo}~1").child("get");
        assert_eq!(pointer.to_string(), "/paths/~1zoos~1{zoo}~01/get");
        assert_eq!(Pointer::root().to_string(), "");
        assert_eq!(Pointer::root().child("").to_string(), "/");
    }

    #[test]
    fn unescaping_reverts_escaping() {
        for key in ["", "a", "~", "/", "~1", "~0/", "~01", "a/b~c"] {
            assert_eq!(unescape(&escape(key)), key);
        }
    }
}
