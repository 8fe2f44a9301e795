//! Reads the query of the callback: a state and a code.

use std::fmt;

use url::form_urlencoded;

use super::RegisterError;
use crate::runtime::Secret;

/// The longest accepted code. GitHub's codes are shorter.
const MAX_LENGTH: usize = 255;

/// The temporary code that GitHub sends after an app was registered from a manifest.
/// [`Registrar::exchange`](super::Registrar::exchange) exchanges it for the credentials of the new app, once and within
/// an hour. `Debug` does not show it.
#[derive(Clone, PartialEq, Eq)]
pub struct ManifestCode(Secret);

impl ManifestCode {
    /// Creates the code of a manifest registration from its text. It may have letters, digits, `-`, `.`, `_` and `~`,
    /// which need no escape in a URL. Usually, [`Registrar::accept`](super::Registrar::accept) reads it from the
    /// callback.
    ///
    /// # Errors
    ///
    /// If the text has other characters, is empty, or is too long.
    pub fn new(text: &str) -> Result<Self, RegisterError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let is_code = text.len() <= MAX_LENGTH && text.bytes().all(is_plain) && !matches!(text, "" | "." | "..");
        if is_code { Ok(Self(Secret::from(text))) } else { Err(RegisterError::InvalidCode) }
    }

    pub(super) fn secret(&self) -> Secret {
        self.0.clone()
    }
}

impl fmt::Debug for ManifestCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ManifestCode(***)")
    }
}

/// Reads the state and the code from the query of the registration callback. Each must be present once. Other
/// parameters are ignored.
pub(super) fn read_query(query: &str) -> Result<(Secret, ManifestCode), RegisterError> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let one = |name: &'static str| {
        let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Ok(value),
            (Some(_), Some(_)) => Err(RegisterError::Repeated(name)),
            _ => Err(RegisterError::Missing(name)),
        }
    };
    let state = one("state")?;
    Ok((Secret::from(state.as_ref()), ManifestCode::new(&one("code")?)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_needs_no_escape() {
        for good in ["a", "a180b1a3d263c81bc6441d7b990bae27d4c10679", "a-b.c_d~e", &"a".repeat(255)] {
            assert!(ManifestCode::new(good).is_ok(), "{good}");
        }
        for bad in ["", ".", "..", "a/b", "a b", "a%2Fb", "é", "a\n", &"a".repeat(256)] {
            assert!(matches!(ManifestCode::new(bad), Err(RegisterError::InvalidCode)), "{bad}");
        }
    }

    #[test]
    fn the_state_and_the_code_are_there_once() {
        let (state, code) = read_query("?x=1&state=a%2Bb&code=c").unwrap();
        assert_eq!((state.expose(), code.secret().expose()), ("a+b", "c"));
        assert!(matches!(read_query("code=c"), Err(RegisterError::Missing("state"))));
        assert!(matches!(read_query("state=a"), Err(RegisterError::Missing("code"))));
        assert!(matches!(read_query("state=a&state=a&code=c"), Err(RegisterError::Repeated("state"))));
    }
}
