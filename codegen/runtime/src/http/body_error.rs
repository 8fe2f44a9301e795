//! The error of a body.

use std::fmt;

/// The type alias of a boxed error of any type, which a transport, a layer, a stream or a credential source returns.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// The error of reading a body: the connection broke off, or the stream failed. [`source`](std::error::Error::source) is the
/// error of the transport or of the stream.
#[derive(Debug)]
pub struct BodyError(pub(crate) BoxError);

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body broke off")
    }
}

impl std::error::Error for BodyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.0.as_ref())
    }
}
