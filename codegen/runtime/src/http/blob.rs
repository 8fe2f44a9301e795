//! Bytes to send, such as files.

use std::fmt;
use std::sync::Arc;
#[cfg(feature = "client")]
use std::sync::{Mutex, PoisonError};

#[cfg(feature = "client")]
use super::body::Body;
use crate::codec::{DecodeError, Reader, Slot, Writer};

/// Binary content of a request, such as a file to upload, with an optional file name and media type. The bytes may
/// be secret, so `Debug` writes only their number.
///
/// ```
/// use octogen_runtime::Blob;
///
/// let picture = Blob::new(vec![0x89, b'P', b'N', b'G']).named("octocat.png").of_type("image/png");
/// assert_eq!(format!("{picture:?}"), "Blob(octocat.png, 4 bytes)");
/// ```
///
/// With the feature `client`, a `client::Body` converts into a blob. A stream is read while it is sent, and only once.
#[derive(Clone, PartialEq)]
pub struct Blob {
    content: Content,
    name: Option<String>,
    media_type: Option<String>,
}

/// The bytes, or the stream. Clones share it, since operations are cloned and files may be large.
#[derive(Clone)]
pub(crate) enum Content {
    Bytes(Arc<Vec<u8>>),
    #[cfg(feature = "client")]
    Stream(Arc<Mutex<Option<Body>>>),
}

impl Blob {
    /// Creates binary content of a request from bytes in memory. It has neither a file name nor a media type.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            content: Content::bytes(bytes.into()),
            name: None,
            media_type: None,
        }
    }

    /// Sets the file name of this binary content, which a part of a multipart body states to the server.
    #[must_use]
    pub fn named(self, name: impl Into<String>) -> Self {
        Self {
            name: Some(name.into()),
            ..self
        }
    }

    /// Sets the media type of this binary content, such as `image/png`. It is sent in place of the media type in the
    /// document.
    #[must_use]
    pub fn of_type(self, media_type: impl Into<String>) -> Self {
        Self {
            media_type: Some(media_type.into()),
            ..self
        }
    }

    /// Returns the bytes of this binary content, or `None` if the content is a stream.
    #[must_use]
    pub fn as_bytes(&self) -> Option<&[u8]> {
        self.content.as_bytes()
    }

    /// Returns the file name of this binary content, if one was set.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Returns the media type of this binary content, if one was set.
    #[must_use]
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    pub(super) fn content(&self) -> Content {
        self.content.clone()
    }
}

impl Content {
    pub(super) fn bytes(bytes: Vec<u8>) -> Self {
        Self::Bytes(Arc::new(bytes))
    }

    pub(crate) fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            #[cfg(feature = "client")]
            Self::Stream(_) => None,
        }
    }

    /// Returns the body, or `None` for a stream that was sent already.
    #[cfg(feature = "client")]
    pub(crate) fn into_body(self) -> Option<Body> {
        match self {
            Self::Bytes(bytes) => Some(Body::from(bytes::Bytes::from_owner(Shared(bytes)))),
            Self::Stream(body) => body.lock().unwrap_or_else(PoisonError::into_inner).take(),
        }
    }
}

#[cfg(feature = "client")]
struct Shared(Arc<Vec<u8>>);

#[cfg(feature = "client")]
impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A stream equals only its own clones.
impl PartialEq for Content {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Bytes(one), Self::Bytes(other)) => one == other,
            #[cfg(feature = "client")]
            (Self::Stream(one), Self::Stream(other)) => Arc::ptr_eq(one, other),
            #[cfg(feature = "client")]
            _ => false,
        }
    }
}

impl fmt::Debug for Blob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Blob(")?;
        if let Some(name) = &self.name {
            write!(f, "{name}, ")?;
        }
        match self.as_bytes() {
            Some(bytes) => write!(f, "{} bytes)", bytes.len()),
            None => f.write_str("a stream)"),
        }
    }
}

impl From<Vec<u8>> for Blob {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Blob {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl<const N: usize> From<&[u8; N]> for Blob {
    fn from(bytes: &[u8; N]) -> Self {
        Self::new(bytes.as_slice())
    }
}

impl From<String> for Blob {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Blob {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

#[cfg(feature = "client")]
impl From<bytes::Bytes> for Blob {
    fn from(bytes: bytes::Bytes) -> Self {
        Self::new(bytes)
    }
}

#[cfg(feature = "client")]
impl From<Body> for Blob {
    fn from(body: Body) -> Self {
        let content = Content::Stream(Arc::new(Mutex::new(Some(body))));
        Self {
            content,
            name: None,
            media_type: None,
        }
    }
}

/// In JSON it is a string, and bytes that are not UTF-8 are replaced. In `multipart/form-data` it is a part of its own.
impl Slot for Blob {
    fn vacant() -> Self {
        Self::new(Vec::new())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        *self = Self::new(reader.string()?.into_owned());
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.attach(self, || {
            String::from_utf8_lossy(self.as_bytes().unwrap_or_default()).into_owned()
        });
    }

    crate::whole_value!();
}
