//! The header `X-Hub-Signature-256`: the HMAC-SHA256 of the body, with the secret of the webhook as the key.

use aws_lc_rs::hmac::{self, HMAC_SHA256, Key};
use http::HeaderMap;

use super::ReceiveError;
use crate::runtime::Secret;

const HEADER: &str = "x-hub-signature-256";
const SHA1_HEADER: &str = "x-hub-signature";
const PREFIX: &str = "sha256=";
const LENGTH: usize = 32;

/// Signs the body of a webhook delivery with the secret of the webhook, like GitHub, and returns the value of the
/// header `X-Hub-Signature-256`. Use it in tests of a receiver.
///
/// ```
/// let signature = github_apps::webhook::sign("It's a Secret to Everybody", b"Hello, World!");
/// assert_eq!(signature, "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17");
/// ```
#[must_use]
pub fn sign(secret: impl Into<Secret>, body: &[u8]) -> String {
    let key = Key::new(HMAC_SHA256, secret.into().expose().as_bytes());
    format!("{PREFIX}{}", base16ct::lower::encode_string(hmac::sign(&key, body).as_ref()))
}

/// Returns the HMAC key that belongs to a webhook secret. `None` if the secret is empty, since anybody can sign with
/// that.
pub(super) fn key(secret: &Secret) -> Option<Key> {
    (!secret.expose().is_empty()).then(|| Key::new(HMAC_SHA256, secret.expose().as_bytes()))
}

/// Reads the signature of a webhook delivery from its headers, without checking it.
pub(super) fn read_header(headers: &HeaderMap) -> Result<[u8; LENGTH], ReceiveError> {
    let mut values = headers.get_all(HEADER).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => parse(value.as_bytes()).ok_or_else(ReceiveError::malformed_signature),
        (Some(_), Some(_)) => Err(ReceiveError::malformed_signature()),
        (None, _) if headers.contains_key(SHA1_HEADER) => Err(ReceiveError::sha1_alone()),
        (None, _) => Err(ReceiveError::unsigned()),
    }
}

/// Checks that the body of a webhook delivery is signed with one of the HMAC keys. It always tries all of them, each in
/// constant time.
pub(super) fn verify(keys: &[Key], headers: &HeaderMap, body: &[u8]) -> Result<(), ReceiveError> {
    let signature = read_header(headers)?;
    if keys.is_empty() {
        return Err(ReceiveError::no_secret());
    }
    let is_right = keys.iter().fold(false, |right, key| right | hmac::verify(key, body, &signature).is_ok());
    if is_right { Ok(()) } else { Err(ReceiveError::wrong_signature()) }
}

/// Parses the prefix and 64 lower-case hexadecimal digits, as GitHub writes them.
fn parse(value: &[u8]) -> Option<[u8; LENGTH]> {
    let digits = value.strip_prefix(PREFIX.as_bytes())?;
    let mut signature = [0; LENGTH];
    let is_whole = digits.len() == 2 * LENGTH && base16ct::lower::decode(digits, &mut signature).is_ok();
    is_whole.then_some(signature)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(value: &str) -> HeaderMap {
        HeaderMap::from_iter([(http::HeaderName::from_static(HEADER), value.parse().unwrap())])
    }

    /// From RFC 4231 (case 2), and from GitHub's page on validating deliveries.
    #[test]
    fn published_vectors_are_signed_alike() {
        for (secret, body, signature) in [
            (
                "Jefe",
                "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                "It's a Secret to Everybody",
                "Hello, World!",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17",
            ),
        ] {
            let value = sign(secret, body.as_bytes());
            assert_eq!(value, format!("sha256={signature}"));
            let keys = Vec::from_iter(key(&Secret::from(secret)));
            assert!(verify(&keys, &headers(&value), body.as_bytes()).is_ok());
            assert!(verify(&keys, &headers(&value), b"another body").is_err());
        }
    }

    #[test]
    fn only_a_whole_signature_is_read() {
        let good = sign("secret", b"");
        assert!(parse(good.as_bytes()).is_some());
        for bad in [
            String::new(),
            good.to_uppercase(),
            good.replace("sha256=", "sha1="),
            good[..good.len() - 1].to_owned(),
            good[..good.len() - 2].to_owned(),
            format!("{good}0"),
            format!("{good}00"),
            format!("{} ", &good[..good.len() - 1]),
            format!("{}g", &good[..good.len() - 1]),
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }

    #[test]
    fn an_empty_secret_is_no_key() {
        assert!(key(&Secret::from("")).is_none());
        assert!(verify(&[], &headers(&sign("", b"x")), b"x").is_err());
    }
}
