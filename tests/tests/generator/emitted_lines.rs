//! The number of emitted lines for each fixture, so that growth is seen before it lands.
//!
//! `tests/emitted_lines.tsv` has the accepted numbers. `UPDATE_EMITTED_LINES=1 cargo test -p tests emitted_lines` writes
//! the present ones.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use octogen::files::{files_below, sorted_entries};

const ACCEPTED: &str = "tests/emitted_lines.tsv";

/// A fixture may grow by this many percent.
const TOLERANCE: usize = 10;

/// Lines by fixture.
type Lines = BTreeMap<String, usize>;

#[test]
fn no_fixture_grows_unnoticed() {
    let file = xtask::root().join(ACCEPTED);
    let present = count(&xtask::root().join("tests/src/emitted"));
    assert!(present.len() > 50, "only {} fixtures were found", present.len());
    if std::env::var_os("UPDATE_EMITTED_LINES").is_some() {
        let rows: String = present.iter().map(|(fixture, lines)| format!("{fixture}\t{lines}\n")).collect();
        fs::write(&file, rows).expect("the table is writable");
    }
    let table = fs::read_to_string(&file).expect("the table is readable");
    let rows = table.lines().filter_map(|row| row.split_once('\t'));
    let accepted = rows.map(|(fixture, lines)| (fixture.to_owned(), lines.parse().expect("a number"))).collect();
    let changed = changes(&accepted, &present);
    assert!(changed.is_empty(), "run with `UPDATE_EMITTED_LINES=1` to accept:\n{}", changed.join("\n"));
}

#[test]
fn growth_beyond_the_tolerance_is_reported() {
    let lines = |rows: &[(&str, usize)]| rows.iter().map(|(fixture, lines)| ((*fixture).to_owned(), *lines)).collect();
    let accepted = lines(&[("equal", 20), ("less", 20), ("within", 20), ("beyond", 20), ("removed", 20)]);
    let present = lines(&[("equal", 20), ("less", 2), ("within", 22), ("beyond", 23), ("new", 1)]);
    assert_eq!(
        changes(&accepted, &present),
        ["beyond: 23 lines, accepted are 20", "new: 1 lines, none accepted", "removed: no fixture"]
    );
}

fn count(emitted: &Path) -> Lines {
    let fixtures = sorted_entries(emitted).into_iter().filter(|entry| entry.is_dir());
    let lines = |folder: &Path| {
        let files =
            files_below(folder).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "rs"));
        files.map(|file| fs::read_to_string(file).expect("readable").lines().count()).sum()
    };
    fixtures
        .map(|folder| (folder.file_name().expect("it has a name").to_string_lossy().into_owned(), lines(&folder)))
        .collect()
}

fn changes(accepted: &Lines, present: &Lines) -> Vec<String> {
    let grown = present.iter().filter_map(|(fixture, lines)| match accepted.get(fixture) {
        Some(before) if lines * 100 <= before * (100 + TOLERANCE) => None,
        Some(before) => Some(format!("{fixture}: {lines} lines, accepted are {before}")),
        None => Some(format!("{fixture}: {lines} lines, none accepted")),
    });
    let removed = accepted.keys().filter(|fixture| !present.contains_key(*fixture));
    grown.chain(removed.map(|fixture| format!("{fixture}: no fixture"))).collect()
}
