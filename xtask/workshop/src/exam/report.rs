//! The report of an exam as text and as Markdown.

use std::fmt::Write as _;

use super::judge::Outcome;
use super::results::{Cause, Counts, Results};

/// The width of the text.
const WIDTH: usize = 80;

/// The causes that the text lists for each outcome.
const MAX_CAUSES: usize = 40;

const OUTCOMES: [(Outcome, &str); 7] = [
    (Outcome::Equal, "equal"),
    (Outcome::Plain, "equal, a described part only as plain JSON"),
    (Outcome::Unknown, "equal, a part only as an unknown value or variant"),
    (Outcome::UnknownVariant, "equal, but `Unknown` where one variant is valid"),
    (Outcome::OtherVariant, "equal, but another variant than the only valid one"),
    (Outcome::Changed, "changed"),
    (Outcome::Refused, "refused"),
];

/// Returns the results as a text of 80 columns.
pub(super) fn text(results: &Results) -> String {
    let mut text = String::new();
    let total = results.total();
    let _ = writeln!(
        text,
        "{} documents, {} schemas, {} references to components",
        results.documents, results.schemas, results.references
    );
    let _ = writeln!(text, "{} values made, {} valid, {} with a type", total.made, total.valid, total.typed);
    let _ = writeln!(text, "\n{:<20}{:>12}{:>12}{:>12}{:>12}", "kind of case", "made", "valid", "typed", "equal");
    for (kind, Counts { made, valid, typed, equal }) in &results.kinds {
        let _ = writeln!(text, "{:<20}{made:>12}{valid:>12}{typed:>12}{equal:>12}", name(kind));
    }
    let _ = writeln!(text, "\n{:<56}{:>12}{:>12}", "result", "values", "share");
    for (outcome, title) in OUTCOMES {
        let times = results.of(outcome);
        let _ = writeln!(text, "{title:<56}{times:>12}{:>12}", share(times, total.typed));
    }
    for (outcome, title) in OUTCOMES {
        let causes = sorted(results, outcome);
        if !causes.is_empty() {
            let _ = writeln!(text, "\n{title}");
        }
        for cause in causes.iter().take(MAX_CAUSES) {
            let kinds: Vec<String> = cause.kinds.keys().map(name).collect();
            for line in wrapped(&format!("{} ({})", cause.cause, kinds.join(", ")), cause.times) {
                let _ = writeln!(text, "{line}");
            }
            for example in cause.examples.iter().take(1) {
                let of = format!("{} {}", example.document, example.place);
                for line in [of, format!("at {}", example.path), example.value.clone()] {
                    let _ = writeln!(text, "         {}", cut(&line));
                }
            }
        }
    }
    let without: usize = results.without_value.values().sum();
    let _ = writeln!(
        text,
        "\n{without} schemas ({}) without a valid value, by their keywords",
        share(without, results.schemas)
    );
    for (keywords, times) in by_times(&results.without_value).into_iter().take(30) {
        let _ = writeln!(text, "{times:>7}  {}", cut(keywords));
    }
    for (keyword, times) in &results.unsupported {
        let _ = writeln!(text, "{times:>7}  not supported by the exam: {}", cut(keyword));
    }
    if results.untyped > 0 {
        let _ = writeln!(text, "{:>7}  schemas without a type", results.untyped);
    }
    let _ = writeln!(
        text,
        "{} values built with constructors and setters: {} refused by the validator, {} of several branches of a `oneOf`",
        results.constructed.values,
        results.constructed.refused.len(),
        results.constructed.ambiguous
    );
    for refused in results.constructed.refused.iter().take(20) {
        let _ = writeln!(text, "         {}", cut(refused));
    }
    for refused in results.refused_documents.iter().take(20) {
        let _ = writeln!(text, "not examined: {}", cut(refused));
    }
    text
}

