//! Credentials in files: complete or absent, private, and without replacing files that are to be kept.

use std::fs;
use std::path::Path;

use github_apps::manifest::{Credentials, FileError, IfExists};
use octogen_runtime::encode;
use tempfile::TempDir;

use super::credentials;

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    names.collect()
}

#[test]
fn what_is_written_is_read() {
    let folder = TempDir::new().unwrap();
    let (file, key) = (folder.path().join("app.json"), folder.path().join("key.pem"));
    let app = credentials();
    app.save(&file, IfExists::Keep).unwrap();
    app.save_key(&key, IfExists::Keep).unwrap();
    assert_eq!(Credentials::load(&file).unwrap(), app);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{}\n", encode(&app)));
    assert_eq!(fs::read_to_string(&key).unwrap(), app.pem.expose());
    assert!(github_apps::app::AppKey::from_file(&key).is_ok());
    assert_eq!(names(folder.path()).len(), 2);
}

#[cfg(unix)]
#[test]
fn nobody_else_can_read_them() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("app.json");
    credentials().save(&file, IfExists::Keep).unwrap();
    assert_eq!(mode(&file), 0o600);
    // Nor if others can read the file that it replaces.
    fs::set_permissions(&file, fs::Permissions::from_mode(0o666)).unwrap();
    credentials().save(&file, IfExists::Replace).unwrap();
    assert_eq!(mode(&file), 0o600);
    let key = folder.path().join("key.pem");
    credentials().save_key(&key, IfExists::Keep).unwrap();
    assert_eq!(mode(&key), 0o600);
}

/// The mode does not depend on the umask. The umask belongs to a process, so a part of this test runs in its own one.
#[cfg(unix)]
#[test]
fn we_can_read_them() {
    use std::ffi::OsStr;
    use std::os::unix::fs::PermissionsExt;

    if let Some(file) = std::env::var_os("CREDENTIALS_UNDER_UMASK") {
        return credentials().save(file, IfExists::Keep).unwrap();
    }
    let folder = TempDir::new().unwrap();
    for umask in ["000", "077", "277", "777"] {
        let file = folder.path().join(umask);
        let script = format!("umask {umask}; exec \"$0\" --exact manifest::files::we_can_read_them");
        let mut process = std::process::Command::new("sh");
        process.args([OsStr::new("-c"), script.as_ref(), std::env::current_exe().unwrap().as_os_str()]);
        let output = process.env("CREDENTIALS_UNDER_UMASK", &file).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o7777, 0o600, "{umask}");
    }
}

/// A thread reads the folder all the time. It finds no file that others can read and no incomplete one.
#[cfg(unix)]
#[test]
fn not_even_for_a_moment() {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::atomic::{AtomicBool, Ordering};

    let folder = TempDir::new().unwrap();
    let file = folder.path().join("app.json");
    let app = credentials();
    app.save(&file, IfExists::Keep).unwrap();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watching = scope.spawn(|| {
            let mut seen = 0;
            while !done.load(Ordering::SeqCst) {
                for entry in fs::read_dir(folder.path()).unwrap().flatten() {
                    // A file that is gone by now can't be checked.
                    let Ok(metadata) = entry.metadata() else { continue };
                    assert_eq!(metadata.permissions().mode() & 0o077, 0, "{entry:?}");
                    seen += 1;
                }
                assert_eq!(Credentials::load(&file).unwrap(), app);
            }
            seen
        });
        for _ in 0..200 {
            app.save(&file, IfExists::Replace).unwrap();
        }
        done.store(true, Ordering::SeqCst);
        assert!(watching.join().unwrap() > 0);
    });
    assert_eq!(names(folder.path()), ["app.json"]);
}

#[test]
fn what_is_there_stays() {
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("app.json");
    fs::write(&file, "mine").unwrap();
    let error = credentials().save(&file, IfExists::Keep).unwrap_err();
    assert!(matches!(&error, FileError::AlreadyExists(path) if *path == file), "{error:?}");
    assert!(error.to_string().ends_with("app.json exists already and was not replaced"), "{error}");
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), names(folder.path()).len()), ("mine", 1));
    credentials().save(&file, IfExists::Replace).unwrap();
    assert_eq!(Credentials::load(&file).unwrap(), credentials());
}

/// A link is a name like any other: it is kept or replaced, and its target is not written.
#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let folder = TempDir::new().unwrap();
    let (link, target) = (folder.path().join("app.json"), folder.path().join("target"));
    std::os::unix::fs::symlink(&target, &link).unwrap();
    assert!(matches!(credentials().save(&link, IfExists::Keep), Err(FileError::AlreadyExists(_))));
    assert!(!target.exists());
    credentials().save(&link, IfExists::Replace).unwrap();
    assert!(!target.exists() && !fs::symlink_metadata(&link).unwrap().is_symlink());
}

#[test]
fn what_fails_leaves_nothing_and_shows_nothing() {
    let folder = TempDir::new().unwrap();
    let nowhere = folder.path().join("nowhere").join("app.json");
    assert!(matches!(credentials().save(&nowhere, IfExists::Keep), Err(FileError::Write(..))));
    let taken = folder.path().join("taken");
    fs::create_dir(&taken).unwrap();
    fs::write(taken.join("a"), "").unwrap();
    for (if_exists, expected) in [(IfExists::Keep, "exists already"), (IfExists::Replace, "can't be written")] {
        let error = credentials().save(&taken, if_exists).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    }
    assert_eq!(names(folder.path()), ["taken"]);

    assert!(matches!(Credentials::load(&nowhere), Err(FileError::Read(..))));
    let file = folder.path().join("app.json");
    for text in [r#"{"id":"s3cret"}"#, "s3cret", r#"{"id":1,"pem":"s3cret"}"#, ""] {
        fs::write(&file, text).unwrap();
        let error = Credentials::load(&file).unwrap_err();
        assert!(matches!(error, FileError::Invalid(..)), "{error}");
        assert!(!format!("{error} {error:?} {:?}", std::error::Error::source(&error)).contains("s3cret"));
    }
}
