//! The rules between the rooms of the generator, checked on its text.
//!
//! `codegen/ARCHITECTURE.md` says why each of them is there. Comments, literals and the bodies of `quote!` don't count:
//! the first two run nowhere, the last is what the generator writes, not what it is.

mod cases;
mod pages;
mod rules;
mod tokens;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use cases::CASES;
use rules::{APP, BANS, GENERATOR, LIB, MANIFEST, ROOMS, RUNTIME, USER};
use tokens::{calls, imports, paths, tokens, without_quotes};

/// Where people write: no file there is longer than `MAX_LINES`.
const WRITTEN: [&str; 9] =
    [GENERATOR, RUNTIME, APP, MANIFEST, USER, "codegen/assets/", "xtask/src/", "xtask/workshop/src/", "tests/src/"];
const MAX_LINES: usize = 400;

/// A file by its path from the root of the workspace.
type File = (String, String);

#[test]
fn the_rooms_keep_their_rules() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = Vec::new();
    for folder in WRITTEN {
        collect(&root, folder, &mut files);
    }
    assert!(files.len() > 20, "only {} files were found under {}", files.len(), root.display());
    let mut found: Vec<String> = files.iter().flat_map(check).collect();
    for (room, _) in ROOMS {
        if !files.iter().any(|(path, _)| room_of(path) == Some(room)) {
            found.push(format!("the room `{room}` has rules, but no file"));
        }
    }
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn every_rule_can_fail() {
    for (path, text, wanted) in CASES {
        let found = check(&((*path).to_owned(), (*text).to_owned()));
        assert!(
            found.len() == wanted.len() && found.iter().zip(*wanted).all(|(found, wanted)| found.ends_with(wanted)),
            "{path}: {text}\nfound  {found:#?}\nwanted {wanted:#?}"
        );
    }
}

#[test]
fn only_people_are_asked_for_short_files() {
    let file = |start: &str, lines: usize| ("tests/src/a.rs".to_owned(), format!("{start}\n").repeat(lines));
    assert_eq!(check(&file("// a", 401)), ["tests/src/a.rs:401: the file has 401 lines, more than 400"]);
    assert_eq!(check(&file("// a", 400)), [""; 0]);
    assert_eq!(check(&file("// @generated", 401)), [""; 0]);
}

/// A room is taken away once it imports none that is left; what can't be taken away stands on a circle.
#[test]
fn the_table_has_no_circle() {
    let mut left: BTreeSet<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    for _ in ROOMS {
        for (room, imports) in ROOMS {
            let imports = imports.iter().map(|import| import.split("::").next().unwrap_or_default());
            let imports = imports.filter(|import| *import != LIB);
            let known = |import: &str| ROOMS.iter().any(|(room, _)| *room == import);
            assert!(imports.clone().all(known), "a row of `{room}` names no room");
            let mut held = imports.filter(|import| left.contains(import));
            if held.next().is_none() {
                left.remove(room);
            }
        }
    }
    assert!(left.is_empty(), "these rooms import each other in a circle: {left:?}");
}

/// Every rule that one file can break, in the order of its lines.
fn check((path, text): &File) -> Vec<String> {
    let mut found = BTreeSet::new();
    let lines = text.lines().count();
    let generated = text.lines().take(5).any(|line| line.contains("@generated"));
    if lines > MAX_LINES && !generated {
        found.insert((lines, format!("the file has {lines} lines, more than {MAX_LINES}")));
    }
    let tokens = without_quotes(&tokens(text));
    let paths = paths(&tokens);
    for ban in BANS.iter().filter(|ban| starts(path, ban.within) && !starts(path, ban.home)) {
        for what in ban.what {
            for (line, path) in paths.iter().filter(|(_, path)| is_within(path, what)) {
                found.insert((*line, format!("`{path}`: {}", ban.why)));
            }
            for line in calls(&tokens, what) {
                found.insert((line, format!("`{what}`: {}", ban.why)));
            }
        }
    }
    if let Some(room) = room_of(path) {
        match ROOMS.iter().find(|(name, _)| *name == room) {
            Some((_, allowed)) => {
                for (line, import) in imports(path, &paths) {
                    let inside = import.strip_prefix("crate::").unwrap_or_default();
                    let is_room = ROOMS.iter().any(|(room, _)| is_within(inside, room));
                    let of_lib = !is_room && allowed.contains(&LIB);
                    if !of_lib && !allowed.iter().chain([&room]).any(|allowed| is_within(inside, allowed)) {
                        found.insert((line, format!("`{room}` may not import `{import}`")));
                    }
                }
            }
            None => drop(found.insert((1, format!("the room `{room}` has no row in the table")))),
        }
    }
    found.into_iter().map(|(line, what)| format!("{path}:{line}: {what}")).collect()
}

fn collect(root: &Path, folder: &str, files: &mut Vec<File>) {
    let mut entries: Vec<_> = fs::read_dir(root.join(folder)).into_iter().flatten().flatten().collect();
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = format!("{folder}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            collect(root, &format!("{path}/"), files);
        } else if entry.path().extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(entry.path());
            assert!(text.is_ok(), "{path}: {text:?}");
            files.push((path, without_unit_tests(&text.unwrap_or_default())));
        }
    }
}

/// Removes the unit tests at the end of a file, to which the rules do not apply.
fn without_unit_tests(text: &str) -> String {
    text.split_once("\n#[cfg(test)]\nmod tests {").map_or(text, |(code, _)| code).to_owned()
}

/// The room of a file; the roots of the library and of the binary are none.
fn room_of(path: &str) -> Option<&str> {
    let inside = path.strip_prefix(GENERATOR)?;
    let room = inside.split('/').next()?.trim_end_matches(".rs");
    Some(room).filter(|room| !["lib", "main"].contains(room))
}

fn starts(path: &str, folders: &[&str]) -> bool {
    folders.iter().any(|folder| path.starts_with(folder))
}

/// Whether a path is the banned one, lies below it, or, as `syn::Ident::new`, ends in it.
fn is_within(path: &str, what: &str) -> bool {
    let ends = what.contains("::") && path.ends_with(&format!("::{what}"));
    path == what || path.strip_prefix(what).is_some_and(|rest| rest.starts_with("::")) || ends
}
