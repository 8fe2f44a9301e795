//! Requests: what an operation makes of its parameters, and which values it refuses to send.

use octogen_runtime::{
    About, DecodeError, Map, Maybe, Method, Number, Operation, Request, RequestBody, Response, Slot, Value, decode,
};

/// An operation whose path parameters are texts.
macro_rules! route {
    ($name:ident, $path:literal) => {
        struct $name<'a>(&'a [(&'static str, &'a str)]);

        impl Operation for $name<'_> {
            type Output = ();
            type Failure = ();

            const ABOUT: About = About::new("route", Method::Get, $path);

            fn write(&self, request: &mut Request) {
                for (name, text) in self.0 {
                    request.path(name, &(*text).to_owned());
                }
            }

            fn read(_response: &Response<'_>) -> Result<(), DecodeError> {
                Ok(())
            }

            fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
                Ok(())
            }
        }
    };
}

route!(Whole, "/a/{x}/b");
route!(Last, "/a/{x}");
route!(Pair, "/a/{x}{y}");
route!(Dotted, "/a/.{x}/b");
route!(Suffixed, "/a/{x}.json");
route!(Twice, "/{x}/to/{x}");
route!(Odd, "/{a/b}/{x}");

/// The path of the request, or why there is none.
fn path(operation: &impl Operation) -> String {
    operation.request().map_or_else(|error| error.to_string(), |request| request.path)
}

#[test]
fn a_value_stays_within_its_segment() {
    let cases = [
        ("octocat", "octocat"),
        ("a/b", "a%2Fb"),
        ("a\\b", "a%5Cb"),
        ("a?b=c", "a%3Fb%3Dc"),
        ("a#b", "a%23b"),
        ("%2e", "%252e"),
        ("%2e%2e/", "%252e%252e%2F"),
        ("a b+c", "a%20b%2Bc"),
        ("a:b@c;d,e", "a%3Ab%40c%3Bd%2Ce"),
        ("é😀", "%C3%A9%F0%9F%98%80"),
        ("a\r\nb\0", "a%0D%0Ab%00"),
        ("A-z_0.9~", "A-z_0.9~"),
        ("...", "..."),
        ("{x}", "%7Bx%7D"),
    ];
    for (text, segment) in cases {
        assert_eq!(path(&Whole(&[("x", text)])), format!("/a/{segment}/b"), "{text}");
    }
}

/// Nothing that was put into the path is looked at again.
#[test]
fn a_value_is_no_placeholder() {
    assert_eq!(path(&Pair(&[("x", "{y}"), ("y", "1")])), "/a/%7By%7D1");
    assert_eq!(path(&Pair(&[("x", "{"), ("y", "y}")])), "/a/%7By%7D");
    assert_eq!(path(&Twice(&[("x", "{x}")])), "/%7Bx%7D/to/%7Bx%7D");
    assert_eq!(path(&Last(&[("x", "1"), ("unknown", "2")])), "/a/1");
}

#[test]
fn a_value_does_not_lead_to_another_route() {
    let refused =
        "the path parameter `x` makes a segment of the path empty, `.` or `..`, which would lead to another route";
    for text in ["", ".", ".."] {
        for refusal in [
            Whole(&[("x", text)]).request(),
            Last(&[("x", text)]).request(),
            Twice(&[("x", text)]).request(),
            Odd(&[("a/b", "1"), ("x", text)]).request(),
        ] {
            let error = refusal.map(|request| request.path).unwrap_err();
            assert_eq!((error.parameter(), error.to_string().as_str()), ("x", refused), "{text:?}");
        }
    }
    let pair = |x, y| path(&Pair(&[("x", x), ("y", y)]));
    let cases = [
        (pair(".", "."), refused),
        (pair("", ""), refused),
        (pair("", "."), refused),
        (pair("..", ""), refused),
        (pair("", "1"), "/a/1"),
        (pair("..", "."), "/a/..."),
        (pair(".", "1"), "/a/.1"),
        (path(&Dotted(&[("x", "")])), refused),
        (path(&Dotted(&[("x", ".")])), refused),
        (path(&Dotted(&[("x", "..")])), "/a/.../b"),
        (path(&Suffixed(&[("x", "")])), "/a/.json"),
        (path(&Odd(&[("a/b", "1"), ("x", "2")])), "/1/2"),
    ];
    for (made, wanted) in cases {
        assert_eq!(made, wanted);
    }
}

/// How a parameter is written into a request.
type Write = fn(&mut Request, &'static str, &dyn Slot);

/// An operation with one parameter, `Key`, that is not in the path.
struct Search<'a>(Write, &'a dyn Slot);

impl Operation for Search<'_> {
    type Output = Value;
    type Failure = ();

    const ABOUT: About = About::new("search", Method::Post, "/search").accepting(&["application/json", "text/plain"]);

    fn write(&self, request: &mut Request) {
        (self.0)(request, "Key", self.1);
    }

    fn read(response: &Response<'_>) -> Result<Value, DecodeError> {
        response.json()
    }

    fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

