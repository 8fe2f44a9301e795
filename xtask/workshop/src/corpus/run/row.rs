//! The results for one document.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::measure::Taken;

/// A row of the report.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Row {
    /// The recognisable name of the document.
    pub document: String,
    /// The value of `openapi`.
    pub openapi: String,
    pub bytes: u64,
    /// The other files that the document refers to, with their digests.
    pub files: BTreeMap<String, String>,
    /// The reasons why no crate was generated: errors of the document, or a crash of the process.
    pub refused: Vec<Problem>,
    /// Whether the process crashed or exceeded a limit.
    pub crashed: bool,
    pub operations: usize,
    pub models: usize,
    /// The counts of payloads, by kind.
    pub payloads: BTreeMap<String, Payloads>,
    /// The number of contradicted or unsupported payloads, by reason.
    pub reasons: BTreeMap<String, usize>,
    /// The number of leaves of payloads that are plain JSON, by cause.
    pub plain: BTreeMap<String, usize>,
    /// The number of places for a single value in the types, and of those that accept any JSON, by cause.
    pub places: usize,
    pub plain_places: BTreeMap<String, usize>,
    /// The number of types that payloads have widened.
    pub widened: usize,
    pub warnings: usize,
    pub fallbacks: Vec<Fallback>,
    /// The lines of the generated library, without its tests.
    pub lines: usize,
    /// The digest of all generated files.
    pub digest: String,
    /// Whether a second run wrote the same files, with `--twice`.
    pub same: Option<bool>,
    /// The names that changed when a sibling was added, with `--siblings`.
    pub moved: Option<Vec<String>>,
    pub taken: Taken,
    pub check: Option<Check>,
    pub test: Option<Test>,
}

/// An error of a document.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Problem {
    pub place: String,
    pub message: String,
}

/// The counts of one kind of payloads, by how well the types fit them.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub struct Payloads {
    pub payloads: usize,
    /// The payloads that a round trip should preserve. The tests check whether it does.
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

/// A group of similar warnings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Fallback {
    /// The warning without names, texts and numbers.
    pub what: String,
    pub times: usize,
    /// The first warning of the group.
    pub place: String,
    pub message: String,
}

/// The result of rustc for a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Check {
    pub passed: bool,
    /// The number of rustc's warnings.
    pub warnings: usize,
    /// The first errors of rustc.
    pub errors: Vec<String>,
    /// The number of features that were checked separately, if the crate is too large as a whole.
    pub features: usize,
    pub taken: Taken,
}

/// The results of the tests of a crate.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Test {
    /// The number of payloads of operations and webhooks that the round trip preserved.
    pub passed: usize,
    /// The number of passed tests that have the values of schemas as their rows.
    #[serde(default)]
    pub tables: usize,
    /// The failed tests, with their output.
    pub failed: Vec<String>,
    pub taken: Taken,
}

impl Row {
    /// Returns whether the document has a crate.
    #[must_use]
    pub fn is_generated(&self) -> bool {
        self.refused.is_empty()
    }

    /// Returns the counts of all kinds of payloads together.
    #[must_use]
    pub fn all(&self) -> Payloads {
        let mut all = Payloads::default();
        for row in self.payloads.values() {
            all.add(row);
        }
        all
    }

    /// Returns whether octogen itself has a fault, which no document may cause.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        let unchecked = self.check.as_ref().is_some_and(|check| !check.passed || check.warnings > 0);
        let untrue = self.test.as_ref().is_some_and(|test| !test.failed.is_empty() || self.lacks_test(test));
        let moved = self.moved.as_ref().is_some_and(|moved| !moved.is_empty());
        self.crashed || unchecked || untrue || moved || self.same == Some(false)
    }

    /// Returns whether a payload that fits has no test. Payloads of operations and webhooks have a test each; those of
    /// schemas are rows of one test. JSON as text may be either.
    fn lacks_test(&self, test: &Test) -> bool {
        let fitting = |kind: &str| self.payloads.get(kind).map_or(0, |payloads| payloads.fitting);
        let texts = fitting("JSON as text");
        let rows = fitting("schemas") + fitting("assembled from properties");
        let tested = self.all().fitting - rows - texts..=self.all().fitting - rows;
        !tested.contains(&test.passed) || (rows > 0 && test.tables == 0)
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

/// Returns a message without its particulars: names, texts and numbers.
#[must_use]
pub fn class(message: &str) -> String {
    let mut class = String::new();
    let mut rest = message;
    if let Some((before, after)) = rest.rsplit_once(" (and ")
        && after.ends_with(" more)")
    {
        rest = before;
    }
    // The path to a value is as particular as its name.
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
