//! PEM as people have it: with CRLF, with `\n` spelled out, on one line, in quotes, behind a certificate.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::key::KeyError;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// What `-----BEGIN ` is in base64.
const BEGIN_ENCODED: &str = "LS0tLS1CRUdJTi";

/// What long DER begins with in base64, and how long a path is at most that is taken for one if it begins so.
const DER_ENCODED: &str = "MII";
const LONGEST_PATH: usize = 255;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// The bytes of the first private key of a text.
pub(super) fn read(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = Zeroizing::new(text.replace("\\r", "").replace("\\n", "\n"));
    let mut rest = text.as_str();
    let mut first = None;
    while let Some((_, behind)) = rest.split_once(BEGIN) {
        let (label, behind) = behind.split_once(DASHES).ok_or(KeyError::Incomplete)?;
        let (body, behind) = behind.split_once(END).ok_or(KeyError::Incomplete)?;
        match other(label, body) {
            None => return bytes(body),
            other => first = first.or(other),
        }
        rest = behind;
    }
    Err(first.unwrap_or_else(|| without_block(&text)))
}

/// Whether what should be the path of a key is the key itself, which no error may show.
pub(super) fn is_key(path: &str) -> bool {
    let is_body = path.len() > LONGEST_PATH && path.trim_start().starts_with(DER_ENCODED);
    is_body || path.contains(BEGIN) || path.contains(BEGIN_ENCODED)
}

/// What a block is, if it is no key that may be one of an app. Which of its two forms a key has, its bytes say better.
fn other(label: &str, body: &str) -> Option<KeyError> {
    Some(match label {
        "ENCRYPTED PRIVATE KEY" => KeyError::Encrypted,
        _ if body.contains("ENCRYPTED") => KeyError::Encrypted,
        "RSA PRIVATE KEY" | "PRIVATE KEY" => return None,
        "EC PRIVATE KEY" | "EC PARAMETERS" => KeyError::NotRsa("EC"),
        "DSA PRIVATE KEY" => KeyError::NotRsa("DSA"),
        "OPENSSH PRIVATE KEY" => KeyError::OpenSsh,
        label if label.ends_with("PUBLIC KEY") => KeyError::Public,
        label if label.contains("CERTIFICATE") => KeyError::Certificate,
        _ => KeyError::OtherBlock,
    })
}

fn bytes(body: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let body: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
    BASE64.decode(body.as_bytes()).map(Zeroizing::new).map_err(|_| KeyError::Base64)
}

fn without_block(text: &str) -> KeyError {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}'));
    match text {
        "" => KeyError::Empty,
        text if text.starts_with(BEGIN_ENCODED) => KeyError::EncodedTwice,
        text if text.starts_with("ssh-") => KeyError::Public,
        _ => KeyError::NoPem,
    }
}
