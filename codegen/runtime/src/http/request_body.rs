//! Bodies of requests.

use std::borrow::Cow;
use std::fmt;

use super::blob::{Blob, Content};

/// The body of an HTTP request that an operation wrote: its media type, and its bytes and streams. It may hold secrets,
/// so `Debug` writes only its media type and its size.
#[derive(Clone, PartialEq)]
pub struct RequestBody {
    media_type: Cow<'static, str>,
    /// The bytes and streams that are sent one after the other.
    content: Vec<Content>,
}

impl RequestBody {
    pub(super) fn new(media_type: &'static str, content: impl Into<Vec<u8>>) -> Self {
        Self {
            media_type: Cow::Borrowed(media_type),
            content: vec![Content::bytes(content.into())],
        }
    }

    /// Creates a body from parts that are sent one after the other.
    pub(super) fn from_parts(media_type: String, content: Vec<Content>) -> Self {
        Self {
            media_type: Cow::Owned(media_type),
            content,
        }
    }

    /// Creates a body from a blob. The media type of the blob takes precedence over the documented one.
    pub(super) fn from_blob(media_type: &'static str, blob: &Blob) -> Self {
        let own = blob.media_type().map(|own| Cow::Owned(own.to_owned()));
        Self {
            media_type: own.unwrap_or(Cow::Borrowed(media_type)),
            content: vec![blob.content()],
        }
    }

    /// Returns the media type of this request body: the value of the header `content-type`.
    #[must_use]
    pub fn media_type(&self) -> &str {
        &self.media_type
    }

    /// Returns the bytes of this request body, or `None` if the body contains a stream. Use it in tests.
    #[must_use]
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let parts: Option<Vec<&[u8]>> = self.content.iter().map(Content::as_bytes).collect();
        parts.map(|parts| parts.concat())
    }

    #[cfg(feature = "client")]
    pub(crate) fn into_content(self) -> Vec<Content> {
        self.content
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let media_type = self.media_type.split(';').next().unwrap_or_default();
        match self.bytes() {
            Some(bytes) => write!(f, "RequestBody({media_type}, {} bytes)", bytes.len()),
            None => write!(f, "RequestBody({media_type}, a stream)"),
        }
    }
}
