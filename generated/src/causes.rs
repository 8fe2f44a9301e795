//! How an error is shown to whoever prints it with `{:?}`, as `main` does.

use std::error::Error;
use std::fmt;

/// The error, and all that has caused it.
pub(crate) fn shown(error: &dyn Error, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{error}")?;
    let mut next = error.source();
    while let Some(error) = next {
        write!(f, ": {error}")?;
        next = error.source();
    }
    Ok(())
}
