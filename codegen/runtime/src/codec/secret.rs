use std::fmt;
use std::sync::Arc;

use super::error::DecodeError;
use super::json::{Reader, Writer};
use super::slot::Slot;

/// A secret text, such as an access token, a password or a private key, that is never printed: `Debug` writes `***`, and
/// there is no `Display`.
///
/// ```
/// use octogen_runtime::Secret;
///
/// let token = Secret::from("v1.1f699f1069f60xxx");
/// assert_eq!(format!("{token:?}"), "***");
/// assert_eq!(token.expose(), "v1.1f699f1069f60xxx");
/// ```
#[derive(Clone, PartialEq, Eq)]
// Clones share the text, so that there is one copy of it.
pub struct Secret(Arc<str>);

impl Secret {
    /// Returns the secret text itself, such as an access token or a password, for sending it. Do not log it: only the
    /// `Debug` of the secret hides the text.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl Slot for Secret {
    fn vacant() -> Self {
        Self(Arc::default())
    }

    fn decode(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.0 = reader.string()?.into();
        Ok(())
    }

    fn encode(&self, writer: &mut Writer) {
        writer.string(&self.0);
    }

    crate::whole_value!();
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}
