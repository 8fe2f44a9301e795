//! The files in the folder of a crate that may be written or deleted.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::file_manifest;
use super::plan::{Change, Wanted};

/// Returns the changes that bring a folder up to date. If it contains files that the generator did not write, the error
/// names them, and nothing may be changed.
pub(super) fn changes(out: &Path, wanted: &Wanted) -> Result<Vec<(PathBuf, Change)>, String> {
    let listed = listed(out)?;
    let is_first = listed.is_none();
    let listed = listed.unwrap_or_default();
    let paths: BTreeSet<&Path> =
        wanted.files.keys().map(PathBuf::as_path).chain(listed.keys().map(Path::new)).collect();
    let (mut changes, mut refusals) = (Vec::new(), BTreeSet::new());
    for path in paths {
        let text = wanted.files.get(path);
        match (obstacle(out, path), fs::read(out.join(path)).ok().map(with_plain_breaks)) {
            (Some(obstacle), _) => drop(refusals.insert(obstacle)),
            (None, None) => changes.extend(text.map(|_| (path.to_path_buf(), Change::Missing))),
            (None, Some(present)) if text.is_some_and(|text| text.as_bytes() == present) => {}
            (None, Some(present)) => match refusal(path, &present, &listed) {
                Some(refusal) => drop(refusals.insert(refusal)),
                None => {
                    changes.push((path.to_path_buf(), if text.is_some() { Change::Stale } else { Change::Orphaned }));
                }
            },
        }
    }
    if !refusals.is_empty() {
        return Err(refused(out, &refusals));
    }
    // In a new folder the manifest is written first, in an old one last, so that an interrupted run can be repeated.
    let is_manifest = |(path, _): &(PathBuf, Change)| path.as_path() == Path::new(file_manifest::PATH);
    let (first, last): (Vec<_>, Vec<_>) = changes.into_iter().partition(|change| is_manifest(change) == is_first);
    Ok([first, last].concat())
}

/// Reads the file manifest of a folder. If the folder is missing or empty, the result is `None`.
fn listed(out: &Path) -> Result<Option<BTreeMap<String, String>>, String> {
    let name = out.display();
    if out.as_os_str().is_empty() {
        return Err(String::from("the path of the crate is empty"));
    }
    match out.metadata() {
        Err(_) if out.symlink_metadata().is_ok() => return Err(format!("`{name}` is a broken link")),
        Err(_) => return Ok(None),
        Ok(data) if !data.is_dir() => return Err(format!("`{name}` is not a folder")),
        Ok(_) => {}
    }
    let mut entries = fs::read_dir(out).map_err(|error| format!("`{name}` cannot be read: {error}"))?;
    let list = out.join(file_manifest::PATH);
    if !list.is_file() {
        return match entries.next() {
            None => Ok(None),
            Some(_) => Err(format!(
                "`{name}` is not empty, and has no `{}` that octogen wrote; choose a new folder",
                file_manifest::PATH
            )),
        };
    }
    let read = fs::read(&list).map_err(|error| error.to_string()).and_then(|text| file_manifest::read(&text));
    read.map(Some).map_err(|why| {
        format!("`{}` is not a valid file manifest: {why}; restore it, or choose a new folder", list.display())
    })
}

/// Returns the reason why no file can be written to that path.
fn obstacle(out: &Path, path: &Path) -> Option<String> {
    let parts: Vec<&Path> = path.ancestors().filter(|part| !part.as_os_str().is_empty()).collect();
    for part in parts.into_iter().rev() {
        let Ok(data) = out.join(part).symlink_metadata() else {
            return None;
        };
        let name = part.display();
        if data.is_symlink() {
            return Some(format!("`{name}` is a link to another place: remove it"));
        }
        if part != path && !data.is_dir() {
            return Some(format!("`{name}` is a file, but must be a folder: move it"));
        }
        if part == path && !data.is_file() {
            return Some(format!("`{name}` is not a file, but must be one: move it"));
        }
    }
    None
}

/// Git on Windows turns line breaks into those of Windows, which is not a manual change.
fn with_plain_breaks(bytes: Vec<u8>) -> Vec<u8> {
    let is_kept = |&at: &usize| !bytes[at..].starts_with(b"\r\n");
    (0..bytes.len()).filter(is_kept).map(|at| bytes[at]).collect()
}

/// Returns the reason why an existing file must not be changed, if there is one.
fn refusal(path: &Path, present: &[u8], listed: &BTreeMap<String, String>) -> Option<String> {
    if path == Path::new(file_manifest::PATH) {
        return None;
    }
    let name = path.display();
    // Listed and wanted paths are texts with `/` as the separator.
    match path.to_str().and_then(|path| listed.get(path)) {
        None => Some(format!("octogen did not write `{name}`: move it, or delete it")),
        Some(sum) if *sum != file_manifest::checksum(present) => {
            Some(format!("`{name}` was changed after octogen wrote it: restore it, or delete it"))
        }
        Some(_) => None,
    }
}

fn refused(out: &Path, refusals: &BTreeSet<String>) -> String {
    let lines: Vec<String> = refusals.iter().map(|line| format!("\n  {line}")).collect();
    format!("nothing was written into `{}`:{}", out.display(), lines.concat())
}
