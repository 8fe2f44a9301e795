//! Each claim of `generated/COMPARISON.md` about this crate names a test that exists.
//!
//! The page is made of sections, each a table whose rows have numbers and below it a note for each number. A test is named
//! as `client/pages.rs::items_of_all_pages`, relative to `tests/tests/`, `tests/tests/github/`, `tests/tests/runtime/`
//! or `codegen/runtime/tests/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const PAGE: &str = "../generated/COMPARISON.md";
const OTHERS: [&str; 4] = ["octocrab", "octorust", "octokit", "githubkit"];
const ANSWERS: [&str; 3] = ["yes", "partly", "no"];

/// Sections with their faults. `a.rs` has the test `checked` and the function `helper`.
const CASES: &[(&str, &[&str])] = &[
    (
        "| 1 | a | yes | no | no | no | no |\n\n1. ours: `a.rs::checked`; octocrab, octorust, octokit, githubkit: none.",
        &[],
    ),
    ("| 1 | a | no | no | no | no | no |\n\n1. octocrab,\n   octorust, octokit, githubkit: none.", &[]),
    ("| a | of another table |\n\nText with `a.rs::checked`.", &[]),
    ("Text with `b.rs::checked`.", &["there is no test `b.rs::checked`"]),
    (
        "Text with `a.rs::helper` and `a.rs::show`.",
        &["there is no test `a.rs::helper`", "there is no test `a.rs::show`"],
    ),
    ("Text with `checked.", &["a line has a code span without an end"]),
    ("| 1 | a | yes | no | no | no | no |", &["row 1 has no note"]),
    (
        "| 1 | a | partly: b | no | no | no | no |\n\n1. ours: `a.rs`; octocrab, octorust, octokit: none.",
        &["row 1 names no test", "row 1 says nothing of githubkit"],
    ),
    (
        "| 1 | a | yes | no | no | noon | no |\n| 2 | b | no | no |\n\n1. `a.rs::checked` octocrab octorust octokit githubkit\n2. octocrab octorust octokit githubkit\n3. c",
        &[
            "row 1 has other answers than five of yes, partly and no",
            "row 2 has other answers than five of yes, partly and no",
            "note 3 is of no row",
        ],
    ),
];

#[test]
fn each_test_that_a_page_names_is_there() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PAGE);
    let page = fs::read_to_string(&path).expect("the page is there");
    let found = faults(&page, &has_test);
    assert!(found.is_empty(), "{}:\n{}\n", path.display(), found.join("\n"));
    let rows: usize = page.split("\n## ").map(|section| rows(section).len()).sum();
    assert!(rows > 40, "only {rows} rows were found");
}

#[test]
fn a_page_can_be_wrong() {
    let text = "#[test]\nfn checked() {\n}\n\nfn helper() {}\n";
    let has_test = |file: &str, name: &str| file == "a.rs" && is_test(text, name);
    for (section, wanted) in CASES {
        let page = format!("# Page\n\n## Section\n\n{section}\n");
        let wanted: Vec<String> = wanted.iter().map(|fault| format!("Section: {fault}")).collect();
        assert_eq!(faults(&page, &has_test), wanted, "{section}");
    }
    for (text, wanted) in [
        ("#[tokio::test(start_paused = true)]\nasync fn checked() {", true),
        ("    #[test]\n    #[cfg(unix)]\n    fn checked() {", true),
        ("#[test]\n#[ignore]\nfn checked() {", false),
        ("// #[test]\nfn checked() {", false),
        ("#[test]\nfn checked_before() {}\nfn checked() {", false),
    ] {
        assert_eq!(is_test(text, "checked"), wanted, "{text}");
    }
}

fn faults(page: &str, has_test: &dyn Fn(&str, &str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for section in page.split("\n## ") {
        let title = section.lines().next().unwrap_or_default();
        let mut fault = |what: String| found.push(format!("{title}: {what}"));
        if section.lines().any(|line| line.matches('`').count() % 2 == 1) {
            fault("a line has a code span without an end".to_owned());
        }
        for (file, name) in section.lines().flat_map(named).filter(|(file, name)| !has_test(file, name)) {
            fault(format!("there is no test `{file}::{name}`"));
        }
        let mut notes = notes(section);
        for (number, answers) in rows(section) {
            let is_answer = |answer: &&str| ANSWERS.iter().any(|word| says(answer, word));
            if answers.len() != 1 + OTHERS.len() || !answers.iter().all(is_answer) {
                fault(format!("row {number} has other answers than five of yes, partly and no"));
            }
            let Some(note) = notes.remove(&number) else {
                fault(format!("row {number} has no note"));
                continue;
            };
            let is_ours = answers.first().is_some_and(|answer| !says(answer, "no"));
            if is_ours && note.lines().all(|line| named(line).is_empty()) {
                fault(format!("row {number} names no test"));
            }
            for other in OTHERS.iter().filter(|other| !note.contains(*other)) {
                fault(format!("row {number} says nothing of {other}"));
            }
        }
        for number in notes.keys() {
            fault(format!("note {number} is of no row"));
        }
    }
    found
}

/// The rows that have a number, with their answers.
fn rows(section: &str) -> Vec<(u32, Vec<&str>)> {
    let numbered = section.lines().filter_map(|line| {
        let mut cells = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim);
        Some((cells.next()?.parse().ok()?, cells.skip(1).collect()))
    });
    numbered.collect()
}

/// The notes by their number.
fn notes(section: &str) -> BTreeMap<u32, String> {
    let mut notes = BTreeMap::new();
    let mut last = None;
    for line in section.lines() {
        let begins = line.split_once(". ").and_then(|(number, _)| number.parse().ok());
        // Indented lines continue a note.
        last = begins.or(last.filter(|_| line.starts_with("   ")));
        if let Some(number) = last {
            let note: &mut String = notes.entry(number).or_default();
            note.push_str(line);
            note.push('\n');
        }
    }
    notes
}

/// The tests that a line names: file and function.
fn named(line: &str) -> Vec<(&str, &str)> {
    let spans = line.split('`').skip(1).step_by(2);
    spans.filter_map(|span| span.split_once("::")).filter(|(file, _)| file.ends_with(".rs")).collect()
}

/// Whether an answer is this word, or this word and more about it.
fn says(answer: &str, word: &str) -> bool {
    answer.strip_prefix(word).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

fn has_test(file: &str, name: &str) -> bool {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |folder: &str| fs::read_to_string(package.join(folder).join(file));
    let folders = ["tests", "tests/github", "tests/runtime", "../codegen/runtime/tests"];
    folders.into_iter().any(|below| read(below).is_ok_and(|text| is_test(&text, name)))
}

/// Whether a text has a test of this name that is run.
fn is_test(text: &str, name: &str) -> bool {
    let start = format!("fn {name}(");
    let mut is_marked = false;
    for line in text.lines().map(str::trim) {
        if is_marked && line.trim_start_matches("async ").starts_with(&start) {
            return true;
        }
        let begins = line.starts_with("#[test]") || line.starts_with("#[tokio::test");
        let goes_on = is_marked && line.starts_with("#[") && !line.starts_with("#[ignore");
        is_marked = begins || goes_on;
    }
    false
}
