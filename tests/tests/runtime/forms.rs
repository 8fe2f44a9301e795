//! Bodies that are forms, as the emitted operations write them.

use octogen_runtime::{Blob, Operation, Request, RequestBody, Value, decode};
use tests::emitted::evidence_all::endpoints::PutThings;
use tests::emitted::evidence_all::models::PutThingsBody;
use tests::emitted::forms::endpoints::{Add, Patch, Render, RenderBody, Token, Upload};
use tests::emitted::forms::models::{self, Grant, Pet};

fn body(operation: &impl Operation) -> Option<RequestBody> {
    operation.request().unwrap().body
}

/// The media type and the text of a body.
fn sent(operation: &impl Operation) -> Option<(String, String)> {
    let body = body(operation)?;
    Some((body.media_type().to_owned(), String::from_utf8(body.bytes().unwrap()).unwrap()))
}

fn both(media_type: &str, text: &str) -> Option<(String, String)> {
    Some((media_type.to_owned(), text.to_owned()))
}

#[test]
fn pairs_are_encoded_as_their_encoding_says() {
    let cases = [
        (r#"{"code":""}"#, "code="),
        (r#"{"code":"a&b=c +é"}"#, "code=a%26b%3Dc%20%2B%C3%A9"),
        (r#"{"code":"a","scopes":["x","y z"]}"#, "code=a&scopes=x%20y%20z"),
        (r#"{"code":"a","meta":{"k":"v","a[b]":"&"}}"#, "code=a&meta%5Bk%5D=v&meta%5Ba%5Bb%5D%5D=%26"),
        (r#"{"code":"a","tags":["x","y"]}"#, "code=a&tags=x&tags=y"),
        (r#"{"code":"a","tags":[]}"#, "code=a"),
        (r#"{"code":"a","nested":{"a":1}}"#, "code=a&nested=%7B%22a%22%3A1%7D"),
    ];
    for (json, wanted) in cases {
        let grant: Grant = decode(json.as_bytes()).unwrap();
        assert_eq!(sent(&Token::new(grant)), both("application/x-www-form-urlencoded", wanted), "{json}");
    }
    let any: Value = decode(br#"{"a":[{"b":1}],"c":null}"#).unwrap();
    let mut request = Patch::new().request().unwrap();
    request.form("application/x-www-form-urlencoded", &[], &any);
    assert_eq!(request.body.unwrap().bytes().unwrap(), b"a=%7B%22b%22%3A1%7D&c=");
}

/// Returns the parts of a body, each as its headers and its content.
fn parts(body: &RequestBody) -> Vec<(String, Vec<u8>)> {
    let boundary = body.media_type().split_once("multipart/form-data; boundary=").unwrap().1;
    let bytes = body.bytes().unwrap();
    let text = String::from_utf8_lossy(&bytes).into_owned();
    assert!(text.ends_with(&format!("--{boundary}--\r\n")), "{text}");
    let opening = format!("--{boundary}\r\n");
    text.split(&opening)
        .skip(1)
        .map(|part| {
            let (head, content) = part.split_once("\r\n\r\n").unwrap();
            let content = content.split(&format!("--{boundary}--")).next().unwrap();
            (head.to_owned(), content.strip_suffix("\r\n").unwrap().as_bytes().to_vec())
        })
        .collect()
}

#[test]
fn each_property_is_a_part() {
    let picture = Blob::new(*b"\x89PNG--\r\n").named("a \"b\"\r\n.png");
    let pet: Pet = decode(br#"{"name":"Tom"}"#).unwrap();
    let upload = models::Upload::new(picture)
        .more(vec![Blob::from("one").of_type("text/x-a\r\nb"), Blob::from("two")])
        .caption("c\r\nd")
        .notes(vec!["x".to_owned()])
        .size(7)
        .pet(pet);
    let name = |name: &str| format!("content-disposition: form-data; name=\"{name}\"");
    let file = |part: &str, file: &str, media_type: &str| {
        format!("{}; filename=\"{file}\"\r\ncontent-type: {media_type}", name(part))
    };
    let wanted = [
        (file("picture", "a %22b%22%0D%0A.png", "image/png"), "\u{fffd}PNG--\r\n"),
        (file("more", "more", "text/x-ab"), "one"),
        (file("more", "more", "application/octet-stream"), "two"),
        (name("caption"), "c\r\nd"),
        (format!("{}\r\ncontent-type: application/json", name("notes")), r#"["x"]"#),
        (name("size"), "7"),
        (format!("{}\r\ncontent-type: application/json", name("pet")), r#"{"name":"Tom"}"#),
    ];
    let wanted: Vec<_> = wanted.map(|(head, content)| (head, content.as_bytes().to_vec())).to_vec();
    let body = body(&Upload::new(upload)).unwrap();
    assert_eq!(parts(&body), wanted);
    assert!(body.bytes().unwrap().windows(9).any(|window| window == b"\x89PNG--\r\n\r"));
    assert!(!format!("{body:?}").contains("Tom"), "{body:?}");
}

/// Two encodings of a value have different boundaries and equal parts.
#[test]
fn a_boundary_is_never_the_same() {
    let operation = Upload::new(models::Upload::new("x").caption(""));
    let [one, other] = [body(&operation).unwrap(), body(&operation).unwrap()];
    assert_ne!(one.media_type(), other.media_type());
    assert_eq!(parts(&one), parts(&other));
    assert_eq!(parts(&one)[1].1, b"");
}

#[test]
fn one_of_several_media_types_is_sent() {
    let pet = || decode::<Pet>(br#"{"name":"Tom"}"#).unwrap();
    use tests::emitted::forms::endpoints::AddBody;
    let json = r#"{"name":"Tom"}"#;
    let cases = [
        (sent(&Add::new(pet())), both("application/json", json)),
        (sent(&Add::new(AddBody::VndZooJson(vec![pet()]))), both("application/vnd.zoo+json", &format!("[{json}]"))),
        (sent(&Add::new(AddBody::Form(Box::new(pet())))), both("application/x-www-form-urlencoded", "name=Tom")),
        (sent(&Add::new(AddBody::Xml(Blob::from("<pet/>")))), both("application/xml", "<pet/>")),
        (sent(&Render::new()), None),
        (sent(&Render::new().body(String::new())), both("text/plain", "")),
        (sent(&Render::new().body(RenderBody::TextXMarkdown("# a".into()))), both("text/x-markdown", "# a")),
    ];
    for (made, wanted) in cases {
        assert_eq!(made, wanted);
    }
}

/// If a blob is a value of JSON, its text does not change.
#[test]
fn a_blob_within_json_is_a_string() {
    let blob: Blob = decode(br#""a\u0000\u00e9""#).unwrap();
    assert_eq!(
        (blob.as_bytes(), octogen_runtime::encode(&blob)),
        (Some("a\0é".as_bytes()), "\"a\\u0000é\"".to_owned())
    );
    assert!(decode::<Blob>(b"1").is_err());
    let _: fn(&mut Request, &'static str, &Blob) = |request, media_type, blob| request.blob(media_type, blob);
}

#[test]
fn text_is_sent_as_it_is_and_other_values_as_json() {
    for (json, wanted) in [(r##""# a \"b\"""##, r##"# a "b""##), (r#"{"text":"b"}"#, r#"{"text":"b"}"#), ("[1]", "[1]")]
    {
        let body: PutThingsBody = decode(json.as_bytes()).unwrap();
        assert_eq!(sent(&PutThings::new().body(body)), both("text/plain", wanted), "{json}");
    }
}
