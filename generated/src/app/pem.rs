//! Reads PEM leniently: with CRLF, with a literal `\n`, on one line, in quotes, after a certificate.
//!
//! It is not taken from a library, because PEM libraries refuse these forms, and do not say what a text is instead of a key.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use zeroize::Zeroizing;

use super::key::KeyError;

const BEGIN: &str = "-----BEGIN ";
const END: &str = "-----END ";
const DASHES: &str = "-----";

/// `-----BEGIN ` in base64.
const BEGIN_ENCODED: &str = "LS0tLS1CRUdJTi";

/// The beginning of a long DER value in base64. A longer text than a path that begins with it is a key.
const DER_ENCODED: &str = "MII";
const LONGEST_PATH: usize = 255;

const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Returns the DER bytes of the first private key in a PEM text.
pub(super) fn read(text: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let text = Zeroizing::new(text.replace("\\r", "").replace("\\n", "\n"));
    let mut rest = text.as_str();
    let mut first = None;
    while let Some((_, after)) = rest.split_once(BEGIN) {
        let (label, after) = after.split_once(DASHES).ok_or(KeyError::Incomplete)?;
        let (body, after) = after.split_once(END).ok_or(KeyError::Incomplete)?;
        match refusal(label, body) {
            None => return decode_body(body),
            refusal => first = first.or(refusal),
        }
        rest = after;
    }
    Err(first.unwrap_or_else(|| explain_missing_block(&text)))
}

/// Reports whether a path is in fact a key, which no error may show.
pub(super) fn is_key(path: &str) -> bool {
    let is_body = path.len() > LONGEST_PATH && path.trim_start().starts_with(DER_ENCODED);
    is_body || path.contains(BEGIN) || path.contains(BEGIN_ENCODED)
}

/// Returns the reason to refuse a block, by its label. PKCS#1 and PKCS#8 are distinguished by the bytes of the key,
/// since labels are often wrong.
fn refusal(label: &str, body: &str) -> Option<KeyError> {
    Some(match label {
        "ENCRYPTED PRIVATE KEY" => KeyError::Encrypted,
        _ if body.contains("ENCRYPTED") => KeyError::Encrypted,
        "RSA PRIVATE KEY" | "PRIVATE KEY" => return None,
        "EC PRIVATE KEY" | "EC PARAMETERS" => KeyError::NotRsa(Some("EC")),
        "DSA PRIVATE KEY" => KeyError::NotRsa(Some("DSA")),
        "OPENSSH PRIVATE KEY" => KeyError::OpenSsh,
        label if label.ends_with("PUBLIC KEY") => KeyError::Public,
        label if label.contains("CERTIFICATE") => KeyError::Certificate,
        _ => KeyError::NotPrivateKey,
    })
}

fn decode_body(body: &str) -> Result<Zeroizing<Vec<u8>>, KeyError> {
    let body: Zeroizing<String> = Zeroizing::new(body.chars().filter(|c| !c.is_whitespace()).collect());
    BASE64.decode(body.as_bytes()).map(Zeroizing::new).map_err(|_| KeyError::Base64)
}

fn explain_missing_block(text: &str) -> KeyError {
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '\u{feff}'));
    match text {
        "" => KeyError::Empty,
        text if text.starts_with(BEGIN_ENCODED) => KeyError::EncodedTwice,
        text if text.starts_with("ssh-") => KeyError::Public,
        _ => KeyError::NotPem,
    }
}
