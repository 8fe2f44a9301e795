//! The Cargo workspace around the folder of a crate.

use std::fs;
use std::path::{Path, PathBuf};

use super::manifest_lines::{section, strings};

/// Names of folders that contain no packages of the workspace and very many files.
const SKIPPED: [&str; 2] = ["node_modules", "target"];

/// The depth of the folders of a workspace in which a package is looked for.
const MAX_DEPTH: usize = 4;

/// Returns the folder of the workspace that a package in a folder belongs to, if there is one. The path must be absolute;
/// the folder need not exist.
pub(super) fn workspace_around(out: &Path) -> Option<PathBuf> {
    for folder in out.ancestors().skip(1) {
        let Some(manifest) = workspace_manifest(folder) else { continue };
        let excluded = strings(&section(&manifest, "[workspace]"), "exclude");
        let is_excluded = excluded.iter().any(|path| out.starts_with(folder.join(path)));
        return (!is_excluded).then(|| folder.to_path_buf());
    }
    None
}

/// Returns the manifest in a folder if the folder is the root of a workspace.
fn workspace_manifest(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    let is_root = manifest.lines().any(|line| line.trim() == "[workspace]" || line.trim().starts_with("[workspace."));
    is_root.then_some(manifest)
}

/// Returns the first result of a function for the folders of a workspace, the outer ones first. Workspaces within the
/// workspace are left out.
pub(super) fn find_in_workspace<T>(workspace: &Path, find: impl Fn(&Path) -> Option<T>) -> Option<T> {
    let mut folders = vec![workspace.to_path_buf()];
    for _ in 0..MAX_DEPTH {
        folders.sort();
        if let Some(found) = folders.iter().find_map(|folder| find(folder)) {
            return Some(found);
        }
        folders = folders.iter().flat_map(|folder| folders_in(folder)).collect();
        folders.retain(|folder| workspace_manifest(folder).is_none());
    }
    None
}

/// Returns the name of the package in a folder, if there is one.
pub(super) fn package_name(folder: &Path) -> Option<String> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    strings(&section(&manifest, "[package]"), "name").into_iter().next()
}

/// Returns the folders directly in a folder, except hidden and skipped ones, and links.
fn folders_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let folders = entries.filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        is_folder && !name.starts_with('.') && !SKIPPED.contains(&name.as_ref())
    });
    folders.map(|entry| entry.path()).collect()
}
