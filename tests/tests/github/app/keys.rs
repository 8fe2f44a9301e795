//! Keys that are made for each run of the tests, and thrown away.

use std::sync::LazyLock;

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{KeyPair as _, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

static KEY: LazyLock<KeyPair> = LazyLock::new(|| KeyPair::generate(KeySize::Rsa2048).unwrap());

/// The key as DER.
pub fn der() -> Vec<u8> {
    KEY.as_der().unwrap().as_ref().to_vec()
}

/// `BEGIN PRIVATE KEY`
pub fn pkcs8() -> String {
    pem("PRIVATE KEY", &der())
}

/// `BEGIN RSA PRIVATE KEY`, which is the last element of the other one.
pub fn pkcs1() -> String {
    let der = der();
    let inner = der.windows(2).enumerate().skip(1).find(|(_, two)| *two == [0x30, 0x82]).map(|(at, _)| at);
    // The first sequence of a long form within it.
    pem("RSA PRIVATE KEY", &der[inner.unwrap()..])
}

pub fn pem(label: &str, der: &[u8]) -> String {
    let text = BASE64_STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

pub fn is_signed(message: &str, signature: &[u8]) -> bool {
    let public = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, KEY.public_key().as_ref());
    public.verify(message.as_bytes(), signature).is_ok()
}
