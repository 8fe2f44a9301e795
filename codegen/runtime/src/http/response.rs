//! Responses of operations.

use std::any::TypeId;
use std::fmt;

use crate::codec::{DecodeError, ErrorKind, Slot, decode};

/// An HTTP response whose body was received: its status code, its bytes, and the target of a redirect. Operations read
/// their result from it.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    status: u16,
    body: &'a [u8],
    location: Option<&'a str>,
}

/// The target URL of a redirect that is the result of an operation, such as the URL of a download.
///
/// The query of such a URL often has a signature that gives access to whoever has it. So `Debug` and `Display` leave out the
/// query. Do not send a credential of the client to this URL.
#[derive(Clone, PartialEq, Eq)]
pub struct Location(String);

impl Location {
    /// Creates the result of a redirect from its target URL. Use it in tests.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// Returns the whole target URL of the redirect, with its query. The query may give access to the file, so do not
    /// log it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once(['?', '#']) {
            Some((address, _)) => write!(f, "{address}?…"),
            None => f.write_str(&self.0),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

/// A trait of types that are read from an HTTP response: a model, bytes, a [`Location`], `()`, or a generated enum of
/// several responses.
pub trait FromResponse: Sized {
    /// Reads a value of this type from an HTTP response. Operations call it.
    ///
    /// # Errors
    ///
    /// If no response is documented for the status, or the body is not as documented.
    fn read(response: &Response<'_>) -> Result<Self, DecodeError>;
}

/// Every model is read from JSON. `()` reads nothing: for a documented null, services send `null`, no body, or an empty
/// object.
impl<T: Slot> FromResponse for T {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        if TypeId::of::<T>() == TypeId::of::<()>() {
            Ok(T::vacant())
        } else {
            response.json()
        }
    }
}

impl FromResponse for Vec<u8> {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        Ok(response.bytes())
    }
}

impl FromResponse for Location {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        response.location()
    }
}

/// Reads the JSON body of an HTTP response into a value of type `T`. The macros of emitted operations call it.
pub fn json<T: FromResponse>(response: &Response<'_>) -> Result<T, DecodeError> {
    T::read(response)
}

/// Reads the body of an HTTP response as UTF-8 text. The macros of emitted operations call it.
pub fn text(response: &Response<'_>) -> Result<String, DecodeError> {
    response.text()
}

/// Reads the body of an HTTP response as bytes. The macros of emitted operations call it.
pub fn bytes(response: &Response<'_>) -> Result<Vec<u8>, DecodeError> {
    FromResponse::read(response)
}

impl<'a> Response<'a> {
    /// Creates an HTTP response from its status code and the bytes of its body. The client and tests call it to let an
    /// operation read a result.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self {
            status,
            body,
            location: None,
        }
    }

    /// Sets the target URL of a redirect, which comes from the header `location` of this HTTP response. The client and
    /// tests call it.
    #[must_use]
    pub fn with_location(self, location: Option<&'a str>) -> Self {
        Self { location, ..self }
    }

    /// Returns the target URL of this HTTP redirect, if the redirect is the result of the operation.
    ///
    /// # Errors
    ///
    /// If the response has no `location` header.
    pub fn location(&self) -> Result<Location, DecodeError> {
        match self.location {
            Some(location) => Ok(Location::new(location)),
            None => Err(DecodeError::new(
                ErrorKind::Syntax("the redirect has no `location` header"),
                0,
            )),
        }
    }

    /// Returns the status code of this HTTP response.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// Decodes the JSON body of this HTTP response into a value of type `T`.
    ///
    /// # Errors
    ///
    /// If the body is not JSON of type `T`.
    pub fn json<T: Slot>(&self) -> Result<T, DecodeError> {
        decode(self.body)
    }

    /// Returns the body of this HTTP response as UTF-8 text.
    ///
    /// # Errors
    ///
    /// If the body is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::new(
                ErrorKind::Syntax("the body is not UTF-8"),
                error.valid_up_to(),
            )),
        }
    }

    /// Returns a copy of the bytes of this HTTP response's body.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.body.to_vec()
    }

    /// Creates the decoding error that the operation documents no response for this status code. Emitted code returns
    /// it.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        DecodeError::new(
            ErrorKind::Syntax("no response is documented for this status"),
            0,
        )
    }
}
