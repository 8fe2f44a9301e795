use super::info::OperationInfo;
use super::request::{Request, RequestError};
use super::response::{FromResponse, Response};
use crate::codec::DecodeError;

/// A trait of documented operations: a value has the parameters, writes the HTTP request, and reads the HTTP responses.
///
/// Generated operations implement it by [`operation!`](crate::operation!). A client sends them.
pub trait Operation {
    /// The value of a successful response.
    type Output: FromResponse;

    /// The value of a documented error response.
    type Failure: FromResponse;

    /// The facts that are known before the operation is sent.
    const INFO: OperationInfo;

    /// Writes parameters and body into a request.
    fn write(&self, request: &mut Request) {
        let _ = request;
    }

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// If no response is documented for the status, or the body is not as documented.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError> {
        FromResponse::read(response)
    }

    /// Reads an error response.
    ///
    /// # Errors
    ///
    /// If no response is documented for the status, or the body is not as documented.
    fn read_failure(response: &Response<'_>) -> Result<Self::Failure, DecodeError> {
        FromResponse::read(response)
    }

    /// Creates the request of this operation.
    ///
    /// # Errors
    ///
    /// If a path parameter would change the route, since it makes a segment empty, `.` or `..`. If a header has a control
    /// character.
    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(&Self::INFO);
        self.write(&mut request);
        request.finish(Self::INFO.path)
    }
}
