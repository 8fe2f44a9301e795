//! The private key of an app, from whatever people have it in.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jsonwebtoken::crypto::aws_lc;
use jsonwebtoken::{Algorithm, EncodingKey};
use zeroize::Zeroizing;

use super::signer::{Signer, Signing};
use super::{der, pem};
use crate::client::BoxError;

/// The object ids of the algorithms of PKCS#8 keys.
const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
const OTHERS: [(&[u8], &str); 5] = [
    (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a], "RSA-PSS"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01], "EC"),
    (&[0x2b, 0x65, 0x70], "Ed25519"),
    (&[0x2b, 0x65, 0x71], "Ed448"),
    (&[0x2a, 0x86, 0x48, 0xce, 0x38, 0x04, 0x01], "DSA"),
];

/// The shortest modulus that RS256 is allowed with, in bits.
const SHORTEST: usize = 2048;

/// The private key of an app, as GitHub's page of the app gives it out.
///
/// It is never printed, and its memory is cleared when the last clone of it goes.
///
/// ```no_run
/// use github_apps::app::AppKey;
///
/// let key = AppKey::from_file("my-app.private-key.pem")?;
/// assert_eq!(format!("{key:?}"), "AppKey(***)");
/// # Ok::<(), github_apps::app::KeyError>(())
/// ```
#[derive(Clone)]
pub struct AppKey(Arc<EncodingKey>);

impl AppKey {
    /// The key of a PEM text: PKCS#1 (`BEGIN RSA PRIVATE KEY`) or PKCS#8 (`BEGIN PRIVATE KEY`), be it under the other one's
    /// name. Lines may end with CRLF, or with a backslash and an `n`, as variables of the environment often have it.
    ///
    /// ```
    /// use github_apps::app::{AppKey, KeyError};
    ///
    /// let error = AppKey::from_pem("my-app.private-key.pem").unwrap_err();
    /// assert!(matches!(error, KeyError::NoPem));
    /// assert_eq!(error.to_string(), "the private key is no PEM text: it has no `-----BEGIN … PRIVATE KEY-----`; \
    ///     a path goes to `AppKey::from_file`");
    /// ```
    ///
    /// # Errors
    ///
    /// Where it is no key, or none that GitHub's apps have; the error says what it is instead, and shows nothing of it.
    pub fn from_pem(pem: impl AsRef<[u8]>) -> Result<Self, KeyError> {
        let text = std::str::from_utf8(pem.as_ref()).map_err(|_| KeyError::NoPem)?;
        Self::from_pkcs1(unwrapped(&pem::read(text)?)?)
    }

    /// The key of a PEM file.
    ///
    /// # Errors
    ///
    /// Where there is no such file, or it can't be read, and those of [`AppKey::from_pem`].
    pub fn from_file(path: impl AsRef<Path>) -> Result<Self, KeyError> {
        let path = path.as_ref();
        let read = fs::read(path).map(Zeroizing::new);
        Self::from_pem(read.map_err(|error| match pem::is_key(&path.to_string_lossy()) {
            true => KeyError::NoPath,
            false => KeyError::File(path.to_owned(), Arc::new(error)),
        })?)
    }

    fn from_pkcs1(der: &[u8]) -> Result<Self, KeyError> {
        match der::modulus_bits(der) {
            None => return Err(KeyError::Damaged),
            Some(bits) if bits < SHORTEST => return Err(KeyError::TooShort(bits)),
            Some(_) => {}
        }
        let key = Self(Arc::new(EncodingKey::from_rsa_der(der)));
        // A key whose parts don't fit one another is found out here and not in the middle of the night.
        key.signature(b"").map_err(|_| KeyError::Damaged)?;
        Ok(key)
    }

    fn signature(&self, message: &[u8]) -> Result<Vec<u8>, BoxError> {
        // By the name of the backend: `jsonwebtoken::encode` asks for the process-wide one, and panics where another
        // crate has turned on a second one.
        let signer = (aws_lc::DEFAULT_PROVIDER.signer_factory)(&Algorithm::RS256, &self.0)?;
        Ok(signer.try_sign(message)?)
    }
}

/// The PKCS#1 key that a PKCS#8 one holds; any other is given as it is.
fn unwrapped(der: &[u8]) -> Result<&[u8], KeyError> {
    let Some((algorithm, key)) = der::pkcs8(der) else { return Ok(der) };
    if algorithm == RSA {
        return Ok(key);
    }
    let known = OTHERS.iter().find(|(id, _)| *id == algorithm);
    Err(KeyError::NotRsa(known.map_or("another algorithm's", |(_, name)| name)))
}

impl Signer for AppKey {
    fn sign<'a>(&'a self, message: &'a [u8]) -> Signing<'a> {
        Box::pin(async { self.signature(message) })
    }
}

impl fmt::Debug for AppKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AppKey(***)")
    }
}

/// Why a private key can't be used. It shows nothing of the key.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeyError {
    /// There is nothing in it.
    Empty,
    /// It is no PEM text.
    NoPem,
    /// It is a PEM text that is encoded in base64 once more.
    EncodedTwice,
    /// Its beginning is there, its end is not.
    Incomplete,
    /// What stands between its beginning and its end is no base64, or breaks off.
    Base64,
    /// It is a public key.
    Public,
    /// It is a certificate.
    Certificate,
    /// It is encrypted with a password.
    Encrypted,
    /// It is in the format of OpenSSH.
    OpenSsh,
    /// It is PEM, but of something that is no key.
    OtherBlock,
    /// It is a private key of another algorithm than RSA.
    NotRsa(&'static str),
    /// Its modulus has only so many bits.
    TooShort(usize),
    /// Its bytes are no RSA key.
    Damaged,
    /// It stands where the path of its file should.
    NoPath,
    /// Its file can't be read.
    File(PathBuf, Arc<io::Error>),
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let why = match self {
            Self::Empty => "is empty",
            Self::NoPem => {
                "is no PEM text: it has no `-----BEGIN … PRIVATE KEY-----`; a path goes to `AppKey::from_file`"
            }
            Self::EncodedTwice => "is encoded in base64 once more: decode it first",
            Self::Incomplete => "is cut off: it has a `-----BEGIN`, but no `-----END` behind it",
            Self::Base64 => "is cut off or damaged: what it holds is no base64",
            Self::Public => "is a public key; the private one is in the file that GitHub gave out when it was made",
            Self::Certificate => "is a certificate, and no key",
            Self::Encrypted => "is encrypted: `openssl rsa -in KEY -out PLAIN` asks for its password and decrypts it",
            Self::OpenSsh => "is one of OpenSSH, and not the one that GitHub gave out for the app",
            Self::OtherBlock => "is PEM, but no private key",
            Self::NotRsa(of) => return write!(f, "the private key is of {of}; GitHub's apps have RSA keys"),
            Self::TooShort(bits) => {
                return write!(f, "the private key has {bits} bits; it needs {SHORTEST} at least");
            }
            Self::Damaged => "is damaged: its bytes are no RSA key",
            Self::NoPath => "was given in place of the path of its file: a PEM text goes to `AppKey::from_pem`",
            Self::File(path, _) => return write!(f, "the private key can't be read from {}", path.display()),
        };
        write!(f, "the private key {why}")
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
