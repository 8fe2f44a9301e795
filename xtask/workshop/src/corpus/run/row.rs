//! The results for one document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::measure::Taken;

/// A row of the report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// The document, as people know it.
    pub document: String,
    /// The value of `openapi`.
    pub openapi: String,
    pub bytes: u64,
    /// Further files that were read, with their digests.
    pub files: BTreeMap<String, String>,
    /// The reason why no crate was generated: errors of the document, or the end of the process.
    pub refused: Vec<Problem>,
    /// Whether the process ended otherwise than it should.
    pub crashed: bool,
    pub operations: usize,
    pub models: usize,
    /// Counts by the kind of payload.
    pub payloads: BTreeMap<String, Payloads>,
    /// The number of payloads that are contradicted or unsupported, by reason.
    pub reasons: BTreeMap<String, usize>,
    /// How many leaves of payloads are plain JSON, by cause.
    pub plain: BTreeMap<String, usize>,
    /// The places of the types that hold a single value, and those that take any JSON, by cause.
    pub places: usize,
    pub plain_places: BTreeMap<String, usize>,
    /// How many things payloads have widened.
    pub widened: usize,
    pub warnings: usize,
    pub fallbacks: Vec<Fallback>,
    /// Lines of the library, without its tests.
    pub lines: usize,
    /// The digest of all files.
    pub digest: String,
    /// Whether a second run gave the same files, where it was asked for.
    pub same: Option<bool>,
    /// Names that moved when a sibling was added, where that was asked for.
    pub moved: Option<Vec<String>>,
    pub taken: Taken,
    pub check: Option<Check>,
    pub test: Option<Test>,
}

/// Something that is wrong with a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Problem {
    pub place: String,
    pub message: String,
}

/// The counts of one kind of payloads, by what types say of them.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Payloads {
    pub payloads: usize,
    /// Those that should come back as they were; whether they do is for the tests to say.
    pub fitting: usize,
    pub contradicted: usize,
    pub unsupported: usize,
    pub with_json: usize,
    pub with_unknown_values: usize,
    pub with_unknown_variants: usize,
    pub with_rests: usize,
    pub leaves: usize,
    pub json_leaves: usize,
}

/// One kind of warning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fallback {
    /// The warning without what is particular about it.
    pub what: String,
    pub times: usize,
    /// The first of them.
    pub place: String,
    pub message: String,
}

/// The result of rustc for a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Check {
    pub passed: bool,
    /// Warnings of rustc.
    pub warnings: usize,
    /// The first errors.
    pub errors: Vec<String>,
    /// How many features were checked by themselves, where the crate is too large as a whole.
    pub features: usize,
    pub taken: Taken,
}

/// The results of the tests of a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Test {
    /// Payloads that came back as they were.
    pub passed: usize,
    /// Tests that failed, with what they said.
    pub failed: Vec<String>,
    pub taken: Taken,
}

impl Row {
    /// Whether there is a crate.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.refused.is_empty()
    }

    /// The counts of all kinds of payloads together.
    #[must_use]
    pub fn all(&self) -> Payloads {
        let mut all = Payloads::default();
        for row in self.payloads.values() {
            all.add(row);
        }
        all
    }

    /// Whether something happened that no document may cause.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        let unchecked = self.check.as_ref().is_some_and(|check| !check.passed || check.warnings > 0);
        // Each payload that fits has to be a test.
        let untrue =
            self.test.as_ref().is_some_and(|test| !test.failed.is_empty() || test.passed != self.all().fitting);
        let moved = self.moved.as_ref().is_some_and(|moved| !moved.is_empty());
        self.crashed || unchecked || untrue || moved || self.same == Some(false)
    }
}

impl Payloads {
    pub fn add(&mut self, other: &Self) {
        self.payloads += other.payloads;
        self.fitting += other.fitting;
        self.contradicted += other.contradicted;
        self.unsupported += other.unsupported;
        self.with_json += other.with_json;
        self.with_unknown_values += other.with_unknown_values;
        self.with_unknown_variants += other.with_unknown_variants;
        self.with_rests += other.with_rests;
        self.leaves += other.leaves;
        self.json_leaves += other.json_leaves;
    }
}

/// A message without what is particular about it: names, texts and numbers.
#[must_use]
pub fn class(message: &str) -> String {
    let mut class = String::new();
    let mut rest = message;
    if let Some((before, after)) = rest.rsplit_once(" (and ")
        && after.ends_with(" more)")
    {
        rest = before;
    }
    // The way to a value is as particular as its name.
    if let Some((before, after)) = rest.split_once(" at $")
        && let Some(end) = after.find(": ")
    {
        class += before;
        rest = &after[end..];
    }
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '`' | '"' => rest[1..].find(first).map_or(rest.len(), |end| end + 2),
            _ if first.is_ascii_digit() => rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        match first {
            '`' => class += "`…`",
            '"' => class += "\"…\"",
            _ if first.is_ascii_digit() => class.push('N'),
            _ => class.push(first),
        }
        rest = &rest[length..];
    }
    class
}
