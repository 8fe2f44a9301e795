//! Webhook deliveries: signatures, events and duplicates.

mod demo;
mod outcomes;
mod sockets;

use github_apps::event::Event;
use github_apps::webhook::{Delivery, ReceiveError, Receiver, sign};
use http::{HeaderMap, StatusCode};

const SECRET: &str = "It's a Secret to Everybody";
const PING: &str = r#"{"zen":"Keep it logically awesome.","hook_id":1}"#;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        headers.append(*name, value.parse().unwrap());
    }
    headers
}

/// The headers of a delivery that is signed like this.
fn signed(id: &str, event: &str, signature: &str) -> HeaderMap {
    headers(&[("x-github-delivery", id), ("x-github-event", event), ("x-hub-signature-256", signature)])
}

fn receive(receiver: &Receiver, id: &str, event: &str, body: &str) -> Result<Delivery, ReceiveError> {
    receiver.receive(&signed(id, event, &sign(SECRET, body.as_bytes())), body.as_bytes())
}

/// The value that GitHub documents for this secret and this body.
#[test]
fn it_is_signed_as_github_does() {
    let documented = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
    assert_eq!(sign(SECRET, b"Hello, World!"), documented);
    let error = Receiver::new(SECRET).receive(&signed("1", "ping", documented), b"Hello, World!").unwrap_err();
    assert!(!error.is_signature() && error.to_string().starts_with("the body can't be read as JSON"), "{error}");
}

#[test]
fn only_the_signature_of_these_bytes_lets_in() {
    let right = sign(SECRET, PING.as_bytes());
    let (form, wrong) = ("`X-Hub-Signature-256` is not `sha256=`", "the signature does not match");
    let changed = PING.replacen('1', "2", 1);
    let cases = [
        ("right", vec![("x-hub-signature-256", right.clone())], PING, None),
        ("a changed byte", vec![("x-hub-signature-256", right.clone())], &changed, Some(wrong)),
        ("another secret", vec![("x-hub-signature-256", sign("another", PING.as_bytes()))], PING, Some(wrong)),
        ("no secret", vec![("x-hub-signature-256", sign("", PING.as_bytes()))], PING, Some(wrong)),
        ("of nothing", vec![("x-hub-signature-256", sign(SECRET, b""))], PING, Some(wrong)),
        ("missing", vec![], PING, Some("the delivery is not signed")),
        (
            "SHA-1 alone",
            vec![("x-hub-signature", "sha1=01dc10d0c83e72ed246219cdd91669667fe2ca59".into())],
            PING,
            Some("SHA-1"),
        ),
        ("truncated", vec![("x-hub-signature-256", right[..70].into())], PING, Some(form)),
        ("too long", vec![("x-hub-signature-256", format!("{right}00"))], PING, Some(form)),
        (
            "upper case",
            vec![("x-hub-signature-256", format!("sha256={}", right[7..].to_uppercase()))],
            PING,
            Some(form),
        ),
        ("without a prefix", vec![("x-hub-signature-256", right[7..].into())], PING, Some(form)),
        ("no digits", vec![("x-hub-signature-256", format!("sha256={}", "g".repeat(64)))], PING, Some(form)),
        ("empty", vec![("x-hub-signature-256", String::new())], PING, Some(form)),
        (
            "twice",
            vec![("x-hub-signature-256", right.clone()), ("x-hub-signature-256", right.clone())],
            PING,
            Some(form),
        ),
    ];
    for (what, signatures, body, wanted) in cases {
        let mut all = headers(&[("x-github-delivery", "1"), ("x-github-event", "ping")]);
        for (name, value) in &signatures {
            all.append(*name, value.parse().unwrap());
        }
        match (Receiver::new(SECRET).receive(&all, body.as_bytes()), wanted) {
            (Ok(delivery), None) => assert!(matches!(delivery.event, Event::Ping(_)), "{what}"),
            (Err(error), Some(wanted)) => {
                assert!(error.to_string().contains(wanted), "{what}: {error}");
                assert!(error.is_signature() && error.status() == StatusCode::UNAUTHORIZED, "{what}");
                assert!(!format!("{error} {error:?}").contains("hook_id"), "{what}");
            }
            (found, _) => panic!("{what}: {found:?}"),
        }
    }
}

#[test]
fn two_secrets_are_in_use_while_one_takes_the_place_of_the_other() {
    let rotating = Receiver::new("new").and_secret("old");
    for (secret, wanted) in [("new", true), ("old", true), ("older", false)] {
        let found = rotating.receive(&signed(secret, "ping", &sign(secret, PING.as_bytes())), PING.as_bytes());
        assert_eq!(found.is_ok(), wanted, "{secret}");
    }
    assert_eq!(format!("{rotating:?}"), "Receiver(2 secrets, up to 26214400 bytes)");
}

