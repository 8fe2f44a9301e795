//! Tests your own payloads: decoding and encoding must not change them.
//!
//! Each line of the input has a type, a tab and JSON. The program decodes the JSON into the type, encodes the value again
//! and prints the result, or `error: …`. A type is the name of a model, `Vec<…>` for an array of a model, or `Value` for
//! any JSON. `--list` prints all names.
//!
//! ```text
//! printf 'Value\t{"id":1}\n' | cargo run --example round_trip
//! ```

use std::io::{BufRead, Write, stdin, stdout};

use octogen_runtime::{DecodeError, Slot, Value, decode, encode};

/// Declares the table of the types of `models` with their names. The modules that octogen writes call it.
macro_rules! entries {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        pub(crate) const TYPES: &[crate::Entry] =
            &[$($(#[$attribute])* crate::Entry::of::<models::$name>(stringify!($name))),*];
    };
}

#[path = "round_trip/types.rs"]
mod types;

/// A model and its name.
pub(crate) struct Entry {
    name: &'static str,
    one: fn(&[u8]) -> Result<String, DecodeError>,
    many: fn(&[u8]) -> Result<String, DecodeError>,
}

impl Entry {
    const fn of<T: Slot + Clone + PartialEq>(name: &'static str) -> Self {
        Self {
            name,
            one: round_trip::<T>,
            many: round_trip::<Vec<T>>,
        }
    }
}

fn round_trip<T: Slot>(json: &[u8]) -> Result<String, DecodeError> {
    decode::<T>(json).map(|value| encode(&value))
}

const ANYTHING: Entry = Entry::of::<Value>("Value");

fn main() -> std::io::Result<()> {
    let mut out = stdout().lock();
    if std::env::args().any(|argument| argument == "--list") {
        for entry in types::TYPES {
            writeln!(out, "{}", entry.name)?;
        }
        return Ok(());
    }
    for line in stdin().lock().split(b'\n') {
        let line = line?;
        if !line.is_empty() {
            writeln!(out, "{}", answer(&line))?;
        }
    }
    Ok(())
}

fn answer(line: &[u8]) -> String {
    let Some(tab) = line.iter().position(|&byte| byte == b'\t') else {
        return String::from("error: the line has no tab between a type and its JSON");
    };
    let name = String::from_utf8_lossy(&line[..tab]);
    let name = name.trim();
    let element = name
        .strip_prefix("Vec<")
        .and_then(|rest| rest.strip_suffix('>'));
    let result = match (find(element.unwrap_or(name)), element) {
        (None, _) => return format!("error: there is no type `{name}`; `--list` prints all names"),
        (Some(entry), None) => (entry.one)(&line[tab + 1..]),
        (Some(entry), Some(_)) => (entry.many)(&line[tab + 1..]),
    };
    result.unwrap_or_else(|error| format!("error: {error}"))
}

/// Returns the type with a name. A path before the name is ignored.
fn find(name: &str) -> Option<&'static Entry> {
    let name = name.rsplit("::").next().unwrap_or_default();
    types::TYPES
        .iter()
        .chain([&ANYTHING])
        .find(|entry| entry.name == name)
}
