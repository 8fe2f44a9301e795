//! Reading and writing files.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use octogen::diagnostic::{Diagnostic, Place, Severity, Spot};
use octogen::source::{Loader, Source};

/// Brings the files beside a document.
#[derive(Debug)]
pub(crate) struct Folder(pub(crate) PathBuf);

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<Source, String> {
        let inside = self.0.join(path);
        // A link could lead out of the folder, where the library can't see it.
        let real = inside.canonicalize().map_err(|error| format!("`{path}` can't be read: {error}"))?;
        let folder = self.0.canonicalize().map_err(|error| format!("the folder can't be read: {error}"))?;
        if !real.starts_with(&folder) {
            return Err(format!("`{path}` is outside the folder of the entry document"));
        }
        source(&real, path.to_owned()).map_err(|problem| format!("`{path}` can't be read: {}", problem.message))
    }
}

/// The text of a document under the name that diagnostics show.
pub(crate) fn source(file: &Path, name: String) -> Result<Source, Diagnostic> {
    match fs::read(file) {
        Ok(bytes) => Source::from_bytes(name, bytes),
        Err(error) => Err(Diagnostic {
            severity: Severity::Error,
            message: format!("the file can't be read: {error}"),
            place: Place { file: name, spot: Spot::File },
            help: Some(String::from("check the path and the rights of the file")),
        }),
    }
}

/// What lies in a folder, in an order that is the same everywhere; nothing where there is no folder.
pub(crate) fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// All files below a folder.
pub(crate) fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for path in sorted_entries(&folder) {
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    files
}

/// Writes a file in one step, so that a reader never sees half of it.
pub(crate) fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = file.with_extension("part");
    fs::write(&part, text)?;
    fs::rename(&part, file)
}

/// Removes a file, and the folders that are empty without it.
pub(crate) fn remove(file: &Path) -> io::Result<()> {
    fs::remove_file(file)?;
    for folder in file.ancestors().skip(1).take_while(|folder| sorted_entries(folder).is_empty()) {
        fs::remove_dir(folder)?;
    }
    Ok(())
}
