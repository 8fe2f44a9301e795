//! Both backends of `jsonwebtoken` at once: it doesn't know which one is meant, and an app signs all the same.

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use github_apps::app::{App, AppKey};
use jsonwebtoken::crypto::rust_crypto;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, encode};

#[test]
fn the_backend_of_the_process_is_none() {
    let encoded = std::panic::catch_unwind(|| encode(&Header::default(), &"claims", &EncodingKey::from_secret(b"any")));
    assert!(encoded.is_err(), "the trap is gone: this test, and the way around it, may go as well");
}

#[tokio::test]
async fn an_app_signs_and_the_other_backend_agrees() {
    let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
    let der = BASE64_STANDARD.encode(pair.as_der().unwrap().as_ref());
    let key = AppKey::from_pem(format!("-----BEGIN PRIVATE KEY-----\n{der}\n-----END PRIVATE KEY-----\n")).unwrap();
    let jwt = App::new("Iv23liTests", key).unwrap().jwt().await.unwrap();
    let (message, signature) = jwt.expose().rsplit_once('.').unwrap();
    let public = DecodingKey::from_rsa_der(pair.public_key().as_ref());
    let verifier = (rust_crypto::DEFAULT_PROVIDER.verifier_factory)(&Algorithm::RS256, &public).unwrap();
    let signature = BASE64_URL_SAFE_NO_PAD.decode(signature).unwrap();
    assert!(verifier.verify(message.as_bytes(), &signature).is_ok());
    assert!(verifier.verify(b"another message", &signature).is_err());
}
