//! The imports of the files of a package, and the files that they name.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use octogen::files::files_below;
use quote::ToTokens;
use syn::visit::Visit;

/// The files of a package by their paths, without `mod.rs` and the ending.
pub struct Package(pub BTreeMap<String, File>);

/// The paths that a file uses, and those that it exports under a name of its own.
#[derive(Default)]
pub struct File {
    pub paths: BTreeSet<Vec<String>>,
    pub exports: BTreeMap<String, Vec<String>>,
}

impl File {
    pub fn parse(text: &str) -> Self {
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

/// Reads the files of a package.
pub fn read_package(folder: &Path) -> Package {
    let files = files_below(folder).into_iter().filter(|file| file.extension().is_some_and(|end| end == "rs"));
    let named = files.map(|file| {
        let name = file.strip_prefix(folder).expect("the file is below").with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        (name.trim_end_matches("/mod").to_owned(), File::parse(&fs::read_to_string(file).expect("readable")))
    });
    Package(named.collect())
}

impl Package {
    /// Returns the file that defines a path, as it is written in a file of the package; `None` if it is of another crate.
    pub fn defining(&self, from: &str, path: &[String]) -> Option<&str> {
        let mut at = if from == "lib" { "" } else { from }.to_owned();
        let mut rest = path;
        while let [first, further @ ..] = rest {
            let child = format!("{at}/{first}");
            let child = child.trim_start_matches('/');
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => at.truncate(at.rfind('/').unwrap_or(0)),
                _ if self.0.contains_key(child) => child.clone_into(&mut at),
                _ if rest.len() == path.len() => return None,
                _ => {
                    let (name, file) = self.0.get_key_value(if at.is_empty() { "lib" } else { &at })?;
                    let export = file.exports.get(first).filter(|export| export.as_slice() != path);
                    return export.map_or(Some(name), |export| self.defining(name, export).or(Some(name)));
                }
            }
            rest = further;
        }
        self.0.get_key_value(&at).map(|(name, _)| name.as_str())
    }
}
