//! A room in which each name stands once.

use std::collections::BTreeSet;

use super::casing::cased;
use super::reserved::Case;

/// How long the name of a module may be: it is that of a file, and disks take 255 bytes.
const MAX_MODULE: usize = 80;

/// The names that are taken in a room.
#[derive(Debug)]
pub(super) struct Scope {
    case: Case,
    taken: BTreeSet<String>,
}

impl Scope {
    /// A room in which some names are taken from the start.
    pub(super) fn new(case: Case, taken: &[&str]) -> Self {
        Self { case, taken: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// An identifier for a documented name that nothing else in the room has.
    ///
    /// What tells two names apart comes from the name itself and not from a count, so that a sibling that is added
    /// between two others renames neither.
    pub(super) fn claim(&mut self, name: &str) -> String {
        let plain = self.identifier(name, false);
        self.claim_as(name, plain)
    }

    fn claim_as(&mut self, name: &str, plain: String) -> String {
        if self.take(&plain) {
            return plain;
        }
        let spelled = self.identifier(name, true);
        if self.take(&spelled) {
            return spelled;
        }
        let mut told_apart = self.identifier(&format!("{name} {}", case_of(name)), false);
        while !self.take(&told_apart) {
            let seed = format!("{name}{told_apart}");
            told_apart = self.identifier(&format!("{name} x{:08x}", hash(&seed)), false);
        }
        told_apart
    }

    /// Claims each name of a list; those that are identifiers already get theirs before the others.
    pub(super) fn claim_all(&mut self, names: &[&str]) -> Vec<String> {
        let mut claimed: Vec<String> = names.iter().map(|name| cased(name, self.case, false)).collect();
        let exact: Vec<bool> = names.iter().zip(&claimed).map(|(name, plain)| is_exact(name, plain)).collect();
        for first in [true, false] {
            for index in (0..names.len()).filter(|&index| exact[index] == first) {
                claimed[index] = self.claim_as(names[index], std::mem::take(&mut claimed[index]));
            }
        }
        claimed
    }

    /// The identifier for a name; one that is too long for a file is cut, and keeps what tells it from others.
    fn identifier(&self, name: &str, spelled: bool) -> String {
        let identifier = cased(name, self.case, spelled);
        if self.case != Case::Module || identifier.len() <= MAX_MODULE {
            return identifier;
        }
        let start: String = identifier.chars().take(MAX_MODULE).collect();
        format!("{}_x{:08x}", start.trim_end_matches('_'), hash(&identifier))
    }

    /// Whether the plain identifier of a name is taken.
    pub(super) fn has(&self, name: &str) -> bool {
        self.taken.contains(&cased(name, self.case, false))
    }

    /// The names that are taken.
    pub(super) fn into_taken(self) -> BTreeSet<String> {
        self.taken
    }

    fn take(&mut self, name: &str) -> bool {
        // Types, and the files of modules, may not differ by case alone: some disks can't tell them apart.
        let known = match self.case {
            Case::Module => self.taken.iter().any(|taken| taken.eq_ignore_ascii_case(name)),
            _ => self.taken.contains(name),
        };
        !known && self.taken.insert(name.to_owned())
    }
}

/// Whether a name is an identifier as it stands, but for the marks of a word that Rust has itself.
fn is_exact(name: &str, identifier: &str) -> bool {
    identifier == name || identifier.strip_prefix("r#") == Some(name) || identifier.strip_suffix('_') == Some(name)
}

/// What tells `ASC` and `asc` apart; of a script without capitals, a key and a type.
fn case_of(name: &str) -> &'static str {
    if name.chars().any(char::is_lowercase) && name.chars().any(char::is_uppercase) {
        if name.starts_with(char::is_uppercase) { "title case" } else { "mixed case" }
    } else if name.chars().any(char::is_uppercase) {
        "upper case"
    } else if name.chars().any(char::is_lowercase) {
        "lower case"
    } else {
        "text"
    }
}

/// FNV-1a: short, and the same on every machine and in every version.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
