//! `Debug` of errors: `main` prints an error that it returns with `{:?}`.

use std::error::Error;
use std::fmt;

/// Writes the message of an error and the messages of all its causes, separated by colons, for `Debug`.
pub(crate) fn write_error_chain(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    let mut next = error.source();
    while let Some(error) = next {
        write!(f, ": {error}")?;
        next = error.source();
    }
    Ok(())
}
