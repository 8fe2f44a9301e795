//! The private key of an app.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use aws_lc_rs::error::KeyRejected;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::RSA_PKCS1_SHA256;
use zeroize::Zeroizing;

use super::pem;
use super::signer::{SignFuture, Signer};
use crate::client::BoxError;

/// The private RSA key of a GitHub App, with which the app signs its tokens: the PEM file that GitHub offers on the
/// settings page of the app when the key is made. Pass it to [`App::new`](super::App::new).
///
/// It is never printed, and its memory is cleared when its last clone is dropped.
///
/// ```no_run
/// use github_apps::app::AppKey;
///
/// let key = AppKey::from_file("my-app.private-key.pem")?;
/// assert_eq!(format!("{key:?}"), "AppKey(***)");
/// # Ok::<(), github_apps::app::KeyError>(())
/// ```
#[derive(Clone)]
pub struct AppKey(Arc<KeyPair>);

impl AppKey {
    /// Reads the private key of an app from PEM text, as PKCS#1 (`BEGIN RSA PRIVATE KEY`) or PKCS#8
    /// (`BEGIN PRIVATE KEY`). The label may be the wrong one of the two. Lines may end with CRLF, or with a backslash and an `n`, as in
    /// environment variables.
    ///
    /// ```
    /// use github_apps::app::{AppKey, KeyError};
    ///
    /// let error = AppKey::from_pem("my-app.private-key.pem").unwrap_err();
    /// assert!(matches!(error, KeyError::NotPem));
    /// assert_eq!(error.to_string(), "the private key is not PEM: it has no `-----BEGIN … PRIVATE KEY-----`; \
    ///     if it is the path of a file, use `AppKey::from_file`");
    /// ```
    ///
    /// # Errors
    ///
    /// If the text is not a private RSA key of at least 2048 bits. The error says what it is instead, and shows nothing
    /// of it.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let text = std::str::from_utf8(pem.as_ref()).map_err(|_| KeyError::NotPem)?;
        let der = pem::read(text)?;
        let key = match KeyPair::from_pkcs8(&der) {
            Err(error) if is(error, "InvalidEncoding") => KeyPair::from_der(&der),
            key => key,
        };
        Ok(Self(Arc::new(key.map_err(|error| rejected(error, &der))?)))
    }

    /// Reads the private key of an app from a PEM file, as GitHub offers it for download.
    ///
    /// # Errors
    ///
    /// If the file can't be read, or has no valid key, see [`AppKey::from_pem`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        let path = path.as_ref();
        let read = fs::read(path).map(Zeroizing::new);
        Self::from_pem(read.map_err(|error| match pem::is_key(&path.to_string_lossy()) {
            true => KeyError::KeyInsteadOfPath,
            false => KeyError::File(path.to_owned(), Arc::new(error)),
        })?)
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, BoxError> {
        let mut signature = vec![0; self.0.public_modulus_len()];
        self.0.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), message, &mut signature)?;
        Ok(signature)
    }
}

/// Compares the reason of a rejection, which is available as text only.
fn is(error: KeyRejected, reason: &str) -> bool {
    error.description_() == reason
}

fn rejected(error: KeyRejected, der: &[u8]) -> KeyError {
    match error {
        error if is(error, "WrongAlgorithm") => KeyError::NotRsa(algorithm(der)),
        error if is(error, "TooSmall") => KeyError::TooShort,
        _ => KeyError::Damaged,
    }
}

/// The object identifiers of algorithms other than RSA, encoded in DER, and the names of these algorithms.
const ALGORITHMS: [(&[u8], &str); 5] = [
    (&[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01], "EC"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x70], "Ed25519"),
    (&[0x06, 0x03, 0x2b, 0x65, 0x71], "Ed448"),
    (&[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01], "DSA"),
    (&[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a], "RSA-PSS"),
];

/// Returns the algorithm of a PKCS#8 key, which is near its start: a sequence of a version and of the algorithm.
fn algorithm(der: &[u8]) -> Option<&'static str> {
    let start = &der[..der.len().min(24)];
    let has = |identifier: &[u8]| start.windows(identifier.len()).any(|bytes| bytes == identifier);
    ALGORITHMS.iter().find(|(identifier, _)| has(identifier)).map(|(_, name)| *name)
}

impl Signer for AppKey {
    fn sign<'a>(&'a self, message: &'a [u8]) -> SignFuture<'a> {
        Box::pin(async { self.signature(message) })
    }
}

impl fmt::Debug for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppKey(***)")
    }
}

/// An error of reading the private key of an app from a PEM text or file. Each variant is one problem of the text or
/// the key. It shows nothing of the key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// The text is empty.
    Empty,
    /// The text is not PEM.
    NotPem,
    /// The PEM text is encoded in base64 once more.
    EncodedTwice,
    /// The PEM text has a `-----BEGIN`, but no `-----END` after it.
    Incomplete,
    /// The content of the PEM block is not base64, or is cut off.
    Base64,
    /// The text is a public key.
    Public,
    /// The text is a certificate.
    Certificate,
    /// The private key is encrypted with a password.
    Encrypted,
    /// The text is a key in the format of OpenSSH.
    OpenSsh,
    /// The text is PEM, but not a private key.
    NotPrivateKey,
    /// The private key belongs to another algorithm than RSA: the name of the algorithm, such as `EC`, if it is known.
    NotRsa(Option<&'static str>),
    /// The private key has fewer than 2048 bits.
    TooShort,
    /// The bytes are not an RSA key, or the numbers of the key contradict each other.
    Damaged,
    /// The key itself was passed as the path of its file.
    KeyInsteadOfPath,
    /// The file of the private key can't be read.
    File(PathBuf, Arc<io::Error>),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let problem = match self {
            Self::Empty => "is empty",
            Self::NotPem => {
                "is not PEM: it has no `-----BEGIN … PRIVATE KEY-----`; if it is the path of a file, use `AppKey::from_file`"
            }
            Self::EncodedTwice => "is encoded in base64 once more: decode it first",
            Self::Incomplete => "is cut off: it has a `-----BEGIN`, but no `-----END` after it",
            Self::Base64 => "is cut off or damaged: its content is not base64",
            Self::Public => "is a public key; the private key is in the file that GitHub offered when the key was made",
            Self::Certificate => "is a certificate, not a key",
            Self::Encrypted => {
                "is encrypted: decrypt it with `openssl rsa -in KEY -out PLAIN`, which asks for its password"
            }
            Self::OpenSsh => "is an OpenSSH key, not the key that GitHub made for the app",
            Self::NotPrivateKey => "is PEM, but not a private key",
            Self::NotRsa(Some(name)) => {
                return write!(f, "the private key is for the algorithm {name}; the keys of GitHub Apps are RSA keys");
            }
            Self::NotRsa(None) => "is not an RSA key; the keys of GitHub Apps are RSA keys",
            Self::TooShort => "has fewer than 2048 bits: make another one on GitHub's settings page of the app",
            Self::Damaged => "is damaged: its bytes are not a valid RSA key",
            Self::KeyInsteadOfPath => "was passed instead of the path of its file: use `AppKey::from_pem` for PEM text",
            Self::File(path, _) => return write!(f, "the private key can't be read from {}", path.display()),
        };
        write!(f, "the private key {problem}")
    }
}

impl std::error::Error for KeyError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::File(_, error) => Some(error.as_ref()),
            _ => None,
        }
    }
}
