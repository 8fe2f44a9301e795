//! Reads and writes files for the command line and for build scripts. The rest of the library does no file access.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diagnostic::{Code, Diagnostic, Place, Severity, Spot};
use crate::format::GeneratedFile;
use crate::source::{Loader, Root, Source};

/// A loader that reads further files of an OpenAPI document from a folder on disk and its subfolders. The command line
/// uses it as the [`Loader`].
#[derive(Clone, Debug)]
pub struct Folder {
    path: PathBuf,
    root: Option<Root>,
}

impl Folder {
    /// Creates a loader for the folder on disk that directly contains an OpenAPI document. Pass it to
    /// [`crate::generate`].
    #[must_use]
    pub fn of(document: &Path) -> Self {
        // The parent of a bare file name is an empty path, which is not a folder.
        let parent = document.parent().filter(|folder| !folder.as_os_str().is_empty());
        Self { path: parent.unwrap_or(Path::new(".")).to_path_buf(), root: None }
    }

    /// Creates a loader for a folder on disk that contains an OpenAPI document at any depth. Use it if the document
    /// refers to files outside its own folder.
    ///
    /// # Errors
    ///
    /// If the document is not in the folder, or one of them cannot be read. The text says so.
    pub fn around(document: &Path, folder: &Path) -> Result<Self, String> {
        let real =
            |path: &Path| path.canonicalize().map_err(|error| format!("`{}` cannot be read: {error}", path.display()));
        let (inside, outside) = (real(document)?, real(folder)?);
        let Ok(entry) = inside.strip_prefix(&outside) else {
            let (document, folder) = (document.display(), folder.display());
            return Err(format!("`{document}` is not in `{folder}`, the folder that `--root` names"));
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
        if path.contains("://") {
            return Err(format!("`{path}` is on the network"));
        }
        let inside = self.path.join(path);
        // A symbolic link can point outside the folder, which the path alone does not show.
        let real = inside.canonicalize().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => format!("the file `{path}` does not exist"),
            _ => format!("`{path}` cannot be read: {error}"),
        })?;
        let folder = self.path.canonicalize().map_err(|error| format!("the folder cannot be read: {error}"))?;
        if !real.starts_with(&folder) {
            return Err(format!("`{path}` is outside the folder of the entry document"));
        }
        // Reading a pipe can block, and reading a device can run forever.
        if !real.is_file() {
            return Err(format!("`{path}` is not a file"));
        }
        read(&real, path).map_err(|problem| format!("`{path}` cannot be read: {}", problem.message))
    }

    fn root(&self, entry: &str) -> Root {
        self.root.clone().unwrap_or_else(|| Root::of(entry))
    }
}

/// Reads an OpenAPI document or an overlay from disk. Diagnostics show the given name for it.
///
/// # Errors
///
/// If the file cannot be read, or is not valid text.
pub fn read(file: &Path, name: &str) -> Result<Source, Diagnostic> {
    match fs::read(file) {
        Ok(bytes) => Source::from_bytes(name.to_owned(), bytes),
        Err(error) => Err(Diagnostic {
            code: Code::UnreadableFile,
            severity: Severity::Error,
            message: format!("the file cannot be read: {error}"),
            place: Place { file: name.to_owned(), spot: Spot::File },
            help: Some(String::from("check the path and the permissions of the file")),
        }),
    }
}

/// Writes the Rust files of an emitted library into a folder on disk as one module, and next to it `<module>.rs` for
/// `include!`. Call it from a build script.
///
/// A file that is up to date is not written again.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write_module(folder: &Path, module: &str, library: &[GeneratedFile]) -> io::Result<()> {
    for file in library {
        write_changed(&folder.join(module).join(&file.path), &file.text)?;
    }
    // Without `#[path]`, the compiler would take this file for the module.
    let declared = format!("#[path = \"{module}/mod.rs\"]\npub mod {module};\n");
    write_changed(&folder.join(format!("{module}.rs")), &declared)
}

fn write_changed(file: &Path, text: &str) -> io::Result<()> {
    if fs::read(file).is_ok_and(|present| present == text.as_bytes()) { Ok(()) } else { write(file, text) }
}

/// Writes a text file to disk through a temporary file and a rename, so that another program never reads an incomplete
/// file. Missing folders are created.
///
/// # Errors
///
/// If the file cannot be written.
pub fn write(file: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut part = file.file_name().unwrap_or_default().to_owned();
    part.push(".octogen-part");
    let part = file.with_file_name(part);
    // tempfile would give each file the permissions of a private one, and is a dependency more for build scripts.
    // An interrupted run may have left this file; a link there must not be followed.
    if part.symlink_metadata().is_ok() {
        fs::remove_file(&part)?;
    }
    OpenOptions::new().write(true).create_new(true).open(&part)?.write_all(text.as_bytes())?;
    fs::rename(&part, file)
}

/// Deletes a file from disk, and then those of its parent folders that are empty now. The folder `top` and the folders
/// above it are kept.
///
/// # Errors
///
/// If the file or a folder cannot be deleted.
pub fn remove(top: &Path, file: &Path) -> io::Result<()> {
    fs::remove_file(file)?;
    let folders = file.ancestors().skip(1).take_while(|folder| folder.starts_with(top) && *folder != top);
    for folder in folders.take_while(|folder| sorted_entries(folder).is_empty()) {
        fs::remove_dir(folder)?;
    }
    Ok(())
}

/// Returns the paths of the entries of a folder on disk, sorted, so that output does not depend on the file system. If
/// the folder is missing, there are none.
#[must_use]
pub fn sorted_entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// Returns the paths of all files in a folder on disk and in its subfolders. Use it to find recorded payloads or
/// orphaned output.
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
