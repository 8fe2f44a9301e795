//! Checks with your own payloads that JSON comes back unchanged.
//!
//! Each line of the input is a type, a tab and JSON. The program decodes the JSON into the type, encodes it again, and prints
//! the result or `error: …`.
//!
//! ```text
//! printf 'Installation\t{"id":1}\n' | cargo run --example round_trip
//! ```
//!
//! Types have their names in the crate. `Installation` is that of the newest generation; `apps_2017::Installation` names a
//! generation. `Vec<Installation>` is an array. `--list` prints all names. `--all-features` adds the older generations.

use std::io::{BufRead, Write, stdin, stdout};

use github_apps::runtime::{DecodeError, Slot, decode, encode};

/// A type with its name and its functions.
pub(crate) struct Entry {
    name: &'static str,
    one: fn(&[u8]) -> Result<String, DecodeError>,
    many: fn(&[u8]) -> Result<String, DecodeError>,
}

impl Entry {
    const fn of<T: Slot + Clone + PartialEq>(name: &'static str) -> Self {
        Self { name, one: round_trip::<T>, many: round_trip::<Vec<T>> }
    }
}

fn round_trip<T: Slot>(json: &[u8]) -> Result<String, DecodeError> {
    decode::<T>(json).map(|value| encode(&value))
}

/// Lists types of `models` with their names, for the modules that octogen writes.
macro_rules! entries {
    ($($(#[$attribute:meta])* $name:ident),* $(,)?) => {
        pub(crate) const TYPES: &[crate::Entry] =
            &[$($(#[$attribute])* crate::Entry::of::<models::$name>(stringify!($name))),*];
    };
}

#[cfg(feature = "apps")]
#[path = "types/apps.rs"]
mod apps;

#[cfg(feature = "apps-2017")]
#[path = "types/apps_2017.rs"]
mod apps_2017;

#[cfg(feature = "integrations")]
#[path = "types/integrations.rs"]
mod integrations;

#[cfg(feature = "oauth")]
#[path = "types/oauth.rs"]
mod oauth;

/// The generations, newest first.
const GENERATIONS: &[(&str, &[Entry])] = &[
    #[cfg(feature = "apps")]
    ("apps", apps::TYPES),
    #[cfg(feature = "apps-2017")]
    ("apps_2017", apps_2017::TYPES),
    #[cfg(feature = "integrations")]
    ("integrations", integrations::TYPES),
    #[cfg(feature = "oauth")]
    ("oauth", oauth::TYPES),
];

fn main() -> std::io::Result<()> {
    let mut out = stdout().lock();
    if std::env::args().any(|argument| argument == "--list") {
        for (generation, types) in GENERATIONS {
            for entry in *types {
                writeln!(out, "{generation}::{}", entry.name)?;
            }
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
    let element = name.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>'));
    match (find(element.unwrap_or(name)), element) {
        (None, _) => format!("error: there is no type `{name}` with these features; `--list` prints all names"),
        (Some(entry), None) => text((entry.one)(&line[tab + 1..])),
        (Some(entry), Some(_)) => text((entry.many)(&line[tab + 1..])),
    }
}

fn text(result: Result<String, DecodeError>) -> String {
    result.unwrap_or_else(|error| format!("error: {error}"))
}

/// Finds a type. The last part of a path is its name, and the part before `models` its generation.
fn find(name: &str) -> Option<&'static Entry> {
    let parts: Vec<&str> = name.split("::").filter(|part| !["github_apps", "models"].contains(part)).collect();
    let (wanted, generation) = match parts.as_slice() {
        [wanted] => (wanted, None),
        [generation, wanted] => (wanted, Some(*generation)),
        _ => return None,
    };
    let in_question = GENERATIONS.iter().filter(|(name, _)| generation.is_none_or(|generation| generation == *name));
    in_question.flat_map(|(_, types)| types.iter()).find(|entry| entry.name == *wanted)
}
