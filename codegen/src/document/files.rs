//! The entry file, and the files that it refers to.

use indexmap::IndexMap;
use octogen_runtime::Value;

use super::parse::parse;
use super::relative::{folder, join};
use super::unresolved_reference::UnresolvedReference;
use super::{File, overlay};
use crate::diagnostic::Diagnostics;
use crate::source::{Loader, Source};

/// All files of an OpenAPI document: the entry file, and each file that a `$ref` names. Later stages read objects from
/// it and follow references through it.
#[derive(Debug)]
pub struct Files {
    /// The path of the entry file, relative to the root.
    entry: String,
    /// All files, by their paths relative to the root.
    pub(super) files: IndexMap<String, Result<File, UnresolvedReference>>,
}

/// Reads the entry file of an OpenAPI document, applies the overlays to it, and reads each file that its references
/// name, directly or through other files. It is the first stage of a run, and returns `None` if the entry file cannot
/// be parsed.
///
/// A syntax error in any of these files is reported at once. A file that cannot be read is kept as an error, and is
/// reported at each reference into it that is used.
pub fn load(source: &Source, overlays: &[Source], loader: &dyn Loader, diagnostics: &mut Diagnostics) -> Option<Files> {
    let root = loader.root(&source.path);
    let mut entry = parse(source, diagnostics)?;
    overlay::apply_overlays(&mut entry, overlays, diagnostics);
    let mut waiting = referenced_paths(&entry.root, folder(&root.entry));
    let mut files = IndexMap::from([(root.entry.clone(), Ok(entry))]);
    while let Some(path) = waiting.pop() {
        if files.contains_key(&path) {
            continue;
        }
        let source = loader
            .load(&path)
            .map_err(|message| UnresolvedReference::new(message, "correct the path in the reference, or add the file"));
        let file = source.and_then(|source| {
            // With this path, the user can open the file.
            let source = Source { path: format!("{}{path}", root.prefix), ..source };
            let unreadable = || {
                UnresolvedReference::new(
                    format!("the file `{path}` has an error"),
                    "correct the error in that file, which is reported separately",
                )
            };
            parse(&source, diagnostics).ok_or_else(unreadable)
        });
        if let Ok(file) = &file {
            waiting.extend(referenced_paths(&file.root, folder(&path)));
        }
        files.insert(path, file);
    }
    Some(Files { entry: root.entry, files })
}

impl Files {
    /// Returns the entry file of an OpenAPI document: the one that the user named. Lowering starts there.
    #[must_use]
    pub fn entry(&self) -> Option<&File> {
        self.files.get(&self.entry)?.as_ref().ok()
    }
}

/// Returns the paths of all files that references name. [`Files::resolve`] reports paths outside of the root.
fn referenced_paths(root: &Value, base: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                if let Some(Value::String(reference)) = entries.get("$ref") {
                    let file = reference.split('#').next().unwrap_or_default();
                    found.extend(if file.is_empty() { None } else { join(base, file) });
                }
                waiting.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
