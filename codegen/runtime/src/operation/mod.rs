//! Operations as data: what an endpoint needs to be sent, without a transport.

mod about;
mod page;
mod request;
mod response;
mod security;

pub use about::{About, Method, PageStyle, Pagination, Permission};
pub use page::Page;
#[cfg(feature = "client")]
pub(crate) use request::percent_encoded;
pub use request::{Request, RequestBody, RequestError};
pub use response::Response;
pub use security::{AnyCredential, Credential, Scheme, SchemeKind, Takes};

use crate::error::DecodeError;

/// A documented operation: a value that knows its request and how to read the responses.
pub trait Operation {
    /// What a successful response carries.
    type Output;

    /// What a documented error response carries.
    type Failure;

    /// What is known of the operation before it is sent.
    const ABOUT: About;

    /// Writes parameters and body into a request.
    fn write(&self, request: &mut Request);

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError>;

    /// Reads an error response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read_failure(response: &Response<'_>) -> Result<Self::Failure, DecodeError>;

    /// The request of this operation.
    ///
    /// # Errors
    ///
    /// Where a path parameter would change the route: an empty one, `.` or `..`; and where a header or a cookie holds
    /// a control character.
    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(&Self::ABOUT);
        self.write(&mut request);
        request.checked(Self::ABOUT.path)
    }
}
