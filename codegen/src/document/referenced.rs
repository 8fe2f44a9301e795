//! The places that references name.

use octogen_runtime::Value;
use rustc_hash::FxHashSet;

use super::files::Files;
use super::pointer::{Pointer, unescape};
use super::relative::{file_of, percent_decode};

impl Files {
    /// Returns the file and the JSON pointer of each value that a `$ref` of any file names by its path.
    #[must_use]
    pub fn referenced_places(&self) -> FxHashSet<(String, String)> {
        let mut found = FxHashSet::default();
        for (path, file) in &self.files {
            let Ok(file) = file else { continue };
            for reference in references(&file.root) {
                let (to, fragment) = reference.split_once('#').unwrap_or((reference, ""));
                let target = if to.is_empty() { Some(path.clone()) } else { file_of(path, to) };
                let target = target.and_then(|target| self.files.get(&target)?.as_ref().ok());
                if let (Some(target), true) = (target, fragment.starts_with('/')) {
                    let segments = fragment.split('/').skip(1).map(|part| unescape(&percent_decode(part)).into_owned());
                    let pointer = segments.fold(Pointer::root(), |pointer, segment| pointer.child(&segment));
                    found.insert((target.path.clone(), pointer.to_string()));
                }
            }
        }
        found
    }
}

/// Returns the texts of all `$ref` within a value.
fn references(root: &Value) -> Vec<&str> {
    let mut found = Vec::new();
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                found.extend(entries.get("$ref").and_then(Value::as_str));
                waiting.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
