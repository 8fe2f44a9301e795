//! The report as one HTML file.

use super::row::Row;
use super::table::{megabytes, seconds};
use super::totals::Totals;

const PAGE: &str = include_str!("../../../assets/report.html");

/// Returns the HTML page of a run. It contains the rows as JSON, and a script displays them as text.
pub fn page(rows: &[Row], totals: &Totals) -> String {
    let rows = serde_json::to_string(rows).unwrap_or_default();
    let sums = serde_json::to_string(&sums(totals)).unwrap_or_default();
    let (before, rest) = PAGE.split_once("ROWS").unwrap_or((PAGE, ""));
    let (between, after) = rest.split_once("SUMS").unwrap_or((rest, ""));
    [before, &within_script(&rows), between, &within_script(&sums), after].concat()
}

/// Returns the same JSON without `</script>`, whatever text a document contains.
fn within_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

fn sums(totals: &Totals) -> Vec<(&'static str, String)> {
    let mut sums = vec![
        ("documents", totals.documents.to_string()),
        ("generated", totals.generated.to_string()),
        ("operations", totals.operations.to_string()),
        ("payloads that fit", format!("{} of {}", totals.all.fitting, totals.all.payloads)),
        ("leaves that are plain JSON", format!("{} of {}", totals.all.json_leaves, totals.all.leaves)),
        ("warnings", totals.warnings.to_string()),
        ("generate", format!("{:.1} s, {} MB", seconds(totals.milliseconds), megabytes(totals.peak))),
    ];
    if totals.checked > 0 {
        let peak = megabytes(totals.check_peak);
        sums.push(("crates that rustc takes", format!("{} of {}", totals.check_passed, totals.checked)));
        sums.push(("rustc", format!("{:.1} s, {peak} MB", seconds(totals.check_milliseconds))));
    }
    let equal = if totals.tested > 0 { totals.passed.to_string() } else { String::from("not run") };
    sums.push(("payloads equal in tests", equal));
    sums
}