/// Returns the results as a page in Markdown.
pub(super) fn markdown(results: &Results) -> String {
    let total = results.total();
    let mut page = String::from("# The exam\n\n<!-- Written by `cargo xtask exam --corpus --summary`. -->\n\n");
    page += "Values are made from the schemas of the corpus. An independent validator accepts each of them. The table compares\n";
    page += "what octogen does with them, without evidence and with unknown fields kept.\n\n";
    let _ = writeln!(page, "| | |\n|---|--:|");
    let rows = [
        ("documents", results.documents),
        ("documents that were not examined", results.refused_documents.len()),
        ("schemas", results.schemas),
        ("values made", total.made),
        ("valid values", total.valid),
        ("valid values of schemas with a type", total.typed),
    ];
    for (title, count) in rows {
        let _ = writeln!(page, "| {title} | {count} |");
    }
    let _ = writeln!(page, "\n| result | values | share |\n|---|--:|--:|");
    for (outcome, title) in OUTCOMES {
        let times = results.of(outcome);
        let _ = writeln!(page, "| {title} | {times} | {} |", share(times, total.typed));
    }
    let _ = writeln!(page, "\n| kind of case | made | valid | equal |\n|---|--:|--:|--:|");
    for (kind, counts) in &results.kinds {
        let _ = writeln!(page, "| {} | {} | {} | {} |", name(kind), counts.made, counts.valid, counts.equal);
    }
    let _ = writeln!(page, "\n| cause | values | smallest |\n|---|--:|---|");
    for (outcome, title) in OUTCOMES {
        for cause in sorted(results, outcome) {
            let Cause { cause, times, examples, .. } = cause;
            let Some(smallest) = examples.first() else { continue };
            let text =
                format!("{} at `{}` of `{} {}`", smallest.value, smallest.path, smallest.document, smallest.place);
            let _ = writeln!(page, "| {title}: {cause} | {times} | {} |", cell(&text));
        }
    }
    let without: usize = results.without_value.values().sum();
    let _ = writeln!(page, "\n{without} schemas have no valid value, by their keywords:\n");
    for (keywords, times) in by_times(&results.without_value) {
        let _ = writeln!(page, "- {times}: {keywords}");
    }
    for (keyword, times) in &results.unsupported {
        let _ = writeln!(page, "- {times}: the exam does not support {keyword}");
    }
    if !results.refused_documents.is_empty() {
        let _ = writeln!(page, "\nThese documents were not examined:\n");
    }
    for refused in &results.refused_documents {
        let _ = writeln!(page, "- {}", cell(refused));
    }
    page
}

/// Returns a text as a cell of a table.
fn cell(text: &str) -> String {
    let short: String = text.chars().take(300).collect();
    short.replace('|', "\\|").replace('\n', " ")
}

fn by_times(counts: &std::collections::BTreeMap<String, usize>) -> Vec<(&String, &usize)> {
    let mut sorted: Vec<_> = counts.iter().collect();
    sorted.sort_by(|one, other| other.1.cmp(one.1));
    sorted
}

fn sorted(results: &Results, outcome: Outcome) -> Vec<&Cause> {
    let mut causes: Vec<&Cause> = results.causes.iter().filter(|cause| cause.outcome == outcome).collect();
    causes.sort_by(|one, other| other.times.cmp(&one.times).then_with(|| one.cause.cmp(&other.cause)));
    causes
}

/// Returns the name of a kind or an outcome.
pub(super) fn name(value: &impl serde::Serialize) -> String {
    let name = serde_json::to_value(value).ok();
    name.and_then(|name| name.as_str().map(str::to_owned)).unwrap_or_default()
}

fn share(part: usize, whole: usize) -> String {
    if whole == 0 {
        return String::from("-");
    }
    #[expect(clippy::cast_precision_loss, reason = "counts are small")]
    let share = part as f64 * 100.0 / whole as f64;
    format!("{share:.4} %")
}

/// Returns a text with a number before it as lines of the width of the report.
fn wrapped(text: &str, number: usize) -> Vec<String> {
    let mut lines = vec![format!("{number:>7} ")];
    for word in text.split(' ') {
        if let Some(line) = lines.last_mut().filter(|line| line.chars().count() + word.chars().count() < WIDTH) {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(format!("{:8} {word}", ""));
        }
    }
    lines
}

fn cut(line: &str) -> String {
    let length = WIDTH - 10;
    if line.chars().count() <= length {
        return line.to_owned();
    }
    line.chars().take(length - 1).chain(['…']).collect()
}
