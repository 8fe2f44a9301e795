//! Writes `generated/OCTOCRAB.md`, the page with the results.

use super::super::report::{first_line, grouped, machine, megabytes, table};
use super::{FOLDER, Found};

pub(super) const FILE: &str = "generated/OCTOCRAB.md";

const INTRODUCTION: &str = "# Beside octocrab

`cargo xtask bench octocrab` builds the programs of `tests/benches/octocrab`, runs them, and writes this page. octocrab
0.54.9 is hand-written. It has functions for nearly all of GitHub; github-apps has the 37 operations of an app and its
events. Both sign the JWT of an app, renew the tokens of its installations, and retry failed requests (github-apps with
its feature `resilience`). This page compares what both have. For the other features, and for three more clients, see
[`COMPARISON.md`](COMPARISON.md).
";

pub(super) fn text(found: &Found) -> String {
    let date = first_line("date", "+%F");
    let sections = [tasks(found), builds(found), speed(found), examples(found), deliveries(found)].join("\n");
    format!("{INTRODUCTION}\n{date}. {}\n\n{sections}", machine())
}

/// Returns the lines that begin with a word, without that word.
fn of<'f>(found: &'f Found, kind: &'f str) -> impl Iterator<Item = &'f [String]> {
    found
        .said
        .iter()
        .filter_map(move |words| words.split_first().filter(|(first, _)| *first == kind))
        .map(|(_, rest)| rest)
}

fn tasks(found: &Found) -> String {
    let mut rows = Vec::new();
    for (name, lines) in &found.lines {
        let said = of(found, "program").find(|words| words.first() == Some(name));
        let outcome = match said {
            Some([_, ours, theirs]) if ours == theirs && !ours.starts_with("fails") => String::from("the same"),
            Some([_, ours, theirs]) => format!("`{}`; `{}`", short(ours), short(theirs)),
            _ => String::from("not run"),
        };
        let link = |side: &str| format!("[{name}](../{FOLDER}/{side}/src/bin/{name}.rs)");
        rows.push(vec![link("ours"), lines[0].to_string(), link("theirs"), lines[1].to_string(), outcome]);
    }
    let sum = |side: usize| found.lines.iter().map(|(_, lines)| lines[side]).sum::<usize>().to_string();
    rows.push(vec![String::from("all"), sum(0), String::new(), sum(1), String::new()]);
    let columns = ["github-apps", "lines", "octocrab", "lines", "what both print"];
    format!(
        "## Lines of five tasks\n\nLines without empty ones and comments. Each program runs against a local server \
         that answers with the examples of GitHub's description. Both get a signed JWT, which is the shorter way for \
         octocrab.\n\n{}",
        table(&columns, &rows)
    )
}

fn builds(found: &Found) -> String {
    let row = |(name, (crates, cost)): (&str, &(usize, super::Cost))| {
        vec![name.to_owned(), crates.to_string(), format!("{:.1}", cost.cpu), megabytes(cost.peak)]
    };
    let rows: Vec<Vec<String>> =
        ["github-apps, with `events`", "octocrab"].into_iter().zip(&found.builds).map(row).collect();
    format!(
        "## Dependencies and first build\n\nThe first `cargo build` of the five programs with default features, \
         after all downloads. Ours also has `events`, which reads deliveries. The package of the programs is not \
         counted.\n\n{}",
        table(&["", "crates built", "CPU-s", "peak MB"], &rows)
    )
}

fn speed(found: &Found) -> String {
    let mut rows = Vec::new();
    for words in of(found, "decode") {
        let [name, count, bytes, ours, theirs] = words else { continue };
        let [bytes, ours, theirs] = [bytes, ours, theirs].map(|word| word.parse::<f64>().unwrap_or(f64::NAN));
        let speed = |time: f64| format!("{:.0}", bytes * 1000.0 / time);
        rows.push(vec![
            name.clone(),
            count.clone(),
            grouped(bytes as u64),
            speed(ours),
            speed(theirs),
            format!("{:.1}", theirs / ours),
        ]);
    }
    let columns = ["payloads", "count", "bytes", "github-apps, MB/s", "octocrab, MB/s", "ours to octocrab's"];
    format!(
        "## Decode\n\nMedians of 101 rounds of a release build, in one process and alternating. Each payload that \
         both crates can read is decoded from bytes into the type of its operation or event, and dropped.\n\n{}",
        table(&columns, &rows)
    )
}

fn examples(found: &Found) -> String {
    let all: Vec<&[String]> = of(found, "example").collect();
    let changed: Vec<Vec<String>> = all
        .iter()
        .filter(|words| words.iter().skip(1).any(|said| said != "unchanged"))
        .map(|words| words.iter().map(|word| code(word)).collect())
        .collect();
    format!(
        "## Documented examples after a round trip\n\nThe {} named examples of the operations that GitHub's \
         description tags `apps`, decoded and encoded with the types of each crate, and compared by the lexer of our \
         tests: keys in any order, texts and numbers exactly. If the only difference is null for an absent key, or an absent key \
         for null, it has its own column.\n\n{}\nThe changed ones, with their first difference:\n\n{}",
        all.len(),
        outcomes(&all),
        table(&["example", "github-apps", "octocrab"], &changed)
    )
}

fn deliveries(found: &Found) -> String {
    let all: Vec<&[String]> = of(found, "delivery").collect();
    format!(
        "## Recorded deliveries after a round trip\n\nThe {} payloads of npm `@octokit/webhooks-examples` 7.6.1, by \
         the name of their event. They are evidence for our types (`spec/README.md`), so our crate must keep all of \
         them. octocrab writes the properties of an event below the name of a variant; they were moved up before the \
         comparison.\n\n{}",
        all.len(),
        outcomes(&all)
    )
}

/// Counts the outcomes of all payloads by crate.
fn outcomes(all: &[&[String]]) -> String {
    let rows = [("github-apps", 1), ("octocrab", 2)].map(|(name, side)| {
        let count =
            |kind: &str| all.iter().filter(|words| words.get(side).is_some_and(|said| said.starts_with(kind))).count();
        let counts = ["unchanged", "null", "changed", "fails"].map(|kind| count(kind).to_string());
        [name.to_owned()].into_iter().chain(counts).collect::<Vec<_>>()
    });
    table(&["", "unchanged", "null and absent confused", "changed", "can't be read"], &rows)
}

/// Formats a text as code in a table cell.
fn code(text: &str) -> String {
    if text == "unchanged" { text.to_owned() } else { format!("`{}`", short(text)) }
}

fn short(text: &str) -> String {
    let start: String = text.chars().take(100).collect();
    let cut = if start.len() < text.len() { "…" } else { "" };
    start.replace('`', "'").replace('|', "\\|") + cut
}
