//! Private keys in all accepted forms, and the errors for other texts.

use std::error::Error as _;
use std::fs;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use github_apps::app::{AppKey, KeyError};

use super::keys::{self, pem};

#[test]
fn a_key_may_be_written_in_many_ways() {
    for key in [keys::pkcs1(), keys::pkcs8()] {
        let ways = [
            key.clone(),
            key.replace('\n', "\r\n"),
            key.replace('\n', "\\n"),
            key.replace('\n', "\\r\\n"),
            key.replace('\n', " "),
            format!("\"{}\"", key.replace('\n', "\\n")),
            format!("\u{feff}{key}\n\n"),
            format!("Bag Attributes\n    friendlyName: app\n{key}"),
            format!("{}{key}", pem("CERTIFICATE", b"any")),
            key.trim_end().to_owned(),
            key.replace("RSA PRIVATE", "PRIVATE"),
            key.replace("RSA PRIVATE", "PRIVATE").replace("PRIVATE", "RSA PRIVATE"),
        ];
        for way in ways {
            if let Err(error) = AppKey::from_pem(&way) {
                panic!("{error}: {:?}", way.split('\n').next());
            }
        }
    }
}

#[test]
fn a_key_may_be_in_a_file() {
    let folder = std::env::temp_dir().join(format!("github-apps-key-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join("app.pem");
    fs::write(&file, keys::pkcs1()).unwrap();
    let read = AppKey::from_file(&file);
    fs::write(&file, [0xff, 0xfe]).unwrap();
    let bytes = AppKey::from_file(&file).unwrap_err();
    let folder_itself = AppKey::from_file(&folder).unwrap_err();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(format!("{:?}", read.unwrap()), "AppKey(***)");
    assert!(matches!(bytes, KeyError::NotPem));
    assert!(folder_itself.source().is_some(), "{folder_itself}");
    let missing = AppKey::from_file(&file).unwrap_err();
    assert_eq!(missing.to_string(), format!("the private key can't be read from {}", file.display()));
    assert!(missing.source().unwrap().to_string().contains("No such file"));
}

/// The error shows a path, but not a key that was passed as a path.
#[test]
fn a_key_in_place_of_its_path_is_not_printed() {
    let key = keys::pkcs1();
    let body: String = key.lines().filter(|line| !line.starts_with('-')).collect();
    let encoded = BASE64_STANDARD.encode(&key);
    for given in [key.clone(), keys::pkcs8(), key.replace('\n', "\\n"), format!("\"{key}\""), body, encoded] {
        let error = AppKey::from_file(&given).unwrap_err();
        let why = "the private key was passed instead of the path of its file: use `AppKey::from_pem` for PEM text";
        assert_eq!(format!("{error} {error:?}"), format!("{why} KeyInsteadOfPath"));
        assert!(error.source().is_none());
    }
}

/// An RSA key of 1024 bits that was made for this test.
const SHORT: &str = "-----BEGIN RSA PRIVATE KEY-----
MIICXQIBAAKBgQDIqzf9MORKFzQYpcd5oDk/EdNLiSw16gu7OA5S6wH1ADuULPnM
7G9HfuEJbIMvvfl7XoYzZ/7w4hLsroQ854DCwy6K6rz75SycAoc6vGFSFsXgIKCG
joVZGf0hPoE+eaSCyw3EkUGjEAYZQyIKrpd5MzO2rIsn3yz2sylETDm4ZQIDAQAB
AoGAEBGl6iCAJ260PUUJNDQgYWyL/wB9CdQ0HEng28L15SifnL39Quur/Y2rd5W4
65nK4JYxKOyq/Z8c5NcUv8vKA6obT5+5y7eNvrxpWI139+Jbsd2RQMQu5xAH/nQ/
QVe1nHAsz43DmHHVAw+u9TnIWJVrzpix70lFBib56vnu9gECQQD8UNw255poTy1B
UmaF9vPu+yF2giJ9tqiDlXLEOGlTn8Ij7Hf2DyAPMMXnuH7zLf7TJK4+aeMb/vSu
kL8lOLCPAkEAy5lOKgIXRoy8TtxkRTgnzEzhVayFXIfltnN2d0Y37kPFDbQLT1Yc
fp2sGoiGn27TdbK9SKQAUDzdh7bdKNxZywJBALphlLouDT4+NoTJNJiC2qBO++IJ
sSbB9er1S4iszwkJuyREOj0V4S23bomEHKrP8CvSLbBHEY+NnvsQS1JYdPsCQBsP
BupiWMGRlr1MYS8p5XArj48ZXKgNj6QN+GKlvG04KIpHsXEb2rGhNuxX1Lx/uC7e
UHXFBh2j2TVeQkpZ7r0CQQDUzcjpe/m4EsNzg1R0zLzS9xeg4IgXtvBSXBwpeEXo
KDzDHuVSEU23EjsRJf5kwSwHhtyWl67OHTYpQgsvanhP
-----END RSA PRIVATE KEY-----
";

/// A key with the form of an RSA key and numbers that do not fit each other.
fn contradictory() -> Vec<u8> {
    let element = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    };
    let number = |bytes: usize| element(2, &[&[0], vec![0xab; bytes].as_slice()].concat());
    element(0x30, &[element(2, &[0]), number(256), number(3)].concat())
}

#[test]
fn what_is_no_key_says_why() {
    let key = keys::pkcs1();
    let lines: Vec<&str> = key.lines().collect();
    let der = keys::der();
    let mut changed = der.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0xff;
    let random = SystemRandom::new();
    let ec = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, &random).unwrap();
    let ed25519 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
    let encrypted = key.replace("-----\nM", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nM");
    for (text, why) in [
        (String::new(), "is empty"),
        (String::from(" \n"), "is empty"),
        (String::from("my-app.private-key.pem"), "is not PEM: it has no `-----BEGIN"),
        (BASE64_STANDARD.encode(&key), "is encoded in base64 once more"),
        (lines[..lines.len() - 1].join("\n"), "is cut off: it has a `-----BEGIN`, but no `-----END`"),
        (String::from("-----BEGIN RSA PRI"), "is cut off"),
        (key.replacen(lines[3], "", 1), "is damaged: its bytes are not a valid RSA key"),
        (
            [lines[0], lines[1], &lines[2][..5], lines[lines.len() - 1]].join("\n"),
            "is cut off or damaged: its content is",
        ),
        (key.replacen(lines[3], "%s3cret%", 1), "its content is not base64"),
        (pem("PRIVATE KEY", &der[..der.len() / 2]), "is damaged: its bytes are not a valid RSA key"),
        (pem("PRIVATE KEY", &changed), "is damaged"),
        (pem("PRIVATE KEY", b""), "is damaged"),
        (pem("PUBLIC KEY", b"any"), "is a public key"),
        (pem("RSA PUBLIC KEY", b"any"), "is a public key"),
        (String::from("ssh-rsa AAAAB3NzaC1yc2E octocat"), "is a public key"),
        (pem("CERTIFICATE", b"any"), "is a certificate"),
        (pem("CERTIFICATE REQUEST", b"any"), "is a certificate"),
        (pem("ENCRYPTED PRIVATE KEY", b"any"), "is encrypted"),
        (encrypted, "is encrypted"),
        (pem("OPENSSH PRIVATE KEY", b"any"), "is an OpenSSH key"),
        (pem("PGP MESSAGE", b"any"), "is PEM, but not a private key"),
        (pem("EC PRIVATE KEY", b"any"), "is for the algorithm EC; the keys of GitHub Apps are RSA keys"),
        (pem("DSA PRIVATE KEY", b"any"), "is for the algorithm DSA"),
        (pem("PRIVATE KEY", ec.as_ref()), "is for the algorithm EC"),
        (pem("PRIVATE KEY", ed25519.as_ref()), "is for the algorithm Ed25519"),
        (pem("RSA PRIVATE KEY", ed25519.as_ref()), "is for the algorithm Ed25519"),
        (String::from(SHORT), "has fewer than 2048 bits"),
        (pem("RSA PRIVATE KEY", &contradictory()), "is damaged"),
    ] {
        let error = AppKey::from_pem(&text).unwrap_err();
        assert!(error.to_string().starts_with("the private key ") && error.to_string().contains(why), "{why}: {error}");
        // The error repeats nothing of the text, not even a few characters.
        let printed = format!("{error} {error:?}");
        let is_printed = |line: &&str| line.len() > 12 && !line.starts_with('-') && printed.contains(&line[..8]);
        assert_eq!(text.lines().find(is_printed), None, "{printed}");
        assert!(!printed.contains("s3cret"), "{printed}");
    }
}
