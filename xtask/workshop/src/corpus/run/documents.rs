//! Selects the documents of a corpus run.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use octogen::files::files_below;

use super::Run;
use crate::corpus::packages::{BESIDE, DIRECTORY};
use crate::corpus::{folder, sha256};

/// A document of a corpus run.
#[derive(Clone, Debug)]
pub struct Document {
    pub file: PathBuf,
    /// The document's name in the summary.
    pub name: String,
    pub bytes: u64,
}

impl Document {
    /// The digest of the document's text.
    pub fn digest(&self) -> String {
        sha256(&fs::read(&self.file).unwrap_or_default())
    }

    /// Returns the name of the document's crate.
    pub fn package(&self) -> String {
        format!("doc-{}", &sha256(self.name.as_bytes())[..10])
    }
}

/// Returns the documents in these folders and files, ordered by size, the largest first, so that no large document
/// remains alone at the end of a run. Without folders and files, it returns the documents of the pinned packages.
///
/// # Errors
///
/// If a file or folder is missing.
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
            return Err(String::from("some documents are missing; `cargo xtask corpus fetch` downloads them"));
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

/// Returns the path of a document relative to the corpus, which is its name in reports.
fn name(corpus: &Path, file: &Path) -> String {
    let absolute = std::path::absolute(file).unwrap_or_else(|_| file.to_path_buf());
    let inside = absolute.strip_prefix(corpus.join(DIRECTORY)).or_else(|_| absolute.strip_prefix(corpus));
    inside.unwrap_or(file).to_string_lossy().replace('\\', "/")
}

/// Returns whether a file in a folder is a whole document, and not a part of one.
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
