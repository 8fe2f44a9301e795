//! Reads the entry file, and the files that it refers to.

use indexmap::IndexMap;
use octogen_runtime::Value;
use rustc_hash::FxHashMap;

use super::file::File;
use super::files::Files;
use super::identifiers::Identifiers;
use super::overlay;
use super::parse::parse;
use super::relative::{file_of, is_uri};
use super::unresolved_reference::{UnresolvedReference, unloadable};
use crate::diagnostic::Diagnostics;
use crate::source::{Loader, Source};

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
    let mut waiting = referenced_paths(&entry.root, &root.entry);
    let mut files = IndexMap::from([(root.entry.clone(), Ok(entry))]);
    while let Some(path) = waiting.pop() {
        if files.contains_key(&path) {
            continue;
        }
        let source = loader.load(&path).map_err(|message| match is_uri(&path) {
            true => unloadable(&path),
            false => UnresolvedReference::new(message, "correct the path in the reference, or add the file"),
        });
        let file = source.and_then(|source| {
            // With this path, the user can open the file.
            let prefix = if is_uri(&path) { "" } else { &root.prefix };
            let source = Source { path: format!("{prefix}{path}"), ..source };
            let unreadable = || {
                UnresolvedReference::new(
                    format!("the file `{path}` has an error"),
                    "correct the error in that file, which is reported separately",
                )
            };
            // A description can be in a file of its own.
            if path.ends_with(".md") || path.ends_with(".txt") {
                return Ok(File { path: source.path, root: Value::String(source.text) });
            }
            parse(&source, diagnostics).ok_or_else(unreadable)
        });
        if let Ok(file) = &file {
            waiting.extend(referenced_paths(&file.root, &path));
        }
        files.insert(path, file);
    }
    let identifiers = Identifiers::find(&files);
    let mut files = Files { entry: root.entry, files, identifiers, dynamic_names: FxHashMap::default() };
    files.dynamic_names = files.find_dynamic_names();
    Some(files)
}

/// Returns the files that references and discriminators of a file name. [`Files::resolve`] reports paths outside of the
/// root.
fn referenced_paths(root: &Value, from: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                let mapping = entries.get("discriminator").and_then(|stated| stated.get("mapping")?.as_object());
                // Without a dot, the value of a mapping is the name of a component.
                let mapped = mapping.into_iter().flat_map(|mapping| mapping.values().filter_map(Value::as_str));
                let mapped = mapped.filter(|target| target.contains(['.', '/', ':']));
                for reference in entries.get("$ref").and_then(Value::as_str).into_iter().chain(mapped) {
                    let file = reference.split('#').next().unwrap_or_default();
                    found.extend(if file.is_empty() { None } else { file_of(from, file) });
                }
                waiting.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
