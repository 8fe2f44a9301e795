//! Each path and each link of a page for people has a target.
//!
//! A path is a code span such as `codegen/src/lib.rs`: it has a `/`, and it ends with a `/` or a known file ending. It is
//! looked up from the root of the repository and from the folder of its page.

use std::fs;
use std::path::Path;

/// The pages. `CHANGELOG.md` is not among them, since it may name files of the past.
const PAGES: [&str; 15] = [
    "CONTRIBUTING.md",
    "README.md",
    "codegen/ARCHITECTURE.md",
    "codegen/README.md",
    "codegen/docs/benchmarks.md",
    "codegen/docs/decisions.md",
    "codegen/docs/github.md",
    "codegen/docs/performance.md",
    "codegen/runtime/README.md",
    "generated/COMPARISON.md",
    "generated/DECISIONS.md",
    "generated/GUIDE.md",
    "generated/OCTOCRAB.md",
    "generated/README.md",
    "spec/README.md",
];
/// Pages whose code spans also name files of other projects.
const WITH_FOREIGN_PATHS: [&str; 2] = ["generated/COMPARISON.md", "generated/GUIDE.md"];
const ENDINGS: [&str; 12] =
    [".css", ".html", ".json", ".lock", ".md", ".rs", ".sh", ".snap", ".svg", ".toml", ".tsv", ".yaml"];

/// Pages in the folder `docs` beside the file `docs/a.md`, and the faults that are found.
const CASES: &[(&str, &[&str])] = &[
    ("`docs/a.md`, `a.md`, `docs/`, `/docs/b.md`, `../b.md`, `target/b.md`, `application/json`, `NAME/b.md`", &[]),
    ("`docs/b.md` and `b/`", &["`docs/b.md` does not exist", "`b/` does not exist"]),
    ("[page](a.md), [part](a.md#a-part-of-it), [own](#here), [site](https://example.com)\n\n# Here", &[]),
    (
        "[page](b.md) and [part](a.md#other) and [own](#there)",
        &["`b.md` does not exist", "`a.md` has no heading `#other`", "there is no heading `#there`"],
    ),
    ("```\n`docs/b.md` [page](b.md)\n```", &[]),
];

#[test]
fn every_path_of_a_page_exists() {
    let root = xtask::root();
    let mut found = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        let folder = Path::new(page).parent().expect("a page is in a folder");
        let read = |path: &str| fs::read_to_string(root.join(folder).join(path)).ok();
        let exists = |path: &str| root.join(path).exists() || root.join(folder).join(path).exists();
        let text = if WITH_FOREIGN_PATHS.contains(&page) { text.replace('`', "") } else { text };
        found.extend(faults(&text, &exists, &read).into_iter().map(|fault| format!("{page}: {fault}")));
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_missing_path_is_found() {
    let exists = |path: &str| ["docs/a.md", "a.md", "docs/"].contains(&path);
    let read = |path: &str| (path == "a.md").then(|| "# A part, of it".to_owned());
    for (text, wanted) in CASES {
        assert_eq!(faults(text, &exists, &read), *wanted, "{text}");
    }
}

fn faults(page: &str, exists: &dyn Fn(&str) -> bool, read: &dyn Fn(&str) -> Option<String>) -> Vec<String> {
    let mut found = Vec::new();
    for line in prose(page) {
        let spans = line.split('`').skip(1).step_by(2).filter(|span| is_path(span) && !exists(span));
        found.extend(spans.map(|span| format!("`{span}` does not exist")));
        for target in targets(line) {
            let (path, heading) = target.split_once('#').unwrap_or((target, ""));
            if path.is_empty() && !has_heading(page, heading) {
                found.push(format!("there is no heading `#{heading}`"));
            } else if !path.is_empty() && !exists(path) {
                found.push(format!("`{path}` does not exist"));
            } else if !path.is_empty() && !heading.is_empty() {
                let is_there = read(path).is_some_and(|text| has_heading(&text, heading));
                found.extend((!is_there).then(|| format!("`{path}` has no heading `#{heading}`")));
            }
        }
    }
    found
}

/// The lines outside of fenced code.
fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    page.lines().filter(move |line| {
        let is_fence = line.trim_start().starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// Whether a code span names a file or a folder of this repository.
fn is_path(span: &str) -> bool {
    let Some((first, _)) = span.split_once('/') else { return false };
    let is_plain = span.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte));
    let is_placeholder = first.bytes().all(|byte| byte.is_ascii_uppercase());
    let is_file = span.ends_with('/') || ENDINGS.iter().any(|ending| span.ends_with(ending));
    is_plain && is_file && !is_placeholder && !["", "..", "target"].contains(&first)
}

/// The targets of links within this repository.
fn targets(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.split("](").skip(1);
    ends.filter_map(|rest| rest.split_once(')')).map(|(target, _)| target).filter(|target| !target.contains("://"))
}

/// Whether a page has a heading with this anchor, as GitHub writes anchors.
fn has_heading(page: &str, anchor: &str) -> bool {
    let headings = prose(page).filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    headings.into_iter().any(|heading| {
        let kept = heading.chars().filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
        kept.collect::<String>().to_lowercase().replace(' ', "-") == anchor
    })
}
