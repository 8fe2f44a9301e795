//! Random texts for states and code verifiers.

use aws_lc_rs::error::Unspecified;
use aws_lc_rs::rand;
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;

use crate::runtime::Secret;

/// Returns a random secret of 256 bits, as 43 characters that need no escape in a URL. States and code verifiers use
/// it.
pub(crate) fn random_secret() -> Result<Secret, Unspecified> {
    let mut bytes = [0; 32];
    rand::fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_takes_it_unchanged_and_no_two_are_equal() {
        let [one, other] = [random_secret().unwrap(), random_secret().unwrap()];
        assert_ne!(one, other);
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
        assert!(one.expose().len() == 43 && one.expose().bytes().all(is_plain));
    }
}
