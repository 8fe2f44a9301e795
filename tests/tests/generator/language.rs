//! The language of this repository: plain sentences, the words of the glossary, a name of its own for each public item,
//! and files of a readable length.
//!
//! A comment that begins with `What`, `Where`, `Whose` and the like describes its item by a riddle instead of a noun.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

const MAX_LINES: usize = 400;

const OPENINGS: [&str; 7] = ["Of ", "What ", "Where ", "Who ", "Whose ", "How ", "By "];
const PLAIN_OPENINGS: [&str; 7] = ["How many", "How long", "How often", "How much", "How far", "How to", "By default"];

/// Words that the glossary has replaced. `_` in a name counts as a space.
const GIVEN_UP: [&str; 36] = [
    "arm",
    "arms",
    "circle",
    "circles",
    "shown",
    "told",
    "room",
    "rooms",
    "stand in",
    "stand at",
    "stand for",
    "stands in",
    "stands at",
    "stands for",
    "tell apart",
    "tells apart",
    "settle",
    "settled",
    "settles",
    "astray",
    "pass over",
    "passed over",
    "passes over",
    "ledger",
    "ledgers",
    "what is known of",
    "heir",
    "heirs",
    "by hand",
    "says of itself",
    "without a word",
    "leads to",
    "way out",
    "mend",
    "mended",
    "mends",
];

/// Files that may have them: this one, and pages that quote an earlier release.
const ALLOWED: [&str; 2] = ["tests/tests/generator/language.rs", "CHANGELOG.md"];

/// Words that are names of another language: an element of SVG, and a variant of a fixture.
const QUOTED: [&str; 2] = ["<circle", "\"Circle\""];

#[test]
fn comments_are_plain_sentences() {
    let lines = written_files(&[".rs"]).into_iter().flat_map(|(path, text)| numbered(&path, &text));
    let riddles: Vec<String> = lines.filter(|(_, line)| is_riddle(line)).map(|(place, line)| place + &line).collect();
    assert!(riddles.is_empty(), "{}", riddles.join("\n"));
}

