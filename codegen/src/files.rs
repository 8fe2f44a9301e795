//! Reading and writing files, for the command line and for build scripts; nothing else in the library touches any.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Place, Severity, Spot};
use crate::format::GeneratedFile;
use crate::source::{Loader, Root, Source};

/// Brings the files beside a document: those in its folder, or in a wider one, and in the folders below.
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    root: Option<Root>,
}

impl Folder {
    /// The folder that a document lies in.
    #[must_use]
    pub fn of(document: &Path) -> Self {
        // The parent of a bare file name is an empty path, which is no folder.
        let parent = document.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { path: parent.unwrap_or(Path::new(".")).to_path_buf(), root: None }
    }

    /// A folder that a document lies in, itself or below.
    ///
    /// # Errors
    ///
    /// If it does not; the text says so.
    pub fn around(document: &Path, folder: &Path) -> Result<Self, String> {
        let real =
            |path: &Path| path.canonicalize().map_err(|error| format!("`{}` can't be read: {error}", path.display()));
        let (inside, outside) = (real(document)?, real(folder)?);
        let Ok(entry) = inside.strip_prefix(&outside) else {
            let (document, folder) = (document.display(), folder.display());
            return Err(format!("`{document}` is not in `{folder}`, which is to have all that it refers to"));
        };
        let parts: Vec<_> = entry.iter().map(|part| part.to_string_lossy()).collect();
        let prefix = match folder.display().to_string() {
            here if here == "." => String::new(),
            folder => format!("{}/", folder.trim_end_matches('/')),
        };
        Ok(Self { path: folder.to_path_buf(), root: Some(Root { prefix, entry: parts.join("/") }) })
    }
}

impl Loader for Folder {
    fn load(&self, path: &str) -> Result<Source, String> {
        let inside = self.path.join(path);
        // A link could lead out of the folder, where the library can't see it.
        let real = inside.canonicalize().map_err(|error| format!("`{path}` can't be read: {error}"))?;
        let folder = self.path.canonicalize().map_err(|error| format!("the folder can't be read: {error}"))?;
        if !real.starts_with(&folder) {
            return Err(format!("`{path}` is outside the folder of the entry document"));
        }
        // A pipe would be waited for, a device has no end.
        if !real.is_file() {
            return Err(format!("`{path}` is no file"));
        }
        read(&real, path).map_err(|problem| format!("`{path}` can't be read: {}", problem.message))
    }

    fn root(&self, entry: &str) -> Root {
        self.root.clone().unwrap_or_else(|| Root::of(entry))
    }
}

/// A document, under the name that diagnostics show.
///
/// # Errors
///
/// If the file can't be read, or is no text.
pub fn read(file: &Path, name: &str) -> Result<Source, Diagnostic> {
    match fs::read(file) {
        Ok(bytes) => Source::from_bytes(name.to_owned(), bytes),
        Err(error) => Err(Diagnostic {
            severity: Severity::Error,
            message: format!("the file can't be read: {error}"),
            place: Place { file: name.to_owned(), spot: Spot::File },
            help: Some(String::from("check the path and the rights of the file")),
        }),
    }
}

/// Writes a library as a module into a folder, and beside it `<module>.rs`, which is there to be included.
///
/// A file that is up to date already is not touched.
///
/// # Errors
///
/// If a file can't be written.
pub fn write_module(folder: &Path, module: &str, library: &[GeneratedFile]) -> io::Result<()> {
    for file in library {
        write_changed(&folder.join(module).join(&file.path), &file.text)?;
    }
    // Without the path it would be this very file that declares itself.
    let declared = format!("#[path = \"{module}/mod.rs\"]\npub mod {module};\n");
    write_changed(&folder.join(format!("{module}.rs")), &declared)
}

fn write_changed(file: &Path, text: &str) -> io::Result<()> {
    if fs::read(file).is_ok_and(|present| present == text.as_bytes()) { Ok(()) } else { write(file, text) }
}

/// Writes a file in one step, so that a reader never sees half of it.
///
/// # Errors
///
/// If it can't be written.
pub fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut part = file.file_name().unwrap_or_default().to_owned();
    part.push(".octogen-part");
    let part = file.with_file_name(part);
    // An interrupted run may have left this file; a link there must not be followed.
    if part.symlink_metadata().is_ok() {
        fs::remove_file(&part)?;
    }
    OpenOptions::new().write(true).create_new(true).open(&part)?.write_all(text.as_bytes())?;
    fs::rename(&part, file)
}

/// Removes a file, and the folders below `top` that are empty without it.
///
/// # Errors
///
/// If it can't be removed.
pub fn remove(top: &Path, file: &Path) -> io::Result<()> {
    fs::remove_file(file)?;
    let folders = file.ancestors().skip(1).take_while(|folder| folder.starts_with(top) && *folder != top);
    for folder in folders.take_while(|folder| sorted_entries(folder).is_empty()) {
        fs::remove_dir(folder)?;
    }
    Ok(())
}

/// Returns the entries of a folder in a fixed order. A missing folder has none.
#[must_use]
pub fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// All files below a folder.
#[must_use]
pub fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut waiting = vec![folder.to_path_buf()];
    while let Some(folder) = waiting.pop() {
        for path in sorted_entries(&folder) {
            if path.is_dir() { waiting.push(path) } else { files.push(path) }
        }
    }
    files
}
