//! Prints lines to standard output.

use std::io::{Write, stdout};

/// Prints a line to standard output. It ignores a write error, so that a closed pipe does not stop the command.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(stdout(), "{}", line.as_ref());
}
