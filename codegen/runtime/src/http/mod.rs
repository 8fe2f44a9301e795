//! Operations as data: what an endpoint needs to be sent, without a transport.

mod about;
mod blob;
mod encoding;
mod form;
mod header;
mod macros;
mod media;
mod page;
mod permissions;
mod request;
mod response;
mod route;
mod security;
mod style;

pub use about::{About, Method, PageStyle, Pagination, Permission, Server, server_url};
pub use blob::Blob;
#[cfg(feature = "client")]
pub(crate) use blob::Content;
#[cfg(feature = "client")]
pub(crate) use encoding::percent_encoded;
pub use form::Encoding;
pub use header::Header;
pub use media::{As, Bytes, Json, Text};
pub use page::Page;
pub use permissions::{Grants, MissingPermissions, Need, Needs, permissions_for};
pub use request::{Body, Request, RequestBody, RequestError};
pub use response::{Answer, Location, Response};
pub use response::{bytes, json, text};
#[cfg(feature = "client")]
pub(crate) use route::without_secrets;
pub use security::{AnyCredential, Credential, Scheme, SchemeKind, Takes};
pub use style::Style;
#[cfg(feature = "client")]
pub(crate) use style::of_text;

use crate::codec::error::DecodeError;

/// How a body is read: [`Json`], [`Text`] or [`Bytes`].
pub trait Reads {
    /// What it is read as.
    type Output: Answer;

    /// Reads it.
    ///
    /// # Errors
    ///
    /// Where the body is something else.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError>;
}

/// A documented operation: a value that knows its request and how to read the responses.
pub trait Operation {
    /// What a successful response carries.
    type Output: Answer;

    /// What a documented error response carries.
    type Failure: Answer;

    /// What is known of the operation before it is sent.
    const ABOUT: About;

    /// Writes parameters and body into a request.
    fn write(&self, request: &mut Request) {
        let _ = request;
    }

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read(response: &Response<'_>) -> Result<Self::Output, DecodeError> {
        Answer::read(response)
    }

    /// Reads an error response.
    ///
    /// # Errors
    ///
    /// Where the body is not what the documentation promises for the status.
    fn read_failure(response: &Response<'_>) -> Result<Self::Failure, DecodeError> {
        Answer::read(response)
    }

    /// The request of this operation.
    ///
    /// # Errors
    ///
    /// Where a path parameter would change the route: by a segment that is empty, `.` or `..`; and where a header
    /// holds a control character.
    fn request(&self) -> Result<Request, RequestError> {
        let mut request = Request::new(&Self::ABOUT);
        self.write(&mut request);
        request.checked(Self::ABOUT.path)
    }
}
