//! The imports of the generator and of its runtime: the order of their folders, no cycle between files, and one folder
//! for each parser and printer. `codegen/ARCHITECTURE.md` describes the folders.

mod imports;

use std::collections::{BTreeMap, BTreeSet};

use imports::{File, Package};

/// The stages of the generator and the stages that each imports, which are in rows above it.
const STAGES: &[(&str, &[&str])] = &[
    ("diagnostic", &[]),
    ("source", &["diagnostic"]),
    ("document", &["diagnostic", "source"]),
    ("report", &["diagnostic", "document", "source"]),
    ("ir", &["diagnostic"]),
    ("lower", &["diagnostic", "document", "ir"]),
    ("analyze", &["diagnostic", "ir"]),
    ("evidence", &["analyze", "diagnostic", "ir"]),
    ("coverage", &["analyze", "diagnostic", "document", "evidence", "ir", "source"]),
    ("names", &["analyze", "diagnostic", "ir"]),
    ("samples", &["analyze", "diagnostic", "document", "ir"]),
    ("emit", &["analyze", "ir", "names", "samples"]),
    ("format", &["emit"]),
    ("package", &["emit", "format"]),
    ("options", &["diagnostic", "evidence", "format", "lower", "package", "source"]),
    ("output", &["coverage", "diagnostic", "format"]),
    ("files", &["diagnostic", "format", "source"]),
    ("predict", &["analyze", "diagnostic", "document", "ir", "lower", "source"]),
    ("lib", &[]),
    (
        "command",
        &[
            "coverage",
            "diagnostic",
            "evidence",
            "files",
            "lib",
            "lower",
            "options",
            "output",
            "package",
            "report",
            "source",
        ],
    ),
];

/// The layers of the runtime, in the same way.
const LAYERS: &[(&str, &[&str])] = &[
    ("interface", &[]),
    ("codec", &[]),
    ("http", &["codec"]),
    ("client", &["codec", "http"]),
    ("layers", &["client", "codec", "http"]),
];

/// Crates and modules that only some folders or files may use.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("clap", &["command"]),
    ("heck", &["names"]),
    ("quote::quote", &["emit"]),
    ("reqwest", &["client/reqwest_transport"]),
    ("saphyr_parser", &["document"]),
    ("semver", &["command"]),
    ("regex_lite", &["document/json_path", "document/rules/patterns"]),
    ("serde_yaml", &["document"]),
    ("sha2", &["client/credential_id", "command", "layers"]),
    ("std::collections::HashMap", &["analyze", "coverage", "document", "evidence", "lower", "samples"]),
    ("std::collections::HashSet", &["analyze", "coverage", "document", "evidence", "lower", "samples"]),
    ("std::fs", &["command", "files"]),
    ("strsim", &["diagnostic"]),
];

#[test]
fn imports_follow_the_architecture() {
    check("codegen/runtime/src", LAYERS);
    check("codegen/src", STAGES);
}

fn check(source: &str, rows: &[(&str, &[&str])]) {
    let found = faults(&imports::read_package(&xtask::root().join(source)), rows);
    assert!(found.is_empty(), "{source}: {found:#?}");
}

#[test]
fn each_rule_can_fail() {
    let files = [
        ("a", "use crate::b::f; #[cfg(test)] mod tests { use crate::d; }"),
        ("b", "mod c; pub use c::f;"),
        ("b/c", "pub fn f() { super::super::a::g(); std::fs::read() }"),
        ("d", ""),
    ];
    let package = Package(files.map(|(name, text)| (name.to_owned(), File::parse(text))).into());
    let found = faults(&package, &[("b", &[]), ("a", &["b"])]);
    let wanted = [
        "`d` has no row",
        "`b` may not import `a`, as `b/c` does",
        "`b/c` may not use `std::fs`",
        "cycle with `a`",
        "cycle with `b/c`",
    ];
    assert_eq!(found, BTreeSet::from(wanted.map(str::to_owned)));
}

/// Returns what breaks the rules in the files of a package.
fn faults(package: &Package, rows: &[(&str, &[&str])]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let has_rules = |name: &str| !["main", "lib", "sources"].contains(&name) && !name.ends_with("/tests");
    for (name, file) in package.0.iter().filter(|(name, _)| has_rules(name)) {
        let Some(row) = rows.iter().position(|(folder, _)| *folder == folder_of(name)) else {
            found.insert(format!("`{name}` has no row"));
            continue;
        };
        for path in file.paths.iter().chain(file.exports.values()) {
            found.extend(item_away_from_home(name, path).map(|item| format!("`{name}` may not use `{item}`")));
            let Some(target) = package.defining(name, path).filter(|target| target != name) else { continue };
            // The file of a folder calls the files in it, which is not an import.
            if file.paths.contains(path) && !target.starts_with(&format!("{name}/")) {
                imports.entry(name).or_default().insert(target);
            }
            let (from, to) = (folder_of(name), folder_of(target));
            let is_above = rows[..row].iter().any(|(above, _)| *above == to);
            if from != to && !(is_above && rows[row].1.contains(&to)) {
                found.insert(format!("`{from}` may not import `{to}`, as `{name}` does"));
            }
        }
    }
    found.extend(
        imports.keys().filter(|file| imports_itself(&imports, file)).map(|file| format!("cycle with `{file}`")),
    );
    found
}

fn folder_of(name: &str) -> &str {
    name.split('/').next().unwrap_or_default()
}

/// Returns the item of [`HOMES`] that a path uses, if the file may not use it.
fn item_away_from_home(name: &str, path: &[String]) -> Option<&'static str> {
    let is_within = |path: &str, folder: &str, end: &str| format!("{path}{end}").starts_with(&format!("{folder}{end}"));
    let (item, homes) = HOMES.iter().find(|(item, _)| is_within(&path.join("::"), item, "::"))?;
    (!homes.iter().any(|home| is_within(name, home, "/"))).then_some(item)
}

/// Whether a file imports itself through other files.
fn imports_itself(imports: &BTreeMap<&str, BTreeSet<&str>>, file: &str) -> bool {
    let (mut reached, mut open) = (BTreeSet::new(), vec![file]);
    while let Some(next) = open.pop() {
        open.extend(imports.get(next).into_iter().flatten().filter(|target| reached.insert(**target)));
    }
    reached.contains(file)
}
