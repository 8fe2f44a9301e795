//! The rules between the rooms of the generator, checked on its text.
//!
//! `codegen/ARCHITECTURE.md` says why each of them is there. Comments, literals and the bodies of `quote!` don't count:
//! the first two run nowhere, the last is what the generator writes, not what it is.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What each room of the generator may import, a whole room or one item of it; `lib` is what `lib.rs` itself has.
/// `lib.rs` alone sees all of them.
const ROOMS: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("source", &["diagnostic"]),
    ("document", &["diagnostic", "source"]),
    ("report", &["diagnostic", "document::locate_all", "source"]),
    ("ir", &[]),
    ("lower", &["document", "ir", "diagnostic"]),
    ("analyze", &["ir", "diagnostic"]),
    ("evidence", &["ir", "analyze", "diagnostic"]),
    ("ledger", &["ir", "analyze", "evidence", "diagnostic", "document::locate_all", "source"]),
    ("names", &["ir", "analyze", "diagnostic"]),
    ("emit", &["ir", "analyze", "names"]),
    ("format", &["emit"]),
    ("options", &["evidence", "lower::Selector", "package::Runtime", "source"]),
    ("output", &["diagnostic", "format", "ledger"]),
    ("package", &["format::GeneratedFile"]),
    ("files", &["diagnostic", "format::GeneratedFile", "source"]),
    ("command", &["diagnostic", "files", "lib", "package::Runtime", "report", "source"]),
];

/// Stands for the items of `lib.rs` itself.
const LIB: &str = "lib";

/// Something that code may say only in certain places.
struct Ban {
    /// Paths, as `std::fs`, and calls, as `.unwrap(` or `panic!`.
    what: &'static [&'static str],
    /// The folders and files in which it is banned.
    within: &'static [&'static str],
    /// Those among them that are its home.
    home: &'static [&'static str],
    why: &'static str,
}

const GENERATOR: &str = "codegen/src/";
const RUNTIME: &str = "codegen/runtime/src/";
const EMIT: &str = "codegen/src/emit";
const NAMES: &str = "codegen/src/names";
const PARSERS: &str = "codegen/src/document/";
const COMMAND: &str = "codegen/src/command/";

const BANS: &[Ban] = &[
    Ban { what: &["serde_yaml"], within: &[GENERATOR], home: &[PARSERS], why: "YAML is read in `document`" },
    Ban { what: &["saphyr_parser"], within: &[GENERATOR], home: &[PARSERS], why: "places are found in `document`" },
    Ban {
        what: &["serde_json", "serde_json_path"],
        within: &[GENERATOR],
        home: &["codegen/src/document/overlay.rs"],
        why: "targets of overlays are looked up in `document`, and nothing else is read by serde_json",
    },
    Ban {
        what: &["strsim"],
        within: &[GENERATOR],
        home: &["codegen/src/document/nearest.rs"],
        why: "words are compared in `document`",
    },
    Ban { what: &["heck"], within: &[GENERATOR], home: &[NAMES], why: "words are cased in `names`" },
    Ban { what: &["quote"], within: &[GENERATOR], home: &[EMIT], why: "tokens are written in `emit`" },
    Ban {
        what: &["annotate_snippets"],
        within: &[GENERATOR],
        home: &["codegen/src/report/"],
        why: "excerpts are drawn in `report`",
    },
    Ban {
        what: &["reqwest"],
        within: &[RUNTIME],
        home: &["codegen/runtime/src/client/over_reqwest.rs"],
        why: "the client knows services of tower",
    },
    Ban {
        what: &["std::fs"],
        within: &[GENERATOR, RUNTIME],
        home: &["codegen/src/files.rs", COMMAND],
        why: "only `files` and the command line touch files",
    },
    Ban {
        what: &["clap", "semver", "sha2"],
        within: &[GENERATOR],
        home: &[COMMAND, "codegen/src/main.rs"],
        why: "build scripts do without the command line",
    },
    Ban {
        what: &["format_ident!", "Ident::new", "Ident::new_raw", "quote::format_ident"],
        within: &[GENERATOR],
        home: &[NAMES],
        why: "an identifier that is not made in `names` skips the check for collisions",
    },
    Ban {
        what: &["HashMap", "HashSet"],
        within: &[EMIT, NAMES],
        home: &[],
        why: "its order would differ from run to run",
    },
    Ban {
        what: &[".unwrap(", "panic!", "todo!", "unimplemented!", "unreachable!"],
        within: &[GENERATOR, RUNTIME],
        home: &[],
        why: "no input may end the process",
    },
    Ban {
        what: &["github_apps", "octogen", "include!"],
        within: &[RUNTIME],
        home: &[],
        why: "the runtime knows no crate that was generated, nor what generates it",
    },
];

