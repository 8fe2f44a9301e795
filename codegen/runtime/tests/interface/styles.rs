//! The styles of parameters: every cell of the table of examples that OpenAPI has, and what it leaves open.

use octogen_runtime::{
    DecodeError, Map, Method, Operation, OperationInfo, Request, Response, Slot, Style, Value,
    decode,
};

/// An operation with `color` where a case wants it.
struct Paint<'a>(&'a dyn Fn(&mut Request));

impl Operation for Paint<'_> {
    type Output = ();
    type Failure = ();

    const INFO: OperationInfo =
        OperationInfo::new("paint", Method::Get, "/paint/{color}/x{color}").accepting_any();

    fn write(&self, request: &mut Request) {
        (self.0)(request);
    }

    fn read(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }

    fn read_failure(_response: &Response<'_>) -> Result<(), DecodeError> {
        Ok(())
    }
}

const N_A: &str = "n/a";

/// The columns of the table: an empty text, a text, an array, an object.
fn values() -> [Value; 4] {
    let parsed = |json: &str| decode(json.as_bytes()).unwrap();
    [
        parsed(r#""""#),
        parsed(r#""blue""#),
        parsed(r#"["blue","black","brown"]"#),
        parsed(r#"{"R":100,"G":200,"B":150}"#),
    ]
}

fn check(written: &dyn Fn(Style, &Value) -> String, style: Style, row: [&str; 4]) {
    for (value, wanted) in values()
        .iter()
        .zip(row)
        .filter(|(_, wanted)| *wanted != N_A)
    {
        assert_eq!(written(style, value), wanted, "{style:?} of {value:?}");
    }
}

fn in_path(style: Style, value: &Value) -> String {
    let made = Paint(&|request| request.path_styled("color", style, value)).request();
    // The second segment begins with an x, so that an empty value is not an empty segment.
    made.map_or_else(
        |error| format!("refused: {}", error.parameter()),
        |request| request.path.rsplit_once("/x").unwrap().1.to_owned(),
    )
}

fn joined(pairs: &[(String, String)], delimiter: &str) -> String {
    pairs
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join(delimiter)
}

fn plain(write: &dyn Fn(&mut Request)) -> Request {
    let fill = |request: &mut Request| {
        request.path("color", &String::from("c"));
        write(request);
    };
    Paint(&fill).request().unwrap()
}

fn in_query(style: Style, value: &dyn Slot) -> String {
    joined(
        &plain(&|request| request.query_styled("color", style, value)).query,
        "&",
    )
}

fn in_header(style: Style, value: &dyn Slot) -> String {
    let headers = plain(&|request| request.header_styled("color", style, value)).headers;
    headers.into_iter().map(|(_, text)| text).collect()
}

fn in_cookie(style: Style, value: &dyn Slot) -> String {
    let headers = plain(&|request| request.cookie_styled("color", style, value)).headers;
    headers
        .into_iter()
        .map(|(_, text)| text)
        .collect::<Vec<_>>()
        .join("; ")
}

#[test]
fn paths() {
    // An empty value is refused where it is a segment of its own, as in the template here.
    let no = "refused: color";
    let rows = [
        (
            Style::MATRIX,
            [
                ";color",
                ";color=blue",
                ";color=blue,black,brown",
                ";color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::MATRIX.exploded(),
            [
                ";color",
                ";color=blue",
                ";color=blue;color=black;color=brown",
                ";R=100;G=200;B=150",
            ],
        ),
        (
            Style::LABEL,
            [no, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"],
        ),
        (
            Style::LABEL.exploded(),
            [no, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"],
        ),
        (
            Style::SIMPLE,
            [no, "blue", "blue,black,brown", "R,100,G,200,B,150"],
        ),
        (
            Style::SIMPLE.exploded(),
            [no, "blue", "blue,black,brown", "R=100,G=200,B=150"],
        ),
        (
            Style::JSON,
            [
                "%22%22",
                "%22blue%22",
                "%5B%22blue%22%2C%22black%22%2C%22brown%22%5D",
                N_A,
            ],
        ),
    ];
    for (style, row) in rows {
        check(&in_path, style, row);
    }
}

#[test]
fn queries() {
    let (form, object) = (["color=", "color=blue"], "R=100&G=200&B=150");
    let rows = [
        (
            Style::FORM,
            [
                form[0],
                form[1],
                "color=blue,black,brown",
                "color=R,100,G,200,B,150",
            ],
        ),
        (
            Style::FORM.exploded(),
            [
                form[0],
                form[1],
                "color=blue&color=black&color=brown",
                object,
            ],
        ),
        (
            Style::SPACE_DELIMITED,
            [
                N_A,
                N_A,
                "color=blue%20black%20brown",
                "color=R%20100%20G%20200%20B%20150",
            ],
        ),
        (
            Style::SPACE_DELIMITED.exploded(),
            [N_A, N_A, "color=blue&color=black&color=brown", object],
        ),
        (
            Style::PIPE_DELIMITED,
            [
                N_A,
                N_A,
                "color=blue%7Cblack%7Cbrown",
                "color=R%7C100%7CG%7C200%7CB%7C150",
            ],
        ),
        (
            Style::PIPE_DELIMITED.exploded(),
            [N_A, N_A, "color=blue&color=black&color=brown", object],
        ),
        (
            Style::DEEP_OBJECT,
            [
                form[0],
                form[1],
                "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
                "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
            ],
        ),
    ];
    for (style, row) in rows {
        check(&|style, value| in_query(style, value), style, row);
    }
}

#[test]
fn headers_and_cookies() {
    let header = |style, value: &Value| in_header(style, value);
    check(
        &header,
        Style::SIMPLE,
        ["", "blue", "blue,black,brown", "R,100,G,200,B,150"],
    );
    check(
        &header,
        Style::SIMPLE.exploded(),
        ["", "blue", "blue,black,brown", "R=100,G=200,B=150"],
    );
    check(
        &header,
        Style::JSON,
        [
            "\"\"",
            "\"blue\"",
            r#"["blue","black","brown"]"#,
            r#"{"R":100,"G":200,"B":150}"#,
        ],
    );
    let cookie = |style, value: &Value| in_cookie(style, value);
    check(
        &cookie,
        Style::FORM,
        [
            "color=",
            "color=blue",
            "color=blue,black,brown",
            "color=R,100,G,200,B,150",
        ],
    );
    let exploded = [
        "color=",
        "color=blue",
        "color=blue; color=black; color=brown",
        "R=100; G=200; B=150",
    ];
    check(&cookie, Style::FORM.exploded(), exploded);
}

/// Characters of a value are never read as a delimiter or as another part of the request.
#[test]
fn a_value_is_no_delimiter() {
    let odd: Vec<String> = [",", ";a=b", "|", " ", "a&b", "."]
        .map(str::to_owned)
        .to_vec();
    let encoded = "%2C_%3Ba%3Db_%7C_%20_a%26b_.";
    let with = |delimiter| encoded.replace('_', delimiter);
    assert_eq!(in_query(Style::FORM, &odd), format!("color={}", with(",")));
    assert_eq!(
        in_query(Style::PIPE_DELIMITED, &odd),
        format!("color={}", with("%7C"))
    );
    assert_eq!(
        in_query(Style::SPACE_DELIMITED, &odd),
        format!("color={}", with("%20"))
    );
    assert_eq!(in_cookie(Style::FORM, &odd), format!("color={}", with(",")));
    let keys: Map<String> = [("a=b&c[]".to_owned(), "d".to_owned())]
        .into_iter()
        .collect();
    assert_eq!(in_query(Style::FORM.exploded(), &keys), "a%3Db%26c%5B%5D=d");
    assert_eq!(
        in_query(Style::DEEP_OBJECT, &keys),
        "color%5Ba%3Db%26c%5B%5D%5D=d"
    );
    assert_eq!(
        in_cookie(Style::FORM.exploded(), &keys),
        "a%3Db%26c%5B%5D=d"
    );
}

/// OpenAPI does not say how to nest: `deepObject` goes on in brackets, all others write JSON.
#[test]
fn nesting() {
    let nested: Value = decode(br#"{"a":{"b":[1,{"c":null}]},"d":true}"#).unwrap();
    assert_eq!(
        in_query(Style::DEEP_OBJECT, &nested),
        "color%5Ba%5D%5Bb%5D%5B0%5D=1&color%5Ba%5D%5Bb%5D%5B1%5D%5Bc%5D=&color%5Bd%5D=true"
    );
    assert_eq!(
        in_header(Style::SIMPLE.exploded(), &nested),
        r#"a={"b":[1,{"c":null}]},d=true"#
    );
}

/// Empty and absent values write nothing.
#[test]
fn nothing_to_say() {
    for style in [
        Style::FORM,
        Style::FORM.exploded(),
        Style::SPACE_DELIMITED,
        Style::DEEP_OBJECT,
    ] {
        for nothing in [
            &Vec::<String>::new() as &dyn Slot,
            &Map::<String>::new(),
            &None::<String>,
        ] {
            assert_eq!(in_query(style, nothing), "", "{style:?} of {nothing:?}");
        }
    }
    assert_eq!(
        in_path(Style::SIMPLE, &Value::Array(Vec::new())),
        "refused: color"
    );
}
