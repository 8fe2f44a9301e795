//! Which documents a run is about.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use octogen::files::files_below;

use super::Run;
use crate::corpus::packages::{BESIDE, DIRECTORY};
use crate::corpus::{folder, sha256};

/// A document of a run.
#[derive(Clone, Debug)]
pub struct Document {
    pub file: PathBuf,
    /// Its name in the summary.
    pub name: String,
    pub bytes: u64,
}

impl Document {
    /// The digest of what it says.
    pub fn digest(&self) -> String {
        sha256(&fs::read(&self.file).unwrap_or_default())
    }

    /// The name of its crate.
    pub fn package(&self) -> String {
        format!("doc-{}", &sha256(self.name.as_bytes())[..10])
    }
}

/// The documents in folders and files, by name; of the pinned packages where none is given. Large ones come first, so
/// that none of them is left alone at the end.
///
/// # Errors
///
/// If one is not there.
pub fn find(root: &Path, run: &Run) -> Result<Vec<Document>, String> {
    let Run { what: given, only, .. } = run;
    let corpus = folder(root);
    let mut files = BTreeSet::new();
    for place in given {
        match fs::metadata(place) {
            Err(error) => return Err(format!("`{}` can't be read: {error}", place.display())),
            Ok(data) if data.is_dir() => files.extend(files_below(place).into_iter().filter(|file| is_entry(file))),
            Ok(_) => drop(files.insert(place.clone())),
        }
    }
    if given.is_empty() {
        files.extend(files_below(&corpus.join(DIRECTORY)));
        if files.is_empty() || !BESIDE.iter().all(|path| corpus.join(path).is_file()) {
            return Err(String::from("the documents are not all there; `cargo xtask corpus fetch` brings them"));
        }
        files.extend(BESIDE.map(|path| corpus.join(path)));
    }
    let mut found = Vec::new();
    for file in files {
        let name = name(&corpus, &file);
        if only.is_empty() || only.iter().any(|text| name.contains(text.as_str())) {
            let data = fs::metadata(&file).map_err(|error| format!("`{}` can't be read: {error}", file.display()))?;
            found.push(Document { name, bytes: data.len(), file });
        }
    }
    found.sort_by(|one, other| one.name.cmp(&other.name));
    let step = run.every.and_then(|every| usize::try_from(every).ok()).unwrap_or(1);
    let mut found: Vec<Document> = found.into_iter().step_by(step.max(1)).collect();
    found.sort_by(|one, other| other.bytes.cmp(&one.bytes).then_with(|| one.name.cmp(&other.name)));
    Ok(found)
}

/// The shortest name under which people know the document again.
fn name(corpus: &Path, file: &Path) -> String {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    let inside = absolute.strip_prefix(corpus.join(DIRECTORY)).or_else(|_| absolute.strip_prefix(corpus));
    inside.unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Whether a file in a folder is a document, and not a part of one or something else.
fn is_entry(file: &Path) -> bool {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if !["json", "yaml", "yml"].contains(&ending) {
        return false;
    }
    let text = fs::read(file).map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default();
    let says = |key: &str| text.match_indices(key).any(|(at, _)| text[at + key.len()..].trim_start().starts_with(':'));
    match ending {
        "json" => says("\"openapi\"") || says("\"swagger\""),
        _ => text.lines().any(|line| ["openapi:", "swagger:", "\"openapi\":"].iter().any(|key| line.starts_with(key))),
    }
}