/// Where people write: no file there is longer than `MAX_LINES`.
const WRITTEN: [&str; 5] = [GENERATOR, RUNTIME, "codegen/assets/", "xtask/src/", "tests/src/"];
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

/// A file, its text, and what is found there: texts that break each rule, and such as only look as if they did.
const CASES: &[(&str, &str, &[&str])] = &[
    // Between the rooms.
    ("codegen/src/ir/a.rs", "use crate::lower::Lower;", &["ir/a.rs:1: `ir` may not import `crate::lower::Lower`"]),
    ("codegen/src/ir.rs", "\n\nfn a() { crate::emit::b() }", &["ir.rs:3: `ir` may not import `crate::emit::b`"]),
    (
        "codegen/src/emit/a.rs",
        "use crate::{\n    ir::Api,\n    document::{Node, Pointer as P},\n};",
        &[
            "emit/a.rs:3: `emit` may not import `crate::document::Node`",
            "emit/a.rs:3: `emit` may not import `crate::document::Pointer`",
        ],
    ),
    (
        "codegen/src/emit/mod.rs",
        "use super::document::*;",
        &["emit/mod.rs:1: `emit` may not import `crate::document::*`"],
    ),
    (
        "codegen/src/emit/a/b.rs",
        "use super::super::super::lower;",
        &["emit/a/b.rs:1: `emit` may not import `crate::lower`"],
    ),
    ("codegen/src/emit/a.rs", "use super::lower; use super::super::ir; use crate::emit::b;", &[]),
    (
        "codegen/src/analyze/mod.rs",
        "use crate::names::Names;",
        &["analyze/mod.rs:1: `analyze` may not import `crate::names::Names`"],
    ),
    ("codegen/src/format.rs", "use crate::Loader;", &["format.rs:1: `format` may not import `crate::Loader`"]),
    ("codegen/src/lower/a.rs", "use crate::{document::Node, ir::Api, diagnostic::Place};", &[]),
    ("codegen/src/attic/a.rs", "", &["attic/a.rs:1: the room `attic` has no row in the table"]),
    ("codegen/src/lib.rs", "use crate::emit::a; pub use crate::lower::b;", &[]),
    // The homes of crates.
    (
        "codegen/src/lower/a.rs",
        "use serde_yaml::Value;",
        &["lower/a.rs:1: `serde_yaml::Value`: YAML is read in `document`"],
    ),
    ("codegen/src/document/a.rs", "use serde_yaml::Value; use saphyr_parser::Parser;", &[]),
    (
        "codegen/src/report/a.rs",
        "use saphyr_parser::Parser;",
        &["report/a.rs:1: `saphyr_parser::Parser`: places are found in `document`"],
    ),
    (
        "codegen/src/emit/a.rs",
        "use heck::ToSnakeCase;",
        &["emit/a.rs:1: `heck::ToSnakeCase`: words are cased in `names`"],
    ),
    ("codegen/src/names/a.rs", "use heck::ToSnakeCase;", &[]),
    ("codegen/src/names/a.rs", "use quote::quote;", &["names/a.rs:1: `quote::quote`: tokens are written in `emit`"]),
    ("codegen/src/names/a.rs", "let quote = '\"';", &[]),
    ("codegen/src/emit/a.rs", "use quote::quote;", &[]),
    (
        "codegen/src/lib.rs",
        "use annotate_snippets::Level;",
        &["lib.rs:1: `annotate_snippets::Level`: excerpts are drawn in `report`"],
    ),
    (
        "codegen/runtime/src/client/error.rs",
        "use reqwest::Error;",
        &["client/error.rs:1: `reqwest::Error`: the client knows services of tower"],
    ),
    ("codegen/runtime/src/client/over_reqwest.rs", "use reqwest::Error;", &[]),
    // What is said nowhere.
    (
        "codegen/src/document/a.rs",
        "use std::{fmt, fs};",
        &["document/a.rs:1: `std::fs`: only `files` and the command line touch files"],
    ),
    (
        "codegen/runtime/src/a.rs",
        "std::fs::read(b)",
        &["runtime/src/a.rs:1: `std::fs::read`: only `files` and the command line touch files"],
    ),
    ("codegen/src/files.rs", "use std::fs; use crate::source::Source; use crate::format::GeneratedFile;", &[]),
    (
        "codegen/src/files.rs",
        "use clap::Args;",
        &["files.rs:1: `clap::Args`: build scripts do without the command line"],
    ),
    ("codegen/src/command/a.rs", "use std::fs; use clap::Args; use crate::{generate, files::read};", &[]),
    (
        "codegen/src/command/a.rs",
        "use crate::emit::library;",
        &["command/a.rs:1: `command` may not import `crate::emit::library`"],
    ),
    (
        "codegen/src/package/a.rs",
        "use crate::generate;",
        &["package/a.rs:1: `package` may not import `crate::generate`"],
    ),
    ("codegen/src/main.rs", "use octogen::command::a; use clap::Parser;", &[]),
    ("xtask/src/main.rs", "use std::fs; fn a() { b().unwrap(); }", &[]),
    (
        "codegen/src/emit/a.rs",
        "let a = format_ident!(\"b\");\nlet c = syn::Ident::new(d, e);",
        &[
            "emit/a.rs:1: `format_ident!`: an identifier that is not made in `names` skips the check for collisions",
            "emit/a.rs:2: `syn::Ident::new`: an identifier that is not made in `names` skips the check for collisions",
        ],
    ),
    (
        "codegen/src/emit/a.rs",
        "use quote::{quote, format_ident as made};\nIdent::new_raw(a, b)",
        &[
            "emit/a.rs:1: `quote::format_ident`: an identifier that is not made in `names` skips the check for collisions",
            "emit/a.rs:2: `Ident::new_raw`: an identifier that is not made in `names` skips the check for collisions",
        ],
    ),
    ("codegen/src/names/a.rs", "Ident::new_raw(a, b)", &[]),
    (
        "codegen/src/emit/a.rs",
        "let a: HashMap<B, C>;",
        &["emit/a.rs:1: `HashMap`: its order would differ from run to run"],
    ),
    (
        "codegen/src/names/a.rs",
        "use std::collections::HashSet;",
        &["names/a.rs:1: `HashSet`: its order would differ from run to run"],
    ),
    ("codegen/src/lower/a.rs", "use std::collections::HashMap;", &[]),
    ("codegen/src/a.rs", "", &["a.rs:1: the room `a` has no row in the table"]),
    (
        "codegen/src/lib.rs",
        "a.unwrap();\npanic!(\"b\");\ntodo!();\nunimplemented!();\nunreachable!()",
        &[
            "lib.rs:1: `.unwrap(`: no input may end the process",
            "lib.rs:2: `panic!`: no input may end the process",
            "lib.rs:3: `todo!`: no input may end the process",
            "lib.rs:4: `unimplemented!`: no input may end the process",
            "lib.rs:5: `unreachable!`: no input may end the process",
        ],
    ),
    (
        "codegen/src/lib.rs",
        "/// a.unwrap()\n//! panic!()\n/* todo!() /* */ todo!() */ a.unwrap_or(b); std::panic::a();",
        &[],
    ),
    (
        "codegen/src/lib.rs",
        "let a = (\"b.unwrap()\", r#\"panic!(\"\")\"#, '\"', b'\\'', c::<'a>()); todo!()",
        &["lib.rs:1: `todo!`: no input may end the process"],
    ),
    (
        "codegen/src/emit/a.rs",
        "quote! { use crate::lower::a; { b.unwrap() } }; panic!()",
        &["emit/a.rs:1: `panic!`: no input may end the process"],
    ),
    (
        "codegen/runtime/src/a.rs",
        "use github_apps::App;",
        &[
            "runtime/src/a.rs:1: `github_apps::App`: the runtime knows no crate that was generated, nor what generates it",
        ],
    ),
    (
        "codegen/runtime/src/a.rs",
        "octogen::generate();\ninclude!(\"a.rs\")",
        &[
            "runtime/src/a.rs:1: `octogen::generate`: the runtime knows no crate that was generated, nor what generates it",
            "runtime/src/a.rs:2: `include!`: the runtime knows no crate that was generated, nor what generates it",
        ],
    ),
    ("codegen/runtime/src/a.rs", "$crate::b::c(); use crate::slot::Slot; octogen_runtime::d()", &[]),
];

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
            files.push((path, text.unwrap_or_default()));
        }
    }
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