/// Everybody can sign with an empty secret.
#[test]
fn an_empty_secret_is_none() {
    let forged = signed("1", "ping", &sign("", PING.as_bytes()));
    for (receiver, wanted) in [
        (Receiver::new(""), "the receiver has no secret"),
        (Receiver::new("").and_secret(""), "the receiver has no secret"),
        (Receiver::new(SECRET).and_secret(""), "the signature does not match"),
    ] {
        let error = receiver.receive(&forged, PING.as_bytes()).unwrap_err();
        assert!(error.is_signature() && error.to_string().starts_with(wanted), "{receiver:?}: {error}");
    }
    assert!(receive(&Receiver::new("").and_secret(SECRET), "1", "ping", PING).is_ok());
}

#[test]
fn other_requests_are_refused_with_a_reason() {
    let receiver = Receiver::new(SECRET).body_limit(60);
    let signature = sign(SECRET, PING.as_bytes());
    let of = |pairs: &[(&'static str, &str)], body: &str| {
        let mut all = headers(pairs);
        all.append("x-hub-signature-256", sign(SECRET, body.as_bytes()).parse().unwrap());
        let error = receiver.receive(&all, body.as_bytes()).unwrap_err();
        (error.status().as_u16(), error.to_string())
    };
    let both = [("x-github-delivery", "1"), ("x-github-event", "ping")];
    assert_eq!(of(&both[..1], PING), (400, String::from("the header `X-GitHub-Event` is missing, empty or not text")));
    assert_eq!(
        of(&both[1..], PING),
        (400, String::from("the header `X-GitHub-Delivery` is missing, empty or not text"))
    );
    assert_eq!(of(&both, &" ".repeat(61)), (413, String::from("the body is larger than 60 bytes")));
    let cut = String::from("the body can't be read as JSON (byte 11): the text ends inside an object");
    assert_eq!(of(&both, "{\"s3cret\":{"), (400, cut));
    let deep = receive(&Receiver::new(SECRET), "1", "ping", &"[".repeat(200)).unwrap_err().to_string();
    assert_eq!(deep, "the body can't be read as JSON (byte 127): more than 127 nested arrays and objects");
    let form = [both[0], both[1], ("content-type", "application/x-www-form-urlencoded")];
    let (status, why) = of(&form, "payload=%7B%7D");
    assert_eq!((status, why.as_str()), (400, "the webhook sends forms: set its content type to `application/json`"));
    // Exactly as much as is let in.
    let full = format!("{PING:60}");
    assert!(
        receive(&receiver, "2", "ping", &full).is_ok()
            && receiver.receive(&signed("3", "ping", &signature), PING.as_bytes()).is_ok()
    );
}

/// GitHub may send undocumented payloads later. The delivery is kept.
#[test]
fn what_contradicts_its_type_is_kept() {
    let receiver = Receiver::new(SECRET);
    let delivery = receive(&receiver, "1", "installation", r#"{"action":["new"],"installation":7}"#).unwrap();
    assert!(matches!(&delivery.event, Event::Other { name, .. } if name == "installation"));
    assert!(delivery.mismatch.is_some_and(|why| why.to_string().contains("$.action")));
    let delivery = receive(&receiver, "2", "of_tomorrow", "[1]").unwrap();
    assert!(delivery.mismatch.is_none() && delivery.event.encode() == "[1]");
}

#[test]
fn what_comes_twice_is_known_again() {
    let receiver = Receiver::new(SECRET);
    let clone = receiver.clone();
    let is_repeated = |receiver: &Receiver, id| receive(receiver, id, "ping", PING).unwrap().is_repeated;
    assert!(!is_repeated(&receiver, "a") && !is_repeated(&receiver, "b"));
    assert!(is_repeated(&clone, "a") && is_repeated(&receiver, "b"));
    receiver.forget("a");
    assert!(!is_repeated(&clone, "a") && is_repeated(&clone, "a"));
    // A refused request does not make a later delivery look repeated.
    assert!(receiver.receive(&signed("c", "ping", "sha256="), PING.as_bytes()).is_err());
    assert!(!is_repeated(&receiver, "c"));
}

/// If many come at once, exactly one is the first.
#[test]
fn one_is_the_first() {
    let receiver = Receiver::new(SECRET);
    let first = |_| {
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| !receive(&receiver, "same", "ping", PING).unwrap().is_repeated))
                .collect();
            all.into_iter().filter_map(|one| one.join().unwrap().then_some(())).count()
        })
    };
    assert_eq!((0..20).map(first).sum::<usize>(), 1);
}

#[test]
fn memory_is_bounded() {
    let receiver = Receiver::new(SECRET).capacity(100);
    for id in 0..2_000 {
        assert!(!receive(&receiver, &id.to_string(), "ping", PING).unwrap().is_repeated);
    }
    let again =
        (0..2_000).filter(|id| receive(&receiver.clone(), &format!("{id}"), "star", "{}").unwrap().is_repeated).count();
    assert!(again <= 200, "{again} of 2,000 were known again by a memory of 100");
}
