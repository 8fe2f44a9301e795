//! A lock on the folder of corpus runs: two runs at once would overwrite each other's crates.

use std::fs::{self, File};
use std::path::Path;

/// Locks the folder for this process. The lock ends with the returned file or with the process, even after a crash.
///
/// # Errors
///
/// If another run has the lock, or the folder is not writable.
pub fn lock(folder: &Path) -> Result<File, String> {
    let wrong = |error| format!("`{}` can't be written: {error}", folder.display());
    fs::create_dir_all(folder).map_err(wrong)?;
    let file = File::options().create(true).append(true).open(folder.join("lock")).map_err(wrong)?;
    if is_taken(&file) {
        return Err(format!("another run is at work in `{}`: wait for its end, or stop it", folder.display()));
    }
    Ok(file)
}

#[cfg(unix)]
fn is_taken(file: &File) -> bool {
    use rustix::fs::{FlockOperation, flock};
    use rustix::io::Errno;
    // Some file systems have no locks; the run continues without one.
    matches!(flock(file, FlockOperation::NonBlockingLockExclusive), Err(Errno::WOULDBLOCK))
}

#[cfg(not(unix))]
fn is_taken(_: &File) -> bool {
    false
}