/// The paths that reach from a file to the root of its crate, written from there.
fn imports(file: &str, paths: &[(usize, String)]) -> Vec<(usize, String)> {
    let inside = file.strip_prefix(GENERATOR).unwrap_or(file);
    let depth = inside.split('/').count() - usize::from(inside.ends_with("/mod.rs"));
    let root = "super::".repeat(depth);
    let from_root = |path: &str| match path.strip_prefix(&root) {
        Some(rest) => Some(format!("crate::{rest}")),
        None => path.starts_with("crate::").then(|| path.to_owned()),
    };
    paths.iter().filter_map(|(line, path)| Some((*line, from_root(path)?))).collect()
}

/// Where a macro, a method or a bare name stands.
fn calls(tokens: &[Token], what: &str) -> Vec<usize> {
    let wanted: Vec<String> = self::tokens(what).into_iter().map(|token| token.text).collect();
    let path = wanted.iter().any(|text| text == "::") || (wanted.len() == 1 && what.starts_with(char::is_lowercase));
    let stands = |window: &&[Token]| !path && window.iter().zip(&wanted).all(|(token, text)| token.text == *text);
    tokens.windows(wanted.len()).filter(stands).map(|window| window[0].line).collect()
}

/// A name or a sign, with its line.
#[derive(Clone, Debug)]
struct Token {
    line: usize,
    text: String,
}

