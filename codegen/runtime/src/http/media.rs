//! Operations that are asked for another media type than the usual one.

use std::fmt;
use std::marker::PhantomData;

use super::about::About;
use super::request::Request;
use super::response::Response;
use super::{Operation, Reads};
use crate::codec::error::DecodeError;
use crate::codec::slot::Slot;

/// An operation whose result is asked for, and read, as another media type.
///
/// ```
/// # use octogen_runtime::{As, Operation, Text};
/// fn as_diff<O: Operation>(compare: O) -> As<O, Text> {
///     As::new(compare, "application/vnd.github.diff")
/// }
/// ```
#[must_use = "an operation does nothing until it is sent"]
pub struct As<O, R> {
    operation: O,
    media_type: &'static str,
    reads: PhantomData<fn() -> R>,
}

/// A body of JSON, as a `T`.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// A body of text.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// A body as it is.
#[derive(Clone, Copy, Debug)]
pub struct Bytes;

impl<O: Operation, R: Reads> As<O, R> {
    /// The operation, asked for that media type.
    pub fn new(operation: O, media_type: &'static str) -> Self {
        Self { operation, media_type, reads: PhantomData }
    }
}

impl<O: Operation, R: Reads> Operation for As<O, R> {
    type Output = R::Output;
    type Failure = O::Failure;

    const ABOUT: About = O::ABOUT.accepting(&[]);

    fn write(&self, request: &mut Request) {
        self.operation.write(request);
        request.accept(self.media_type);
    }

    fn read(response: &Response<'_>) -> Result<R::Output, DecodeError> {
        R::read(response)
    }

    fn read_failure(response: &Response<'_>) -> Result<O::Failure, DecodeError> {
        O::read_failure(response)
    }
}

impl<O: Clone, R> Clone for As<O, R> {
    fn clone(&self) -> Self {
        Self { operation: self.operation.clone(), media_type: self.media_type, reads: PhantomData }
    }
}

impl<O: fmt::Debug, R> fmt::Debug for As<O, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} as {}", self.operation, self.media_type)
    }
}

impl<T: Slot> Reads for Json<T> {
    type Output = T;

    fn read(response: &Response<'_>) -> Result<T, DecodeError> {
        response.json()
    }
}

impl Reads for Text {
    type Output = String;

    fn read(response: &Response<'_>) -> Result<String, DecodeError> {
        response.text()
    }
}

impl Reads for Bytes {
    type Output = Vec<u8>;

    fn read(response: &Response<'_>) -> Result<Vec<u8>, DecodeError> {
        Ok(response.bytes())
    }
}
