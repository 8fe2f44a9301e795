//! One run at a time: two would write over each other's crates.

use std::fs::{self, File};
use std::path::Path;

/// Keeps the folder for this process, until the file is dropped or the process ends, however it does.
///
/// # Errors
///
/// If another run is at work in the folder, or nothing can be written there.
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