impl Token {
    fn is_name(&self) -> bool {
        self.text.starts_with(|c: char| c.is_alphabetic() || c == '_')
    }
}

/// The names and signs of a Rust text, without its comments and literals.
fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let name = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        let length = match first {
            _ if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            _ if rest.starts_with("/*") => comment(rest),
            '"' => string(rest),
            'r' | 'b' | 'c' if is_raw(rest) => raw(rest),
            '\'' => character(rest),
            _ if name > 0 => {
                tokens.push(Token { line, text: rest[..name].to_owned() });
                name
            }
            _ if first.is_whitespace() => first.len_utf8(),
            _ => {
                let sign = if rest.starts_with("::") { "::" } else { &rest[..first.len_utf8()] };
                tokens.push(Token { line, text: sign.to_owned() });
                sign.len()
            }
        };
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of a block comment; they nest.
fn comment(text: &str) -> usize {
    let mut open = 0_usize;
    let mut at = 0;
    while let Some(next) = text[at..].find(['/', '*']) {
        at += next;
        match text.get(at..at + 2) {
            Some("/*") => open += 1,
            Some("*/") => open -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if open == 0 {
            return at;
        }
    }
    text.len()
}

fn string(text: &str) -> usize {
    let mut escaped = true;
    let end = text.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    });
    end.map_or(text.len(), |end| end + 1)
}

