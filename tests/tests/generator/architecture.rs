//! The imports of the generator and of its runtime: the order of their folders, no cycle between files, and one folder
//! for each parser and printer. `codegen/ARCHITECTURE.md` describes the folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use octogen::files::files_below;
use quote::ToTokens;
use syn::visit::Visit;

/// The stages of the generator and what each imports; all of it is in a row above.
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
    ("emit", &["analyze", "ir", "names"]),
    ("format", &["emit"]),
    ("package", &["format"]),
    ("options", &["evidence", "format", "lower", "package", "source"]),
    ("output", &["coverage", "diagnostic", "format"]),
    ("files", &["diagnostic", "format", "source"]),
    ("predict", &["analyze", "diagnostic", "document", "ir", "lower", "source"]),
    ("lib", &[]),
    (
        "command",
        &["diagnostic", "evidence", "files", "lib", "lower", "options", "output", "package", "report", "source"],
    ),
];

/// The layers of the runtime, in the same way.
const LAYERS: &[(&str, &[&str])] =
    &[("codec", &[]), ("http", &["codec"]), ("client", &["codec", "http"]), ("layers", &["client", "codec", "http"])];

/// Crates and modules that only some folders or files may use.
const HOMES: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["report"]),
    ("clap", &["command"]),
    ("heck", &["names"]),
    ("quote::quote", &["emit"]),
    ("reqwest", &["client/reqwest_transport"]),
    ("saphyr_parser", &["document"]),
    ("semver", &["command"]),
    ("regex_lite", &["document/json_path"]),
    ("serde_yaml", &["document"]),
    ("sha2", &["client/credential_id", "command", "layers"]),
    ("std::collections::HashMap", &["analyze", "coverage", "document", "evidence", "lower"]),
    ("std::collections::HashSet", &["analyze", "coverage", "document", "evidence", "lower"]),
    ("std::fs", &["command", "files"]),
    ("strsim", &["diagnostic"]),
];

#[test]
fn imports_follow_the_architecture() {
    check("codegen/runtime/src", LAYERS);
    check("codegen/src", STAGES);
}

fn check(source: &str, rows: &[(&str, &[&str])]) {
    let folder = xtask::root().join(source);
    let files = files_below(&folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
    let package = files.map(|file| {
        let name = file.strip_prefix(&folder).expect("the file is below").with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        (name.trim_end_matches("/mod").to_owned(), File::parse(&fs::read_to_string(file).expect("readable")))
    });
    let found = faults(&package.collect(), rows);
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
    let found =
        faults(&files.map(|(name, text)| (name.to_owned(), File::parse(text))).into(), &[("b", &[]), ("a", &["b"])]);
    let wanted = [
        "`d` has no row",
        "`b` may not import `a`, as `b/c` does",
        "`b/c` may not use `std::fs`",
        "cycle with `a`",
        "cycle with `b/c`",
    ];
    assert_eq!(found, BTreeSet::from(wanted.map(str::to_owned)));
}

/// The paths that a file uses, and those that it exports under a name of its own.
#[derive(Default)]
struct File {
    paths: BTreeSet<Vec<String>>,
    exports: BTreeMap<String, Vec<String>>,
}

type Package = BTreeMap<String, File>;

impl File {
    fn parse(text: &str) -> Self {
        let mut file = Self::default();
        file.visit_file(&syn::parse_file(text).expect("the file is Rust"));
        file
    }

    fn import(&mut self, tree: &syn::UseTree, mut path: Vec<String>, is_public: bool) {
        let name = match tree {
            syn::UseTree::Path(part) => {
                path.push(part.ident.to_string());
                return self.import(&part.tree, path, is_public);
            }
            syn::UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.import(item, path.clone(), is_public));
            }
            syn::UseTree::Name(name) => name.ident.to_string(),
            syn::UseTree::Rename(name) => name.ident.to_string(),
            syn::UseTree::Glob(_) => String::from("*"),
        };
        path.push(name.clone());
        if is_public {
            self.exports.insert(name, path);
        } else {
            self.paths.insert(path);
        }
    }
}

impl Visit<'_> for File {
    fn visit_item_mod(&mut self, item: &syn::ItemMod) {
        let is_test = |attribute: &syn::Attribute| attribute.to_token_stream().to_string() == "# [cfg (test)]";
        if !item.attrs.iter().any(is_test) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &syn::ItemUse) {
        self.import(&item.tree, Vec::new(), !matches!(item.vis, syn::Visibility::Inherited));
    }

    /// Exported macros have the path of the root, in whichever file they are.
    fn visit_macro(&mut self, _: &syn::Macro) {}

    fn visit_path(&mut self, path: &syn::Path) {
        self.paths.insert(path.segments.iter().map(|segment| segment.ident.to_string()).collect());
        syn::visit::visit_path(self, path);
    }
}

/// Returns the file that defines a path, as it is written in a file of the package; `None` if it is of another crate.
fn defining<'p>(package: &'p Package, from: &str, path: &[String]) -> Option<&'p str> {
    let mut at = if from == "lib" { "" } else { from }.to_owned();
    let mut rest = path;
    while let [first, further @ ..] = rest {
        let child = format!("{at}/{first}");
        let child = child.trim_start_matches('/');
        match first.as_str() {
            "crate" => at.clear(),
            "self" => {}
            "super" => at.truncate(at.rfind('/').unwrap_or(0)),
            _ if package.contains_key(child) => child.clone_into(&mut at),
            _ if rest.len() == path.len() => return None,
            _ => {
                let (name, file) = package.get_key_value(if at.is_empty() { "lib" } else { &at })?;
                let export = file.exports.get(first).filter(|export| export.as_slice() != path);
                return export.map_or(Some(name), |export| defining(package, name, export).or(Some(name)));
            }
        }
        rest = further;
    }
    package.get_key_value(&at).map(|(name, _)| name.as_str())
}

/// Returns what breaks the rules in the files of a package.
fn faults(package: &Package, rows: &[(&str, &[&str])]) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut imports: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let has_rules = |name: &str| !["main", "lib", "sources"].contains(&name) && !name.ends_with("/tests");
    for (name, file) in package.iter().filter(|(name, _)| has_rules(name)) {
        let Some(row) = rows.iter().position(|(folder, _)| *folder == folder_of(name)) else {
            found.insert(format!("`{name}` has no row"));
            continue;
        };
        for path in file.paths.iter().chain(file.exports.values()) {
            found.extend(item_away_from_home(name, path).map(|item| format!("`{name}` may not use `{item}`")));
            let Some(target) = defining(package, name, path).filter(|target| target != name) else { continue };
            // The file of a folder calls the files in it, which is no import.
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
