//! The page `codegen/docs/benchmarks.md`: each benchmark replaces its own section and keeps the others.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::available_parallelism;

const FILE: &str = "codegen/docs/benchmarks.md";

const INTRODUCTION: &str = "# Benchmarks

`cargo xtask bench generate|check|decode|first-build|requests|all` measures these figures and writes this page. It installs
the other generators from their registries into `target/peers`. All generators run in turn in the same run.

CPU-seconds are user and system time of a process and of all its children. The peak is the memory of the largest of these
processes. Figures are medians. The document is GitHub's description, npm `@octokit/openapi` 23.0.2, which
`cargo xtask corpus fetch` downloads.
";

/// Formats a Markdown table with a row of column titles.
pub(super) fn table(columns: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = format!("| {} |\n|{}\n", columns.join(" | "), "---|".repeat(columns.len()));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text
}

/// Writes a chart beside the report, and returns the Markdown line that displays it.
pub(super) fn chart(root: &Path, name: &str, about: &str, svg: &str) -> Result<String, String> {
    let file = root.join("codegen/docs/benchmarks").join(format!("{name}.svg"));
    octogen::files::write(&file, svg).map_err(|error| error.to_string())?;
    Ok(format!("![{about}](benchmarks/{name}.svg)\n"))
}

/// Replaces the section with this heading, or adds it.
pub(super) fn section(root: &Path, heading: &str, body: &str) -> Result<(), String> {
    let file = root.join(FILE);
    let there = fs::read_to_string(&file).unwrap_or_default();
    let mut sections: Vec<(String, String)> = there
        .split("\n## ")
        .skip(1)
        .filter_map(|text| text.split_once('\n'))
        .map(|(heading, body)| (heading.to_owned(), body.trim().to_owned()))
        .collect();
    let body = format!("{}\n\n{}", body.trim(), machine());
    match sections.iter_mut().find(|(name, _)| name == heading) {
        Some((_, old)) => *old = body,
        None => sections.push((heading.to_owned(), body)),
    }
    // Sections that people wrote are last.
    let order = |name: &str| HEADINGS.iter().position(|heading| *heading == name).unwrap_or(HEADINGS.len());
    sections.sort_by_key(|(name, _)| order(name));
    let mut text = String::from(INTRODUCTION);
    for (heading, body) in &sections {
        let _ = write!(text, "\n## {heading}\n\n{body}\n");
    }
    octogen::files::write(&file, &text).map_err(|error| error.to_string())
}

pub(super) const GENERATE: &str = "Generate";
pub(super) const CHECK: &str = "Check and build";
pub(super) const DECODE: &str = "Decode and encode";
pub(super) const FIRST_BUILD: &str = "First build";
pub(super) const REQUESTS: &str = "Requests";
const HEADINGS: [&str; 5] = [GENERATE, CHECK, DECODE, FIRST_BUILD, REQUESTS];

/// Describes this machine: its cores, its memory, and the version of rustc.
pub(super) fn machine() -> String {
    let cores = available_parallelism().map_or(0, usize::from);
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = memory.split_whitespace().nth(1).and_then(|word| word.parse::<u64>().ok()).unwrap_or_default();
    format!("Measured on {cores} cores with {} GiB, {}.", kilobytes.div_ceil(1 << 20), first_line("rustc", "--version"))
}

/// Returns the first line that a program prints.
pub(super) fn first_line(program: &str, argument: &str) -> String {
    let printed = Command::new(program).arg(argument).output().map(|done| done.stdout).unwrap_or_default();
    String::from_utf8_lossy(&printed).lines().next().unwrap_or_default().to_owned()
}

/// Formats the ratio of a figure to the first one.
pub(super) fn ratio(ours: f64, other: f64) -> String {
    format!("{:.1}", other / ours)
}

pub(super) fn megabytes(bytes: u64) -> String {
    grouped(bytes / 1_000_000)
}

/// Formats a count with separated thousands.
pub(super) fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
