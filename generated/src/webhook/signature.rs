//! `X-Hub-Signature-256`: an HMAC of the body by SHA-256, with the secret of the webhook as its key.

use std::fmt::Write;

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use http::HeaderMap;

use super::ReceiveError;
use crate::runtime::Secret;

const HEADER: &str = "x-hub-signature-256";
const SHA1_HEADER: &str = "x-hub-signature";
const PREFIX: &[u8] = b"sha256=";
const LENGTH: usize = 32;

/// The value of `X-Hub-Signature-256` for a body, as GitHub writes it: for tests of a receiver.
///
/// ```
/// let signature = github_apps::webhook::sign("It's a Secret to Everybody", b"Hello, World!");
/// assert_eq!(signature, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
/// ```
#[must_use]
pub fn sign(secret: impl Into<Secret>, body: &[u8]) -> String {
    let mut text = String::from("sha256=");
    for byte in hmac::sign(&key(&secret.into()), body).as_ref() {
        // Writing into a text can't fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

pub(super) fn key(secret: &Secret) -> Key {
    Key::new(HMAC_SHA256, secret.expose().as_bytes())
}

/// The key of a receiver. An empty secret is none: anybody can sign with it.
pub(super) fn kept(secret: &Secret) -> Option<Key> {
    (!secret.expose().is_empty()).then(|| key(secret))
}

/// The signature that a delivery claims to have.
pub(super) fn claimed(headers: &HeaderMap) -> Result<[u8; LENGTH], ReceiveError> {
    let mut values = headers.get_all(HEADER).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => read(value.as_bytes()).ok_or_else(ReceiveError::malformed_signature),
        (Some(_), Some(_)) => Err(ReceiveError::malformed_signature()),
        (None, _) if headers.contains_key(SHA1_HEADER) => Err(ReceiveError::sha1_alone()),
        (None, _) => Err(ReceiveError::unsigned()),
    }
}

/// Whether the body is signed with one of the keys. All of them are tried, in constant time each.
pub(super) fn verify(keys: &[Key], headers: &HeaderMap, body: &[u8]) -> Result<(), ReceiveError> {
    let signature = claimed(headers)?;
    if keys.is_empty() {
        return Err(ReceiveError::no_secret());
    }
    let is_right = keys.iter().fold(false, |right, key| right | hmac::verify(key, body, &signature).is_ok());
    if is_right { Ok(()) } else { Err(ReceiveError::wrong_signature()) }
}

/// 64 lower-case hexadecimal digits behind the prefix, as GitHub writes them, and nothing else.
fn read(value: &[u8]) -> Option<[u8; LENGTH]> {
    let (pairs, []) = value.strip_prefix(PREFIX)?.as_chunks::<2>() else { return None };
    let digit = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    let bytes: Option<Vec<u8>> = pairs.iter().map(|[high, low]| Some(digit(*high)? << 4 | digit(*low)?)).collect();
    bytes?.try_into().ok()
}
