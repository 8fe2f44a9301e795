//! Operations whose response is requested in another media type.

use std::fmt;
use std::marker::PhantomData;

use super::info::OperationInfo;
use super::operation::Operation;
use super::request::Request;
use super::response::{FromResponse, Response};
use crate::codec::{DecodeError, Slot};

/// A trait of the ways to read a response body: as [`Json`], as [`Text`] or as [`Bytes`]. [`WithMediaType`] takes one
/// as a type parameter.
pub trait ReadAs {
    /// The type of the value that is read from the response body.
    type Output: FromResponse;

    /// Reads the body of an HTTP response in this way.
    ///
    /// # Errors
    ///
    /// If the body is not of this kind.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError>;
}

/// An operation whose result is requested in another media type than by default, and read as `R`: [`Json`], [`Text`] or
/// [`Bytes`]. Send it in place of the operation.
///
/// ```
/// # use octogen_runtime::{Operation, Text, WithMediaType};
/// fn as_csv<O: Operation>(report: O) -> WithMediaType<O, Text> {
///     WithMediaType::new(report, "text/csv")
/// }
/// ```
#[must_use = "an operation does nothing until it is sent"]
pub struct WithMediaType<O, R> {
    operation: O,
    media_type: &'static str,
    read_as: PhantomData<fn() -> R>,
}

/// A marker type for [`WithMediaType`]: reads the response body as JSON of type `T`.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(PhantomData<fn() -> T>);

/// A marker type for [`WithMediaType`]: reads the response body as UTF-8 text.
#[derive(Clone, Copy, Debug)]
pub struct Text;

/// A marker type for [`WithMediaType`]: returns the response body as bytes.
#[derive(Clone, Copy, Debug)]
pub struct Bytes;

impl<O: Operation, R: ReadAs> WithMediaType<O, R> {
    /// Wraps an operation so that its result is requested in another media type, such as `text/html`.
    pub fn new(operation: O, media_type: &'static str) -> Self {
        Self {
            operation,
            media_type,
            read_as: PhantomData,
        }
    }
}

impl<O: Operation, R: ReadAs> Operation for WithMediaType<O, R> {
    type Output = R::Output;
    type Failure = O::Failure;

    const INFO: OperationInfo = O::INFO.accepting_any();

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

impl<O: Clone, R> Clone for WithMediaType<O, R> {
    fn clone(&self) -> Self {
        Self {
            operation: self.operation.clone(),
            media_type: self.media_type,
            read_as: PhantomData,
        }
    }
}

impl<O: fmt::Debug, R> fmt::Debug for WithMediaType<O, R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} as {}", self.operation, self.media_type)
    }
}

impl<T: Slot> ReadAs for Json<T> {
    type Output = T;

    fn read(response: &Response<'_>) -> Result<T, DecodeError> {
        response.json()
    }
}

impl ReadAs for Text {
    type Output = String;

    fn read(response: &Response<'_>) -> Result<String, DecodeError> {
        response.text()
    }
}

impl ReadAs for Bytes {
    type Output = Vec<u8>;

    fn read(response: &Response<'_>) -> Result<Vec<u8>, DecodeError> {
        Ok(response.bytes())
    }
}
