//! The runtime of a crate, as the command line states it or as the folder of the crate suggests it.

use std::fs;
use std::path::{Component, Path, PathBuf};

use semver::VersionReq;

use super::file_manifest;
use super::manifest_lines::{number, section};
use super::workspace::{find_in_workspace, package_name, workspace_around};
use crate::is_package_name;
use crate::package::{RUNTIME_PACKAGE, Runtime, runtime_package};

/// The runtime of a crate, and the workspace that the crate is a member of.
#[derive(Debug)]
pub(super) struct Setup {
    pub(super) runtime: Runtime,
    /// The folder of the workspace, unless the crate is a workspace of its own.
    pub(super) workspace: Option<PathBuf>,
    /// The shared runtime, if this run writes it as well.
    pub(super) shared: Option<SharedRuntime>,
}

/// The runtime of the members of a workspace.
#[derive(Debug)]
pub(super) struct SharedRuntime {
    pub(super) folder: PathBuf,
    /// The name of its package.
    pub(super) package: String,
}

/// Returns the set-up of a crate. Within a workspace the crate is a member, and its runtime is a member beside it that all
/// generated members share. Elsewhere, or if the crate is to stand alone, it is a workspace of its own with its runtime.
pub(super) fn setup(given: Option<&str>, stand_alone: bool, name: Option<&str>, out: &Path) -> Result<Setup, String> {
    let folder = resolved(out)?;
    let workspace = if stand_alone { None } else { workspace_around(&folder) };
    match (given, workspace) {
        (Some(given), workspace) => Ok(Setup { runtime: found(given, &folder)?, workspace, shared: None }),
        (None, None) => Ok(Setup { runtime: Runtime::Included, workspace: None, shared: None }),
        (None, Some(workspace)) => {
            let shared = find_in_workspace(&workspace, shared_runtime);
            let shared = shared.unwrap_or_else(|| new_runtime(&folder, name));
            if shared.folder == folder {
                return Err(format!("`{}` is the folder of the shared runtime: choose another one", out.display()));
            }
            let runtime = in_folder(&folder, &shared.folder, &shared.package)?;
            let shared = Some(shared).filter(|shared| is_ours(&shared.folder));
            Ok(Setup { runtime, workspace: Some(workspace), shared })
        }
    }
}

/// Returns the runtime in a folder, if there is one.
fn shared_runtime(folder: &Path) -> Option<SharedRuntime> {
    interface(folder)?;
    Some(SharedRuntime { folder: folder.to_path_buf(), package: package_name(folder)? })
}

/// Returns the runtime that is to be written beside a crate. It is named after the crate, so that a program can contain the
/// members of several workspaces.
fn new_runtime(crate_folder: &Path, name: Option<&str>) -> SharedRuntime {
    let name = name.or_else(|| crate_folder.file_name()?.to_str()).unwrap_or_default();
    let own = Some(runtime_package(name)).filter(|own| is_package_name(own));
    let package = own.unwrap_or_else(|| RUNTIME_PACKAGE.to_owned());
    SharedRuntime { folder: crate_folder.with_file_name(&package), package }
}

/// Returns whether octogen may write the shared runtime: the folder is new, or octogen wrote a runtime that is not newer.
fn is_ours(shared: &Path) -> bool {
    let interface = interface(shared);
    let is_written = shared.join(file_manifest::PATH).exists();
    interface.is_none() || is_written && interface <= Some(octogen_runtime::INTERFACE)
}

/// Returns the number of the interface of the runtime in a folder, if there is a runtime.
fn interface(folder: &Path) -> Option<u32> {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).ok()?;
    number(&section(&manifest, "[package.metadata.octogen]"), "interface")
}

/// Returns the runtime that `--runtime` names: a version, a git address with a revision, or else a folder.
fn found(given: &str, out: &Path) -> Result<Runtime, String> {
    if VersionReq::parse(given).is_ok() {
        return Ok(Runtime::Version(given.to_owned()));
    }
    if given.contains("://") {
        let (url, revision) = given.split_once('#').filter(|(_, revision)| !revision.is_empty()).ok_or_else(|| {
            format!("`--runtime {given}` is a git address without a revision: write `{given}#REVISION`")
        })?;
        return Ok(Runtime::Git { url: url.to_owned(), revision: revision.to_owned() });
    }
    let folder = Path::new(given);
    let package = package_name(folder).ok_or_else(|| {
        format!(
            "`--runtime {given}` is neither a version, such as `0.1`, nor a git address, such as `https://HOST/REPOSITORY#REVISION`, nor a folder with the `Cargo.toml` of {RUNTIME_PACKAGE}"
        )
    })?;
    match interface(folder) {
        None => return Err(format!("the package in `{given}` is not {RUNTIME_PACKAGE}")),
        Some(number) if number < octogen_runtime::INTERFACE => {
            return Err(format!(
                "the runtime in `{given}` is older than this octogen: run `octogen` again for the crate or workspace that contains it"
            ));
        }
        Some(_) => {}
    }
    let folder = folder.canonicalize().map_err(|error| format!("`{given}` cannot be read: {error}"))?;
    if folder.starts_with(out) {
        return Err(format!("`{given}` is inside the folder of the crate: move it out of that folder"));
    }
    in_folder(out, &folder, &package)
}

/// Returns the runtime in a folder, relative to the folder of the crate.
fn in_folder(out: &Path, folder: &Path, package: &str) -> Result<Runtime, String> {
    let path = relative(out, folder);
    let path = path.to_str().ok_or_else(|| format!("the path of `{}` is not valid Unicode", folder.display()))?;
    Ok(Runtime::Path { path: path.replace(std::path::MAIN_SEPARATOR, "/"), package: package.to_owned() })
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
