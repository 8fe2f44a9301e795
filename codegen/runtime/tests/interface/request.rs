//! Requests: what an operation makes of its parameters, and which values it refuses to send.

use octogen_runtime::{
    Blob, DecodeError, Map, Maybe, Method, Number, Operation, OperationInfo, Request, Response,
    Slot, Style, Value, decode,
};

/// An operation whose path parameters are texts.
macro_rules! route {
    ($name:ident, $path:literal) => {
        struct $name<'a>(&'a [(&'static str, &'a str)]);

        impl Operation for $name<'_> {
            type Output = ();
            type Failure = ();

            const INFO: OperationInfo = OperationInfo::new("route", Method::Get, $path);

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
route!(Queried, "/a/{x}?b={x}&c&d=1#{x}");

/// The path of the request, or why there is none.
fn path(operation: &impl Operation) -> String {
    operation
        .request()
        .map_or_else(|error| error.to_string(), |request| request.path)
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
        assert_eq!(
            path(&Whole(&[("x", text)])),
            format!("/a/{segment}/b"),
            "{text}"
        );
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
    let refused = "the path parameter `x` makes a segment of the path empty, `.` or `..`, which would change the route";
    for text in ["", ".", ".."] {
        for refusal in [
            Whole(&[("x", text)]).request(),
            Last(&[("x", text)]).request(),
            Twice(&[("x", text)]).request(),
            Odd(&[("a/b", "1"), ("x", text)]).request(),
        ] {
            let error = refusal.map(|request| request.path).unwrap_err();
            assert_eq!(
                (error.parameter(), error.to_string().as_str()),
                ("x", refused),
                "{text:?}"
            );
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

/// A slash of the value parts segments only where the description says so, and then none of them leads elsewhere.
#[test]
fn a_value_over_several_segments() {
    struct File<'a>(&'a str);

    impl Operation for File<'_> {
        type Output = ();
        type Failure = ();

        const INFO: OperationInfo = OperationInfo::new("file", Method::Get, "/files/v{path}/raw");

        fn write(&self, request: &mut Request) {
            request.path_styled("path", Style::SIMPLE.segmented(), &self.0.to_owned());
        }

        fn read(_response: &Response<'_>) -> Result<(), DecodeError> {
            Ok(())
        }

        fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
            Ok(())
        }
    }

    for (text, segments) in [
        ("1", "v1"),
        ("a/b c/d", "va/b%20c/d"),
        ("", "v"),
        ("..", "v.."),
        ("a/%2e%2e", "va/%252e%252e"),
    ] {
        assert_eq!(
            path(&File(text)),
            format!("/files/{segments}/raw"),
            "{text}"
        );
    }
    for text in ["a/", "a//b", "a/../b", "a/.", "../..", "a/./b"] {
        assert_eq!(
            File(text).request().map_err(|error| error.parameter()),
            Err("path"),
            "{text}"
        );
    }
}

/// Descriptions tell operations of one path apart by what stands behind it.
#[test]
fn a_template_with_a_query() {
    let request = Queried(&[("x", "?&#")]).request().unwrap();
    assert_eq!(request.path, "/a/%3F%26%23");
    let pair = |name, value| (text(name), text(value));
    assert_eq!(
        request.query,
        [pair("b", "%3F%26%23"), pair("c", ""), pair("d", "1")]
    );
}

/// Writes a parameter into a request.
type Write = fn(&mut Request, &'static str, &dyn Slot);

/// An operation with one parameter, `Key`, that is not in the path.
struct Search<'a>(Write, &'a dyn Slot);

impl Operation for Search<'_> {
    type Output = Value;
    type Failure = ();

    const INFO: OperationInfo = OperationInfo::new("search", Method::Post, "/search")
        .accepting(&["application/json", "text/plain"]);

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

/// The writer, its value, and the resulting request.
type Case<'a, Wanted> = (Write, &'a dyn Slot, Wanted);

fn text(text: &str) -> String {
    text.to_owned()
}

