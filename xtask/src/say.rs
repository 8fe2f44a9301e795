//! Lines for the terminal.

use std::io::{Write, stdout};

/// Prints a line. Whoever reads along may stop reading: what is still to be done is done all the same.
pub fn say(line: impl AsRef<str>) {
    let _ = writeln!(stdout(), "{}", line.as_ref());
}
