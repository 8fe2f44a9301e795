//! Credentials in files that nobody else can read.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::Credentials;
use crate::runtime::{DecodeError, decode, encode};

/// What becomes of a file that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IfThere {
    /// It stays, and nothing is written.
    Keep,
    /// It is replaced, as a whole and at once.
    Replace,
}

impl Credentials {
    /// Writes all of them into one file: an object of JSON with the names of the fields.
    ///
    /// The file appears once it is written, whole or not at all. On Unix it is of mode 0600 from its first moment, so that
    /// nobody but the user of this process can read it, whatever the umask. Elsewhere it has the rights of its folder:
    /// choose one that others can't read.
    ///
    /// ```no_run
    /// # fn example(credentials: github_apps::manifest::Credentials) -> Result<(), github_apps::manifest::FileError> {
    /// use github_apps::manifest::{Credentials, IfThere};
    ///
    /// credentials.save("octoapp.json", IfThere::Keep)?;
    /// credentials.save_key("octoapp.private-key.pem", IfThere::Keep)?;
    /// assert_eq!(Credentials::load("octoapp.json")?, credentials);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Where something is there already and to be kept, or the file can't be written.
    pub fn save(&self, path: impl AsRef<Path>, if_there: IfThere) -> Result<(), FileError> {
        write(path.as_ref(), &format!("{}\n", encode(self)), if_there)
    }

    /// Writes the private key alone, as GitHub's page of the app gives it out, in the same way.
    ///
    /// # Errors
    ///
    /// Those of [`Credentials::save`].
    pub fn save_key(&self, path: impl AsRef<Path>, if_there: IfThere) -> Result<(), FileError> {
        write(path.as_ref(), self.pem.expose(), if_there)
    }

    /// Reads what [`Credentials::save`] has written.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or something else in it.
    pub fn load(path: impl AsRef<Path>) -> Result<Self, FileError> {
        let path = path.as_ref();
        let bytes = fs::read(path).map_err(|error| FileError::Read(path.to_owned(), error))?;
        decode(&bytes).map_err(|error| FileError::NoCredentials(path.to_owned(), error))
    }
}

/// Writes a file beside the one that is meant, and gives it its name at the end.
fn write(path: &Path, text: &str, if_there: IfThere) -> Result<(), FileError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists if if_there == IfThere::Keep => FileError::There(path.to_owned()),
        _ => FileError::Write(path.to_owned(), error),
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Its name is taken by nobody, it is opened exclusively with mode 0600, and it is gone where anything fails.
    let mut file = tempfile::Builder::new().prefix(".github-apps-").tempfile_in(folder).map_err(failed)?;
    // The umask may have taken more from it than is good.
    #[cfg(unix)]
    file.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600)).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    let persisted = match if_there {
        IfThere::Keep => file.persist_noclobber(path),
        IfThere::Replace => file.persist(path),
    };
    persisted.map_err(|error| failed(error.error))?;
    // The name as well, where folders can be flushed.
    let _ = fs::File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

/// Why a file of credentials isn't written or read. It shows nothing of what is in it.
#[derive(Debug)]
#[non_exhaustive]
pub enum FileError {
    /// Something is there already, and stays.
    There(PathBuf),
    /// It can't be written.
    Write(PathBuf, io::Error),
    /// It can't be read.
    Read(PathBuf, io::Error),
    /// Something else is in it.
    NoCredentials(PathBuf, DecodeError),
}

impl fmt::Display for FileError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::There(path) => write!(f, "{} is there already, and is not replaced", path.display()),
            Self::Write(path, _) => write!(f, "the credentials can't be written to {}", path.display()),
            Self::Read(path, _) => write!(f, "the credentials can't be read from {}", path.display()),
            Self::NoCredentials(path, _) => write!(f, "there are no credentials in {}", path.display()),
        }
    }
}

impl std::error::Error for FileError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Write(_, error) | Self::Read(_, error) => Some(error),
            Self::NoCredentials(_, error) => Some(error),
            Self::There(_) => None,
        }
    }
}
