//! The report on the terminal: the totals, and the documents to look at first.

use std::fmt::Write as _;

use super::row::{Payloads, Row};
use super::totals::{Cause, Totals};

/// The maximum number of documents and causes in each list.
const MOST: usize = 10;

/// Returns the totals and the documents with the worst results as text.
pub fn table(rows: &[Row], totals: &Totals) -> String {
    let mut text = sums(totals);
    let header = [
        "of",
        "payloads",
        "fit",
        "contradicted",
        "unsupported",
        "any",
        "values",
        "variants",
        "rests",
        "leaves",
        "json",
    ];
    let _ = writeln!(
        text,
        "\n{:<20} {:>8} {:>6} {:>12} {:>11} {:>6} {:>6} {:>8} {:>6} {:>8} {:>7}",
        header[0],
        header[1],
        header[2],
        header[3],
        header[4],
        header[5],
        header[6],
        header[7],
        header[8],
        header[9],
        header[10]
    );
    for (kind, row) in totals.payloads.iter().map(|(kind, row)| (kind.as_str(), row)).chain([("all", &totals.all)]) {
        let Payloads { payloads, fitting, contradicted, unsupported, with_json, with_unknown_values, .. } = row;
        let Payloads { with_unknown_variants, with_rests, leaves, json_leaves, .. } = row;
        let _ = writeln!(
            text,
            "{kind:<20} {payloads:>8} {fitting:>6} {contradicted:>12} {unsupported:>11} {with_json:>6} \
             {with_unknown_values:>6} {with_unknown_variants:>6} {with_rests:>6} {leaves:>8} {json_leaves:>7}"
        );
    }
    for (title, causes) in [
        ("refused", &totals.refused),
        ("payloads that do not fit", &totals.reasons),
        ("leaves that are plain JSON", &totals.plain),
        ("places that are plain JSON", &totals.plain_by_place),
        ("fallbacks", &totals.fallbacks),
    ] {
        list(&mut text, title, causes);
    }
    faults(&mut text, rows);
    let slow = most(rows, |row| row.taken.milliseconds);
    let _ = writeln!(text, "\nslowest: {}", slow.join(", "));
    text
}

fn sums(totals: &Totals) -> String {
    let Totals { documents, generated, operations, models, lines, warnings, .. } = totals;
    let mut text = format!(
        "{documents} documents, {generated} generated: {operations} operations, {models} models, {lines} lines, \
         {warnings} warnings\n{:.1} CPU-s, at most {} MB ({})\n",
        seconds(totals.milliseconds),
        megabytes(totals.peak),
        totals.peak_of
    );
    if totals.twice > 0 {
        let _ = writeln!(text, "generated twice: {} of {} differ", totals.differ, totals.twice);
    }
    if totals.given_siblings > 0 {
        let _ = writeln!(text, "given siblings: {} names moved in {} documents", totals.moved, totals.given_siblings);
    }
    if totals.checked > 0 {
        let Totals { checked, check_passed, check_warnings, .. } = totals;
        let _ = writeln!(
            text,
            "rustc: {check_passed} of {checked} crates pass, {check_warnings} warnings; {:.1} CPU-s, at most {} MB ({})",
            seconds(totals.check_milliseconds),
            megabytes(totals.check_peak),
            totals.check_peak_of
        );
    }
    if totals.tested > 0 {
        let _ = writeln!(
            text,
            "tests: {} payloads of {} crates are equal, {} tests fail",
            totals.passed, totals.tested, totals.failed
        );
    } else {
        text += "tests: not run, so that no payload is known to be equal\n";
    }
    text
}

fn list(text: &mut String, title: &str, causes: &[Cause]) {
    if causes.is_empty() {
        return;
    }
    let _ = writeln!(text, "\n{title}");
    for Cause { what, times, documents, example } in causes.iter().take(MOST) {
        let _ = writeln!(text, "{times:>8} in {documents:>4} documents  {what} ({example})");
    }
}

/// Lists the rows with a fault of octogen, each with the first line of its reason.
fn faults(text: &mut String, rows: &[Row]) {
    for row in rows.iter().filter(|row| row.is_fault()) {
        let crashed = row.refused.first().filter(|_| row.crashed).map(|problem| problem.message.as_str());
        let check = row.check.as_ref().and_then(|check| check.errors.first()).map(String::as_str);
        let test = row.test.as_ref().and_then(|test| test.failed.first()).map(String::as_str);
        let moved = row.moved.as_ref().and_then(|moved| moved.first()).map(String::as_str);
        let differs = (row.same == Some(false)).then_some("two runs differ");
        let why = crashed.or(check).or(test).or(moved).or(differs).unwrap_or("rustc warns, or a payload has no test");
        let _ = writeln!(text, "\nfault: {}: {}", row.document, why.lines().next().unwrap_or_default());
    }
}

fn most(rows: &[Row], of: impl Fn(&Row) -> u64) -> Vec<String> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(of(row)));
    let describe = |row: &&Row| format!("{} {:.1} s, {} MB", row.document, seconds(of(row)), megabytes(row.taken.peak));
    rows.iter().take(3).map(describe).collect()
}

#[allow(clippy::cast_precision_loss)]
pub fn seconds(milliseconds: u64) -> f64 {
    milliseconds as f64 / 1000.0
}

pub fn megabytes(bytes: u64) -> u64 {
    bytes >> 20
}
