//! What GitHub sends the browser back with: a state and a code, in the query of a URL.

use std::fmt;

use url::form_urlencoded;

use super::RegisterError;
use crate::runtime::Secret;

/// Longer than any code of GitHub's.
const LONGEST: usize = 255;

/// The code that is good, once and for an hour, for the credentials of the new app. It doesn't print.
#[derive(Clone, PartialEq, Eq)]
pub struct Code(Secret);

impl Code {
    /// A code: letters, digits, `-`, `.`, `_` and `~`, which no path and no query takes for anything else.
    ///
    /// # Errors
    ///
    /// Where the text is none.
    pub fn new(text: &str) -> Result<Self, RegisterError> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
        let is_code = text.len() <= LONGEST && text.bytes().all(is_plain) && !matches!(text, "" | "." | "..");
        if is_code { Ok(Self(Secret::from(text))) } else { Err(RegisterError::NoneSuch("code")) }
    }

    pub(super) fn secret(&self) -> Secret {
        self.0.clone()
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(***)")
    }
}

/// The state and the code of a query, each of which has to be there once. Other parameters don't matter.
pub(super) fn read(query: &str) -> Result<(Secret, Code), RegisterError> {
    let query = query.strip_prefix('?').unwrap_or(query);
    let one = |name: &'static str| {
        let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
        match (values.next(), values.next()) {
            (Some((_, value)), None) if !value.is_empty() => Ok(value),
            (Some(_), Some(_)) => Err(RegisterError::Twice(name)),
            _ => Err(RegisterError::Missing(name)),
        }
    };
    let state = one("state")?;
    Ok((Secret::from(state.as_ref()), Code::new(&one("code")?)?))
}
