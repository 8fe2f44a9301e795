//! Private keys, in whatever form people have them, and what they are told of what is none.

use std::error::Error as _;
use std::fs;

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
    assert!(matches!(bytes, KeyError::NoPem));
    assert!(folder_itself.source().is_some(), "{folder_itself}");
    let missing = AppKey::from_file(&file).unwrap_err();
    assert_eq!(missing.to_string(), format!("the private key can't be read from {}", file.display()));
    assert!(missing.source().unwrap().to_string().contains("No such file"));
}

/// A path is shown in the error; what stands in its place by mistake is not.
#[test]
fn a_key_in_place_of_its_path_is_not_shown() {
    let key = keys::pkcs1();
    let body: String = key.lines().filter(|line| !line.starts_with('-')).collect();
    let encoded = BASE64_STANDARD.encode(&key);
    for given in [key.clone(), keys::pkcs8(), key.replace('\n', "\\n"), format!("\"{key}\""), body, encoded] {
        let error = AppKey::from_file(&given).unwrap_err();
        let why = "the private key was given in place of the path of its file: a PEM text goes to `AppKey::from_pem`";
        assert_eq!(format!("{error} {error:?}"), format!("{why} NoPath"));
        assert!(error.source().is_none());
    }
}

/// The bytes of a PKCS#1 key as short as is asked for: it has the form of one, and no more.
fn short(bytes: usize) -> Vec<u8> {
    let element = |tag: u8, content: &[u8]| {
        let length = u16::try_from(content.len()).unwrap().to_be_bytes();
        [&[tag, 0x82], &length[..], content].concat()
    };
    let number = |bytes: usize| element(2, &[&[0], vec![0xab; bytes].as_slice()].concat());
    element(0x30, &[element(2, &[0]), number(bytes), number(3)].concat())
}

/// A PKCS#8 key of another algorithm.
fn of_algorithm(id: &[u8]) -> Vec<u8> {
    let element = |tag: u8, content: &[u8]| [&[tag, u8::try_from(content.len()).unwrap()], content].concat();
    let algorithm = element(0x30, &element(6, id));
    element(0x30, &[element(2, &[0]), algorithm, element(4, b"s3cret")].concat())
}

#[test]
fn what_is_no_key_says_why() {
    let key = keys::pkcs1();
    let lines: Vec<&str> = key.lines().collect();
    let der = keys::der();
    let mut changed = der.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 0xff;
    let ec = of_algorithm(&[0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01]);
    let ed25519 = of_algorithm(&[0x2b, 0x65, 0x70]);
    let pss = of_algorithm(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a]);
    let unknown = of_algorithm(&[0x2b, 0x01]);
    let encrypted = key.replace("-----\nM", "-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nM");
    for (text, why) in [
        (String::new(), "is empty"),
        (String::from(" \n"), "is empty"),
        (String::from("my-app.private-key.pem"), "is no PEM text"),
        (BASE64_STANDARD.encode(&key), "is encoded in base64 once more"),
        (lines[..lines.len() - 1].join("\n"), "is cut off: it has a `-----BEGIN`, but no `-----END`"),
        (String::from("-----BEGIN RSA PRI"), "is cut off"),
        (key.replacen(lines[3], "", 1), "is damaged: its bytes are no RSA key"),
        (
            [lines[0], lines[1], &lines[2][..5], lines[lines.len() - 1]].join("\n"),
            "is cut off or damaged: what it holds is",
        ),
        (key.replacen(lines[3], "%s3cret%", 1), "what it holds is no base64"),
        (pem("PRIVATE KEY", &der[..der.len() / 2]), "is damaged: its bytes are no RSA key"),
        (pem("PRIVATE KEY", &changed), "is damaged"),
        (pem("PRIVATE KEY", b""), "is damaged"),
        (pem("PUBLIC KEY", b"any"), "is a public key"),
        (pem("RSA PUBLIC KEY", b"any"), "is a public key"),
        (String::from("ssh-rsa AAAAB3NzaC1yc2E octocat"), "is a public key"),
        (pem("CERTIFICATE", b"any"), "is a certificate"),
        (pem("CERTIFICATE REQUEST", b"any"), "is a certificate"),
        (pem("ENCRYPTED PRIVATE KEY", b"any"), "is encrypted"),
        (encrypted, "is encrypted"),
        (pem("OPENSSH PRIVATE KEY", b"any"), "is one of OpenSSH"),
        (pem("PGP MESSAGE", b"any"), "is PEM, but no private key"),
        (pem("EC PRIVATE KEY", b"any"), "is of EC; GitHub's apps have RSA keys"),
        (pem("PRIVATE KEY", &ec), "is of EC; GitHub's apps have RSA keys"),
        (pem("PRIVATE KEY", &ed25519), "is of Ed25519"),
        (pem("RSA PRIVATE KEY", &ed25519), "is of Ed25519"),
        (pem("PRIVATE KEY", &pss), "is of RSA-PSS; GitHub's apps have RSA keys"),
        (pem("PRIVATE KEY", &unknown), "is of another algorithm"),
        (pem("RSA PRIVATE KEY", &short(128)), "has 1024 bits; it needs 2048 at least"),
        (pem("RSA PRIVATE KEY", &short(256)), "is damaged"),
    ] {
        let error = AppKey::from_pem(&text).unwrap_err();
        assert!(error.to_string().starts_with("the private key ") && error.to_string().contains(why), "{why}: {error}");
        // Nothing of what was given, not even a few characters of it.
        let shown = format!("{error} {error:?}");
        let is_shown = |line: &&str| line.len() > 12 && !line.starts_with('-') && shown.contains(&line[..8]);
        assert_eq!(text.lines().find(is_shown), None, "{shown}");
        assert!(!shown.contains("s3cret"), "{shown}");
    }
}
