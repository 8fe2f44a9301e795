//! What an operation reads.

use std::any::TypeId;
use std::fmt;

use crate::codec::error::{DecodeError, ErrorKind};
use crate::codec::slot::Slot;

/// A response whose body has arrived.
#[derive(Clone, Copy, Debug)]
pub struct Response<'a> {
    status: u16,
    body: &'a [u8],
    location: Option<&'a str>,
}

/// Where a redirect leads that is the result of an operation, as a download is.
///
/// Such a URL commonly holds a signature in its query, which opens it to whoever has it: neither `Debug` nor `Display`
/// shows that. No credential of the client is meant for it.
#[derive(Clone, PartialEq, Eq)]
pub struct Location(String);

impl Location {
    /// A location.
    pub fn new(url: impl Into<String>) -> Self {
        Self(url.into())
    }

    /// The whole of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.split_once(['?', '#']) {
            Some((shown, _)) => write!(f, "{shown}?…"),
            None => f.write_str(&self.0),
        }
    }
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Location({self})")
    }
}

/// What a response is read into: whatever JSON is, bytes, where a redirect leads, nothing, or one of several.
pub trait Answer: Sized {
    /// Reads it.
    ///
    /// # Errors
    ///
    /// Where the response is none that is documented, or its body is something else.
    fn read(response: &Response<'_>) -> Result<Self, DecodeError>;
}

/// A documented null says as much as no body: services send one, the other, or an empty object.
impl<T: Slot> Answer for T {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        if TypeId::of::<T>() == TypeId::of::<()>() { Ok(T::vacant()) } else { response.json() }
    }
}

impl Answer for Vec<u8> {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        Ok(response.bytes())
    }
}

impl Answer for Location {
    fn read(response: &Response<'_>) -> Result<Self, DecodeError> {
        response.location()
    }
}

/// For the macros: the body as JSON.
pub fn json<T: Answer>(response: &Response<'_>) -> Result<T, DecodeError> {
    T::read(response)
}

/// For the macros: the body as text.
pub fn text(response: &Response<'_>) -> Result<String, DecodeError> {
    response.text()
}

/// For the macros: the body as it is.
pub fn bytes(response: &Response<'_>) -> Result<Vec<u8>, DecodeError> {
    Answer::read(response)
}

impl<'a> Response<'a> {
    /// A response of that status and body.
    #[must_use]
    pub fn new(status: u16, body: &'a [u8]) -> Self {
        Self { status, body, location: None }
    }

    /// The same response, which leads elsewhere.
    #[must_use]
    pub fn leading_to(self, location: Option<&'a str>) -> Self {
        Self { location, ..self }
    }

    /// Where it leads.
    ///
    /// # Errors
    ///
    /// Where it doesn't say.
    pub fn location(&self) -> Result<Location, DecodeError> {
        match self.location {
            Some(location) => Ok(Location::new(location)),
            None => Err(DecodeError::new(ErrorKind::Syntax("the redirect does not say where it leads"), 0)),
        }
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status
    }

    /// The body as JSON.
    ///
    /// # Errors
    ///
    /// Where it is not what `T` documents.
    pub fn json<T: Slot>(&self) -> Result<T, DecodeError> {
        crate::decode(self.body)
    }

    /// The body as text.
    ///
    /// # Errors
    ///
    /// Where it is not UTF-8.
    pub fn text(&self) -> Result<String, DecodeError> {
        match std::str::from_utf8(self.body) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(DecodeError::new(ErrorKind::Syntax("the body is not UTF-8"), error.valid_up_to())),
        }
    }

    /// The body as it is.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.body.to_vec()
    }

    /// The error that no response is documented for this status.
    #[must_use]
    pub fn undocumented(&self) -> DecodeError {
        DecodeError::new(ErrorKind::Syntax("no response is documented for this status"), 0)
    }
}
