use super::info::OperationInfo;
use super::request::{Request, RequestError};
use super::response::{FromResponse, Response};
use crate::codec::DecodeError;

/// A trait of documented operations: a value has the parameters, writes the HTTP request, and reads the HTTP responses.
///
/// Generated operations implement it by [`operation!`](crate::operation!). A client sends them.
pub trait Operation {
    /// The type of the value that is read from a successful response of the operation.
    type Output: FromResponse;

    /// The type of the value that is read from a documented error response of the operation.
    type Failure: FromResponse;

    /// The facts about the operation that are known before it is sent.
    const INFO: OperationInfo;

    /// Writes the parameters and the body of this operation into an HTTP request. [`Operation::request`] calls it.
    fn write(&self, request: &mut Request) {
        let _ = request;
    }

    /// Reads the result of the operation from a successful HTTP response. The client calls it.
    ///
    /// # Errors
    ///
    /// If no response is documented for the status, or the body is not as documented.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError> {
        FromResponse::read(response)
    }

    /// Reads the documented error from an HTTP response with an error status. The client calls it.
    ///
    /// # Errors
    ///
    /// If no response is documented for the status, or the body is not as documented.
    fn read_failure(response: &Response<'_>) -> Result<Self::Failure, DecodeError> {
        FromResponse::read(response)
    }

    /// Creates the HTTP request of this operation. The client calls it; call it in tests to look at the request.
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
