//! The runtime of a crate, as the command line states it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use semver::VersionReq;

use crate::package::Runtime;

const NAME: &str = "octogen-runtime";

/// Returns the runtime that `--runtime` names: a version, or else a folder, relative to the folder of the crate.
pub(super) fn found(given: &str, out: &Path) -> Result<Runtime, String> {
    if VersionReq::parse(given).is_ok() {
        return Ok(Runtime::Version(given.to_owned()));
    }
    let folder = Path::new(given);
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).map_err(|_| {
        format!("`--runtime {given}` is neither a version, such as `0.1`, nor a folder with the `Cargo.toml` of {NAME}")
    })?;
    if !is_runtime(&manifest) {
        return Err(format!("the package in `{given}` is not {NAME}"));
    }
    let unreadable = |error| format!("`{given}` cannot be read: {error}");
    let folder = folder.canonicalize().map_err(unreadable)?;
    let out = resolved(out)?;
    if folder.starts_with(&out) {
        return Err(format!("`{given}` is inside the folder of the crate: move it out of that folder"));
    }
    let path = relative(&out, &folder);
    let path = path.to_str().ok_or_else(|| format!("the path of `{given}` is not valid Unicode"))?;
    Ok(Runtime::Path(path.replace(std::path::MAIN_SEPARATOR, "/")))
}

/// Returns whether a Cargo manifest is that of the runtime.
fn is_runtime(manifest: &str) -> bool {
    let lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[package]").skip(1);
    let mut package = lines.take_while(|line| !line.starts_with('['));
    package.any(|line| {
        let value = line.strip_prefix("name").and_then(|rest| rest.trim_start().strip_prefix('='));
        value.is_some_and(|value| value.split('#').next().unwrap_or_default().trim().trim_matches(['"', '\'']) == NAME)
    })
}

/// Returns the path of a folder without symbolic links. The folder need not exist.
fn resolved(out: &Path) -> Result<PathBuf, String> {
    let wrong = || format!("`{}` is not a valid path of a folder", out.display());
    let mut there = std::path::absolute(out).map_err(|_| wrong())?;
    let mut missing = Vec::new();
    loop {
        if let Ok(real) = there.canonicalize() {
            return Ok(missing.iter().rev().fold(real, |path, name| path.join(name)));
        }
        missing.push(there.file_name().ok_or_else(wrong)?.to_owned());
        if !there.pop() {
            return Err(wrong());
        }
    }
}

/// Returns the relative path from one folder to another, or the path of the other if there is no relative one.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (one, other): (Vec<Component<'_>>, Vec<Component<'_>>) =
        (from.components().collect(), to.components().collect());
    let shared = one.iter().zip(&other).take_while(|(one, other)| one == other).count();
    if shared == 0 {
        return to.to_path_buf();
    }
    let up = one[shared..].iter().map(|_| Component::ParentDir);
    up.chain(other[shared..].iter().copied()).collect()
}
