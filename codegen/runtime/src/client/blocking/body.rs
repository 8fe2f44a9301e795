//! The body of a response that is read as it comes.

use std::fmt;
use std::io::{self, Read};

use bytes::{Buf, Bytes};

use super::Driver;
use crate::client::body;
use crate::client::transport::BoxError;

/// The body of a response on its way, for [`Read`] or piece by piece.
pub struct Body {
    body: body::Body,
    driver: Driver,
    /// What came and wasn't read yet.
    left: Bytes,
}

impl Body {
    pub(super) fn new(body: body::Body, driver: Driver) -> Self {
        Self { body, driver, left: Bytes::new() }
    }

    /// What comes next of it, or `None` behind its end.
    ///
    /// # Errors
    ///
    /// Where it breaks off.
    pub fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        if !self.left.is_empty() {
            return Ok(Some(std::mem::take(&mut self.left)));
        }
        self.driver.wait(self.body.chunk())?
    }
}

impl Read for Body {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.left.is_empty() && !into.is_empty() {
            match self.chunk().map_err(io::Error::other)? {
                Some(chunk) => self.left = chunk,
                None => return Ok(0),
            }
        }
        let count = self.left.len().min(into.len());
        self.left.copy_to_slice(into.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body(…)")
    }
}
