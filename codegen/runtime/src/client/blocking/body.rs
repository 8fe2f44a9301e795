//! Bodies that are read while they arrive.

use std::fmt;
use std::io::{self, Read};

use bytes::{Buf, Bytes};

use super::driver::Driver;
use crate::http::{self as shared, BodyError};

/// The body of an HTTP response in the blocking client: a type that is read while the bytes arrive, by [`Read`] or by
/// [`Body::chunk`].
pub struct Body {
    body: shared::Body,
    driver: Driver,
    /// The bytes that arrived and were not read yet.
    left: Bytes,
}

impl Body {
    pub(super) fn new(body: shared::Body, driver: Driver) -> Self {
        Self {
            body,
            driver,
            left: Bytes::new(),
        }
    }

    /// Waits for the next bytes of this HTTP response body and returns them, or `None` after the end.
    ///
    /// # Errors
    ///
    /// If the body breaks off.
    pub fn chunk(&mut self) -> Result<Option<Bytes>, BodyError> {
        if !self.left.is_empty() {
            return Ok(Some(std::mem::take(&mut self.left)));
        }
        self.driver
            .wait(self.body.chunk())
            .map_err(|error| BodyError(error.into()))?
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
        self.left
            .copy_to_slice(into.get_mut(..count).unwrap_or_default());
        Ok(count)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body(…)")
    }
}
