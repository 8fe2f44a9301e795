//! What an operation reads.

use crate::error::{DecodeError, ErrorKind};
use crate::slot::Slot;

/// A response whose body has arrived.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    status: u16,
    body: &'a [u8],
}

impl<'a> Response<'a> {
    /// A response of that status and body.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, body }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Where it is not what `T` documents.
    pub fn json<T: Slot>(&self) -> Result<T, DecodeError> {
        crate::decode(self.body)
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// Where it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::new(ErrorKind::Syntax("the body is not UTF-8"), error.valid_up_to())),
        }
    }

    /// The body as it is.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.body.to_vec()
    }

    /// The error that no response is documented for this status.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        DecodeError::new(ErrorKind::Syntax("no response is documented for this status"), 0)
    }
}