/// Whether a raw string starts here; a raw identifier, `r#type`, is none.
fn is_raw(text: &str) -> bool {
    let marks = text.trim_start_matches(['b', 'c']);
    marks.len() + 1 >= text.len()
        && marks.strip_prefix('r').is_some_and(|rest| rest.trim_start_matches('#').starts_with('"'))
}

fn raw(text: &str) -> usize {
    let Some(start) = text.find('"') else { return text.len() };
    let close = format!("\"{}", "#".repeat(text[..start].matches('#').count()));
    text[start + 1..].find(&close).map_or(text.len(), |end| start + 1 + end + close.len())
}

/// The length of a character, or of the mark of a lifetime.
fn character(text: &str) -> usize {
    let mut inside = text[1..].chars();
    match (inside.next(), inside.next()) {
        (Some('\\'), Some(escaped)) => {
            let start = 2 + escaped.len_utf8();
            text[start..].find('\'').map_or(text.len(), |end| start + end + 1)
        }
        (Some(plain), Some('\'')) => 2 + plain.len_utf8(),
        _ => 1,
    }
}

/// The tokens that the generator runs: those between the brackets of `quote!` are what it writes.
fn without_quotes(tokens: &[Token]) -> Vec<Token> {
    let mut kept: Vec<Token> = Vec::new();
    let mut open = 0_usize;
    for token in tokens {
        let bracket = |brackets: [&str; 3]| brackets.contains(&token.text.as_str());
        let quoting = match kept.as_slice() {
            [.., name, mark] => {
                mark.text == "!" && ["quote", "quote_spanned", "parse_quote"].contains(&name.text.as_str())
            }
            _ => false,
        };
        match (quoting || open > 0, bracket(["(", "[", "{"]), bracket([")", "]", "}"])) {
            (true, true, _) => open += 1,
            (true, _, true) => {
                open = open.saturating_sub(1);
                if open == 0 {
                    kept.push(Token { line: token.line, text: ";".to_owned() });
                }
            }
            (true, ..) => {}
            (false, ..) => kept.push(token.clone()),
        }
    }
    kept
}

/// Every path of at least two names, each branch of a `use` tree by itself, with its line.
fn paths(tokens: &[Token]) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let start = at;
        at = branch(tokens, at, "", &mut paths).max(start + 1);
    }
    paths.retain(|(_, path)| path.contains("::"));
    paths
}

/// Reads one branch from `at`, adds what hangs on it, and gives the token behind it.
fn branch(tokens: &[Token], mut at: usize, stem: &str, paths: &mut Vec<(usize, String)>) -> usize {
    let mut path = stem.to_owned();
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    while let Some(token) = tokens.get(at) {
        if token.text == "{" && path.ends_with("::") {
            at += 1;
            while at < tokens.len() && text(at) != "}" {
                let start = at;
                at = branch(tokens, at, &path, paths).max(start + 1);
                at += if text(at) == "as" { 2 } else { 0 };
            }
            return at + 1;
        }
        let star = token.text == "*" && path.ends_with("::");
        if !star && !token.is_name() {
            break;
        }
        path.push_str(&token.text);
        if star || text(at + 1) != "::" {
            paths.push((token.line, path));
            return at + 1;
        }
        path.push_str("::");
        at += 2;
    }
    // Generic arguments stand behind the last `::`.
    if path.len() > stem.len() {
        let line = tokens.get(at - 1).map_or(1, |token| token.line);
        paths.push((line, path.trim_end_matches("::").to_owned()));
    }
    at
}