/// What is written, of which value, and what comes of it.
type Case<'a, Wanted> = (Write, &'a dyn Slot, Wanted);

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_query_holds_what_is_there() {
    let letters = || vec![text("a"), text("b,c")];
    let filter: Map<Number> = decode(br#"{"b":1.0,"a":2}"#).unwrap();
    let cases: &[Case<&[&str]>] = &[
        (Request::query, &text("a b&c=é"), &["a b&c=é"]),
        (Request::query, &text(""), &[""]),
        (Request::query, &7_i64, &["7"]),
        (Request::query, &true, &["true"]),
        (Request::query, &Some(7_i64), &["7"]),
        (Request::query, &None::<i64>, &[]),
        (Request::query, &None::<Vec<String>>, &[]),
        (Request::query, &Maybe::<i64>::Absent, &[]),
        (Request::query, &Maybe::<i64>::Null, &[""]),
        (Request::query, &letters(), &["a", "b,c"]),
        (Request::query, &Some(letters()), &["a", "b,c"]),
        (Request::query, &Vec::<String>::new(), &[]),
        (Request::query_joined, &letters(), &["a,b,c"]),
        (Request::query_joined, &vec![1_i64, 2], &["1,2"]),
        (Request::query_joined, &text("a"), &["a"]),
        (Request::query_joined, &None::<Vec<String>>, &[]),
        (Request::query_json, &letters(), &[r#"["a","b,c"]"#]),
        (Request::query_json, &filter, &[r#"{"b":1.0,"a":2}"#]),
        (Request::query_json, &None::<Map<Number>>, &[]),
    ];
    for (write, value, wanted) in cases {
        let request = Search(*write, *value).request().unwrap();
        let wanted: Vec<_> = wanted.iter().map(|one| (text("Key"), text(one))).collect();
        assert_eq!(request.query, wanted, "{value:?}");
        assert_eq!(request.path, "/search");
    }
}

#[test]
fn headers_and_cookies_hold_what_is_there() {
    let cases: &[Case<Option<(&str, &str)>>] = &[
        (Request::header, &text("W/\"a b; c=é\""), Some(("key", "W/\"a b; c=é\""))),
        (Request::header, &7_u64, Some(("key", "7"))),
        (Request::header, &vec![text("a"), text("b")], Some(("key", "a,b"))),
        (Request::header, &None::<String>, None),
        (Request::cookie, &text("a b; c"), Some(("cookie", "Key=a%20b%3B%20c"))),
        (Request::cookie, &Some(false), Some(("cookie", "Key=false"))),
        (Request::cookie, &None::<String>, None),
    ];
    for (write, value, wanted) in cases {
        let headers = [Some(("accept", "application/json")), *wanted];
        let wanted: Vec<_> = headers.iter().flatten().map(|(name, value)| (text(name), text(value))).collect();
        assert_eq!(Search(*write, *value).request().unwrap().headers, wanted, "{value:?}");
    }
}

#[test]
fn a_header_holds_no_control_character() {
    let refused = "the parameter `Key` holds a control character, which no header may";
    for write in [Request::header as Write, Request::cookie] {
        for character in ['\r', '\n', '\0', '\t', '\u{1b}', '\u{7f}', '\u{85}'] {
            for value in [&format!("a{character}b: c") as &dyn Slot, &vec![text("a"), character.to_string()]] {
                let error = Search(write, value).request().unwrap_err();
                assert_eq!((error.parameter(), error.to_string().as_str()), ("Key", refused), "{value:?}");
            }
        }
    }
    let request = Search(Request::query, &text("a\r\nb")).request().unwrap();
    assert_eq!(request.query, [(text("Key"), text("a\r\nb"))]);
}

#[test]
fn a_body_has_its_media_type() {
    let json: Write = |request, _, value| request.json("application/json", value);
    let plain: Write = |request, _, value| request.text("text/plain", value);
    let bytes: Write = |request, _, _| request.bytes("application/octet-stream", b"\0\xff");
    let body = |media_type, content: &[u8]| Some(RequestBody { media_type, content: content.to_vec() });
    let cases: &[Case<Option<RequestBody>>] = &[
        (json, &vec![Some(1_i64), None], body("application/json", b"[1,null]")),
        (json, &None::<Value>, None),
        (plain, &text("a\nb\r"), body("text/plain", b"a\nb\r")),
        (plain, &None::<String>, None),
        (bytes, &(), body("application/octet-stream", b"\0\xff")),
    ];
    for (write, value, wanted) in cases {
        let request = Search(*write, *value).request().unwrap();
        assert_eq!((request.method, &request.body), (Method::Post, wanted), "{value:?}");
    }
}

#[test]
fn a_response_is_read_for_its_operation() {
    assert_eq!(
        Search::read(&Response::new(200, b"[1.0]")).map(|value| octogen_runtime::encode(&value)),
        Ok(text("[1.0]"))
    );
    let error = Search::read(&Response::new(200, b"[1.0")).unwrap_err();
    assert_eq!(error.to_string(), "at $ (byte 4): the text ends inside an array");
    assert_eq!(Search::read_failure(&Response::new(500, b"oh")), Ok(()));
    assert!(Response::new(200, b"a\xff").text().is_err());
}
