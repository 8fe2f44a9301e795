//! Responses of operations, with status and headers.

use http::{HeaderMap, StatusCode};

use super::error::Error;
use super::error_details::Cause;
use super::exchange::Received;
use crate::codec::{DecodeError, Slot};
use crate::http::{Header, Operation, Response, parse_simple};

/// The result of an operation together with the status code and the headers of its HTTP response.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FullResponse<T> {
    /// The status code of the HTTP response.
    pub status: StatusCode,
    /// The headers of the HTTP response.
    pub headers: HeaderMap,
    /// The documented value that was read from the body of the HTTP response.
    pub body: T,
}

impl<T> FullResponse<T> {
    /// Returns the value of a documented header of this HTTP response, or `None` if the response does not have the
    /// header.
    ///
    /// ```
    /// # fn example<T>(response: octogen_runtime::client::FullResponse<T>) -> Result<(), octogen_runtime::DecodeError> {
    /// # struct ListInstallations;
    /// # impl ListInstallations {
    /// #     const HEADER_LINK: octogen_runtime::Header<String> = octogen_runtime::Header::new("Link");
    /// # }
    /// let link: Option<String> = response.get(ListInstallations::HEADER_LINK)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the header is not of the documented type.
    pub fn get<H: Slot>(&self, header: Header<H>) -> Result<Option<H>, DecodeError> {
        self.header(header.name())
    }

    /// Returns the value of any header of this HTTP response by the header's name, as a type of your choice, or `None`
    /// if the response does not have the header.
    ///
    /// ```
    /// # fn example<T>(response: octogen_runtime::client::FullResponse<T>) -> Result<(), octogen_runtime::DecodeError> {
    /// let left: Option<i64> = response.header("x-ratelimit-remaining")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the header is not of this type.
    pub fn header<H: Slot>(&self, name: &str) -> Result<Option<H>, DecodeError> {
        let all: Vec<_> = self
            .headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        if all.is_empty() {
            Ok(None)
        } else {
            parse_simple(&all.join(",")).map(Some)
        }
    }
}

/// Reads the response of an operation.
pub(crate) fn read_response<O: Operation>(
    received: Received,
) -> Result<FullResponse<O::Output>, Error<O::Failure>> {
    if !received.is_result() {
        return Err(read_failure::<O>(received));
    }
    let location = received.location();
    let response =
        Response::new(received.status.as_u16(), &received.body).with_location(location.as_deref());
    match O::read(&response) {
        Ok(body) => Ok(FullResponse {
            status: received.status,
            headers: received.headers,
            body,
        }),
        Err(error) => Err(Error::new(received.into_error(Cause::Decode(error)), None)),
    }
}

/// Reads the error response of an operation.
pub(crate) fn read_failure<O: Operation>(received: Received) -> Error<O::Failure> {
    match O::read_failure(&Response::new(received.status.as_u16(), &received.body)) {
        Ok(failure) => Error::new(received.into_error(Cause::Status), Some(failure)),
        Err(error) => Error::new(received.into_error(Cause::Failure(error)), None),
    }
}
