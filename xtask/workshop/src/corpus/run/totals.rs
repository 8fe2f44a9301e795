//! Totals over all documents, and the most frequent causes.

use std::collections::BTreeMap;

use super::row::{Payloads, Row};

/// A cause: the number of its cases, and the number of documents with such a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    pub what: String,
    pub times: usize,
    pub documents: usize,
    /// One document with such a case.
    pub example: String,
}

/// The totals of a corpus run.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    pub documents: usize,
    pub generated: usize,
    pub operations: usize,
    pub models: usize,
    pub lines: usize,
    pub warnings: usize,
    pub widened: usize,
    pub payloads: BTreeMap<String, Payloads>,
    pub all: Payloads,
    pub places: usize,
    pub plain_places: usize,
    /// Processor time in milliseconds, and the peak memory in bytes of any process.
    pub milliseconds: u64,
    pub peak: u64,
    pub peak_of: String,
    pub checked: usize,
    pub check_passed: usize,
    pub check_warnings: usize,
    pub check_milliseconds: u64,
    pub check_peak: u64,
    pub check_peak_of: String,
    pub tested: usize,
    pub passed: usize,
    pub failed: usize,
    /// The number of documents that were generated twice, and of those with a different output.
    pub twice: usize,
    pub differ: usize,
    /// The number of documents that were given siblings, and of names that changed.
    pub given_siblings: usize,
    pub moved: usize,
    /// The causes of refused documents, of payloads that do not fit, of leaves and places that are plain JSON, and of
    /// fallbacks.
    pub refused: Vec<Cause>,
    pub reasons: Vec<Cause>,
    pub plain: Vec<Cause>,
    pub plain_by_place: Vec<Cause>,
    pub fallbacks: Vec<Cause>,
}

/// Computes the totals of the rows.
pub fn totals(rows: &[Row]) -> Totals {
    let mut totals = Totals { documents: rows.len(), ..Totals::default() };
    for row in rows {
        add(&mut totals, row);
    }
    totals.refused = causes(rows, |row| {
        let messages = row.refused.iter().map(|problem| super::row::class(&problem.message));
        messages.take(1).map(|what| (what, 1)).collect()
    });
    totals.reasons = causes(rows, |row| owned(&row.reasons));
    totals.plain = causes(rows, |row| owned(&row.plain));
    totals.plain_by_place = causes(rows, |row| owned(&row.plain_places));
    totals.fallbacks = causes(rows, |row| row.fallbacks.iter().map(|one| (one.what.clone(), one.times)).collect());
    totals
}

fn add(totals: &mut Totals, row: &Row) {
    totals.generated += usize::from(row.is_generated());
    totals.operations += row.operations;
    totals.models += row.models;
    totals.lines += row.lines;
    totals.warnings += row.warnings;
    totals.widened += row.widened;
    for (kind, payloads) in &row.payloads {
        totals.payloads.entry(kind.clone()).or_default().add(payloads);
        totals.all.add(payloads);
    }
    totals.places += row.places;
    totals.plain_places += row.plain_places.values().sum::<usize>();
    totals.milliseconds += row.taken.milliseconds;
    if row.taken.peak > totals.peak {
        (totals.peak, totals.peak_of) = (row.taken.peak, row.document.clone());
    }
    if let Some(check) = &row.check {
        totals.checked += 1;
        totals.check_passed += usize::from(check.passed);
        totals.check_warnings += check.warnings;
        totals.check_milliseconds += check.taken.milliseconds;
        if check.taken.peak > totals.check_peak {
            (totals.check_peak, totals.check_peak_of) = (check.taken.peak, row.document.clone());
        }
    }
    if let Some(test) = &row.test {
        totals.tested += 1;
        totals.passed += test.passed;
        totals.failed += test.failed.len();
    }
    totals.twice += usize::from(row.same.is_some());
    totals.differ += usize::from(row.same == Some(false));
    totals.given_siblings += usize::from(row.moved.is_some());
    totals.moved += row.moved.as_ref().map_or(0, Vec::len);
}

fn owned(counts: &BTreeMap<String, usize>) -> Vec<(String, usize)> {
    counts.iter().map(|(what, times)| (what.clone(), *times)).collect()
}

/// Returns the causes, the most frequent first.
fn causes(rows: &[Row], of: impl Fn(&Row) -> Vec<(String, usize)>) -> Vec<Cause> {
    let mut causes: BTreeMap<String, Cause> = BTreeMap::new();
    for row in rows {
        for (what, times) in of(row) {
            let example = row.document.clone();
            let first = Cause { what: what.clone(), times: 0, documents: 0, example };
            let cause = causes.entry(what).or_insert(first);
            cause.times += times;
            cause.documents += 1;
        }
    }
    let mut causes: Vec<Cause> = causes.into_values().collect();
    causes.sort_by(|one, other| other.times.cmp(&one.times).then_with(|| one.what.cmp(&other.what)));
    causes
}
