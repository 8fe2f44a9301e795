//! `cargo xtask corpus fetch`: downloads the pinned packages with npm.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use super::packages::{PACKAGES, Package};
use super::{folder, sha256};
use xtask::say;

/// Fetches the missing packages, and checks each against its digest before it is unpacked.
///
/// # Errors
///
/// If npm is not installed, a package can't be downloaded, or its digest is not the pinned one.
pub(super) fn fetch(root: &Path) -> Result<(), String> {
    bring(root, &PACKAGES.map(|package| package.folder))
}

/// Fetches the missing packages among those that unpack into these folders.
///
/// # Errors
///
/// As documented at [`fetch`].
pub(crate) fn bring(root: &Path, folders: &[&str]) -> Result<(), String> {
    let corpus = folder(root);
    fs::create_dir_all(&corpus).map_err(|error| format!("`{}` can't be created: {error}", corpus.display()))?;
    for package in PACKAGES.iter().filter(|package| folders.contains(&package.folder)) {
        let target = corpus.join(package.folder);
        // The digest is written last: a folder that has it is complete.
        let stamp = target.join(".sha256");
        if fs::read_to_string(&stamp).is_ok_and(|text| text == package.sha256) {
            say(format!("{} {} is up to date", package.name, package.version));
            continue;
        }
        let archive = pack(&corpus, package)?;
        let bytes = fs::read(&archive).map_err(|error| format!("`{}` can't be read: {error}", archive.display()))?;
        check(package, &bytes)?;
        if target.exists() {
            fs::remove_dir_all(&target).map_err(|error| format!("`{}` can't be removed: {error}", target.display()))?;
        }
        let count = unpack(&bytes, &target, package.wanted)
            .and_then(|count| fs::write(&stamp, package.sha256).map(|()| count))
            .map_err(|error| format!("{} can't be unpacked: {error}", package.name))?;
        say(format!("{} {}: {count} files", package.name, package.version));
    }
    Ok(())
}

/// Downloads the archive of a package with npm, and returns its path.
fn pack(corpus: &Path, package: &Package) -> Result<PathBuf, String> {
    let wanted = format!("{}@{}", package.name, package.version);
    let done = Command::new("npm")
        .args(["pack", "--ignore-scripts", "--silent", "--pack-destination"])
        .arg(corpus)
        .arg(&wanted)
        .output();
    match done {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(String::from("`npm` was not found; install Node.js, which contains it"))
        }
        Err(error) => Err(format!("`npm` can't be run: {error}")),
        Ok(done) if !done.status.success() => {
            Err(format!("`npm pack {wanted}` failed: {}", String::from_utf8_lossy(&done.stderr).trim()))
        }
        Ok(_) => {
            let stem = package.name.trim_start_matches('@').replace('/', "-");
            Ok(corpus.join(format!("{stem}-{}.tgz", package.version)))
        }
    }
}

fn check(package: &Package, bytes: &[u8]) -> Result<(), String> {
    let found = sha256(bytes);
    if found == package.sha256 {
        return Ok(());
    }
    let Package { name, version, sha256, .. } = package;
    Err(format!("{name} {version} does not have the pinned digest: its sha256 is {found}, not {sha256}"))
}

/// Unpacks the selected files of an archive, without the folder `package/` that npm puts around them.
fn unpack(archive: &[u8], target: &Path, wanted: &str) -> io::Result<usize> {
    let mut count = 0;
    for entry in tar::Archive::new(flate2::read::GzDecoder::new(archive)).entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let inside: PathBuf = path.components().skip(1).collect();
        let is_safe = inside.components().all(|part| matches!(part, Component::Normal(_)));
        let is_wanted = inside.to_str().is_some_and(|name| name.ends_with(wanted));
        if !is_safe || !is_wanted || !entry.header().entry_type().is_file() {
            continue;
        }
        let file = target.join(inside);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        io::copy(&mut entry, &mut fs::File::create(file)?)?;
        count += 1;
    }
    Ok(count)
}
