//! Credentials in files that only the current user can read.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Credentials;
use crate::runtime::{DecodeError, decode, encode};

/// The choice between keeping and replacing a file that exists already when the credentials of an app are saved.
/// [`Credentials::save`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfExists {
    /// The existing file is kept, and the result is [`FileError::AlreadyExists`].
    Keep,
    /// The existing file is replaced atomically.
    Replace,
}

impl Credentials {
    /// Writes the credentials of a new app to a file, as a JSON object with the names of the fields.
    /// [`Credentials::load`] reads it.
    ///
    /// The file appears only when it is complete. On Unix it has mode 0600 from the beginning, so that only the user of this
    /// process can read it, whatever the umask. On other systems it has the permissions of its folder, so choose one that
    /// others can't read.
    ///
    /// ```no_run
    /// # fn example(credentials: github_apps::manifest::Credentials) -> Result<(), github_apps::manifest::FileError> {
    /// use github_apps::manifest::{Credentials, IfExists};
    ///
    /// credentials.save("octoapp.json", IfExists::Keep)?;
    /// credentials.save_key("octoapp.private-key.pem", IfExists::Keep)?;
    /// assert_eq!(Credentials::load("octoapp.json")?, credentials);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// If the file exists and is kept, or can't be written.
    pub fn save(&self, path: impl AsRef<Path>, if_exists: IfExists) -> Result<(), FileError> {
        write(path.as_ref(), &format!("{}\n", encode(self)), if_exists)
    }

    /// Writes only the private key of a new app to a file, as PEM, with the same protection as [`Credentials::save`].
    /// `AppKey::from_file` reads it.
    ///
    /// # Errors
    ///
    /// If the file exists and is kept, or can't be written.
    pub fn save_key(&self, path: impl AsRef<Path>, if_exists: IfExists) -> Result<(), FileError> {
        write(path.as_ref(), self.pem.expose(), if_exists)
    }

    /// Reads the credentials of an app from a file that [`Credentials::save`] has written.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or does not contain credentials.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, FileError> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| FileError::Read(path.to_owned(), error))?;
        decode(&bytes).map_err(|error| FileError::Invalid(path.to_owned(), error))
    }
}

/// Writes a temporary file in the same folder, and renames it when it is complete.
fn write(path: &Path, text: &str, if_exists: IfExists) -> Result<(), FileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists if if_exists == IfExists::Keep => FileError::AlreadyExists(path.to_owned()),
        _ => FileError::Write(path.to_owned(), error),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // It is opened exclusively with mode 0600, and deleted if anything fails.
    let mut file = tempfile::Builder::new().prefix(".github-apps-").tempfile_in(folder).map_err(failed)?;
    // A strict umask may have removed permissions of the owner.
    #[cfg(unix)]
    file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let persisted = match if_exists {
        IfExists::Keep => file.persist_noclobber(path),
        IfExists::Replace => file.persist(path),
    };
    persisted.map_err(|error| failed(error.error))?;
    // Flush the new name too, on systems that can flush folders.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// An error of writing or reading a file with the credentials of an app. It shows the path, and nothing of the content.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// The file of credentials exists and was not replaced.
    AlreadyExists(PathBuf),
    /// The file of credentials can't be written.
    Write(PathBuf, io::Error),
    /// The file of credentials can't be read.
    Read(PathBuf, io::Error),
    /// The content of the file is not the credentials of an app.
    Invalid(PathBuf, DecodeError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AlreadyExists(path) => write!(f, "{} exists already and was not replaced", path.display()),
            Self::Write(path, _) => write!(f, "the credentials can't be written to {}", path.display()),
            Self::Read(path, _) => write!(f, "the credentials can't be read from {}", path.display()),
            Self::Invalid(path, _) => write!(f, "{} does not contain credentials", path.display()),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(_, error) | Self::Read(_, error) => Some(error),
            Self::Invalid(_, error) => Some(error),
            Self::AlreadyExists(_) => None,
        }
    }
}