#[test]
fn a_query_holds_what_is_there() {
    let letters = || vec![text("a"), text("b,c")];
    let filter: Map<Number> = decode(br#"{"b":1.0,"a":2}"#).unwrap();
    let joined: Write = |request, name, value| request.query_styled(name, Style::FORM, value);
    let json: Write = |request, name, value| request.query_styled(name, Style::JSON, value);
    let reserved: Write =
        |request, name, value| request.query_styled(name, Style::FORM.reserved(), value);
    let cases: &[Case<&[&str]>] = &[
        (Request::query, &text("a b&c=é"), &["a%20b%26c%3D%C3%A9"]),
        (Request::query, &text(""), &[""]),
        (Request::query, &7_i64, &["7"]),
        (Request::query, &true, &["true"]),
        (Request::query, &Some(7_i64), &["7"]),
        (Request::query, &None::<i64>, &[]),
        (Request::query, &None::<Vec<String>>, &[]),
        (Request::query, &Maybe::<i64>::Absent, &[]),
        (Request::query, &Maybe::<i64>::Null, &[""]),
        (Request::query, &letters(), &["a", "b%2Cc"]),
        (Request::query, &Some(letters()), &["a", "b%2Cc"]),
        (Request::query, &Vec::<String>::new(), &[]),
        (joined, &letters(), &["a,b%2Cc"]),
        (joined, &vec![1_i64, 2], &["1,2"]),
        (joined, &text("a"), &["a"]),
        (joined, &None::<Vec<String>>, &[]),
        (joined, &Vec::<String>::new(), &[]),
        (json, &letters(), &["%5B%22a%22%2C%22b%2Cc%22%5D"]),
        (json, &filter, &["%7B%22b%22%3A1.0%2C%22a%22%3A2%7D"]),
        (json, &None::<Map<Number>>, &[]),
        (
            reserved,
            &text("a:/?#[]@!$&'()*+,;=% é"),
            &["a:/?%23%5B%5D@!$%26'()*%2B,;=%25%20%C3%A9"],
        ),
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
    let json: Write = |request, name, value| request.header_styled(name, Style::JSON, value);
    let cases: &[Case<Option<(&str, &str)>>] = &[
        (
            Request::header,
            &text("W/\"a b; c=é\""),
            Some(("key", "W/\"a b; c=é\"")),
        ),
        (Request::header, &7_u64, Some(("key", "7"))),
        (
            Request::header,
            &vec![text("a"), text("b")],
            Some(("key", "a,b")),
        ),
        (Request::header, &Vec::<String>::new(), None),
        (Request::header, &None::<String>, None),
        (
            json,
            &text("é\n😀"),
            Some(("key", r#""\u00e9\n\ud83d\ude00""#)),
        ),
        (
            Request::cookie,
            &text("a b; c"),
            Some(("cookie", "Key=a%20b%3B%20c")),
        ),
        (
            Request::cookie,
            &text("a\r\n"),
            Some(("cookie", "Key=a%0D%0A")),
        ),
        (Request::cookie, &Some(false), Some(("cookie", "Key=false"))),
        (Request::cookie, &None::<String>, None),
    ];
    for (write, value, wanted) in cases {
        let headers = [Some(("accept", "application/json")), *wanted];
        let wanted: Vec<_> = headers
            .iter()
            .flatten()
            .map(|(name, value)| (text(name), text(value)))
            .collect();
        assert_eq!(
            Search(*write, *value).request().unwrap().headers,
            wanted,
            "{value:?}"
        );
    }
}

#[test]
fn a_header_holds_no_control_character() {
    let refused = "the parameter `Key` holds a control character, which no header may";
    for character in ['\r', '\n', '\0', '\t', '\u{1b}', '\u{7f}', '\u{85}'] {
        for value in [
            &format!("a{character}b: c") as &dyn Slot,
            &vec![text("a"), character.to_string()],
        ] {
            let error = Search(Request::header, value).request().unwrap_err();
            assert_eq!(
                (error.parameter(), error.to_string().as_str()),
                ("Key", refused),
                "{value:?}"
            );
        }
    }
    let request = Search(Request::query, &text("a\r\nb")).request().unwrap();
    assert_eq!(request.query, [(text("Key"), text("a%0D%0Ab"))]);
}

#[test]
fn a_body_has_its_media_type() {
    let json: Write = |request, _, value| request.json("application/json", value);
    let plain: Write = |request, _, value| request.text("text/plain", value);
    let bytes: Write =
        |request, _, _| request.blob("application/octet-stream", &Blob::from(b"\0\xff"));
    let typed: Write = |request, _, _| request.blob("*/*", &Blob::from("a").of_type("image/png"));
    let none: Write = |request, _, _| request.blob("image/png", None);
    let form: Write =
        |request, _, value| request.form("application/x-www-form-urlencoded", &[], value);
    type Body<'a> = Option<(&'a str, &'a [u8])>;
    let cases: &[Case<Body<'_>>] = &[
        (
            json,
            &vec![Some(1_i64), None],
            Some(("application/json", b"[1,null]")),
        ),
        (json, &None::<Value>, None),
        (plain, &text("a\nb\r"), Some(("text/plain", b"a\nb\r"))),
        (plain, &None::<String>, None),
        (bytes, &(), Some(("application/octet-stream", b"\0\xff"))),
        (typed, &(), Some(("image/png", b"a"))),
        (none, &(), None),
        (form, &None::<Value>, None),
        (
            form,
            &Map::<Value>::new(),
            Some(("application/x-www-form-urlencoded", b"")),
        ),
    ];
    for (write, value, wanted) in cases {
        let request = Search(*write, *value).request().unwrap();
        let body = request
            .body
            .map(|body| (body.media_type().to_owned(), body.bytes().unwrap()));
        let wanted = wanted.map(|(media_type, content)| (media_type.to_owned(), content.to_vec()));
        assert_eq!((request.method, body), (Method::Post, wanted), "{value:?}");
    }
}

#[test]
fn a_response_is_read_for_its_operation() {
    assert_eq!(
        Search::read(&Response::new(200, b"[1.0]")).map(|value| octogen_runtime::encode(&value)),
        Ok(text("[1.0]"))
    );
    let error = Search::read(&Response::new(200, b"[1.0")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "at $ (byte 4): the text ends inside an array"
    );
    assert_eq!(Search::read_failure(&Response::new(500, b"oh")), Ok(()));
    assert!(Response::new(200, b"a\xff").text().is_err());
}