#[test]
fn words_given_up_do_not_return() {
    let files = written_files(&[".rs", ".md", ".toml", ".html"]).into_iter();
    let lines =
        files.filter(|(path, _)| !ALLOWED.contains(&path.as_str())).flat_map(|(path, text)| numbered(&path, &text));
    let found: Vec<String> =
        lines.filter(|(_, line)| has_word_given_up(line)).map(|(place, line)| place + &line).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn public_items_have_names_of_their_own() {
    for package in ["codegen/src/", "codegen/runtime/src/", "generated/src/"] {
        let files = written_files(&[".rs"]).into_iter().filter(|(path, _)| path.starts_with(package));
        let items = files.flat_map(|(path, text)| {
            let items: Vec<(Item, String)> =
                text.lines().filter_map(|line| Some((item(line)?, path.clone()))).collect();
            items
        });
        let mut paths: BTreeMap<Item, Vec<String>> = BTreeMap::new();
        for (item, path) in items {
            paths.entry(item).or_default().push(path);
        }
        // The blocking client has the names of the async one.
        let is_shared = |paths: &[String]| paths.iter().filter(|path| !path.contains("/blocking/")).count() > 1;
        paths.retain(|_, paths| is_shared(paths));
        assert!(paths.is_empty(), "{paths:#?}");
    }
}

#[test]
fn files_are_short() {
    let code = ["codegen/", "generated/src/", "tests/src/", "xtask/"];
    let files =
        written_files(&[".rs"]).into_iter().filter(|(path, _)| code.iter().any(|folder| path.starts_with(folder)));
    // A table of texts, which are explained in one place.
    let files = files.filter(|(path, _)| path != "codegen/src/diagnostic/codes.rs");
    let long: Vec<String> = files.filter(|(_, text)| text.lines().count() > MAX_LINES).map(|(path, _)| path).collect();
    assert!(long.is_empty(), "more than {MAX_LINES} lines: {long:?}");
}

#[test]
fn riddles_and_words_are_recognised() {
    for (line, riddle, word) in [
        ("/// What a client is.", true, false),
        ("    //! - Where it goes.", true, false),
        ("// By default, it is empty.", false, false),
        ("/// How many there are.", false, false),
        ("let a = 1; // What it is.", false, false),
        ("/// The room of a name.", false, true),
        ("fn stands_for_nothing() {}", false, true),
        ("/// The settlement of a headroom.", false, false),
    ] {
        assert_eq!((is_riddle(line), has_word_given_up(line)), (riddle, word), "{line}");
    }
}

#[test]
fn public_items_are_recognised() {
    let item_of = |line: &str| item(line).map(|(kind, name)| format!("{kind:?} {name}"));
    for (line, found) in [
        ("pub struct Map<V> {", Some("Type Map")),
        ("pub(super) trait Slot: Sized {", None),
        ("pub trait Slot: Sized {", Some("Type Slot")),
        ("pub const fn usual() {", Some("Function usual")),
        ("pub const LIMIT: usize = 1;", None),
        ("    pub fn method(&self) {", None),
        ("macro_rules! object {", Some("Macro object")),
    ] {
        assert_eq!(item_of(line).as_deref(), found, "{line}");
    }
}

fn is_riddle(line: &str) -> bool {
    let Some(comment) = line.trim_start().strip_prefix("//") else { return false };
    let text = comment.strip_prefix(['/', '!']).unwrap_or(comment);
    let sentence = text.trim_start();
    let sentence = sentence.strip_prefix("- ").unwrap_or(sentence);
    let begins = |openings: &[&str]| openings.iter().any(|opening| sentence.starts_with(opening));
    text.starts_with(char::is_whitespace) && begins(&OPENINGS) && !begins(&PLAIN_OPENINGS)
}

fn has_word_given_up(line: &str) -> bool {
    let line = QUOTED.iter().fold(line.to_owned(), |line, quoted| line.replace(quoted, ""));
    let words: String = line.chars().map(|c| if c.is_alphanumeric() { c.to_ascii_lowercase() } else { ' ' }).collect();
    let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
    GIVEN_UP.iter().any(|word| words.contains(&format!(" {word} ")))
}

/// A public item at the top of a file: its kind and its name.
type Item = (ItemKind, String);

/// The kinds of items that can have the same name in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum ItemKind {
    Type,
    Function,
    Macro,
}

/// Returns the public item that a line begins.
fn item(line: &str) -> Option<Item> {
    let (kind, rest) = if let Some(rest) = line.strip_prefix("macro_rules! ") {
        (ItemKind::Macro, rest)
    } else {
        let (keyword, rest) = line.strip_prefix("pub ")?.split_once(' ')?;
        let is_qualifier = ["const", "async"].contains(&keyword) && rest.starts_with("fn ");
        match if is_qualifier { rest.split_once(' ')? } else { (keyword, rest) } {
            ("struct" | "enum" | "trait" | "type", rest) => (ItemKind::Type, rest),
            ("fn", rest) => (ItemKind::Function, rest),
            _ => return None,
        }
    };
    let name = rest.split(|c: char| !c.is_alphanumeric() && c != '_').next()?;
    Some((kind, name.to_owned()))
}

/// Returns the tracked files with these endings that people write.
fn written_files(endings: &[&str]) -> Vec<(String, String)> {
    let output = Command::new("git").arg("ls-files").current_dir(xtask::root()).output().expect("git can be run");
    let paths = String::from_utf8(output.stdout).expect("paths are UTF-8");
    let is_written = |path: &&str| {
        endings.iter().any(|ending| path.ends_with(ending))
            && !["tests/src/emitted/", "tests/snapshots/"].iter().any(|folder| path.starts_with(folder))
    };
    let read = |path: &str| Some((path.to_owned(), fs::read_to_string(xtask::root().join(path)).ok()?));
    let files = paths.lines().filter(is_written).filter_map(read);
    let files: Vec<_> =
        files.filter(|(_, text)| !text.lines().take(5).any(|line| line.contains("@generated"))).collect();
    assert!(files.len() > 20, "only {} files were found", files.len());
    files
}

/// Returns the lines of a file, each with its place.
fn numbered(path: &str, text: &str) -> Vec<(String, String)> {
    text.lines().enumerate().map(|(index, line)| (format!("{path}:{}: ", index + 1), line.to_owned())).collect()
}
